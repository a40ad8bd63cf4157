//! The states of the refresh.

use super::ids::{Gen, Key, RefreshId, SendNo, Time};
use super::token_facts::TokenFacts;
use crate::boundary::AuthCode;

/// The refresh.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Refresh {
    /// No refresh is running.
    Idle,
    /// One is running.
    Busy(Busy),
}

/// The one refresh that is running.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Busy {
    /// Its id.
    pub refresh: RefreshId,
    /// The generation that it replaces.
    pub generation: Gen,
    /// When it began. A failure in another tab after that counts as its own.
    pub since: Time,
    /// When this stage times out, and the refresh with it.
    pub deadline: Time,
    /// Why it started.
    pub cause: Cause,
    /// Its stage.
    pub stage: Stage,
}

impl Busy {
    /// When something of this refresh is due next.
    pub(super) fn due(&self) -> Time {
        match self.stage {
            Stage::Backoff { until, .. } => until.min(self.deadline),
            Stage::Adopting { look_at, .. } => look_at.min(self.deadline),
            _ => self.deadline,
        }
    }
}

/// Why a refresh runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The access token ends soon, or the app has called `session.refresh()`: the token may still be valid.
    Ahead,
    /// A request with the current token was rejected: the token is dead.
    Rejected {
        /// How many refreshes in a row, up to the last one, gave tokens that were rejected.
        strikes: u8,
    },
}

/// A refresh that failed for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// The error code of the calls that waited for it.
    pub code: AuthCode,
    /// The last request that had been sent by then. If it or an earlier one is rejected later, it shares this failure: otherwise
    /// many requests whose refresh fails would cause many refreshes.
    pub sent: u32,
}

/// The stages of a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Waits for the lock among tabs.
    Locking,
    /// Holds the lock and reads the store again: another tab may have been faster.
    Rereading,
    /// Asks the fence whether these tokens have been presented already.
    Claiming,
    /// The call is running.
    Calling {
        /// Which call of this refresh it is, from 1.
        send_no: SendNo,
        /// How many of the calls so far got no answer at all, or none before this tab fell asleep.
        unanswered: u8,
    },
    /// New tokens have come, and the fence is asked whether they may be used.
    Settling {
        /// The new tokens.
        facts: TokenFacts,
    },
    /// Waits before the next call.
    Backoff {
        /// When it is made.
        until: Time,
        /// As in [`Stage::Calling`], of the call before.
        send_no: SendNo,
        /// As in [`Stage::Calling`].
        unanswered: u8,
    },
    /// Waits for another tab's new tokens to appear in the store; the deadline says how long.
    Adopting {
        /// When to read the store again; [`NEVER`]: it is being read for the last time.
        look_at: Time,
        /// What follows if none appear.
        otherwise: Otherwise,
    },
    /// The new tokens are being written.
    Saving {
        /// The tokens that they replace.
        replaced: Key,
    },
    /// The new tokens are stored, and the fence is asked whether they may stay.
    Confirming,
}

/// What follows when another tab's new tokens do not appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// The tokens are spent and the new ones are lost: the session ends.
    SignOut,
    /// Another tab has ended the session, and nobody has signed in again: this tab signs out too.
    Leave,
    /// The tab that has claimed the tokens is gone: its claim is taken over.
    TakeOver,
}
