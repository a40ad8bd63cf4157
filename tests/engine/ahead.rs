//! Refreshes that the clock starts, before the token ends.

use crate::bench::{Bench, REFRESHED, call, drop_call, facts, reject, save, send, signed_out, timed};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{CallOutcome, Command, Event, Goal};

#[test]
fn a_refresh_ahead_of_expiry_goes_before_the_request() {
    let mut bench = Bench::stored(timed(1, 600_000, 30_000), |_| {});
    let early = bench.get();
    assert_eq!(bench.on_the_wire(), [early], "long before the end it just goes");
    bench.good(early);

    bench.wait(580_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [call(1, 1, 1)]);
    assert_eq!(bench.waiting(), [id]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(id, 1, 2), REFRESHED]);
}

#[test]
fn a_401_joins_the_refresh_that_the_clock_started() {
    let mut bench = Bench::stored(timed(1, 600_000, 30_000), |_| {});
    let flying = bench.post();
    bench.wait(580_000);
    let newcomer = bench.get();
    assert_eq!(bench.expired(flying), []);
    assert_eq!(bench.waiting(), [flying, newcomer]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(flying, 2, 2), send(newcomer, 1, 2), REFRESHED]);
}

#[test]
fn a_refresh_ahead_of_expiry_that_fails_lets_the_request_go_with_the_good_token() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    bench.wait(30_000);
    let id = bench.get();
    assert_eq!(bench.waiting(), [id]);
    assert_eq!(bench.reply(CallOutcome::Broken), [send(id, 1, 1)]);
    bench.good(id);
    bench.assert_quiet();
}

#[test]
fn after_a_failure_ahead_of_expiry_the_next_try_is_a_pause_later() {
    let mut bench = Bench::stored(timed(1, 120_000, 90_000), |_| {});
    bench.wait(30_000);
    bench.get();
    bench.reply(CallOutcome::Broken);
    bench.wait(29_999);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(id, 1, 1)]);
    bench.wait(1);
    assert_eq!(bench.ask(Goal::Send { safe: true }).1, [call(2, 1, 1)]);
}

#[test]
fn new_tokens_end_the_pause_after_a_failure_ahead_of_expiry() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    bench.wait(30_000);
    bench.get();
    bench.reply(CallOutcome::Broken);
    bench.step(Event::Set { facts: timed(2, 60_000, 30_000) });
    assert_eq!(bench.ask(Goal::Send { safe: true }).1, [call(2, 1, 2)]);
}

#[test]
fn when_the_token_runs_out_the_pause_is_over() {
    let mut bench = Bench::stored(timed(1, 40_000, 30_000), |_| {});
    bench.wait(20_000);
    bench.get();
    bench.reply(CallOutcome::Broken);
    bench.wait(20_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [call(2, 1, 1)]);
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(id, AuthCode::RefreshFailed)]);
}

#[test]
fn a_refresh_ahead_of_expiry_that_fails_after_the_expiry_rejects() {
    let mut bench = Bench::stored(timed(1, 31_000, 30_000), |_| {});
    bench.wait(30_000);
    let id = bench.get();
    assert_eq!(bench.tick(), [drop_call(1), reject(id, AuthCode::RefreshTimeout)]);
    bench.assert_quiet();
}

#[test]
fn a_refresh_ahead_of_expiry_that_a_401_has_joined_rejects_when_it_fails() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    let flying = bench.post();
    bench.wait(30_000);
    let by_clock = bench.get();
    bench.expired(flying);
    let out = [reject(flying, AuthCode::RefreshFailed), reject(by_clock, AuthCode::RefreshFailed)];
    assert_eq!(bench.reply(CallOutcome::Broken), out, "the token is dead, whatever the clock says");
    bench.assert_quiet();
}

#[test]
fn a_rejection_of_an_older_generation_does_not_condemn_the_good_token() {
    let mut bench = Bench::alone();
    let (first, old) = (bench.post(), bench.post());
    bench.expired(first);
    bench.refresh_to(timed(2, 60_000, 30_000));
    bench.good(first);
    bench.wait(30_000);
    let by_clock = bench.get();
    assert_eq!(bench.expired(old), [], "it waits for the refresh ahead of expiry");
    assert_eq!(bench.reply(CallOutcome::Broken), [send(old, 2, 2), send(by_clock, 1, 2)]);
}

#[test]
fn a_refused_refresh_ahead_of_expiry_ends_the_session_too() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    bench.wait(30_000);
    let id = bench.get();
    let out = [Command::Clear, reject(id, AuthCode::RefreshRejected), signed_out(SignOutReason::Refused)];
    assert_eq!(bench.refused(), out);
    bench.assert_quiet();
}

#[test]
fn a_rejection_outranks_the_clock() {
    let mut bench = Bench::stored(timed(1, 600_000, 30_000), |_| {});
    let id = bench.post();
    assert_eq!(bench.expired(id), [call(1, 1, 1)], "though the token had ten minutes to go");
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(id, 2, 2), REFRESHED]);
}

#[test]
fn new_tokens_whose_end_has_passed_already_are_good_until_they_are_rejected() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    bench.wait(60_000);
    let id = bench.get();
    let dead_already = timed(2, 10_000, 0);
    assert_eq!(bench.refresh_to(dead_already), [save(1), send(id, 1, 2), REFRESHED]);
    bench.good(id);
    let (next, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(next, 1, 2)], "no other refresh follows at once");
    assert_eq!(bench.expired(next), [call(2, 1, 2)]);
}
