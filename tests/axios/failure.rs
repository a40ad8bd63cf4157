//! Which answers are failures, and their codes.

use wasm_api_fetch::axios::failure::{Code, is_fine, of_status, of_timeout};

#[test]
fn only_two_hundreds_are_fine() {
    let fine: Vec<_> = (0..1000).filter(|&status| is_fine(status)).collect();
    assert_eq!(fine, (200..300).collect::<Vec<_>>());
}

#[test]
fn what_the_client_has_done_wrong_is_a_bad_request() {
    let bad: Vec<_> = (0..1000).filter(|&status| of_status(status) == Code::BadRequest).collect();
    assert_eq!(bad, (400..500).collect::<Vec<_>>());
    assert_eq!(of_status(500), Code::BadResponse);
    assert_eq!(of_status(302), Code::BadResponse);
}

#[test]
fn a_timeout_is_called_so_where_the_app_wants_it() {
    assert_eq!(of_timeout(false), Code::Aborted);
    assert_eq!(of_timeout(true), Code::TimedOut);
}
