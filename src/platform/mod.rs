//! What the platform gives: promises and tasks, storage areas. It knows nobody above it.

pub(crate) mod executor;
pub(crate) mod fetch;
pub(crate) mod number;
pub(crate) mod promise;
pub(crate) mod storage;
pub(crate) mod timers;
