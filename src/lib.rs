//! The session layer under every request of a web app: one refresh, everybody answered.
//!
//! [`engine`] decides and [`policy`] knows the rules; both are plain Rust. Everything else puts them into the
//! browser: `task` runs one task a call, `pipeline` takes a request from its call to its answer, `session` carries
//! out what the engine commands, and `web` is the platform.

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

pub mod engine;
mod instance;
mod options;
mod pipeline;
pub mod policy;
mod session;
mod task;
mod wake;
pub mod web;

pub use instance::Instance;
pub use wake::wake;
