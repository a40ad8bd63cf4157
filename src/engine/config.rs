//! The engine's settings.

use super::ids::Millis;

/// What can be set. Times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// Bounds one refresh, from its call on, retries included.
    pub refresh_timeout: Millis,
    /// Bounds the wait for the lock that another tab holds. Has to outlast that tab's refresh.
    pub lock_timeout: Millis,
    /// How many times a refresh is called again after a passing failure (429, 5xx).
    pub retries: u8,
    /// The wait before the first of them; each further wait is three times as long.
    pub backoff: Millis,
    /// How many calls may wait at once.
    pub queue_limit: usize,
    /// How long a call may wait for a refresh.
    pub queue_timeout: Millis,
    /// How many requests may be in flight at once, at least 1. Chromium fails at about 1,356 in one page.
    pub window: usize,
    /// Whether safe requests with a token that was just rejected are withdrawn before they are rejected too.
    pub withdraw: bool,
    /// Whether other tabs share the store, so that a refresh takes the lock and the claim first.
    pub tabs: bool,
    /// How long to wait for the new tokens of another tab that has presented these tokens, or may have.
    pub adoption: Millis,
    /// How long to wait for another tab's new tokens after a refusal, before the session ends.
    pub refusal: Millis,
    /// How often the store is read meanwhile.
    pub look_every: Millis,
    /// How late a timer has to be for this tab to have been asleep.
    pub asleep: Millis,
    /// How long the breaker stays tripped, and how long a refresh ahead of expiry that has failed is not tried again.
    pub pause: Millis,
}

/// The settings that an app can change, by the options of its session.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// As in [`Config`].
    pub refresh_timeout: Millis,
    /// As in [`Config`].
    pub retries: u8,
    /// As in [`Config`].
    pub withdraw: bool,
    /// As in [`Config`].
    pub queue_limit: usize,
    /// As in [`Config`].
    pub queue_timeout: Millis,
}

/// How much longer than its own refresh a tab waits for another one's.
const LOCK_MARGIN: Millis = 5_000;

impl Config {
    /// The app's settings, with this package's values for all others.
    pub const fn new(limits: Limits, tabs: bool) -> Self {
        let Limits { refresh_timeout, retries, withdraw, queue_limit, queue_timeout } = limits;
        Self {
            refresh_timeout,
            lock_timeout: refresh_timeout.saturating_add(LOCK_MARGIN),
            retries,
            backoff: 300,
            queue_limit,
            queue_timeout,
            window: 256,
            withdraw,
            tabs,
            adoption: 2_000,
            refusal: 250,
            look_every: 25,
            asleep: 1_000,
            pause: 30_000,
        }
    }
}
