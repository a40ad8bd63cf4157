//! What lies around the engines: the tabs' hosts, the store, the lock, the fence, the server and the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{
    Asker, Busy, Engine, Event, Id, Key, Login, NEVER, Refresh, RefreshId, SendNo, Session, Stage, Time,
    TokenFacts, User,
};
use wasm_api_fetch::policy::failure_streak::FailureStreak;
use wasm_api_fetch::policy::fence::Mark;
use wasm_api_fetch::policy::verdict::Verdict;

use crate::chance::{Chance, Chances};
use crate::digest::digest;
use crate::family::Family;
use crate::server::{Answer, Server};

/// When everything begins: long after the epoch.
const START: Time = 1_000_000_000;

/// One state of everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) now: Time,
    pub(crate) tabs: Vec<Tab>,
    /// The storage area that all tabs share.
    pub(crate) store: Option<TokenFacts>,
    /// The fence's marks. Of tokens that are claimed, the tab knows that has claimed them: which of them all it is makes no difference.
    pub(crate) marks: BTreeMap<Key, Mark>,
    pub(crate) server: Server,
    /// The logins that a sign-out or another login has ended.
    pub(crate) ended: BTreeSet<Login>,
    /// The last login, unless a sign-out has followed.
    pub(crate) standing: Option<Login>,
    pub(crate) left: Chances,
    pub(crate) faults: BTreeSet<Fault>,
}

/// One tab: an engine and its host's books.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tab {
    pub(crate) name: Name,
    pub(crate) life: Life,
    pub(crate) engine: Engine,
    /// By id, from 1.
    pub(crate) requests: Vec<Request>,
    /// What has happened and the engine has not been told of.
    pub(crate) inbox: Vec<Event>,
    /// The call of the refresh that is out.
    pub(crate) call: Option<Call>,
    pub(crate) timer: Time,
    /// Its place among those who want the lock.
    pub(crate) lock: Option<Place>,
    /// The lock that it will ask for when it comes back.
    pub(crate) later: Option<RefreshId>,
    /// Its mark in the fence: the tokens that it has claimed, and what it was told of failed refreshes.
    pub(crate) claimed: Option<(Key, FailureStreak)>,
    /// Word of failed refreshes that it is about to leave there.
    pub(crate) noted: Option<FailureStreak>,
    /// A refresh whose tokens it has written, and that it is about to ask the fence for once more: what they have replaced.
    pub(crate) confirming: Option<(RefreshId, Key)>,
    /// What it sees of the store.
    pub(crate) view: Option<TokenFacts>,
    /// What others have written since, and it does not see yet.
    pub(crate) coming: Vec<Option<TokenFacts>>,
    /// Whether it has not heard of a change of the store, and has not looked since.
    pub(crate) missed_news: bool,
    /// A call that has been made and waits for a hook: whose it is, as the engine sees it and as it is.
    pub(crate) made: Option<(Asker, Option<User>)>,
    /// Whether the newest tokens were given to it.
    pub(crate) is_newest: bool,
}

/// A tab's name is for the reader alone. Worlds that differ in nothing else are the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name(pub(crate) char);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Life {
    Lives,
    /// In the back/forward cache: nothing of it runs, and it hears nothing, until it comes back.
    Aside,
    /// Nobody uses its session any more. It hears and acts as long as its engine wants it to.
    Disposed,
    /// Gone, from one moment to the next.
    Dead,
}

/// A place in the queue for the lock; the first has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) before: usize,
    pub(crate) refresh: RefreshId,
    /// Whether it knows that it has the lock.
    pub(crate) is_granted: bool,
}

/// One call of the user, as the host sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Request {
    /// Whose session it was asked under, where that was known.
    pub(crate) user: Option<User>,
    pub(crate) fate: Fate,
    /// What the answer to its last sending said of the token, once there is one.
    pub(crate) verdict: Option<Verdict>,
    /// How many answers have said that the token is dead.
    pub(crate) rejections: u8,
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
        send_no: SendNo,
        key: Key,
        /// Whether the token was good when it was sent.
        good: bool,
    },
    /// Nobody was signed in: it went without a token.
    SentBare,
    Delivered,
    Rejected(AuthCode),
    Aborted,
}

