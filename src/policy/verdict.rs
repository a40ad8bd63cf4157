//! What an answer says of the token that its request carried.

use crate::engine::Verdict;

/// Judges an answer by its status and its `WWW-Authenticate`. A token that lacks scope is not an expired one
/// (RFC 6750 §3.1): no refresh would help.
pub fn judge(status: u16, www_authenticate: Option<&str>) -> Verdict {
    match status {
        401 if www_authenticate.is_some_and(|header| header.contains("insufficient_scope")) => Verdict::Other,
        401 => Verdict::Expired,
        200..=299 => Verdict::Good,
        _ => Verdict::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::engine::Verdict;

    #[test]
    fn only_a_401_that_is_not_about_scope_means_expiry() {
        assert_eq!(judge(401, None), Verdict::Expired);
        assert_eq!(judge(401, Some("Bearer error=\"invalid_token\"")), Verdict::Expired);
        assert_eq!(judge(401, Some("Bearer error=\"insufficient_scope\"")), Verdict::Other);
        assert_eq!(judge(403, None), Verdict::Other);
        assert_eq!(judge(500, None), Verdict::Other);
        assert_eq!(judge(204, None), Verdict::Good);
    }
}
