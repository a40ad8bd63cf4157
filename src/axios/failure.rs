//! Which answers are failures, and what code a failure has.

/// The codes of axios, by their place in `CODES` of `src/axios/error.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// `ERR_BAD_REQUEST`
    BadRequest = 9,
    /// `ERR_BAD_RESPONSE`
    BadResponse = 8,
    /// `ECONNABORTED`
    Aborted = 2,
    /// `ETIMEDOUT`
    TimedOut = 3,
}

/// Whether an answer of this status is a success, where the app does not say so itself.
pub const fn is_fine(status: u32) -> bool {
    matches!(status, 200..300)
}

/// The code of an answer that is none.
pub const fn of_status(status: u32) -> Code {
    if matches!(status, 400..500) { Code::BadRequest } else { Code::BadResponse }
}

/// The code of a request that took too long. Apps of pages know `ECONNABORTED`, unless they have asked for the clear one.
pub const fn of_timeout(is_clarified: bool) -> Code {
    if is_clarified { Code::TimedOut } else { Code::Aborted }
}
