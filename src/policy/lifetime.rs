//! How long tokens are good, and when to refresh them.

use crate::engine::{Millis, NEVER, Time};

/// When an access token ends and when to refresh it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// When it ends; [`NEVER`]: only a rejection tells.
    pub expires_at: Time,
    /// From when on a request first refreshes.
    pub refresh_at: Time,
}

impl Life {
    /// The life of a token of which no end is known.
    pub const UNKNOWN: Self = Self { expires_at: NEVER, refresh_at: NEVER };

    /// The life of a token that ends at `expires_at` and was given for `lifetime` ms. A leeway that is not shorter than the
    /// lifetime counts as half of it.
    pub fn new(expires_at: Time, lifetime: Millis, leeway: Millis) -> Self {
        let leeway = if leeway < lifetime { leeway } else { lifetime / 2 };
        Self { expires_at, refresh_at: expires_at.saturating_sub(leeway) }
    }
}

#[cfg(test)]
mod tests {
    use super::Life;

    #[test]
    fn a_token_is_refreshed_a_leeway_before_its_end() {
        let life = Life::new(601_000, 600_000, 30_000);
        assert_eq!(life, Life { expires_at: 601_000, refresh_at: 571_000 });
    }

    #[test]
    fn a_leeway_as_long_as_the_lifetime_counts_as_half_of_it() {
        let life = Life::new(20_000, 20_000, 30_000);
        assert_eq!(life, Life { expires_at: 20_000, refresh_at: 10_000 });
    }
}
