//! The engine, stepped by hand: events in, commands out, and what is still waiting in between.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bench;
mod dice;

mod ahead;
mod askers;
mod breaker;
mod claims;
mod end;
mod failure;
mod logins;
mod one_refresh;
mod pauses;
mod queue;
mod replay;
mod session;
mod store;
mod tabs;
mod timer;
mod tokens;
mod walk;
mod window;
mod withdraw;
