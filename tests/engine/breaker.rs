//! Refreshes whose tokens are rejected do not go on for ever.

use crate::bench::{BOB, Bench, call, deliver, facts, login, reject, send, timed};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{Command, Event, Goal, Id, Route, TokenFacts};
use wasm_api_fetch::policy::verdict::Verdict;

/// A request is rejected, the refresh succeeds, and the replay with its tokens is rejected as well.
fn futile_refresh(bench: &mut Bench, refresh: u32, facts: TokenFacts) {
    let id = bench.get();
    assert_eq!(bench.expired(id), [call(refresh, 1, refresh)]);
    bench.refresh_to(facts);
    assert_eq!(bench.expired(id), [deliver(id)]);
}

/// Two refreshes in a row gave tokens that were rejected, the third has been asked for in vain.
fn barred(last: TokenFacts) -> Bench {
    let mut bench = Bench::alone();
    futile_refresh(&mut bench, 1, facts(2));
    futile_refresh(&mut bench, 2, last);
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)], "its own 401 and no third refresh");
    bench.assert_quiet();
    bench
}

#[test]
fn after_two_refreshes_whose_tokens_were_rejected_no_other_starts() {
    let mut bench = barred(facts(3));
    bench.wait(29_999);
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)]);
    bench.assert_quiet();
}

#[test]
fn after_a_pause_one_more_refresh_is_tried() {
    let mut bench = barred(facts(3));
    bench.wait(30_000);
    futile_refresh(&mut bench, 3, facts(4));
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)], "it was in vain as well: barred anew");
}

#[test]
fn a_request_that_succeeds_lifts_the_bar() {
    let mut bench = barred(facts(3));
    let (good, bad) = (bench.get(), bench.get());
    bench.good(good);
    assert_eq!(bench.expired(bad), [call(3, 1, 3)]);
}

#[test]
fn a_request_that_succeeds_lets_a_refresh_be_asked_for_again() {
    let mut bench = barred(facts(3));
    let good = bench.get();
    bench.good(good);
    assert_eq!(bench.ask(Goal::Tokens { for_ms: 0, force: true }).1, [call(3, 1, 3)]);
}

#[test]
fn the_success_of_an_older_generation_does_not_lift_the_bar() {
    let mut bench = Bench::alone();
    let old = bench.post();
    futile_refresh(&mut bench, 1, facts(2));
    futile_refresh(&mut bench, 2, facts(3));
    bench.good(old);
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)]);
}

#[test]
fn a_login_lifts_the_bar() {
    let mut bench = barred(facts(3));
    bench.step(Event::Set { facts: facts(9) });
    let id = bench.get();
    assert_eq!(bench.expired(id), [call(3, 1, 4)]);
}

#[test]
fn a_login_lets_a_refresh_be_asked_for_again() {
    let mut bench = barred(facts(3));
    bench.step(Event::Set { facts: facts(9) });
    assert_eq!(bench.ask(Goal::Tokens { for_ms: 0, force: true }).1, [call(3, 1, 4)]);
}

#[test]
fn a_success_in_between_breaks_the_row() {
    let mut bench = Bench::alone();
    futile_refresh(&mut bench, 1, facts(2));
    let good = bench.get();
    bench.good(good);
    futile_refresh(&mut bench, 2, facts(3));
    futile_refresh(&mut bench, 3, facts(4));
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)]);
}

#[test]
fn while_barred_a_refresh_ahead_of_expiry_does_not_start() {
    let mut bench = barred(timed(3, 100_000, 90_000));
    bench.wait(10_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(id, 1, 3)], "the token is good by the clock: it goes");
}

#[test]
fn while_barred_a_refresh_that_was_asked_for_fails_at_once() {
    let mut bench = barred(timed(3, 10_000, 0));
    let (id, out) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    assert_eq!(out, [reject(id, AuthCode::RefreshFailed)]);

    bench.wait(10_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(id, AuthCode::RefreshFailed)], "so does a request whose token has run out");
    bench.assert_quiet();
}

