//! The states of the refresh.

use super::ids::{Gen, Key, RefreshId, SendNo, Time};
use super::token_facts::TokenFacts;
use crate::boundary::AuthCode;

/// The refresh.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Refresh {
    /// None is under way.
    Idle,
    /// One is.
    Busy(Busy),
}

/// The one refresh that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Busy {
    /// Which refresh this is.
    pub refresh: RefreshId,
    /// The generation that it replaces.
    pub generation: Gen,
    /// When it began. It shares a failure that comes later in another tab.
    pub since: Time,
    /// When this stage, and with it the refresh, has taken too long.
    pub deadline: Time,
    /// Why it started.
    pub cause: Cause,
    /// How far it is.
    pub stage: Stage,
}

impl Busy {
    /// When the engine next has to look at this refresh.
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
    /// The clock, or `session.refresh()`: the access token may still be good.
    Ahead,
    /// A request with the current token was rejected: the token is dead.
    Rejected {
        /// Refreshes in a row whose tokens were rejected, this one's forerunner included.
        strikes: u8,
    },
}

/// A refresh that failed for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// What those who waited for it were told.
    pub code: AuthCode,
    /// The last request that had been sent by then. Its late rejection, and those of the ones before it, share this
    /// failure: a storm whose refresh fails is not to become a storm of refreshes.
    pub sent: u32,
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Waits for the lock among tabs.
    Locking,
    /// Holds the lock and reads the store again: another tab may have been faster.
    Rereading,
    /// Asks the fence whether these tokens have been presented already.
    Claiming,
    /// The call is out.
    Calling {
        /// Which call of this refresh it is, from 1.
        send_no: SendNo,
        /// How many of the calls so far got no answer at all, or none before this tab fell asleep.
        unanswered: u8,
    },
    /// New tokens are here, and the fence is asked whether they may be used.
    Settling {
        /// They.
        facts: TokenFacts,
    },
    /// Waits before the next call.
    Backoff {
        /// When that is.
        until: Time,
        /// As in [`Stage::Calling`], of the call before.
        send_no: SendNo,
        /// As in [`Stage::Calling`].
        unanswered: u8,
    },
    /// Waits for another tab's new tokens to appear in the store; the deadline says how long.
    Adopting {
        /// When to look again; [`NEVER`]: the last look is being taken.
        look_at: Time,
        /// What follows when none appears.
        otherwise: Otherwise,
    },
    /// The new tokens are being written.
    Saving {
        /// The tokens that they replace.
        replaced: Key,
    },
    /// The new tokens are written, and the fence is asked whether they may stay.
    Confirming,
}

/// What follows when another tab's new tokens do not appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// The tokens are spent and the new ones lost: the session ends.
    SignOut,
    /// The session was ended by another tab, and no other one has begun.
    Leave,
    /// Whoever has claimed the tokens does not come back: its claim is taken over.
    TakeOver,
}
