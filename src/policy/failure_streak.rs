//! Refreshes that have failed in a row, and the pause before the next one.

use super::time::{Millis, NEVER, Time};

/// The pause after the second failure in a row. It doubles with each further one, up to the longest.
const FIRST_PAUSE: Millis = 1_000;
const LONGEST_PAUSE: Millis = 30_000;

/// The longest `Retry-After` that is kept, in ms.
const LONGEST_RETRY_AFTER: Millis = 600_000;

/// The failed refreshes of the tokens in use. Tabs share it through the mark of these tokens in the fence. A success or a login gives
/// other tokens, whose streak is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FailureStreak {
    /// How many refreshes have failed in a row. One refresh with all its calls counts once.
    pub failures: u32,
    /// When the last of them failed; 0 if the pause after it was ended early.
    pub at: Time,
    /// When the server's `Retry-After` ends.
    pub retry_at: Time,
}

impl FailureStreak {
    /// No refresh has failed.
    pub const NONE: Self = Self { failures: 0, at: 0, retry_at: 0 };

    /// After another failure.
    #[must_use]
    pub fn failed(self, now: Time, retry_after: Option<Millis>) -> Self {
        let retry_after = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
        Self { failures: self.failures.saturating_add(1), at: now, retry_at: now.saturating_add(retry_after) }
    }

    /// Without the pause. The server's `Retry-After` stays.
    #[must_use]
    pub const fn without_pause(self) -> Self {
        Self { at: 0, ..self }
    }

    /// Whether a refresh of tokens that expire at `expires_at` may start.
    pub fn may_start(&self, now: Time, expires_at: Time) -> bool {
        // After five doublings the pause is longer than the longest one.
        let pause = if self.failures < 2 { 0 } else { FIRST_PAUSE << (self.failures - 2).min(5) };
        // A failure before the token has expired does not delay the refresh that is needed after that.
        let is_needed_anew = expires_at != NEVER && self.at < expires_at && expires_at <= now;
        now >= self.retry_at && (is_needed_anew || self.age(now) >= pause.min(LONGEST_PAUSE))
    }

    /// Whether a refresh may start while the token is still valid.
    pub fn may_start_ahead(&self, now: Time, wait: Millis) -> bool {
        self.age(now) >= wait
    }

    /// How long ago the last failure was. After the clock was set back, this wraps to a very long time.
    fn age(&self, now: Time) -> Millis {
        now.wrapping_sub(self.at)
    }
}
