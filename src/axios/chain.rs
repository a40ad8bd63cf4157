//! The interceptors around one request, as a machine: what has just been done, and how that went, leads to what is to be
//! done next. The functions, the promise and what flows through them stay JavaScript's.

use crate::boundary::{ChainEvent, ChainPosition, ChainStep};

/// The interceptors that a request has when it is made: later ones are not its own.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// How many there are for the request.
    pub requests: u32,
    /// How many there are for the response.
    pub responses: u32,
}

impl Chain {
    /// How it begins: at once, if all of its request interceptors are synchronous, or through a promise.
    pub const fn first(self, is_synchronous: bool) -> ChainPosition {
        if is_synchronous { self.call(0) } else { at(ChainStep::Begin, 0) }
    }

    /// What follows a step.
    pub fn after(self, position: ChainPosition, event: ChainEvent) -> ChainPosition {
        let place = position.place();
        match (position.step(), event) {
            (ChainStep::Begin, _) => self.attach(0),
            (ChainStep::Attach, _) => self.attach(place + 1),
            (ChainStep::Call, ChainEvent::Threw) => at(ChainStep::Rescue, place),
            (ChainStep::Call, ChainEvent::ThrewUnheard)
            | (ChainStep::Rescue, ChainEvent::Threw | ChainEvent::ThrewUnheard) => at(ChainStep::Fail, 0),
            (ChainStep::Call, _) => self.call(place + 1),
            // Those behind it are passed over, and the config is the one that it was given.
            (ChainStep::Rescue, ChainEvent::Promised) => at(ChainStep::DispatchAfter, 0),
            (ChainStep::Rescue, ChainEvent::Went) => at(ChainStep::Dispatch, 0),
            (ChainStep::Respond, _) => self.respond(place + 1),
            (
                ChainStep::AttachDispatch | ChainStep::Dispatch | ChainStep::DispatchAfter | ChainStep::Fail,
                _,
            ) => self.respond(0),
            (ChainStep::Done, _) => at(ChainStep::Done, 0),
        }
    }

    const fn attach(self, place: u32) -> ChainPosition {
        if place < self.requests { at(ChainStep::Attach, place) } else { at(ChainStep::AttachDispatch, 0) }
    }

    const fn call(self, place: u32) -> ChainPosition {
        if place < self.requests { at(ChainStep::Call, place) } else { at(ChainStep::Dispatch, 0) }
    }

    const fn respond(self, place: u32) -> ChainPosition {
        if place < self.responses { at(ChainStep::Respond, place) } else { at(ChainStep::Done, 0) }
    }
}

const fn at(step: ChainStep, place: u32) -> ChainPosition {
    ChainPosition::of([step as u32, place])
}
