//! The states of the session.

use super::ids::{Gen, User};
use super::token_facts::TokenFacts;
use crate::boundary::{AuthCode, SignOutReason};

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
        last: Option<(User, SignOutReason)>,
    },
    /// There are tokens.
    In {
        /// The generation in use.
        generation: Gen,
        /// What is known of it.
        facts: TokenFacts,
        /// Whether it has been seen to work.
        trust: Trust,
    },
    /// Disposed: everything is rejected from now on.
    Closed,
}

/// What the store held when it was first read, and so who [`Asker::Unread`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Opening {
    /// It has not been read yet. Somebody may have signed in or out all the same.
    Unread,
    /// This user's tokens, or nobody's.
    Read(Option<User>),
}

impl SignOutReason {
    /// What a request that belonged to the ended session is told.
    pub fn code(self) -> AuthCode {
        match self {
            Self::User | Self::OtherTab => AuthCode::SignedOut,
            Self::Refused | Self::NoRefreshToken => AuthCode::RefreshRejected,
        }
    }
}
