//! One call, from its `Ask` until it is answered, rejected or given up.

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
    /// To be given the tokens themselves.
    Tokens {
        /// For how long they have to be valid at least.
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
    /// For which user it was made. Always a user while it is in flight.
    pub asker: Asker,
    /// How often it has been sent.
    pub send_no: SendNo,
    /// Whether the current or next sending is the replay after a rejection. There is one replay at most.
    pub replayed: bool,
    /// Where it is.
    pub place: Place,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It waits: for the store, for the refresh, or for room in the window.
    Parked {
        /// When its wait for a refresh times out; [`NEVER`] if it only waits for room in the window.
        until: Time,
    },
    /// It is in flight.
    Flying(Flight),
}

/// One sending that is in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flight {
    /// The generation of the token that it carries.
    pub generation: Gen,
    /// Its place in the order of all sendings.
    pub sent: u32,
}

impl Call {
    /// A call that has not been sent yet.
    pub(super) const fn new(goal: Goal, asker: Asker) -> Self {
        Self { goal, asker, send_no: SendNo(0), replayed: false, place: Place::Parked { until: NEVER } }
    }

    /// Whether it has to wait for the store, as only that tells whose call it is: somebody has signed in before the store was read.
    pub(super) const fn must_await_store(&self) -> bool {
        matches!(self.asker, Asker::Unread)
    }

    /// Whether it is parked, and has no reason of its own to wait.
    pub(super) const fn may_be_let_go(&self) -> bool {
        !self.is_flying() && !self.must_await_store()
    }

    /// Its sending that is in flight, if there is one.
    pub const fn flight(&self) -> Option<Flight> {
        match self.place {
            Place::Flying(flight) => Some(flight),
            Place::Parked { .. } => None,
        }
    }

    /// Whether it is in flight.
    pub(super) const fn is_flying(&self) -> bool {
        self.flight().is_some()
    }

    /// Whether it asks for the tokens themselves, and so sends no request.
    pub(super) const fn is_for_tokens(&self) -> bool {
        matches!(self.goal, Goal::Tokens { .. })
    }

    /// Whether it is parked, asks for the tokens, and has no reason of its own to wait.
    pub(super) const fn may_have_tokens(&self) -> bool {
        self.is_for_tokens() && self.may_be_let_go()
    }
}
