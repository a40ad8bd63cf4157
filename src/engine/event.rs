//! What can happen to the engine.

use super::asker::Asker;
use super::call::Goal;
use super::ids::{Id, Millis, RefreshId, Route, SendNo};
use super::token_facts::TokenFacts;
use crate::policy::failure_streak::FailureStreak;
use crate::policy::fence::Reuse;
use crate::policy::verdict::Verdict;

/// What became of the claim on tokens, which are to be presented by one tab alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// They may be presented.
    Won,
    /// The same, and this is known of the refreshes that have failed before.
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
    /// It is won, and this is known of the refreshes that have failed before.
    pub const fn won(failures: FailureStreak) -> Self {
        if failures.failures > 0 { Self::WonAfter(failures) } else { Self::Won }
    }

    /// Another tab has claimed the tokens. Who holds the lock knows that it is gone.
    pub const fn taken(is_locked: bool) -> Self {
        if is_locked { Self::Orphaned } else { Self::Taken }
    }
}

/// What one call to the refresh came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallOutcome {
    /// New tokens.
    Tokens {
        /// They.
        facts: TokenFacts,
        /// What those are still good for that were presented.
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
        /// Whose it is, since it was made: what it has waited for since then changes nothing about that.
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
        /// Where it went. Only a rejection, and any answer while a route is barred, has to tell: see
        /// [`Engine::needs_routes`](super::Engine::needs_routes).
        route: Option<Route>,
    },
    /// A request failed without an answer.
    Failed {
        /// Which call.
        id: Id,
        /// Which sending of it.
        send_no: SendNo,
    },
    /// The caller has given up on a call. The driver has told it so, and has taken the request back from the wire.
    Aborted {
        /// Which call.
        id: Id,
    },
    /// What the store held when a `Load` was carried out, or what the driver has read after a `Reading`.
    Read {
        /// The stored tokens, if there are any.
        facts: Option<TokenFacts>,
    },
    /// The driver reads the store unasked, and a `Read` will tell what it holds.
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
        /// What came of it.
        claim: Claim,
    },
    /// After a `Call`.
    Refreshed {
        /// Which refresh.
        refresh: RefreshId,
        /// Which call of it.
        send_no: SendNo,
        /// What came of it.
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
    /// This page is put aside, and nothing of it runs until it comes back: it must keep no other tab waiting.
    PutAside,
    /// Another tab says that the store has changed.
    News,
    /// The machine has come online.
    Online,
    /// The timer.
    Tick,
    /// The end. A call of the refresh that is out may still bring its tokens home, to the store.
    Dispose,
    /// Somebody new makes use of a session whose end has not come yet.
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
