//! The session layer under every request of a web app: one refresh, everybody answered.
//!
//! [`engine`] decides and [`policy`] knows the rules; both are plain Rust. Everything else puts them into the
//! browser: `driver` carries out what the engine commands, `request` takes a request from its call to its answer, and `platform`
//! runs tasks and reaches the browser. What Rust and JavaScript both know by a number stands in [`boundary`]. [`axios`] has nothing
//! to do with these: it is what decides in the facade, and becomes a module of its own.

#[cfg(all(feature = "engine", target_family = "wasm", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "axios")]
pub mod axios;
pub mod boundary;
#[cfg(feature = "engine")]
mod driver;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "engine")]
mod npm;
#[cfg(feature = "engine")]
mod options;
#[cfg(feature = "engine")]
mod platform;
#[cfg(feature = "engine")]
pub mod policy;
#[cfg(feature = "engine")]
mod request;

#[cfg(feature = "engine")]
pub use driver::{MarkChange, change_mark, resume};
#[cfg(feature = "engine")]
pub use npm::ApiFetch;
#[cfg(feature = "engine")]
pub use request::reader_of;
