//! Everything that is JavaScript's: the externs, and thin wrappers that make them safe to use.

pub(crate) mod call;
pub(crate) mod source;
pub(crate) mod storage;
pub(crate) mod task;
