//! What the engine knows. Every state is an enum; a number stands only where there is something to count.

use super::ids::{Attempt, Gen, Key, Login, Millis, NEVER, Ticket, Time, User};
use super::{Goal, command::Code};

/// The engine's settings. Times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// Bounds one refresh, from its call on, retries included.
    pub refresh_timeout: Millis,
    /// Bounds the wait for the lock that another tab holds. Has to outlast that tab's refresh.
    pub lock_timeout: Millis,
    /// How many more calls follow after an answer that says "later" (429, 5xx).
    pub retries: u8,
    /// The wait before the first of them; each further wait is three times as long.
    pub backoff: Millis,
    /// How many calls may wait at once.
    pub queue_limit: usize,
    /// How long a call may wait for a refresh.
    pub queue_timeout: Millis,
    /// How many requests may be on the wire at once, at least 1. One Chromium page breaks at about 1,356.
    pub window: usize,
    /// Whether safe requests that share a dead token are taken back before they collect their own rejection.
    pub withdraw: bool,
    /// Whether other tabs share the store, so that a refresh takes the lock and the claim first.
    pub tabs: bool,
    /// How long to look for the new pair of another tab that has, or may have, presented these tokens.
    pub adoption: Millis,
    /// How long to look for one after a refusal, before the session ends.
    pub refusal: Millis,
    /// How long to wait between two looks at the store meanwhile.
    pub look_every: Millis,
    /// How late a timer has to be for this tab to have been asleep.
    pub asleep: Millis,
    /// How long the breaker bars, how long a failed refresh ahead of expiry is not tried again, and the longest pause after
    /// failures in a row.
    pub pause: Millis,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            refresh_timeout: 10_000,
            lock_timeout: 15_000,
            retries: 2,
            backoff: 300,
            queue_limit: 10_000,
            queue_timeout: 30_000,
            window: 256,
            withdraw: true,
            tabs: false,
            adoption: 2_000,
            refusal: 250,
            look_every: 25,
            asleep: 1_000,
            pause: 30_000,
        }
    }
}

/// What the engine has to know of a set of tokens. The text itself stays with the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    /// Which tokens these are.
    pub key: Key,
    /// Whose they are.
    pub user: User,
    /// From which login they descend.
    pub login: Login,
    /// When the access token ends; [`NEVER`]: only a rejection tells.
    pub expires_at: Time,
    /// From when on a request first refreshes; never later than `expires_at`.
    pub refresh_at: Time,
    /// Whether these tokens can be refreshed at all.
    pub refreshable: bool,
}

impl Pair {
    /// The pair as one that a refresh has just given: an end that has passed already is none that is known, or the next
    /// refresh would follow at once, and the next.
    pub(super) fn received(self, now: Time) -> Self {
        if !self.good_at(now) {
            return Self { expires_at: NEVER, refresh_at: NEVER, ..self };
        }
        Self { refresh_at: if self.refresh_at <= now { self.expires_at } else { self.refresh_at }, ..self }
    }

    /// Whether the access token is good at the moment `at`, as far as the clock can tell.
    pub fn good_at(&self, at: Time) -> bool {
        self.expires_at == NEVER || at < self.expires_at
    }
}

/// Why a session has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// `signOut()` was called.
    User,
    /// The server refused the refresh for good.
    Refused,
    /// The token is dead and there is nothing to refresh it with.
    NoRefreshToken,
    /// The store was emptied, by another tab or another hand.
    OtherTab,
}

impl Reason {
    /// What a request that belonged to the ended session is told.
    pub fn code(self) -> Code {
        match self {
            Self::User | Self::OtherTab => Code::SignedOut,
            Self::Refused | Self::NoRefreshToken => Code::RefreshRejected,
        }
    }
}

/// Whether the server has been seen to accept a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trust {
    /// It came from a login, or a request with it has succeeded.
    Proven,
    /// It came from a refresh and nothing has succeeded yet.
    Unproven {
        /// How many refreshes in a row, just before it, gave tokens that were rejected.
        strikes: u8,
    },
}

