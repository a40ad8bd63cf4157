//! The options of sessions, as the driver and the engine need them.

mod session;

pub(crate) use session::Settings;
pub(crate) use session::{Place, SessionOptions};
