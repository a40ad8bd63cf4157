//! What the answer to a refresh means.

/// What a failed refresh comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The grant is no longer good: the session is over (RFC 6749 §5.2, `invalid_grant`).
    Refused,
    /// The server has trouble; the same call may succeed later.
    Passing,
    /// The call itself is wrong; calling again would not help.
    Broken,
}

/// The `error` of a failed refresh. The numbers are places in `ERROR_CODES` of `refresh.js`, and one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// None, or a string that is somebody's own wording.
    None,
    /// `invalid_grant`.
    InvalidGrant,
    /// Another one of RFC 6749 §5.2.
    Other,
}

impl From<u64> for ErrorCode {
    fn from(number: u64) -> Self {
        match number {
            0 => Self::None,
            1 => Self::InvalidGrant,
            _ => Self::Other,
        }
    }
}

/// Judges a failed refresh by its status and the `error` of its body, which outranks the status: `invalid_client`
/// usually comes as 401 and is a fault of the configuration, not of the session.
pub fn judge_failure(status: u64, error: ErrorCode) -> Failure {
    match (status, error) {
        (_, ErrorCode::InvalidGrant) | (401 | 403, ErrorCode::None) => Failure::Refused,
        (429 | 500..=599, _) => Failure::Passing,
        _ => Failure::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Failure, judge_failure};

    #[test]
    fn an_oauth_error_outranks_the_status() {
        assert_eq!(judge_failure(400, ErrorCode::InvalidGrant), Failure::Refused);
        assert_eq!(judge_failure(401, ErrorCode::Other), Failure::Broken);
        assert_eq!(judge_failure(401, ErrorCode::None), Failure::Refused);
        assert_eq!(judge_failure(403, ErrorCode::None), Failure::Refused);
        assert_eq!(judge_failure(400, ErrorCode::None), Failure::Broken);
        assert_eq!(judge_failure(400, ErrorCode::Other), Failure::Broken);
        assert_eq!(judge_failure(429, ErrorCode::None), Failure::Passing);
        assert_eq!(judge_failure(503, ErrorCode::Other), Failure::Passing);
        assert_eq!(judge_failure(404, ErrorCode::None), Failure::Broken);
    }
}
