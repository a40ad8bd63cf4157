//! What the engine wants done.
//!
//! Commands are carried out in order. Those to the store (`Load`, `Save`, `Clear`) may take their time, but one takes
//! effect after the other, and `Announce` after those before it.

use super::ids::{Gen, Id, Key, RefreshId, SendNo, Time};
use crate::boundary::{AuthCode, SignOutReason};
use crate::policy::fence::Reuse;

/// What the app's listeners are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// New tokens of the same session are in use.
    Refreshed,
    /// The session has ended.
    SignedOut {
        /// Why.
        reason: SignOutReason,
    },
    /// The new tokens could not be stored: this tab keeps them in memory.
    NotStored,
}

/// Something to be done by the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Send a request, with the tokens of `generation`.
    Send {
        /// Which call.
        id: Id,
        /// Which sending.
        send_no: SendNo,
        /// `None`: nobody is signed in, it goes without, and the engine has forgotten it.
        generation: Option<Gen>,
    },
    /// Take a request back from the wire; it waits from now on.
    Cancel {
        /// Which call.
        id: Id,
        /// Which sending.
        send_no: SendNo,
    },
    /// Give a call what it has: its answer or error, or the tokens. The engine has forgotten it.
    Deliver {
        /// Which call.
        id: Id,
    },
    /// Reject a call. The engine has forgotten it; at the end of all it may still be on the wire.
    Reject {
        /// Which call.
        id: Id,
        /// What it is told.
        code: AuthCode,
    },
    /// Read the store, answer with `Read`: one for each `Load`, in their order.
    Load,
    /// Write the current tokens to the store, answer with `Saved`.
    Save {
        /// The refresh that gave them; `None`: a login did.
        refresh: Option<RefreshId>,
    },
    /// Empty the store.
    Clear,
    /// Ask for the lock among tabs, answer with `Locked`.
    Lock {
        /// For which refresh.
        refresh: RefreshId,
        /// Of which tokens.
        key: Key,
    },
    /// Release the lock, or stop asking for it.
    Unlock {
        /// Of which refresh.
        refresh: RefreshId,
    },
    /// Ask the fence whether these tokens may be presented, answer with `Claimed`.
    Claim {
        /// For which refresh.
        refresh: RefreshId,
        /// Which tokens.
        key: Key,
        /// Whether the claim of a tab that has not come back is to be taken over.
        takes_over: bool,
    },
    /// Ask the fence whether the new tokens that have come for these may be used, answer with `Settled` or `Superseded`.
    Settle {
        /// For which refresh.
        refresh: RefreshId,
        /// Which tokens were presented.
        key: Key,
        /// What these are still good for.
        reuse: Reuse,
    },
    /// Ask the fence, once the new tokens are written, whether they may stay, answer with `Confirmed` or `Undone`.
    Confirm {
        /// For which refresh.
        refresh: RefreshId,
        /// Which tokens they have replaced.
        key: Key,
    },
    /// Leave word of the failed refreshes ([`Engine::failure_streak`](super::Engine::failure_streak)) in the fence when the next
    /// `Unlock` gives the claim back, if there is one: whoever claims the tokens then is told.
    Note,
    /// Tell the fence that the pause before the next refresh of these tokens is over.
    EndPause {
        /// Which tokens.
        key: Key,
        /// Whether nothing at all is left to be told, the server's `Retry-After` included.
        forget: bool,
    },
    /// Tell the fence that these tokens have been replaced: nobody else is to present them.
    Spend {
        /// Which tokens.
        key: Key,
    },
    /// Tell the fence that the session of these tokens has ended here: a refresh of them that runs elsewhere is `Superseded`, and
    /// what one has just saved is taken back.
    End {
        /// Which tokens.
        key: Key,
    },
    /// Tell the fence that the session of these tokens goes on after all.
    Revoke {
        /// Which tokens.
        key: Key,
    },
    /// Tell the other tabs to look at the store.
    Announce,
    /// Call the refresh with the tokens of `generation`, answer with `Refreshed`.
    Call {
        /// Which refresh.
        refresh: RefreshId,
        /// Which call of it.
        send_no: SendNo,
        /// Which tokens.
        generation: Gen,
    },
    /// Give up the refresh's call.
    Drop {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// Set the one timer, or clear it; at its end comes `Tick`.
    Wake {
        /// When; [`NEVER`](super::NEVER): there is nothing to wait for.
        at: Time,
    },
    /// Tell the app's listeners, after all that stands before it is done.
    Notify(Notice),
}
