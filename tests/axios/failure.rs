//! Which answers are failures, and their codes.

use wasm_api_fetch::axios::failure::{is_fine, of_status, of_timeout};
use wasm_api_fetch::boundary::AxiosErrorCode;

#[test]
fn only_two_hundreds_are_fine() {
    let fine: Vec<_> = (0..1000).filter(|&status| is_fine(status)).collect();
    assert_eq!(fine, (200..300).collect::<Vec<_>>());
}

#[test]
fn what_the_client_has_done_wrong_is_a_bad_request() {
    let bad: Vec<_> = (0..1000).filter(|&status| of_status(status) == AxiosErrorCode::BadRequest).collect();
    assert_eq!(bad, (400..500).collect::<Vec<_>>());
    assert_eq!(of_status(500), AxiosErrorCode::BadResponse);
    assert_eq!(of_status(302), AxiosErrorCode::BadResponse);
}

#[test]
fn a_timeout_is_called_so_where_the_app_wants_it() {
    assert_eq!(of_timeout(false), AxiosErrorCode::Aborted);
    assert_eq!(of_timeout(true), AxiosErrorCode::TimedOut);
}
