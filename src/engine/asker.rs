//! For which user a call was made.

use super::ids::User;
use super::session_state::{Opening, Session};
use crate::boundary::AuthCode;

/// For which user a call was made. This is fixed when the call is made and not when it is sent: in between, it may wait for a hook, a
/// retry or the store, and another user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The user whose tokens are in the store, which had not been read yet.
    Unread,
    /// No user, as nobody was signed in. It may go out under whoever signs in next.
    Nobody,
    /// This user.
    User(User),
}

impl Asker {
    /// As a number for JavaScript to keep. Users are below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    pub fn to_number(self) -> f64 {
        match self {
            Self::Unread => -1.0,
            Self::Nobody => -2.0,
            Self::User(user) => user.0 as f64,
        }
    }

    /// From such a number; `None` if it is not valid.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and whole")]
    pub fn from_number(number: f64) -> Option<Self> {
        match number {
            -1.0 => Some(Self::Unread),
            -2.0 => Some(Self::Nobody),
            user if user >= 0.0 => Some(Self::User(User(user as u64))),
            _ => None,
        }
    }

    /// The user of the call, now that `user` is signed in and the call may go out under this user.
    pub(super) fn owner(self, opening: Opening, user: User) -> Self {
        match (self, opening) {
            (Self::Unread, Opening::Unread) => self,
            _ => Self::User(user),
        }
    }

    /// Why a call must not be sent: its user is not signed in any more. `None` if it may be sent.
    pub(super) fn session_mismatch(self, opening: Opening, session: &Session) -> Option<AuthCode> {
        let user = match (self, opening) {
            (Self::User(user), _) | (Self::Unread, Opening::Read(Some(user))) => Some(user),
            (Self::Unread, Opening::Unread) => None,
            (Self::Nobody, _) | (Self::Unread, Opening::Read(None)) => return None,
        };
        match session {
            Session::Cold => None,
            // A call whose user is not known yet waits: see `Call::must_await_store`.
            Session::In { facts, .. } => {
                user.is_some_and(|user| user != facts.user).then_some(AuthCode::SessionChanged)
            }
            Session::Out { last: Some((last, reason)) } if user.is_none_or(|user| user == *last) => {
                Some(reason.code())
            }
            Session::Out { last: Some(_) } => Some(AuthCode::SessionChanged),
            Session::Out { last: None } | Session::Closed => Some(AuthCode::SignedOut),
        }
    }
}
