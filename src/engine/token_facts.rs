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
    /// When the access token expires; [`NEVER`] if that is not known and only a rejection tells.
    pub expires_at: Time,
    /// From when on a request waits for a refresh; never later than `expires_at`.
    pub refresh_at: Time,
    /// Whether these tokens can be refreshed at all.
    pub refreshable: bool,
}

impl TokenFacts {
    /// The tokens as a refresh has just given them. If they have expired already, their end counts as unknown: otherwise one refresh
    /// would follow the other.
    pub(super) fn received(self, now: Time) -> Self {
        if !self.good_at(now) {
            return Self { expires_at: NEVER, refresh_at: NEVER, ..self };
        }
        Self { refresh_at: if self.refresh_at <= now { self.expires_at } else { self.refresh_at }, ..self }
    }

    /// Whether the access token is valid at the moment `at`, by the clock.
    pub fn good_at(&self, at: Time) -> bool {
        self.expires_at == NEVER || at < self.expires_at
    }
}
