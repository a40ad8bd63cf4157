//! One call, from its first word to the engine until that has forgotten it.

use super::asker::Asker;
use super::ids::{Gen, Millis, NEVER, SendNo, Time};

/// What a call wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// To be sent with a good token.
    Send {
        /// Whether the method is safe: GET, HEAD, OPTIONS.
        safe: bool,
    },
    /// To be handed the tokens themselves.
    Tokens {
        /// For how long, at least, they have to be good.
        for_ms: Millis,
        /// Whether they have to be new (`session.refresh()`).
        force: bool,
    },
}

/// A call that is neither answered nor rejected yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// What it wants.
    pub goal: Goal,
    /// Whose it is. On the wire it is always a user's.
    pub asker: Asker,
    /// How often it has been sent.
    pub send_no: SendNo,
    /// Whether what is out, or its next sending, is the replay after a rejection, of which there is one.
    pub replayed: bool,
    /// Where it is.
    pub place: Place,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It waits: for the store, for the refresh, or for room in the window.
    Parked {
        /// When its wait for a refresh has been too long; [`NEVER`]: it only waits for room in the window.
        until: Time,
    },
    /// It is on the wire.
    Flying(Flight),
}

/// One sending that is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flight {
    /// The generation that it carries.
    pub generation: Gen,
    /// Its place in the order of all sendings.
    pub sent: u32,
}

impl Call {
    /// A call that has not been sent yet.
    pub(super) const fn new(goal: Goal, asker: Asker) -> Self {
        Self { goal, asker, send_no: SendNo(0), replayed: false, place: Place::Parked { until: NEVER } }
    }

    /// Whether nobody knows yet whose it is: somebody has signed in, but not read the store.
    pub(super) const fn has_to_be_read(&self) -> bool {
        matches!(self.asker, Asker::Unread)
    }

    /// Whether it waits and, as far as it alone is concerned, need not do so any longer.
    pub(super) const fn may_be_let_go(&self) -> bool {
        !self.is_flying() && !self.has_to_be_read()
    }

    /// Its sending that is out, if one is.
    pub const fn flight(&self) -> Option<Flight> {
        match self.place {
            Place::Flying(flight) => Some(flight),
            Place::Parked { .. } => None,
        }
    }

    /// Whether it is on the wire.
    pub(super) const fn is_flying(&self) -> bool {
        self.flight().is_some()
    }

    /// Whether it wants the tokens themselves: that takes no room on the wire.
    pub(super) const fn is_for_tokens(&self) -> bool {
        matches!(self.goal, Goal::Tokens { .. })
    }

    /// Whether that is what it waits for, and nothing of its own keeps it from them.
    pub(super) const fn may_have_tokens(&self) -> bool {
        self.is_for_tokens() && self.may_be_let_go()
    }
}
