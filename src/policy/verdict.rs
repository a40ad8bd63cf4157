//! Whether an answer means that the request's token has expired, and whether the request may then be sent again.

use super::challenge::lacks_scope;
use crate::boundary::{Replay, Seen};

/// What an answer means for the token that the request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It was accepted.
    Good,
    /// It is no longer good.
    Expired,
    /// It is not known, e.g. after a server error.
    Other,
}

/// By what the answer has shown that the token has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The answer's status.
    Status,
    /// A code in its body, or the app's function. The server may have carried out the request nevertheless.
    Content,
}

/// Judges an answer, also by its challenge (`WWW-Authenticate`). Insufficient scope does not mean that the token has expired (RFC 6750
/// §3.1): a refresh would not help.
pub fn judge(seen: Seen, challenge: impl FnOnce() -> String) -> (Verdict, Sign) {
    let sign = if seen.by_status() { Sign::Status } else { Sign::Content };
    let verdict = match seen.status() {
        _ if (seen.by_status() || seen.by_content()) && !lacks_scope(&challenge()) => Verdict::Expired,
        200..=299 if !seen.by_content() => Verdict::Good,
        _ => Verdict::Other,
    };
    (verdict, sign)
}

impl Replay {
    /// Whether a request may be sent again.
    pub fn allows(self, sign: Sign, is_safe: bool, ask: impl FnOnce() -> bool) -> bool {
        match self {
            Self::All => true,
            Self::BySign => is_safe || sign == Sign::Status,
            Self::Safe => is_safe,
            Self::ByFunction => ask(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Replay, Seen, Sign, Verdict, judge};

    fn of(status: u32, by_content: bool, challenge: &str) -> (Verdict, Sign) {
        judge(Seen(status | u32::from(status == 401) << 10 | u32::from(by_content) << 11), || {
            challenge.to_owned()
        })
    }

    #[test]
    fn a_status_that_is_not_about_scope_means_expiry() {
        assert_eq!(of(401, false, ""), (Verdict::Expired, Sign::Status));
        assert_eq!(of(401, false, "Bearer error=\"invalid_token\""), (Verdict::Expired, Sign::Status));
        assert_eq!(of(401, false, "Bearer error=\"insufficient_scope\"").0, Verdict::Other);
        assert_eq!(of(403, false, "").0, Verdict::Other);
        assert_eq!(of(500, false, "").0, Verdict::Other);
        assert_eq!(of(204, false, "").0, Verdict::Good);
    }

    #[test]
    fn a_code_means_expiry_whatever_the_status() {
        for status in [200, 400, 403, 500] {
            assert_eq!(of(status, true, ""), (Verdict::Expired, Sign::Content));
        }
        assert_eq!(of(200, true, "Bearer error=\"insufficient_scope\"").0, Verdict::Other);
        assert_eq!(of(401, true, ""), (Verdict::Expired, Sign::Status), "the status outranks the code");
    }

    #[test]
    fn what_may_have_been_done_is_not_done_twice() {
        let no = || false;
        assert!(Replay::BySign.allows(Sign::Status, false, no));
        assert!(!Replay::BySign.allows(Sign::Content, false, no));
        assert!(Replay::BySign.allows(Sign::Content, true, no));
        assert!(Replay::All.allows(Sign::Content, false, no));
        assert!(!Replay::Safe.allows(Sign::Status, false, no));
        assert!(!Replay::ByFunction.allows(Sign::Status, true, no));
        assert!(Replay::ByFunction.allows(Sign::Content, false, || true));
    }
}
