//! The session layer under every request of a web app: one refresh, everybody answered.
//!
//! [`engine`] decides and [`policy`] knows the rules; both are plain Rust. Everything else puts them into the
//! browser: `task` runs one task a call, `pipeline` takes a request from its call to its answer, `session` carries
//! out what the engine commands, and `web` is the platform. [`axios`] has nothing to do with these: it is what decides in the
//! facade, and becomes a module of its own.

#[cfg(all(feature = "engine", target_family = "wasm", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "axios")]
pub mod axios;
pub mod boundary;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "engine")]
mod instance;
#[cfg(feature = "engine")]
mod options;
#[cfg(feature = "engine")]
mod pipeline;
#[cfg(feature = "engine")]
pub mod policy;
#[cfg(feature = "engine")]
mod session;
#[cfg(feature = "engine")]
mod task;
#[cfg(feature = "engine")]
mod wake;
#[cfg(feature = "engine")]
pub mod web;

#[cfg(feature = "engine")]
pub use instance::Instance;
#[cfg(feature = "engine")]
pub use wake::wake;
