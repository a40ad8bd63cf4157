//! One request, from the call to the settled promise.

mod attempt;
pub(crate) mod call;
mod encoding;
mod exchange;
pub(crate) mod pipeline;
