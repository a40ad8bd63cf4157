//! The units of time.

/// A moment, in milliseconds since the epoch on this machine's clock.
pub type Time = u64;

/// A moment that never comes: no limit.
pub const NEVER: Time = Time::MAX;

/// A span of time in milliseconds.
pub type Millis = u64;
