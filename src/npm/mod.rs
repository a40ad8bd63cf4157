//! What the npm package's JavaScript uses of the engine.

mod api_fetch;

pub use api_fetch::ApiFetch;
