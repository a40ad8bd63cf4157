//! What the app configures: read once, with every fault named.

mod reader;
mod request;
mod session;

pub(crate) use reader::{Reader, as_function};
pub(crate) use request::{Defaults, check_rest, response_type};
pub(crate) use session::{RefreshCall, RefreshWay, SessionOptions, StorageKind};
