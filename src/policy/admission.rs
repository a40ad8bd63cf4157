//! Whether a request may carry a token.

use crate::boundary::{Facts, TokenAnswer, TokenQuestion};

/// Whether a request may carry a token. `ask` answers a question about it; where the app has a part in the answer, it may throw.
///
/// What the facts rule out is not asked. The app is asked only where a token could go at all, and the caller's own credentials are
/// looked for last, as finding some is worth a warning.
pub fn may_carry_token(facts: Facts, ask: impl Fn(TokenQuestion) -> TokenAnswer) -> TokenAnswer {
    match ask(TokenQuestion::LeadsToOwnOrigin) {
        TokenAnswer::Yes => {}
        other => return other,
    }
    let reasons = [
        (TokenQuestion::IsSkipped, facts.may_be_skipped()),
        (TokenQuestion::LosesHeader, facts.is_without_cors()),
        (TokenQuestion::HasOwnCredentials, true),
    ];
    for (reason, is_possible) in reasons {
        match if is_possible { ask(reason) } else { TokenAnswer::No } {
            TokenAnswer::No => {}
            TokenAnswer::Yes => return TokenAnswer::No,
            TokenAnswer::Thrown => return TokenAnswer::Thrown,
        }
    }
    TokenAnswer::Yes
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::may_carry_token;
    use crate::boundary::TokenQuestion::{self, HasOwnCredentials, IsSkipped, LeadsToOwnOrigin, LosesHeader};
    use crate::boundary::{Facts, TokenAnswer};

    fn facts(may_be_skipped: bool, is_without_cors: bool) -> Facts {
        let bit = |is: bool, at: u32| u32::from(is) << at;
        let facts = Facts(bit(may_be_skipped, 21) | bit(is_without_cors, 22));
        assert_eq!((facts.may_be_skipped(), facts.is_without_cors()), (may_be_skipped, is_without_cors));
        facts
    }

    /// A request of which this is true, and what was asked of it.
    fn of(truths: &[TokenQuestion]) -> (TokenAnswer, Vec<TokenQuestion>) {
        let asked = RefCell::new(Vec::new());
        let ask = |question| {
            asked.borrow_mut().push(question);
            if truths.contains(&question) { TokenAnswer::Yes } else { TokenAnswer::No }
        };
        (may_carry_token(facts(true, true), ask), asked.into_inner())
    }

    #[test]
    fn any_reason_keeps_the_token_back() {
        assert_eq!(of(&[LeadsToOwnOrigin]).0, TokenAnswer::Yes);
        for reason in [IsSkipped, LosesHeader, HasOwnCredentials] {
            assert_eq!(of(&[LeadsToOwnOrigin, reason]).0, TokenAnswer::No, "{reason:?}");
        }
    }

    #[test]
    fn nothing_more_is_asked_of_a_request_that_leads_elsewhere() {
        assert_eq!(of(&[]), (TokenAnswer::No, vec![LeadsToOwnOrigin]));
    }

    #[test]
    fn credentials_are_looked_for_last() {
        assert_eq!(of(&[LeadsToOwnOrigin, IsSkipped]).1, [LeadsToOwnOrigin, IsSkipped]);
        assert_eq!(of(&[LeadsToOwnOrigin]).1, [LeadsToOwnOrigin, IsSkipped, LosesHeader, HasOwnCredentials]);
    }

    #[test]
    fn what_the_app_throws_ends_the_asking() {
        for thrower in [LeadsToOwnOrigin, IsSkipped] {
            let ask = |question| match question {
                question if question == thrower => TokenAnswer::Thrown,
                LeadsToOwnOrigin => TokenAnswer::Yes,
                _ => TokenAnswer::No,
            };
            assert_eq!(may_carry_token(facts(true, true), ask), TokenAnswer::Thrown);
        }
    }

    #[test]
    fn what_the_facts_rule_out_is_not_asked() {
        let asked = RefCell::new(Vec::new());
        let ask = |question| {
            asked.borrow_mut().push(question);
            if question == LeadsToOwnOrigin { TokenAnswer::Yes } else { TokenAnswer::No }
        };
        assert_eq!(may_carry_token(facts(false, false), ask), TokenAnswer::Yes);
        assert_eq!(asked.into_inner(), [LeadsToOwnOrigin, HasOwnCredentials]);
    }
}
