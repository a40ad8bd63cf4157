//! Whether a request may carry a token.

use crate::boundary::TokenQuestion;

/// Whether a request may carry a token. `ask` answers a question about it, and may throw where the app has a part in the answer.
///
/// The app is asked only where a token could go at all, and the caller's own credentials are looked for last, as finding some is worth
/// a warning.
///
/// # Errors
///
/// What `ask` throws.
pub fn may_carry_token<E>(ask: impl Fn(TokenQuestion) -> Result<bool, E>) -> Result<bool, E> {
    Ok(ask(TokenQuestion::LeadsToOwnOrigin)?
        && !ask(TokenQuestion::IsSkipped)?
        && !ask(TokenQuestion::LosesHeader)?
        && !ask(TokenQuestion::HasOwnCredentials)?)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::may_carry_token;
    use crate::boundary::TokenQuestion::{self, HasOwnCredentials, IsSkipped, LeadsToOwnOrigin, LosesHeader};

    /// A request of which this is true, and what was asked of it.
    fn of(truths: &[TokenQuestion]) -> (bool, Vec<TokenQuestion>) {
        let asked = RefCell::new(Vec::new());
        let ask = |question| {
            asked.borrow_mut().push(question);
            Ok::<_, ()>(truths.contains(&question))
        };
        (may_carry_token(ask) == Ok(true), asked.into_inner())
    }

    #[test]
    fn any_reason_keeps_the_token_back() {
        assert!(of(&[LeadsToOwnOrigin]).0);
        for reason in [IsSkipped, LosesHeader, HasOwnCredentials] {
            assert!(!of(&[LeadsToOwnOrigin, reason]).0, "{reason:?}");
        }
    }

    #[test]
    fn nothing_more_is_asked_of_a_request_that_leads_elsewhere() {
        assert_eq!(of(&[]), (false, vec![LeadsToOwnOrigin]));
    }

    #[test]
    fn credentials_are_looked_for_last() {
        assert_eq!(of(&[LeadsToOwnOrigin, IsSkipped]).1, [LeadsToOwnOrigin, IsSkipped]);
        assert_eq!(of(&[LeadsToOwnOrigin]).1, [LeadsToOwnOrigin, IsSkipped, LosesHeader, HasOwnCredentials]);
    }

    #[test]
    fn what_the_app_throws_is_passed_on() {
        let ask = |question| if question == IsSkipped { Err("thrown") } else { Ok(true) };
        assert_eq!(may_carry_token(ask), Err("thrown"));
    }
}