/// A call of the refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Call {
    pub(crate) refresh: RefreshId,
    pub(crate) send_no: SendNo,
    pub(crate) facts: TokenFacts,
    pub(crate) whereabouts: Whereabouts,
    /// Neither the call nor its answer arrives any more.
    pub(crate) is_lost: bool,
}

/// How far a call of the refresh is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Whereabouts {
    /// The server has not seen it.
    Out,
    /// The server has answered it.
    Answered(Answer),
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
    /// A session ended as refused, and the server had refused nothing that it could have refused.
    GroundlessEnd,
    /// A refresh was called while the tab's last call was still out.
    SecondCall,
    /// A refresh token was presented again, which had been answered to somebody who lives.
    PresentedTwice,
    /// A refresh was called before its time, of which the fence knew.
    CalledInPause,
    /// A refresh was called although another tab's had failed since it began.
    FailureUnshared,
    /// New tokens were stored before the old ones were marked as replaced.
    StoredUnsettled,
    /// New tokens were used, or kept, although the fence had said that they must not be.
    UsedAgainstTheFence,
}

impl World {
    pub(crate) fn new(family: &Family) -> Self {
        let facts = family.first_tokens();
        let tab = Tab::new(family, facts);
        let names = ('A'..).map(Name);
        Self {
            now: START,
            tabs: names.take(family.tabs).map(|name| Tab { name, ..tab.clone() }).collect(),
            store: Some(facts),
            marks: BTreeMap::new(),
            server: Server::new(facts),
            ended: BTreeSet::new(),
            standing: Some(facts.login),
            left: family.chances,
            faults: BTreeSet::new(),
        }
    }

    /// Tabs are alike: which of them it is that something happens to makes no difference.
    pub(crate) fn in_order(mut self) -> Self {
        self.tabs.sort_by_cached_key(digest);
        self
    }

    /// How often this has happened.
    pub(crate) fn has_seen(&self, family: &Family, chance: Chance) -> bool {
        self.left.left(chance) < family.chances.left(chance)
    }

    pub(crate) fn living(&self) -> impl Iterator<Item = &Tab> {
        self.tabs.iter().filter(|tab| tab.life != Life::Dead)
    }
}

impl Tab {
    fn new(family: &Family, facts: TokenFacts) -> Self {
        let mut engine = Engine::new(family.config());
        if !family.slow_store {
            engine.step(0, Event::Read { facts: Some(facts) }, &mut Vec::new());
        }
        Self {
            name: Name('?'),
            life: Life::Lives,
            engine,
            requests: Vec::new(),
            inbox: Vec::new(),
            call: None,
            timer: NEVER,
            lock: None,
            made: None,
            later: None,
            claimed: None,
            confirming: None,
            noted: None,
            view: Some(facts),
            coming: Vec::new(),
            missed_news: false,
            is_newest: false,
        }
    }

    /// Whether anything of it runs now.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.life, Life::Lives | Life::Disposed)
    }

    /// The tokens in use.
    pub(crate) fn facts(&self) -> Option<TokenFacts> {
        match self.engine.session() {
            Session::In { facts, .. } => Some(*facts),
            _ => None,
        }
    }

    /// Whether new tokens are here, and the fence has not said yet that they may be used.
    pub(crate) fn is_settling(&self) -> bool {
        matches!(self.engine.refresh(), Refresh::Busy(Busy { stage: Stage::Settling { .. }, .. }))
    }

    /// The requests, by id.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (Id, &Request)> {
        (1..).map(Id).zip(&self.requests)
    }
}

impl Fate {
    pub(crate) fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Sent { .. })
    }
}

impl PartialEq for Name {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
