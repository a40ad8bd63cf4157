//! Whose a call is.

use super::ids::User;
use super::session_state::{Opening, Session};
use crate::boundary::AuthCode;

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
    pub(super) fn session_mismatch(self, opening: Opening, session: &Session) -> Option<AuthCode> {
        let user = match (self, opening) {
            (Self::User(user), _) | (Self::Unread, Opening::Read(Some(user))) => Some(user),
            (Self::Unread, Opening::Unread) => None,
            (Self::Nobody, _) | (Self::Unread, Opening::Read(None)) => return None,
        };
        match session {
            Session::Cold => None,
            // Before it is known, it waits: see `Call::has_to_be_read`.
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
