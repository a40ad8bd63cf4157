//! The crate in a real browser, against the real server: requests and sessions as JavaScript has them, watched from Rust.
//!
//! Each test takes a tenant of its own from the server at `API_ORIGIN`, or brings its own double of `fetch`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod support;

mod bodies;
mod failure;
mod giving_up;
mod listeners;
mod next_tenant;
mod one_refresh;
mod reentrancy;
mod refresh_function;
mod session;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
