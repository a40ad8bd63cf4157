//! What the tests stand on.

pub(crate) mod api;
pub(crate) mod double;
pub(crate) mod inner;
pub(crate) mod js;
pub(crate) mod server;
pub(crate) mod signal;
pub(crate) mod time;
pub(crate) mod watched;
