//! What decides in the axios facade.

mod bodies;
mod chain;
mod failure;
mod forms;
mod merge;
mod urls;
