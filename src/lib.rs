//! The session layer under every request of a web app: one refresh, everybody answered.
//!
//! [`engine`] is the state machine and [`policy`] has the rules; both are plain Rust. The other modules connect them to the browser:
//! `driver` carries out the engine's commands, `request` takes a request from the call to the answer, and `platform` runs tasks and
//! calls the browser. Numbers and names that Rust and JavaScript share are in [`boundary`]. [`axios`] is separate: it has the rules of
//! the axios facade, and is compiled to a module of its own.

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
