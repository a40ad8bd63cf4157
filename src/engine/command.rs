//! The engine's commands to its driver.
//!
//! Commands are carried out in order. Those to the store (`Load`, `Save`, `Clear`) may be asynchronous, but they take effect one after
//! the other, and `Announce` after those before it.

use super::ids::{Gen, Id, Key, RefreshId, SendNo, Time};
use crate::boundary::{AuthCode, SignOutReason};
use crate::policy::fence::Reuse;

/// A notification for the app's listeners.
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
        /// `None`: nobody is signed in. It goes out without a token, and the engine has forgotten it.
        generation: Option<Gen>,
    },
    /// Abort a request that is in flight; its call waits from now on.
    Cancel {
        /// Which call.
        id: Id,
        /// Which sending.
        send_no: SendNo,
    },
    /// Give the caller the request's answer or error, or the tokens. The engine has forgotten the call.
    Deliver {
        /// Which call.
        id: Id,
    },
    /// Reject a call. The engine has forgotten it. Its request may still be in flight, when the session is disposed of.
    Reject {
        /// Which call.
        id: Id,
        /// The error's code.
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
        /// Who may still present these.
        reuse: Reuse,
    },
    /// Ask the fence, once the new tokens are written, whether they may stay, answer with `Confirmed` or `Undone`.
    Confirm {
        /// For which refresh.
        refresh: RefreshId,
        /// Which tokens they have replaced.
        key: Key,
    },
    /// Write the failed refreshes ([`Engine::failure_streak`](super::Engine::failure_streak)) into the fence when the next `Unlock`
    /// gives a claim back: the next tab to claim the tokens is told of them.
    Note,
    /// Tell the fence that the pause before the next refresh of these tokens is over.
    EndPause {
        /// Which tokens.
        key: Key,
        /// Whether to forget the failures altogether, including the server's `Retry-After`.
        forget: bool,
    },
    /// Tell the fence that these tokens have been replaced, so that no other tab presents them.
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
    /// Tell the fence that the session of these tokens has not ended after all.
    Revoke {
        /// Which tokens.
        key: Key,
    },
    /// Tell the other tabs to read the store.
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
    /// Abort the refresh's call.
    Drop {
        /// Which refresh.
        refresh: RefreshId,
    },
    /// Set the one timer, or clear it. When it fires, report a `Tick`.
    Wake {
        /// When; [`NEVER`](super::NEVER): there is nothing to wait for.
        at: Time,
    },
    /// Notify the app's listeners, after the commands before this one.
    Notify(Notice),
}
