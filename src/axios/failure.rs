//! Which answers are failures, and what code a failure has.

use crate::boundary::AxiosErrorCode;

/// Whether an answer of this status is a success, where the app does not say so itself.
pub const fn is_fine(status: u32) -> bool {
    matches!(status, 200..300)
}

/// The code of an answer that is none.
pub const fn of_status(status: u32) -> AxiosErrorCode {
    if matches!(status, 400..500) { AxiosErrorCode::BadRequest } else { AxiosErrorCode::BadResponse }
}

/// The code of a request that took too long. Apps of pages know `ECONNABORTED`, unless they have asked for the clear one.
pub const fn of_timeout(is_clarified: bool) -> AxiosErrorCode {
    if is_clarified { AxiosErrorCode::TimedOut } else { AxiosErrorCode::Aborted }
}
