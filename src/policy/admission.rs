//! Whether a request may carry a token.

use crate::boundary::{TokenAnswer, TokenQuestion};

/// Whether a request may carry a token. `ask` answers a question about it; where the app has a part in the answer, it may throw.
///
/// The app is asked only where a token could go at all, and the caller's own credentials are looked for last, as finding some is worth
/// a warning.
pub fn may_carry_token(ask: impl Fn(TokenQuestion) -> TokenAnswer) -> TokenAnswer {
    match ask(TokenQuestion::LeadsToOwnOrigin) {
        TokenAnswer::Yes => {}
        other => return other,
    }
    for reason in [TokenQuestion::IsSkipped, TokenQuestion::LosesHeader, TokenQuestion::HasOwnCredentials] {
        match ask(reason) {
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
    use crate::boundary::TokenAnswer;
    use crate::boundary::TokenQuestion::{self, HasOwnCredentials, IsSkipped, LeadsToOwnOrigin, LosesHeader};

    /// A request of which this is true, and what was asked of it.
    fn of(truths: &[TokenQuestion]) -> (TokenAnswer, Vec<TokenQuestion>) {
        let asked = RefCell::new(Vec::new());
        let ask = |question| {
            asked.borrow_mut().push(question);
            if truths.contains(&question) { TokenAnswer::Yes } else { TokenAnswer::No }
        };
        (may_carry_token(ask), asked.into_inner())
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
            assert_eq!(may_carry_token(ask), TokenAnswer::Thrown);
        }
    }
}
