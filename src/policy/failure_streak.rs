//! Refreshes that have failed in a row, and how long that keeps the next one back.

use super::time::{Millis, NEVER, Time};

/// The pause after the second failure in a row. After each further one it is twice as long, up to the longest.
const FIRST_PAUSE: Millis = 1_000;
const LONGEST_PAUSE: Millis = 30_000;

/// For how long a server is left alone, at most, whatever it asks for.
const LONGEST_RETRY_AFTER: Millis = 600_000;

/// What is known of the failed refreshes of the tokens in use. Tabs leave it for each other in the fence, with the mark of
/// these tokens; a success or a login brings other tokens, of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FailureStreak {
    /// How many have failed, one after the other. A refresh with all its tries is one.
    pub failures: u32,
    /// When the last of them did; 0: the pause that would follow has been ended.
    pub at: Time,
    /// Before this the server wants to be left alone (its `Retry-After`).
    pub retry_at: Time,
}

impl FailureStreak {
    /// None has failed.
    pub const NONE: Self = Self { failures: 0, at: 0, retry_at: 0 };

    /// Another one has failed.
    #[must_use]
    pub fn failed(self, now: Time, retry_after: Option<Millis>) -> Self {
        let retry_after = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
        Self { failures: self.failures.saturating_add(1), at: now, retry_at: now.saturating_add(retry_after) }
    }

    /// The same without the pause; what the server has asked for stays.
    #[must_use]
    pub const fn without_pause(self) -> Self {
        Self { at: 0, ..self }
    }

    /// Whether a refresh may start of tokens that end at `expires_at`.
    pub fn may_start(&self, now: Time, expires_at: Time) -> bool {
        // Five doublings lead beyond the longest pause.
        let pause = if self.failures < 2 { 0 } else { FIRST_PAUSE << (self.failures - 2).min(5) };
        // What has failed ahead of the token's end does not put off the refresh that is needed then.
        let is_needed_anew = expires_at != NEVER && self.at < expires_at && expires_at <= now;
        now >= self.retry_at && (is_needed_anew || self.age(now) >= pause.min(LONGEST_PAUSE))
    }

    /// Whether one may start that is not needed yet.
    pub fn may_start_ahead(&self, now: Time, wait: Millis) -> bool {
        self.age(now) >= wait
    }

    /// How long ago the last failure was. It is never one to come.
    fn age(&self, now: Time) -> Millis {
        now.wrapping_sub(self.at)
    }
}
