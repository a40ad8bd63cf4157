//! How moments and spans of time are counted.

/// A moment, in milliseconds since the epoch on this machine's clock.
pub type Time = u64;

/// The moment that never comes: what it bounds has no end, and what waits for it waits for something else.
pub const NEVER: Time = Time::MAX;

/// A span of time in milliseconds.
pub type Millis = u64;
