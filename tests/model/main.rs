//! The engine explored: two tabs, two requests each, one store, a server that rotates strictly, and everything that
//! comes in whatever order it likes.
//!
//! The code that is explored is the code that ships. What lies around it (store, lock, fence, server, clock) is the
//! [`world`]; what has to hold is in [`properties`]. One family of faults at a time keeps the state spaces small.
//! Properties that can not fail prove nothing: each mutation breaks the host's part of the bargain and has to be found.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod checking;
mod commands;
mod family;
mod mutation;
mod probe;
mod properties;
mod steps;
mod world;

use checking::{explore, refute};
use family::Family;
use mutation::Mutation;

/// The token dies once at any moment, the refresh fails once, a caller gives up, the user leaves.
#[test]
fn an_expiry_with_a_failing_refresh_an_abort_and_a_sign_out() {
    explore(&Family { failures: 1, aborts: 1, sign_outs: 1, ..Family::expiry("all in one") });
}

/// The same from before the store has been read.
#[test]
fn from_a_cold_start() {
    explore(&Family { cold: true, aborts: 1, ..Family::expiry("cold start") });
}

/// A call that is answered "later" is repeated within the refresh.
#[test]
fn a_refresh_that_succeeds_at_the_second_try() {
    explore(&Family { failures: 1, retries: 1, sign_outs: 1, ..Family::expiry("second try") });
}

/// A call of the refresh is lost on the way.
#[test]
fn a_refresh_that_hangs() {
    explore(&Family { hangs: 1, sign_outs: 1, ..Family::expiry("hanging refresh") });
}

/// A deadline passes while the answer is still on its way: of the lock, of the store, of the fence, of the server.
#[test]
fn an_answer_that_is_too_slow() {
    explore(&Family { timeouts: 1, aborts: 1, ..Family::expiry("slow answer") });
}

/// The token may be refreshed ahead of its end, and may die before, or right after.
#[test]
fn a_refresh_ahead_of_expiry() {
    explore(&Family { ahead: true, failures: 1, ..Family::expiry("ahead of expiry") });
}

/// Another user signs in, in one of the tabs.
#[test]
fn another_user_signs_in() {
    explore(&Family { logins: 1, ..Family::expiry("another user") });
}

/// The server refuses the refresh for good.
#[test]
fn a_refused_refresh() {
    explore(&Family { refusals: 1, aborts: 1, ..Family::expiry("refused refresh") });
}

/// There is no lock among tabs: the second look and the fence have to do.
#[test]
fn without_locks() {
    explore(&Family { locks: false, ..Family::expiry("no locks") });
}

#[test]
fn a_fence_that_lets_everybody_pass_is_found() {
    let family = Family { locks: false, ..Family::expiry("no locks") };
    refute(&family, Mutation::ClaimIgnored, "no refresh token is presented twice");
}

#[test]
fn a_late_401_that_starts_another_refresh_is_found() {
    refute(&Family::expiry("expiry"), Mutation::LateRejectionRefreshes, "one expiry, one refresh");
}

#[test]
fn a_withdrawn_request_that_is_forgotten_is_found() {
    refute(&Family::expiry("expiry"), Mutation::WithdrawnForgotten, "at the end nothing is pending");
}

#[test]
fn a_timer_that_is_not_set_is_found() {
    let family = Family { hangs: 1, ..Family::expiry("hanging refresh") };
    refute(&family, Mutation::TimerLost, "at the end nothing is pending");
}

#[test]
fn a_lock_that_is_kept_is_found() {
    refute(&Family::expiry("expiry"), Mutation::LockKept, "at the end nothing is pending");
}

#[test]
fn an_abort_that_the_engine_does_not_hear_of_is_found() {
    let family = Family { aborts: 1, ..Family::expiry("abort") };
    refute(&family, Mutation::AbortUnheard, "each call is settled once and not named afterwards");
}

#[test]
fn a_sign_out_that_is_told_twice_is_found() {
    let family = Family { sign_outs: 1, ..Family::expiry("sign-out") };
    refute(&family, Mutation::SignOutTwice, "a sign-out is told once, and only when a session has ended");
}
