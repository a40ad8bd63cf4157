//! How long tokens are good, and when to refresh them.

use crate::engine::{Millis, Time};

/// When an access token ends and when to refresh it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// When it ends; `None`: only a rejection tells.
    pub expires_at: Option<Time>,
    /// From when on a request first refreshes.
    pub refresh_at: Option<Time>,
}

impl Life {
    /// The life of a token received at `now` for `lifetime` ms. A leeway that is not shorter than the lifetime counts
    /// as half of it; a lifetime of nothing is no lifetime, for a token just received is never expired.
    pub fn new(now: Time, lifetime: Option<Millis>, leeway: Millis) -> Self {
        let Some(lifetime) = lifetime.filter(|lifetime| *lifetime > 0) else { return Self::default() };
        Self::until(now.saturating_add(lifetime), lifetime, leeway)
    }

    /// The life of a token that was stored: it ends at `expires_at` and was given for `lifetime` ms.
    pub fn until(expires_at: Time, lifetime: Millis, leeway: Millis) -> Self {
        let leeway = if leeway < lifetime { leeway } else { lifetime / 2 };
        Self { expires_at: Some(expires_at), refresh_at: Some(expires_at.saturating_sub(leeway)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Life;

    #[test]
    fn a_token_is_refreshed_a_leeway_before_its_end() {
        let life = Life::new(1_000, Some(600_000), 30_000);
        assert_eq!(life, Life { expires_at: Some(601_000), refresh_at: Some(571_000) });
    }

    #[test]
    fn a_leeway_as_long_as_the_lifetime_counts_as_half_of_it() {
        let life = Life::new(0, Some(20_000), 30_000);
        assert_eq!(life, Life { expires_at: Some(20_000), refresh_at: Some(10_000) });
    }

    #[test]
    fn a_token_without_a_lifetime_ends_by_rejection_only() {
        assert_eq!(Life::new(5, None, 30_000), Life::default());
        assert_eq!(Life::new(5, Some(0), 30_000), Life::default());
    }
}
