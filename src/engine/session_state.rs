//! The states of the session.

use super::ids::{Gen, User};
use super::token_facts::TokenFacts;
use crate::boundary::{AuthCode, SignOutReason};

/// Whether the server has accepted a generation of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trust {
    /// It came from a login, or a request with it has succeeded.
    Proven,
    /// It came from a refresh, and no request with it has succeeded yet.
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
        /// Whose session has ended, and why; `None` if there was none.
        last: Option<(User, SignOutReason)>,
    },
    /// There are tokens.
    In {
        /// The generation in use.
        generation: Gen,
        /// Its tokens.
        facts: TokenFacts,
        /// Whether the server has accepted it.
        trust: Trust,
    },
    /// Disposed of: all calls are rejected.
    Closed,
}

/// What the store held when it was first read, and so which user [`Asker::Unread`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Opening {
    /// It has not been read yet. Somebody may have signed in or out meanwhile.
    Unread,
    /// It held this user's tokens, or none.
    Read(Option<User>),
}

impl SignOutReason {
    /// The error code for a request of the session that has ended.
    pub fn code(self) -> AuthCode {
        match self {
            Self::User | Self::OtherTab => AuthCode::SignedOut,
            Self::Refused | Self::NoRefreshToken => AuthCode::RefreshRejected,
        }
    }
}
