//! The events that the driver reports to the engine.

use super::asker::Asker;
use super::call::Goal;
use super::ids::{Id, Millis, RefreshId, Route, SendNo};
use super::token_facts::TokenFacts;
use crate::policy::failure_streak::FailureStreak;
use crate::policy::fence::Reuse;
use crate::policy::verdict::Verdict;

/// The result of a claim. Only one tab may present the same tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// They may be presented.
    Won,
    /// The same, after refreshes of these tokens have failed in this or in another tab.
    WonAfter(FailureStreak),
    /// They have been presented, and replaced by new ones.
    Spent,
    /// Another tab has claimed them and is gone: nobody knows whether it has presented them.
    Orphaned,
    /// Another tab has claimed them, and may be presenting them right now: there is no lock that would tell.
    Taken,
    /// There is no fence here.
    Unsupported,
}

impl Claim {
    /// A claim that is won, with the failed refreshes in the mark.
    pub const fn won(failures: FailureStreak) -> Self {
        if failures.failures > 0 { Self::WonAfter(failures) } else { Self::Won }
    }

    /// A claim that another tab has made before. If this tab holds the lock, the other one is gone.
    pub const fn taken(is_locked: bool) -> Self {
        if is_locked { Self::Orphaned } else { Self::Taken }
    }
}

/// The result of one call to the refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallOutcome {
    /// New tokens.
    Tokens {
        /// They.
        facts: TokenFacts,
        /// Who may still present the tokens that were replaced.
        reuse: Reuse,
    },
    /// Refused for good: the session is over.
    Refused,
    /// Failed for now.
    Passing {
        /// The server's `Retry-After`.
        after: Option<Millis>,
        /// Whether the server answered; a call without an answer may have spent the refresh token.
        answered: bool,
    },
    /// Failed, and calling again would not help: a configuration fault, a reply without a token.
    Broken,
}

/// Something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A call begins.
    Ask {
        /// Its number, higher than all before.
        id: Id,
        /// What it wants.
        goal: Goal,
        /// For which user it was made.
        asker: Asker,
    },
    /// A request's answer is here.
    Answered {
        /// Which call.
        id: Id,
        /// Which sending of it.
        send_no: SendNo,
        /// What it says of the token.
        verdict: Verdict,
        /// Whether the request could be sent again.
        replayable: bool,
        /// Where it went. Needed for a rejection, and for any answer if [`Engine::needs_routes`](super::Engine::needs_routes).
        route: Option<Route>,
    },
    /// A request failed without an answer.
    Failed {
        /// Which call.
        id: Id,
        /// Which sending of it.
        send_no: SendNo,
    },
    /// The caller has aborted a call. The driver has already rejected its promise and aborted the request.
    Aborted {
        /// Which call.
        id: Id,
    },
    /// What the store held when a `Load` was carried out, or what the driver has read after a `Reading`.
    Read {
        /// The stored tokens, if there are any.
        facts: Option<TokenFacts>,
    },
    /// The driver begins to read the store without a `Load`; a `Read` will follow.
    Reading,
    /// The app has new tokens: a login.
    Set {
        /// They.
        facts: TokenFacts,
    },
    /// The user signs out.
    SignOut,
    /// After a `Lock`: this tab holds it, or there are no locks here.
    Locked {
        /// For which refresh.
        refresh: RefreshId,
    },
    /// After a `Claim`.
    Claimed {
        /// For which refresh.
        refresh: RefreshId,
        /// Its result.
        claim: Claim,
    },
    /// After a `Call`.
    Refreshed {
        /// Which refresh.
        refresh: RefreshId,
        /// Which call of it.
        send_no: SendNo,
        /// Its result.
        outcome: CallOutcome,
    },
    /// After a `Settle`: the new tokens may be used.
    Settled {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// After a `Settle`: another tab has signed in or out meanwhile, and the new tokens are not to be used.
    Superseded {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// After a `Save`.
    Saved {
        /// Which refresh; `None`: a login.
        refresh: Option<RefreshId>,
        /// Whether it is written.
        ok: bool,
    },
    /// After a `Confirm`: what is written may stay.
    Confirmed {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// After a `Confirm`: the session was ended in another tab before its tokens were written.
    Undone {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// The page goes into the back/forward cache, where nothing of it runs: it must not keep other tabs waiting.
    PutAside,
    /// Another tab says that the store has changed.
    News,
    /// The machine is online again.
    Online,
    /// The timer has fired.
    Tick,
    /// The last instance was disposed of. The tokens of a refresh call that is running are still stored.
    Dispose,
    /// An instance joins a session that is being disposed of, and keeps it alive.
    Revive,
}

/// What is known of an answer.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    /// Whether its request could be sent again.
    pub(super) replayable: bool,
    /// Where its request went.
    pub(super) route: Option<Route>,
}
