//! What the package's shell holds of the engine.

mod api_fetch;

pub use api_fetch::ApiFetch;
