//! The engine's driver: carries out the engine's commands, and reports to it what happens.

mod clock;
mod dispatch;
mod fence;
mod handle;
mod instance;
mod listeners;
mod pending;
mod persistence;
mod queries;
mod records;
mod refresh;
mod refresh_call;
mod resources;
mod resume;
mod session;
mod storage_job;
mod store;
mod tabs;
pub(crate) mod tasks;
mod tokens;

pub use fence::{MarkChange, change_mark};
pub(crate) use handle::SessionHandle;
pub(crate) use pending::Counted;
pub use resume::resume;
pub(crate) use session::SessionDriver;
pub(crate) use tokens::Fields;
