//! What the answer to a refresh means.

use crate::boundary::{OauthError, RefreshArrival, RefreshProblem, RefreshReply, RefreshWay, TokenReading};

/// The result of a refresh call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// There are new tokens.
    Tokens,
    /// The grant is no longer good: the session is over (RFC 6749 §5.2, `invalid_grant`).
    Refused,
    /// It failed, and the same call may succeed later.
    Passing {
        /// Whether the server has answered.
        answered: bool,
    },
    /// The call itself is wrong; calling again would not help.
    Broken,
}

/// Whether an answer is a redirect, or comes from where a redirect has led although that was not allowed: following one sends the
/// refresh token along. Tokens from another origin are never accepted, even if redirects may be followed.
pub fn is_led_away(arrival: RefreshArrival) -> bool {
    let is_elsewhere = arrival.is_elsewhere();
    let is_redirected = if arrival.tells_redirects() { arrival.is_redirected() } else { is_elsewhere };
    let is_led = is_redirected && (is_elsewhere || !arrival.may_follow());
    is_led || matches!(arrival.status(), 0..=99 | 300..=399)
}

/// Whether to look for tokens in a reply.
pub fn may_hold_tokens(reply: RefreshReply) -> bool {
    let is_bad = is_failure(reply) || reply.is_null() || reply.has_refused_code();
    !is_bad
}

/// Why there are no tokens in a reply.
pub fn problem_of(reply: RefreshReply) -> RefreshProblem {
    if is_failure(reply) { RefreshProblem::Failure } else { RefreshProblem::NoToken }
}

/// Whether a reply is an answer with an error, by its status or by its envelope.
fn is_failure(reply: RefreshReply) -> bool {
    reply.is_answer() && (reply.is_failure() || !matches!(reply.status(), 200..=299))
}

/// Judges a call that gave no token.
pub fn judge(problem: RefreshProblem, reply: RefreshReply, reading: TokenReading, by: RefreshWay) -> Meaning {
    let verdict = AppVerdict::of(reply);
    if verdict == AppVerdict::Refused {
        return Meaning::Refused;
    }
    match problem {
        _ if reading == TokenReading::Cookies => Meaning::Tokens,
        RefreshProblem::NoAnswer => Meaning::Passing { answered: false },
        RefreshProblem::NoToken if reply.is_null() => Meaning::Refused,
        // An answer from where a redirect has led does not count.
        RefreshProblem::NoToken | RefreshProblem::Redirected => Meaning::Broken,
        RefreshProblem::Failure | RefreshProblem::Threw => {
            match judge_failure(reply.status(), reply.error(), verdict) {
                // A function of the app's is not called again: it may retry by itself.
                Meaning::Passing { .. } if by == RefreshWay::Function => Meaning::Broken,
                meaning => meaning,
            }
        }
    }
}

/// What the app's option `session.refused` says about a failed refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AppVerdict {
    /// Nothing.
    Silent,
    /// It is a refusal, by a code or by the app's function.
    Refused,
    /// The option lists statuses, and this is one of them.
    Listed,
    /// The option lists statuses, and this is none of them.
    Unlisted,
}

impl AppVerdict {
    fn of(reply: RefreshReply) -> Self {
        if reply.has_refused_code() || reply.is_refused_by_app() {
            Self::Refused
        } else if !reply.names_statuses() {
            Self::Silent
        } else if reply.is_named_status() {
            Self::Listed
        } else {
            Self::Unlisted
        }
    }
}

