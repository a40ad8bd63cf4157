//! The interceptors around one request, as a machine: what has just been done, and how that went, leads to what is to be
//! done next. The functions, the promise and what flows through them stay JavaScript's.

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make a promise of the config.
    Begin,
    /// Hang this request interceptor, both of its functions, onto the promise.
    Attach(u32),
    /// Hang the sending onto the promise.
    AttachDispatch,
    /// Call this request interceptor now.
    Call(u32),
    /// Tell this request interceptor what its own function has thrown.
    Rescue(u32),
    /// Send now.
    Dispatch,
    /// Send when what the interceptor has answered to the throw is fulfilled.
    DispatchAfter,
    /// Make a promise that is rejected with what was thrown.
    Fail,
    /// Hang this response interceptor onto the promise.
    Respond(u32),
    /// The promise is the caller's.
    Done,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// As it should.
    Went,
    /// It threw, and there is a function beside it that hears of that.
    Threw,
    /// It threw, and nobody hears of it.
    ThrewUnheard,
    /// It returned a promise.
    Promised,
}

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
    pub const fn first(self, is_synchronous: bool) -> Step {
        if is_synchronous { self.call(0) } else { Step::Begin }
    }

    /// What follows a step.
    pub const fn after(self, step: Step, event: Event) -> Step {
        match (step, event) {
            (Step::Begin, _) => self.attach(0),
            (Step::Attach(place), _) => self.attach(place + 1),
            (Step::Call(place), Event::Threw) => Step::Rescue(place),
            (Step::Call(_), Event::ThrewUnheard) | (Step::Rescue(_), Event::Threw | Event::ThrewUnheard) => {
                Step::Fail
            }
            (Step::Call(place), _) => self.call(place + 1),
            // Those behind it are passed over, and the config is the one that it was given.
            (Step::Rescue(_), Event::Promised) => Step::DispatchAfter,
            (Step::Rescue(_), Event::Went) => Step::Dispatch,
            (Step::Respond(place), _) => self.respond(place + 1),
            (Step::AttachDispatch | Step::Dispatch | Step::DispatchAfter | Step::Fail, _) => self.respond(0),
            (Step::Done, _) => Step::Done,
        }
    }

    const fn attach(self, place: u32) -> Step {
        if place < self.requests { Step::Attach(place) } else { Step::AttachDispatch }
    }

    const fn call(self, place: u32) -> Step {
        if place < self.requests { Step::Call(place) } else { Step::Dispatch }
    }

    const fn respond(self, place: u32) -> Step {
        if place < self.responses { Step::Respond(place) } else { Step::Done }
    }
}

/// The bits that tell steps apart; the place of an interceptor lies above them.
const KINDS: u32 = 4;

impl Step {
    /// As JavaScript knows it: `src/axios/chain.js`.
    pub const fn to_number(self) -> u32 {
        let (kind, place) = match self {
            Self::Begin => (0, 0),
            Self::Attach(place) => (1, place),
            Self::AttachDispatch => (2, 0),
            Self::Call(place) => (3, place),
            Self::Rescue(place) => (4, place),
            Self::Dispatch => (5, 0),
            Self::DispatchAfter => (6, 0),
            Self::Fail => (7, 0),
            Self::Respond(place) => (8, place),
            Self::Done => (9, 0),
        };
        kind | (place << KINDS)
    }

    /// The step of a number; what is none is the end.
    pub const fn from_number(number: u32) -> Self {
        let place = number >> KINDS;
        match number & ((1 << KINDS) - 1) {
            0 => Self::Begin,
            1 => Self::Attach(place),
            2 => Self::AttachDispatch,
            3 => Self::Call(place),
            4 => Self::Rescue(place),
            5 => Self::Dispatch,
            6 => Self::DispatchAfter,
            7 => Self::Fail,
            8 => Self::Respond(place),
            _ => Self::Done,
        }
    }
}

impl Event {
    /// The event of a number.
    pub const fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Went,
            1 => Self::Threw,
            2 => Self::ThrewUnheard,
            _ => Self::Promised,
        }
    }
}
