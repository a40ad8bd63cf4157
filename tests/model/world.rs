//! What lies around the engines: the tabs' hosts, the store, the lock, the fence, the server and the clock.

use std::collections::{BTreeMap, BTreeSet};

use wasm_api_fetch::engine::{Attempt, Code, Engine, Event, Key, NEVER, Pair, Ticket, Time, User, Verdict};

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
    pub(crate) faults: BTreeSet<Fault>,
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
    pub(crate) timer: Time,
}

/// One call of the user, as the host sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Request {
    /// Whose session it was asked under, where that was known.
    pub(crate) user: Option<User>,
    pub(crate) fate: Fate,
    /// What its last answer said of the token.
    pub(crate) verdict: Option<Verdict>,
    /// Whether an answer has said that the token is dead.
    pub(crate) rejected: bool,
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

/// The authorization server and the API. Keys are given out ascending; a refresh spends the key that it presents, and
/// so does one that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    /// The newest key.
    pub(crate) newest: Key,
    pub(crate) spent: BTreeSet<Key>,
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
    pub(crate) timeouts: u8,
    pub(crate) aborts: u8,
    pub(crate) sign_outs: u8,
    pub(crate) logins: u8,
}

/// A breach that a single state does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fault {
    /// A call that was over was named.
    NamedAfterEnd,
    /// A request was sent for another user than it was asked for, or with tokens that are no longer in use.
    WrongUser,
    /// A session's end was not told, or told twice, or for a reason that did not occur, or had not come.
    WrongNotice,
    /// A refresh was called while the tab's last call was still out.
    SecondCall,
}

impl World {
    pub(crate) fn new(family: &Family) -> Self {
        let (mut engine, pair) = (Engine::new(family.config()), family.first_pair());
        if !family.cold {
            engine.step(0, Event::Read { pair: Some(pair) }, &mut Vec::new());
        }
        let tab = Tab { engine, requests: Vec::new(), inbox: Vec::new(), call: None, timer: NEVER };
        Self {
            now: 0,
            tabs: vec![tab; family.tabs],
            store: Some(pair),
            lock_queue: Vec::new(),
            granted: false,
            fence: BTreeMap::new(),
            server: Server {
                newest: Key(1),
                spent: BTreeSet::new(),
                dead: Key(0),
                refreshes: 0,
                reused: 0,
                given_to: None,
            },
            left: Left {
                expiries: family.expiries,
                failures: family.failures,
                refusals: family.refusals,
                hangs: family.hangs,
                timeouts: family.timeouts,
                aborts: family.aborts,
                sign_outs: family.sign_outs,
                logins: family.logins,
            },
            faults: BTreeSet::new(),
        }
    }
}

impl Fate {
    pub(crate) fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Sent { .. })
    }
}
