//! What lies around the engines: the tabs' hosts, the store, the lock, the fence, the server and the clock.

use std::collections::BTreeMap;

use wasm_api_fetch::engine::{Attempt, Code, Engine, Event, Key, Pair, Reason, Ticket, Time, User};

use crate::family::Family;

/// One state of everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) now: Time,
    pub(crate) tabs: Vec<Tab>,
    /// The storage area that all tabs share. Reads see the last write: stale ones are a family of their own.
    pub(crate) store: Option<Pair>,
    /// Who wants the lock among tabs; the first has it.
    pub(crate) lock_queue: Vec<(usize, Ticket)>,
    /// Whether the first knows that.
    pub(crate) granted: bool,
    /// The refresh tokens that were claimed, and by whom.
    pub(crate) fence: BTreeMap<Key, Presented>,
    pub(crate) server: Server,
    pub(crate) left: Left,
    pub(crate) faults: Faults,
}

/// One tab: an engine and its host's books.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tab {
    pub(crate) engine: Engine,
    /// By id, from 1.
    pub(crate) requests: Vec<Request>,
    /// What has happened and the engine has not been told of. Readings of the store keep their order.
    pub(crate) inbox: Vec<Event>,
    /// The call of the refresh that is out.
    pub(crate) call: Option<Call>,
    pub(crate) timer: Option<Time>,
}

/// One call of the user, as the host sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Request {
    /// Whose session it was asked under, where that was known.
    pub(crate) user: Option<User>,
    pub(crate) fate: Fate,
    /// Whether it was rejected once, and sent again.
    pub(crate) replayed: bool,
    /// Whether it was taken back from the wire.
    pub(crate) withdrawn: bool,
}

/// What has become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fate {
    /// The engine has it.
    Waiting,
    /// It is on the wire.
    Sent {
        attempt: Attempt,
        key: Key,
        /// Whether the token was good when it was sent.
        good: bool,
    },
    /// Nobody was signed in: it went without a token.
    SentBare,
    Delivered,
    Rejected(Code),
    Aborted,
}

/// A call of the refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Call {
    pub(crate) ticket: Ticket,
    pub(crate) attempt: Attempt,
    pub(crate) key: Key,
    pub(crate) user: User,
    /// It never arrives, and neither does an answer.
    pub(crate) lost: bool,
}

/// What the fence knows of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Presented {
    Pending { tab: usize, ticket: Ticket },
    Done,
}

/// The authorization server and the API. Keys are given out ascending; a refresh spends the key that it presents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    /// The one key that may be presented.
    pub(crate) newest: Key,
    /// Access tokens of this key and those before it are rejected.
    pub(crate) dead: Key,
    /// How many refreshes have succeeded.
    pub(crate) refreshes: u64,
    /// How often a spent key was presented.
    pub(crate) reused: u64,
    /// Which tab the newest key was given to.
    pub(crate) given_to: Option<usize>,
}

/// What may still happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Left {
    pub(crate) expiries: u8,
    pub(crate) failures: u8,
    pub(crate) refusals: u8,
    pub(crate) hangs: u8,
    pub(crate) aborts: u8,
    pub(crate) sign_outs: u8,
    pub(crate) logins: u8,
}

/// Breaches that a single state does not show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Faults {
    /// A call that was over was named.
    pub(crate) named_after_end: bool,
    /// A request was sent under another user than it was asked under, or with a generation that is not the current.
    pub(crate) wrong_user: bool,
    /// The end of a session was told when none had ended, or not told, or twice, or for a reason that did not occur.
    pub(crate) wrong_notice: Option<Option<Reason>>,
}

impl World {
    pub(crate) fn new(family: &Family) -> Self {
        let tab = Tab {
            engine: Engine::new(family.config()),
            requests: Vec::new(),
            inbox: Vec::new(),
            call: None,
            timer: None,
        };
        Self {
            now: 0,
            tabs: vec![tab; family.tabs],
            store: Some(family.first_pair()),
            lock_queue: Vec::new(),
            granted: false,
            fence: BTreeMap::new(),
            server: Server { newest: Key(1), dead: Key(0), refreshes: 0, reused: 0, given_to: None },
            left: Left {
                expiries: family.expiries,
                failures: family.failures,
                refusals: family.refusals,
                hangs: family.hangs,
                aborts: family.aborts,
                sign_outs: family.sign_outs,
                logins: family.logins,
            },
            faults: Faults::default(),
        }
    }
}

impl Fate {
    pub(crate) fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Sent { .. })
    }
}
