//! The options, as the engine wants them.

mod session;

pub(crate) use session::Settings;
pub(crate) use session::{Place, SessionOptions};
