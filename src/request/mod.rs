//! One request, from the call to the settled promise.

mod attempt;
mod context;
mod exchange;
pub(crate) mod pipeline;
mod reader;
mod record;
mod sending;
mod settle;
mod step;

pub use reader::reader_of;
pub(crate) use record::RequestRecord;
