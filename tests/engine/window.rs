//! How many requests may be on the wire at once.

use crate::bench::{Bench, REFRESHED, call, deliver, facts, reject, save, send, timed};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{Call, Command, Event, Goal, NEVER, Place, SendNo, Time};

fn narrow() -> Bench {
    Bench::stored(facts(1), |config| config.window = 2)
}

#[test]
fn beyond_the_window_a_request_waits_for_room() {
    let mut bench = narrow();
    let (first, second) = (bench.get(), bench.get());
    let (third, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, []);
    assert_eq!(bench.waiting(), [third]);
    assert!(bench.engine.window_is_full());
    assert_eq!(bench.good(second), [deliver(second), send(third, 1, 1)]);
    assert_eq!(bench.on_the_wire(), [first, third]);
}

#[test]
fn a_failure_and_an_abort_make_room_too() {
    let mut bench = narrow();
    let (first, second, third, fourth) = (bench.get(), bench.get(), bench.get(), bench.get());
    assert_eq!(
        bench.step(Event::Failed { id: first, send_no: SendNo(1) }),
        [deliver(first), send(third, 1, 1)]
    );
    assert_eq!(bench.abort(second), [send(fourth, 1, 1)]);
    assert_eq!(bench.waiting(), []);
}

#[test]
fn a_wait_for_room_has_no_timeout() {
    let mut bench = narrow();
    let (first, _, third) = (bench.get(), bench.get(), bench.get());
    assert_eq!(bench.engine.wake(), NEVER);
    bench.wait(1_000_000);
    assert_eq!(bench.step(Event::Tick), []);
    assert_eq!(bench.waiting(), [third]);
    assert_eq!(bench.good(first), [deliver(first), send(third, 1, 1)]);
}

#[test]
fn a_wait_for_room_becomes_a_wait_for_the_refresh_and_back() {
    let mut bench = narrow();
    let (first, second, third) = (bench.post(), bench.post(), bench.post());
    assert_eq!(bench.expired(first), [call(1, 1, 1)]);
    assert_eq!(bench.waiting(), [first, third]);
    let due = bench.engine.parked().map(|(_, call)| deadline(call)).max().unwrap();
    assert_eq!(due, bench.now + 30_000);

    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(first, 2, 2), REFRESHED], "one place is taken");
    assert_eq!(bench.waiting(), [third]);
    assert!(bench.engine.parked().all(|(_, call)| deadline(call) == NEVER));
    assert_eq!(bench.engine.wake(), NEVER);
    assert_eq!(bench.expired(second), [send(second, 2, 2)], "its own place is free again");
    assert_eq!(bench.good(first), [deliver(first), send(third, 1, 2)]);
}

#[test]
fn a_newcomer_stays_behind_those_who_wait() {
    let mut bench = narrow();
    let (first, _, third, fourth) = (bench.get(), bench.get(), bench.get(), bench.get());
    assert_eq!(bench.good(first), [deliver(first), send(third, 1, 1)]);
    assert_eq!(bench.waiting(), [fourth]);
}

#[test]
fn a_wait_for_room_counts_for_the_queue() {
    let mut bench = Bench::stored(facts(1), |config| {
        config.window = 1;
        config.queue_limit = 1;
    });
    let (_, _) = (bench.get(), bench.get());
    let (third, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(third, AuthCode::QueueFull)]);
}

#[test]
fn a_token_that_ends_while_requests_wait_for_room_is_refreshed_before_they_go() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |config| config.window = 1);
    let (first, second, third) = (bench.get(), bench.get(), bench.get());
    bench.wait(30_000);
    assert_eq!(bench.good(first), [deliver(first), call(1, 1, 1)]);
    assert_eq!(bench.waiting(), [second, third]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(second, 1, 2), REFRESHED]);
    assert_eq!(bench.good(second), [deliver(second), send(third, 1, 2)]);
}

#[test]
fn a_wish_for_tokens_takes_no_room() {
    let mut bench = narrow();
    let (_, _, third) = (bench.get(), bench.get(), bench.get());
    let (wish, out) = bench.ask(Goal::Tokens { for_ms: 0, force: false });
    assert_eq!(out, [deliver(wish)]);
    assert_eq!(bench.waiting(), [third]);
}

#[test]
fn a_wish_for_tokens_that_waited_for_the_store_takes_no_room_either() {
    let mut bench = Bench::cold(|config| config.window = 1);
    let (first, second) = (bench.get(), bench.get());
    let (wish, _) = bench.ask(Goal::Tokens { for_ms: 0, force: false });
    let out = bench.read(Some(facts(1)));
    assert!(out.contains(&deliver(wish)) && out.contains(&send(first, 1, 1)));
    assert_eq!(bench.waiting(), [second]);
}

#[test]
fn signed_out_nothing_waits_for_room() {
    let mut bench = narrow();
    bench.step(Event::SignOut);
    for _ in 0..3 {
        let (id, out) = bench.ask(Goal::Send { safe: true });
        assert_eq!(out, [Command::Send { id, send_no: SendNo(1), generation: None }]);
    }
    bench.assert_quiet();
}

fn deadline(call: &Call) -> Time {
    match call.place {
        Place::Parked { until } => until,
        Place::Flying(_) => panic!("it is on the wire"),
    }
}
