//! The small numbers by which engine and driver speak of things.

pub use crate::policy::time::{Millis, NEVER, Time};

/// One call of the user: a request, `session.refresh()` or `session.valid()`. The driver gives them out ascending:
/// the order of ids is the order in which waiting calls are let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

/// One sending of one call, or of a refresh, by its number among these, from 1. A withdrawn or replayed request goes out under the
/// next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendNo(pub u32);

/// A generation of tokens, as this tab counts them: new with each login, refresh and adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gen(pub u32);

/// Whose session it is, as a hash. Equal exactly when the driver takes both for the same user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct User(pub u64);

/// From which login tokens descend: new with each login, and kept by every refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(pub u64);

/// Which tokens these are, as a hash: what tells a stored record from another, and what a claim is made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// Of tokens in cookies of which nothing has been stored yet: no mark of theirs could outlast them.
    pub const UNSTORED: Self = Self(0);
}

/// Where a request goes, as a hash of its method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(pub u64);

/// One refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefreshId(pub u32);
