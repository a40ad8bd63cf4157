//! What an answer says of the token that its request carried.

use crate::engine::Verdict;

/// Judges an answer by its status and its challenge (`WWW-Authenticate`). A token that lacks scope is not an expired one
/// (RFC 6750 §3.1): no refresh would help.
pub fn judge(status: u32, challenge: impl FnOnce() -> String) -> Verdict {
    match status {
        401 if lacks_scope(&challenge()) => Verdict::Other,
        401 => Verdict::Expired,
        200..=299 => Verdict::Good,
        _ => Verdict::Other,
    }
}

fn lacks_scope(challenge: &str) -> bool {
    challenge.as_bytes().split(|byte| b" =\",".contains(byte)).any(|word| word == b"insufficient_scope")
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::engine::Verdict;

    #[test]
    fn only_a_401_that_is_not_about_scope_means_expiry() {
        assert_eq!(judge(401, String::new), Verdict::Expired);
        assert_eq!(judge(401, || "Bearer error=\"invalid_token\"".to_owned()), Verdict::Expired);
        assert_eq!(judge(401, || "Bearer error=\"insufficient_scope\"".to_owned()), Verdict::Other);
        assert_eq!(judge(403, String::new), Verdict::Other);
        assert_eq!(judge(500, String::new), Verdict::Other);
        assert_eq!(judge(204, String::new), Verdict::Good);
    }
}