#[test]
fn a_refresh_by_the_clock_does_not_break_the_row() {
    let mut bench = Bench::alone();
    futile_refresh(&mut bench, 1, facts(2));
    futile_refresh(&mut bench, 2, facts(3));
    let (wish, out) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    assert_eq!(out, [call(3, 1, 3)], "the last rejection was a replay's: not barred yet");
    assert!(bench.refresh_to(facts(4)).contains(&deliver(wish)));
    let id = bench.get();
    assert_eq!(bench.expired(id), [deliver(id)]);
    bench.assert_quiet();
}

const ORDERS: Option<Route> = Some(Route(7));
const NOTES: Option<Route> = Some(Route(8));

fn rejected(bench: &mut Bench, route: Option<Route>) -> (Id, Vec<Command>) {
    let id = bench.get();
    (id, bench.answer_from(route, id, Verdict::Expired, true))
}

/// The replay of a request to the orders was rejected although its tokens were new, and good elsewhere.
fn barred_at_orders() -> Bench {
    let mut bench = Bench::alone();
    let (id, refresh) = rejected(&mut bench, ORDERS);
    assert_eq!(refresh, [call(1, 1, 1)]);
    bench.refresh_to(facts(2));
    assert!(!bench.engine.needs_routes());
    assert_eq!(bench.answer_from(ORDERS, id, Verdict::Expired, true), [deliver(id)]);
    assert!(bench.engine.needs_routes());
    let elsewhere = bench.get();
    bench.good(elsewhere);
    bench
}

#[test]
fn where_a_replay_was_rejected_no_other_refresh_starts() {
    let mut bench = barred_at_orders();
    bench.wait(29_999);
    let (id, commands) = rejected(&mut bench, ORDERS);
    assert_eq!(commands, [deliver(id)], "its own 401");
    bench.assert_quiet();
}

#[test]
fn a_route_that_is_barred_bars_no_other() {
    let mut bench = barred_at_orders();
    assert_eq!(rejected(&mut bench, NOTES).1, [call(2, 1, 2)]);
}

#[test]
fn after_a_pause_a_rejection_there_starts_a_refresh_again() {
    let mut bench = barred_at_orders();
    bench.wait(30_000);
    assert_eq!(rejected(&mut bench, ORDERS).1, [call(2, 1, 2)]);
}

#[test]
fn a_success_there_lifts_the_bar_and_one_elsewhere_does_not() {
    let mut bench = barred_at_orders();
    let elsewhere = bench.get();
    bench.answer_from(NOTES, elsewhere, Verdict::Good, true);
    let (id, commands) = rejected(&mut bench, ORDERS);
    assert_eq!(commands, [deliver(id)]);
    let there = bench.get();
    bench.answer_from(ORDERS, there, Verdict::Good, true);
    assert_eq!(rejected(&mut bench, ORDERS).1, [call(2, 1, 2)]);
}

#[test]
fn a_login_lifts_the_bar_of_a_route() {
    let mut bench = barred_at_orders();
    bench.step(Event::Set { facts: login(9, BOB) });
    assert_eq!(rejected(&mut bench, ORDERS).1, [call(2, 1, 3)]);
}

#[test]
fn a_refresh_leaves_the_bar_of_a_route_in_place() {
    let mut bench = barred_at_orders();
    rejected(&mut bench, NOTES);
    bench.refresh_to(facts(3));
    let (id, commands) = rejected(&mut bench, ORDERS);
    assert_eq!(commands, [deliver(id)]);
}

#[test]
fn a_late_rejection_of_a_replay_with_outdated_tokens_bars_nothing() {
    let mut bench = Bench::alone();
    let (id, _) = rejected(&mut bench, ORDERS);
    bench.refresh_to(facts(2));
    let (other, _) = rejected(&mut bench, NOTES);
    bench.refresh_to(facts(3));
    bench.good(other);
    bench.answer_from(ORDERS, id, Verdict::Expired, true);
    assert_eq!(rejected(&mut bench, ORDERS).1, [call(3, 1, 3)]);
}