/// The session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Session {
    /// The store has not been read yet.
    Cold,
    /// There are no tokens.
    Out {
        /// Whose session ended here, and why; `None`: there was none.
        last: Option<(User, Reason)>,
    },
    /// There are tokens.
    In {
        /// The generation in use.
        generation: Gen,
        /// What is known of it.
        pair: Pair,
        /// Whether it has been seen to work.
        trust: Trust,
    },
    /// Disposed: everything is rejected from now on.
    Closed,
}

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
    pub ticket: Ticket,
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
    pub code: Code,
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
        attempt: Attempt,
        /// How many of the calls so far got no answer at all, or none before this tab fell asleep.
        unanswered: u8,
    },
    /// The call's answer is here, and the fence is asked whether it may be used.
    Settling {
        /// As in [`Stage::Calling`].
        attempt: Attempt,
    },
    /// Waits before the next call.
    Backoff {
        /// When that is.
        until: Time,
        /// As in [`Stage::Calling`], of the call before.
        attempt: Attempt,
        /// As in [`Stage::Calling`].
        unanswered: u8,
    },
    /// Waits for another tab's new pair to appear in the store; the deadline says how long.
    Adopting {
        /// When to look again; [`NEVER`]: the last look is being taken.
        look_at: Time,
        /// What follows when none appears.
        otherwise: Otherwise,
    },
    /// The new pair is being written.
    Saving,
}

/// What follows when another tab's new pair does not appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// The tokens are spent and the new ones lost: the session ends.
    SignOut,
    /// The session was ended by another tab, and no other one has begun.
    Leave,
    /// Whoever has claimed the tokens does not come back: its claim is taken over.
    TakeOver,
}

/// Whose a call is. That is settled when it is made, and not when it is sent: until then a hook, a pause before a retry or the
/// store may have kept it waiting, and another user may have signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// Theirs whose tokens the store holds, which had not been read yet.
    Unread,
    /// Nobody's, as nobody was signed in: it goes as it finds the session.
    Nobody,
    /// This user's.
    User(User),
}

impl Asker {
    /// As a number that JavaScript can keep for us: users are below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    pub fn to_number(self) -> f64 {
        match self {
            Self::Unread => -1.0,
            Self::Nobody => -2.0,
            Self::User(user) => user.0 as f64,
        }
    }

    /// From such a number; `None`: it is none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and whole")]
    pub fn from_number(number: f64) -> Option<Self> {
        match number {
            -1.0 => Some(Self::Unread),
            -2.0 => Some(Self::Nobody),
            user if user >= 0.0 => Some(Self::User(User(user as u64))),
            _ => None,
        }
    }

    /// Whose a call of this asker is, now that `user` is signed in and nothing keeps them apart.
    pub(super) fn owner(self, opening: Opening, user: User) -> Self {
        match (self, opening) {
            (Self::Unread, Opening::Unread) => self,
            _ => Self::User(user),
        }
    }

    /// What a call gets instead of being sent, as whoever made it is not signed in any more; `None`: it may be sent.
    pub(super) fn estrangement(self, opening: Opening, session: &Session) -> Option<Code> {
        let user = match (self, opening) {
            (Self::User(user), _) | (Self::Unread, Opening::Read(Some(user))) => Some(user),
            (Self::Unread, Opening::Unread) => None,
            (Self::Nobody, _) | (Self::Unread, Opening::Read(None)) => return None,
        };
        match session {
            Session::Cold => None,
            // Before it is known, it waits: see `Call::has_to_be_read`.
            Session::In { pair, .. } => {
                user.is_some_and(|user| user != pair.user).then_some(Code::SessionChanged)
            }
            Session::Out { last: Some((last, reason)) } if user.is_none_or(|user| user == *last) => {
                Some(reason.code())
            }
            Session::Out { last: Some(_) } => Some(Code::SessionChanged),
            Session::Out { last: None } | Session::Closed => Some(Code::SignedOut),
        }
    }
}

/// What the store held when it was first read, and so who [`Asker::Unread`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Opening {
    /// It has not been read yet. Somebody may have signed in or out all the same.
    Unread,
    /// This user's tokens, or nobody's.
    Read(Option<User>),
}

/// A call that is neither answered nor rejected yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// What it wants.
    pub goal: Goal,
    /// Whose it is. On the wire it is always a user's.
    pub asker: Asker,
    /// How often it has been sent.
    pub attempt: Attempt,
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
        Self { goal, asker, attempt: Attempt(0), replayed: false, place: Place::Parked { until: NEVER } }
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

/// What `api.session.status` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The store has not been read yet.
    Loading,
    /// No tokens.
    SignedOut,
    /// Tokens, and no refresh.
    Active,
    /// Tokens, and a refresh under way.
    Refreshing,
}
