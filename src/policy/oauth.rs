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

/// What the app's own word on refusals (`session.refused`) makes of a failed refresh. The numbers are those of `refresh.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It has none to say.
    Silent,
    /// It is one, by a code or by the app's judgement.
    Refused,
    /// The statuses that it names are told apart: this is one of them.
    Listed,
    /// The same: this is none of them.
    Unlisted,
}

impl From<u64> for Word {
    fn from(number: u64) -> Self {
        match number {
            0 => Self::Silent,
            1 => Self::Refused,
            2 => Self::Listed,
            _ => Self::Unlisted,
        }
    }
}

/// Judges a failed refresh by the app's word, by its status, and by the `error` of its body, which outranks the status:
/// `invalid_client` usually comes as 401 and is a fault of the configuration, not of the session (RFC 6749 §5.2). So is a redirect,
/// which has no status here: 0, whatever is answered where it leads to.
pub fn judge_failure(status: u64, error: ErrorCode, word: Word) -> Failure {
    match (status, error, word) {
        (.., Word::Refused)
        | (_, ErrorCode::InvalidGrant, _)
        | (_, ErrorCode::None, Word::Listed)
        | (401 | 403, ErrorCode::None, Word::Silent) => Failure::Refused,
        (429 | 500..=599, ..) => Failure::Passing,
        _ => Failure::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Failure, Word, judge_failure};

    #[test]
    fn an_oauth_error_outranks_the_status() {
        let judge = |status, error| judge_failure(status, error, Word::Silent);
        assert_eq!(judge(400, ErrorCode::InvalidGrant), Failure::Refused);
        assert_eq!(judge(401, ErrorCode::Other), Failure::Broken);
        assert_eq!(judge(401, ErrorCode::None), Failure::Refused);
        assert_eq!(judge(403, ErrorCode::None), Failure::Refused);
        assert_eq!(judge(400, ErrorCode::None), Failure::Broken);
        assert_eq!(judge(400, ErrorCode::Other), Failure::Broken);
        assert_eq!(judge(429, ErrorCode::None), Failure::Passing);
        assert_eq!(judge(503, ErrorCode::Other), Failure::Passing);
        assert_eq!(judge(404, ErrorCode::None), Failure::Broken);
        assert_eq!(judge(200, ErrorCode::None), Failure::Broken);
    }

    #[test]
    fn a_redirect_is_a_fault_of_the_configuration_unless_the_app_says_otherwise() {
        for word in [Word::Silent, Word::Unlisted] {
            assert_eq!(judge_failure(0, ErrorCode::None, word), Failure::Broken);
        }
        assert_eq!(judge_failure(0, ErrorCode::None, Word::Refused), Failure::Refused);
    }

    #[test]
    fn the_app_has_the_first_word_on_refusals() {
        assert_eq!(judge_failure(200, ErrorCode::None, Word::Refused), Failure::Refused);
        assert_eq!(judge_failure(503, ErrorCode::Other, Word::Refused), Failure::Refused);
        assert_eq!(judge_failure(419, ErrorCode::None, Word::Listed), Failure::Refused);
        assert_eq!(judge_failure(401, ErrorCode::None, Word::Unlisted), Failure::Broken);
        assert_eq!(judge_failure(419, ErrorCode::Other, Word::Listed), Failure::Broken);
        assert_eq!(judge_failure(400, ErrorCode::InvalidGrant, Word::Unlisted), Failure::Refused);
        assert_eq!(judge_failure(503, ErrorCode::None, Word::Unlisted), Failure::Passing);
    }
}
