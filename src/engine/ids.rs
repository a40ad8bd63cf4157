//! The numbers by which engine and driver name calls, tokens and refreshes.

pub use crate::policy::time::{Millis, NEVER, Time};

/// One call of the app: a request, `session.refresh()` or `session.valid()`. The driver assigns ascending ids, and waiting calls are
/// sent in the order of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

/// The number of one sending of a call or a refresh, from 1. A request that is sent again, after it was withdrawn or rejected, has the
/// next number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendNo(pub u32);

/// A generation of tokens, as this tab counts them: new with each login, refresh and adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gen(pub u32);

/// The user of a session, as a hash. Equal exactly if the driver takes both for the same user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct User(pub u64);

/// From which login tokens descend: new with each login, and kept by every refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(pub u64);

/// Which tokens these are, as a hash. Stored records are compared by it, and marks in the fence are named by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// The key of tokens in cookies of which nothing has been stored yet. They get no mark, as it would apply to later ones too.
    pub const UNSTORED: Self = Self(0);
}

/// Where a request goes, as a hash of its method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(pub u64);

/// One refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefreshId(pub u32);
