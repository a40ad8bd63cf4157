//! The small numbers by which engine and host speak of things.

/// A moment, in milliseconds since the epoch on this machine's clock.
pub type Time = u64;

/// The moment that never comes: what it bounds has no end, and what waits for it waits for something else.
pub const NEVER: Time = Time::MAX;

/// A span of time in milliseconds.
pub type Millis = u64;

/// One call of the user: a request, `session.refresh()` or `session.valid()`. The host gives them out ascending:
/// the order of ids is the order in which waiting calls are let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

/// One sending of one call. A withdrawn or replayed request goes out under the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt(pub u32);

/// A generation of tokens, as this tab counts them: new with each login, refresh and adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gen(pub u32);

/// Whose session it is, as a hash. Equal exactly when the host takes both for the same user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct User(pub u64);

/// From which login tokens descend: new with each login, and kept by every refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(pub u64);

/// Which tokens these are, as a hash: what tells a stored record from another, and what a claim is made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// Where a request goes, as a hash of its method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(pub u64);

/// One refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);
