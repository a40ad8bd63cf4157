//! The engine's driver: what the engine commands is done here, and what happens is told to it.

mod clock;
mod fence;
mod handle;
mod listeners;
mod persistence;
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
pub(crate) use resources::SessionResources;
pub use resume::resume;
pub(crate) use session::{Counted, SessionDriver};
pub(crate) use tokens::Fields;