/// Judges a failed refresh by the app's option, by its status, and by the `error` in its body, which counts more than the status:
/// `invalid_client` usually comes with 401, and is a fault of the configuration and not of the session (RFC 6749 §5.2).
fn judge_failure(status: u32, error: OauthError, verdict: AppVerdict) -> Meaning {
    match (status, error, verdict) {
        (_, OauthError::InvalidGrant, _)
        | (_, OauthError::None, AppVerdict::Listed)
        | (401 | 403, OauthError::None, AppVerdict::Silent) => Meaning::Refused,
        (429 | 500..=599, ..) => Meaning::Passing { answered: true },
        _ => Meaning::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::{AppVerdict, Meaning, is_led_away, judge, judge_failure, may_hold_tokens, problem_of};
    use crate::boundary::{
        OauthError, RefreshArrival, RefreshProblem, RefreshReply, RefreshWay, TokenReading,
    };

    const PASSING: Meaning = Meaning::Passing { answered: true };

    // Single facts, to be put together.
    const ANSWER: u32 = 1 << 14;
    const NULL: u32 = 1 << 15;
    const FAILURE: u32 = 1 << 16;
    const CODE: u32 = 1 << 17;
    const NAMES: u32 = 1 << 18;
    const NAMED: u32 = 1 << 19;
    const BY_APP: u32 = 1 << 20;

    const fn error(error: OauthError) -> u32 {
        (error as u32) << 10
    }

    const fn reply(status: u32, facts: u32) -> RefreshReply {
        RefreshReply(status | facts)
    }

    fn is_led(status: u32, redirected: Option<bool>, is_elsewhere: bool, may_follow: bool) -> bool {
        let [tells, redirected] = [redirected.is_some(), redirected == Some(true)].map(u32::from);
        let [is_elsewhere, may_follow] = [is_elsewhere, may_follow].map(u32::from);
        is_led_away(RefreshArrival(
            status | tells << 10 | redirected << 11 | is_elsewhere << 12 | may_follow << 13,
        ))
    }

    /// What the endpoint's reply means in which no token was found.
    fn means(status: u32, facts: u32, reading: TokenReading) -> Meaning {
        let reply = RefreshReply(status | facts | ANSWER);
        judge(problem_of(reply), reply, reading, RefreshWay::Endpoint)
    }

    /// What it means that a function of the app's has thrown.
    fn thrown(status: u32, facts: u32) -> Meaning {
        judge(RefreshProblem::Threw, RefreshReply(status | facts), TokenReading::None, RefreshWay::Function)
    }

    #[test]
    fn the_facts_have_the_places_that_these_tests_give_them() {
        let reply = reply(401, ANSWER | CODE | NAMED | error(OauthError::ServerError));
        assert_eq!((reply.status(), reply.error()), (401, OauthError::ServerError));
        assert_eq!((reply.is_answer(), reply.is_null(), reply.is_failure()), (true, false, false));
        assert_eq!((reply.has_refused_code(), reply.names_statuses()), (true, false));
        assert_eq!((reply.is_named_status(), reply.is_refused_by_app()), (true, false));
    }

    #[test]
    fn a_redirect_that_was_not_followed_has_led_away() {
        for status in [0, 301, 302, 303, 307, 308] {
            for may_follow in [false, true] {
                assert!(is_led(status, Some(false), false, may_follow), "{status}");
            }
        }
        for status in [200, 400, 401, 503] {
            assert!(!is_led(status, Some(false), false, false), "{status}");
        }
    }

    #[test]
    fn so_has_one_that_was_followed_unless_that_is_allowed_and_within_an_origin() {
        assert!(is_led(200, Some(true), false, false));
        assert!(!is_led(200, Some(true), false, true));
        assert!(is_led(200, Some(true), true, true));
        assert!(is_led(200, Some(true), true, false));
    }

    #[test]
    fn of_a_double_that_does_not_say_so_the_origin_tells() {
        assert!(is_led(200, None, true, true));
        assert!(!is_led(200, None, false, false));
        assert!(!is_led(200, Some(false), true, false), "it was asked of another origin by its own word");
    }

    #[test]
    fn tokens_are_looked_for_in_what_is_a_success() {
        for status in [200, 201, 204, 299] {
            assert!(may_hold_tokens(reply(status, ANSWER)));
            assert!(!may_hold_tokens(reply(status, ANSWER | FAILURE)), "its envelope");
            assert!(!may_hold_tokens(reply(status, ANSWER | CODE)), "a code that the app names");
        }
        for status in [100, 199, 300, 400, 401, 500] {
            assert!(!may_hold_tokens(reply(status, ANSWER)), "{status}");
        }
        assert!(may_hold_tokens(RefreshReply(0)), "an object of the app's");
        assert!(!may_hold_tokens(RefreshReply(NULL)));
    }

    #[test]
    fn a_success_without_a_token_is_no_refusal_unless_the_app_says_so() {
        assert_eq!(means(200, 0, TokenReading::None), Meaning::Broken);
        assert_eq!(means(200, error(OauthError::InvalidGrant), TokenReading::None), Meaning::Broken);
        assert_eq!(means(200, CODE, TokenReading::None), Meaning::Refused);
        assert_eq!(means(200, BY_APP, TokenReading::None), Meaning::Refused);
        let failure = FAILURE | error(OauthError::InvalidGrant);
        assert_eq!(means(200, failure, TokenReading::None), Meaning::Refused);
    }

    #[test]
    fn cookies_are_taken_to_be_good_unless_the_app_says_otherwise() {
        assert_eq!(means(200, 0, TokenReading::Cookies), Meaning::Tokens);
        assert_eq!(means(200, NAMES, TokenReading::Cookies), Meaning::Tokens);
        assert_eq!(means(200, BY_APP, TokenReading::Cookies), Meaning::Refused);
    }

    #[test]
    fn null_from_a_function_is_a_refusal_and_anything_else_without_a_token_is_none() {
        let of = |facts| {
            let reply = RefreshReply(facts);
            judge(problem_of(reply), reply, TokenReading::None, RefreshWay::Function)
        };
        assert_eq!(of(NULL), Meaning::Refused);
        assert_eq!(of(0), Meaning::Broken);
        assert_eq!(of(BY_APP), Meaning::Refused);
    }

    #[test]
    fn what_a_function_throws_or_returns_as_an_answer_is_judged_by_its_status_and_never_passing() {
        assert_eq!(thrown(401, 0), Meaning::Refused);
        assert_eq!(thrown(400, error(OauthError::InvalidGrant)), Meaning::Refused);
        assert_eq!(thrown(503, 0), Meaning::Broken);
        assert_eq!(thrown(0, 0), Meaning::Broken);
        let answer = reply(503, ANSWER);
        let by_function = judge(problem_of(answer), answer, TokenReading::None, RefreshWay::Function);
        assert_eq!(by_function, Meaning::Broken);
        assert_eq!(means(503, 0, TokenReading::None), PASSING);
    }

    /// What it means that there is nothing to read.
    fn without_a_reply(problem: RefreshProblem, status: u32, facts: u32) -> Meaning {
        judge(problem, reply(status, facts), TokenReading::None, RefreshWay::Endpoint)
    }

    #[test]
    fn no_answer_is_passing_unless_the_app_says_otherwise() {
        for (status, facts) in [(0, 0), (200, 0), (0, NAMES), (401, NAMES | NAMED), (401, 0)] {
            let meaning = without_a_reply(RefreshProblem::NoAnswer, status, facts);
            assert_eq!(meaning, Meaning::Passing { answered: false });
        }
        assert_eq!(without_a_reply(RefreshProblem::NoAnswer, 0, BY_APP), Meaning::Refused);
    }

    #[test]
    fn a_redirect_is_a_fault_of_the_configuration_unless_the_app_says_otherwise() {
        for (status, facts) in [(0, 0), (200, 0), (302, 0), (401, NAMES | NAMED), (401, 0), (503, 0)] {
            assert_eq!(without_a_reply(RefreshProblem::Redirected, status, facts), Meaning::Broken);
        }
        assert_eq!(without_a_reply(RefreshProblem::Redirected, 0, BY_APP), Meaning::Refused);
    }

    #[test]
    fn an_oauth_error_outranks_the_status() {
        let judge = |status, error| judge_failure(status, error, AppVerdict::Silent);
        assert_eq!(judge(400, OauthError::InvalidGrant), Meaning::Refused);
        assert_eq!(judge(401, OauthError::InvalidClient), Meaning::Broken);
        assert_eq!(judge(401, OauthError::None), Meaning::Refused);
        assert_eq!(judge(403, OauthError::None), Meaning::Refused);
        assert_eq!(judge(400, OauthError::None), Meaning::Broken);
        assert_eq!(judge(400, OauthError::InvalidRequest), Meaning::Broken);
        assert_eq!(judge(429, OauthError::None), PASSING);
        assert_eq!(judge(503, OauthError::ServerError), PASSING);
        assert_eq!(judge(404, OauthError::None), Meaning::Broken);
        assert_eq!(judge(200, OauthError::None), Meaning::Broken);
    }

    #[test]
    fn the_app_has_the_first_word_on_refusals() {
        assert_eq!(means(503, CODE | error(OauthError::ServerError), TokenReading::None), Meaning::Refused);
        assert_eq!(means(419, NAMES | NAMED, TokenReading::None), Meaning::Refused);
        assert_eq!(means(401, NAMES, TokenReading::None), Meaning::Broken);
        let invalid_client = error(OauthError::InvalidClient);
        assert_eq!(means(419, NAMES | NAMED | invalid_client, TokenReading::None), Meaning::Broken);
        let invalid_grant = error(OauthError::InvalidGrant);
        assert_eq!(means(400, NAMES | invalid_grant, TokenReading::None), Meaning::Refused);
        assert_eq!(means(503, NAMES, TokenReading::None), PASSING);
    }
}
