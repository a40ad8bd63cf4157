//! What can happen to the engine.

use super::ids::{Attempt, Id, Millis, Route, Ticket};
use super::state::{Asker, Pair};
use super::streak::Streak;

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

/// What an answer says of the token that the request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It was accepted.
    Good,
    /// It is no longer good.
    Expired,
    /// Nothing, a server error for one.
    Other,
}

/// What became of the claim on tokens, which are to be presented by one tab alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// They may be presented.
    Won,
    /// The same, and this is known of the refreshes that have failed before.
    WonAfter(Streak),
    /// They have been presented, and replaced by new ones.
    Spent,
    /// Another tab has claimed them and is gone: nobody knows whether it has presented them.
    Orphaned,
    /// Another tab has claimed them, and may be presenting them right now: there is no lock that would tell.
    Taken,
    /// There is no fence here.
    Unsupported,
}

/// What one call to the refresh came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallOutcome {
    /// New tokens.
    Pair(Pair),
    /// Refused for good: the session is over.
    Refused,
    /// New tokens, but meanwhile another tab has signed in or out: they are not to be used.
    Superseded,
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
        attempt: Attempt,
        /// What it says of the token.
        verdict: Verdict,
        /// Whether the request could be sent again.
        replayable: bool,
        /// Where it went. Only a rejection, and any answer while a route is barred, has to tell: see
        /// [`Engine::bars_routes`](super::Engine::bars_routes).
        route: Option<Route>,
    },
    /// A request failed without an answer.
    Failed {
        /// Which call.
        id: Id,
        /// Which sending of it.
        attempt: Attempt,
    },
    /// The caller has given up on a call. The host has told it so, and has taken the request back from the wire.
    Aborted {
        /// Which call.
        id: Id,
    },
    /// What the store held when a `Load` was carried out, or what the host has read after a `Reading`.
    Read {
        /// The stored tokens, if there are any.
        pair: Option<Pair>,
    },
    /// The host reads the store unasked, and a `Read` will tell what it holds.
    Reading,
    /// The app has new tokens: a login.
    Set {
        /// They.
        pair: Pair,
    },
    /// The user signs out.
    SignOut,
    /// After a `Lock`: this tab holds it, or there are no locks here.
    Locked {
        /// For which refresh.
        ticket: Ticket,
    },
    /// After a `Claim`.
    Claimed {
        /// For which refresh.
        ticket: Ticket,
        /// What came of it.
        claim: Claim,
    },
    /// After a `Call`.
    Refreshed {
        /// Which refresh.
        ticket: Ticket,
        /// Which call of it.
        attempt: Attempt,
        /// What came of it.
        outcome: CallOutcome,
    },
    /// After a `Save` of a refresh.
    Saved {
        /// Which refresh.
        ticket: Ticket,
        /// Whether it is written.
        ok: bool,
    },
    /// Before `Refreshed`: an answer has come and is being put before the fence.
    Arrived {
        /// Which refresh.
        ticket: Ticket,
    },
    /// Instead of `Saved`: the session was ended in another tab before its tokens were written.
    Undone {
        /// Which refresh.
        ticket: Ticket,
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
