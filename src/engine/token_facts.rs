//! What the engine knows of tokens.

use super::ids::{Key, Login, NEVER, Time, User};

/// What the engine has to know of a set of tokens. The text itself stays with the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenFacts {
    /// Which tokens these are.
    pub key: Key,
    /// Whose they are.
    pub user: User,
    /// From which login they descend.
    pub login: Login,
    /// When the access token ends; [`NEVER`]: only a rejection tells.
    pub expires_at: Time,
    /// From when on a request first refreshes; never later than `expires_at`.
    pub refresh_at: Time,
    /// Whether these tokens can be refreshed at all.
    pub refreshable: bool,
}

impl TokenFacts {
    /// The tokens as ones that a refresh has just given: an end that has passed already is none that is known, or the next
    /// refresh would follow at once, and the next.
    pub(super) fn received(self, now: Time) -> Self {
        if !self.good_at(now) {
            return Self { expires_at: NEVER, refresh_at: NEVER, ..self };
        }
        Self { refresh_at: if self.refresh_at <= now { self.expires_at } else { self.refresh_at }, ..self }
    }

    /// Whether the access token is good at the moment `at`, as far as the clock can tell.
    pub fn good_at(&self, at: Time) -> bool {
        self.expires_at == NEVER || at < self.expires_at
    }
}
