//! The engine explored: tabs, requests, one store, a server that rotates strictly, and everything that comes in whatever
//! order it likes.
//!
//! The code that is explored is the code that ships. What lies around it (store, lock, fence, server, clock) is the
//! [`world`]; what has to hold is in [`invariants`], what has to be possible in [`milestones`]. The [`matrix`] has a row for
//! each family of faults, which keeps the state spaces small. Invariants that can not fail prove nothing: in
//! [`refutations`], each of them has to find an engine that is broken on purpose.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod between;
mod chance;
mod digest;
mod exploration;
mod family;
mod happen;
mod host;
mod invariants;
mod long;
mod matrix;
mod milestones;
mod mutation;
mod probe;
mod refutations;
mod server;
mod steps;
mod store;
mod words;
mod world;
