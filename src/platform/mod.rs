//! The platform: promises and tasks, `fetch`, storages and timers. It uses no module above it.

pub(crate) mod executor;
pub(crate) mod fetch;
pub(crate) mod number;
pub(crate) mod promise;
pub(crate) mod storage;
pub(crate) mod timers;
