//! The engine's driver: carries out the engine's commands, and reports to it what happens.

mod clock;
mod fence;
mod handle;
mod listeners;
mod pending;
mod persistence;
mod queries;
mod records;
mod refresh;
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
pub(crate) use resources::SessionResources;
pub use resume::resume;
pub(crate) use session::SessionDriver;
pub(crate) use tokens::Fields;
