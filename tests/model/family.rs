//! What is explored in one run: how large, and with which faults.

use wasm_api_fetch::engine::{Config, Key, NEVER, Pair, User};

pub(crate) const ADA: User = User(1);
pub(crate) const BOB: User = User(2);

/// A configuration of the world. Numbers are how often a thing may happen, in all tabs together.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) tabs: usize,
    /// How many requests each tab makes.
    pub(crate) requests: usize,
    /// Whether the tabs still have to read the store.
    pub(crate) cold: bool,
    /// Whether there is a lock among tabs.
    pub(crate) locks: bool,
    /// Whether the first tokens are to be refreshed from the start on.
    pub(crate) ahead: bool,
    /// How many calls more a refresh makes after one that was answered "later".
    pub(crate) retries: u8,
    /// The server rejects all access tokens given so far.
    pub(crate) expiries: u8,
    /// The server answers a refresh with "later".
    pub(crate) failures: u8,
    /// The server refuses a refresh, good as the token is.
    pub(crate) refusals: u8,
    /// A refresh's call is lost on the way.
    pub(crate) hangs: u8,
    /// A timer fires although the world still owes an answer: that one was too slow.
    pub(crate) timeouts: u8,
    /// A caller gives up.
    pub(crate) aborts: u8,
    /// The user signs out.
    pub(crate) sign_outs: u8,
    /// Another user signs in.
    pub(crate) logins: u8,
}

impl Family {
    /// Two tabs with two requests each, and one expiry.
    pub(crate) fn expiry(name: &'static str) -> Self {
        Self {
            name,
            tabs: 2,
            requests: 2,
            cold: false,
            locks: true,
            ahead: false,
            retries: 0,
            expiries: 1,
            failures: 0,
            refusals: 0,
            hangs: 0,
            timeouts: 0,
            aborts: 0,
            sign_outs: 0,
            logins: 0,
        }
    }

    /// The engine's settings: the shipping ones, with spans so short that few different moments arise.
    pub(crate) fn config(&self) -> Config {
        Config {
            refresh_timeout: 10,
            lock_timeout: 100,
            queue_timeout: 1_000,
            retries: self.retries,
            backoff: 1,
            adoption: 2,
            look_every: 1,
            tabs: true,
            ..Config::default()
        }
    }

    /// What the store holds in the beginning.
    pub(crate) fn first_pair(&self) -> Pair {
        Pair { refresh_at: if self.ahead { 0 } else { NEVER }, ..pair(Key(1), ADA) }
    }

    /// How many refreshes may succeed by the time `expiries` more may still come.
    pub(crate) fn refreshes_allowed(&self, expiries: u8) -> u64 {
        u64::from(self.expiries - expiries) + u64::from(self.ahead)
    }
}

/// Tokens that only a rejection ends.
pub(crate) fn pair(key: Key, user: User) -> Pair {
    Pair { key, user, expires_at: NEVER, refresh_at: NEVER, refreshable: true }
}
