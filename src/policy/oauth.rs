//! What the answer to a refresh means.

use crate::engine::Millis;

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

/// Judges a failed refresh by its status and the `error` of its body, which outranks the status: `invalid_client`
/// usually comes as 401 and is a fault of the configuration, not of the session.
pub fn judge_failure(status: u64, error: Option<&str>) -> Failure {
    match (status, error.filter(|error| is_error_code(error))) {
        (_, Some("invalid_grant")) | (401 | 403, None) => Failure::Refused,
        (429 | 500..=599, _) => Failure::Passing,
        _ => Failure::Broken,
    }
}

/// The error codes of a token endpoint (RFC 6749 §5.2). Another string in `error` is somebody's own wording.
fn is_error_code(error: &str) -> bool {
    matches!(
        error,
        "invalid_request"
            | "invalid_client"
            | "invalid_grant"
            | "unauthorized_client"
            | "unsupported_grant_type"
            | "invalid_scope"
            | "temporarily_unavailable"
            | "server_error"
    )
}

/// `Retry-After` (RFC 9110 §10.2.3) in milliseconds from now: seconds, or a date, given as `date_ms` since the epoch.
pub fn retry_after(value: &str, date_ms: f64, now_ms: f64) -> Option<Millis> {
    if let Ok(seconds) = value.trim().parse::<u32>() {
        return Some(Millis::from(seconds) * 1000);
    }
    let wait = date_ms - now_ms;
    // A date that cannot be read is NaN and fails the comparison.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and saturates"
    )]
    (wait >= 0.0).then_some(wait as Millis)
}

#[cfg(test)]
mod tests {
    use super::{Failure, judge_failure, retry_after};

    #[test]
    fn an_oauth_error_outranks_the_status() {
        assert_eq!(judge_failure(400, Some("invalid_grant")), Failure::Refused);
        assert_eq!(judge_failure(401, Some("invalid_client")), Failure::Broken);
        assert_eq!(judge_failure(401, None), Failure::Refused);
        assert_eq!(judge_failure(403, None), Failure::Refused);
        assert_eq!(judge_failure(401, Some("Unauthorized")), Failure::Refused);
        assert_eq!(judge_failure(400, None), Failure::Broken);
        assert_eq!(judge_failure(400, Some("invalid_request")), Failure::Broken);
        assert_eq!(judge_failure(429, None), Failure::Passing);
        assert_eq!(judge_failure(503, Some("temporarily_unavailable")), Failure::Passing);
        assert_eq!(judge_failure(404, None), Failure::Broken);
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        assert_eq!(retry_after("3", f64::NAN, 0.0), Some(3000));
        assert_eq!(retry_after("a date", 5000.0, 1000.0), Some(4000));
        assert_eq!(retry_after("a date", 500.0, 1000.0), None);
        assert_eq!(retry_after("rubbish", f64::NAN, 1000.0), None);
    }
}
