//! Waiting: giving up, too many, too long.

use crate::bench::{Bench, REFRESHED, call, deliver, facts, reject, save, send, tokens};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{Command, Event, Goal, Id};

#[test]
fn a_waiting_request_that_is_aborted_is_never_sent_and_disturbs_nobody() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.post(), bench.post());
    bench.expired(first);
    bench.expired(second);
    assert_eq!(bench.abort(first), []);
    assert_eq!(bench.waiting(), [second]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(second, 2, 2), REFRESHED]);
}

#[test]
fn a_request_waits_from_its_rejection_to_its_replay() {
    let mut bench = Bench::alone();
    let id = bench.post();
    assert!(!bench.engine.is_parked(id));
    bench.expired(id);
    assert!(bench.engine.is_parked(id));
    bench.refresh_to(facts(2));
    assert!(!bench.engine.is_parked(id));
    assert!(!bench.engine.is_parked(Id(99)), "nobody waits who was never asked for");
}

#[test]
fn a_request_on_the_wire_that_is_aborted_is_forgotten() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    assert_eq!(bench.abort(first), []);
    assert_eq!(bench.on_the_wire(), [second]);
    assert_eq!(bench.abort(Id(99)), [], "so is one that was never asked");
    bench.good(second);
    bench.assert_quiet();
}

#[test]
fn every_tenth_of_a_thousand_gives_up_and_the_rest_is_answered() {
    let mut bench = Bench::alone();
    let first = bench.get();
    bench.expired(first);
    let ids: Vec<_> = (0..1_000).map(|_| bench.get()).collect();
    for id in ids.iter().step_by(10) {
        assert_eq!(bench.abort(*id), []);
    }
    bench.refresh_to(facts(2));
    let mut answered = 0;
    while let Some(id) = bench.on_the_wire().first() {
        let out = bench.good(*id);
        assert_eq!(out[0], deliver(*id));
        answered += 1;
    }
    assert_eq!(answered, 901);
    bench.assert_quiet();
}

#[test]
fn who_gives_up_from_behind_and_in_between_leaves_the_others_in_their_order() {
    let mut bench = Bench::stored(facts(1), |config| config.window = 1);
    let first = bench.get();
    let ids: Vec<_> = (0..100).map(|_| bench.get()).collect();
    for id in ids[50..].iter().rev().chain(ids[..50].iter().step_by(2)) {
        assert_eq!(bench.abort(*id), []);
    }
    let newcomer = bench.get();
    let mut left: Vec<_> = ids[..50].iter().copied().skip(1).step_by(2).collect();
    left.push(newcomer);
    assert_eq!(bench.waiting(), left);
    // The eldest of all comes back, and goes before them.
    bench.expired(first);
    bench.refresh_to(facts(2));
    left.insert(0, first);
    for id in left {
        assert_eq!(bench.on_the_wire(), [id]);
        bench.good(id);
    }
    bench.assert_quiet();
}

#[test]
fn tokens_are_handed_out_in_order_past_the_requests_that_wait() {
    let mut bench = Bench::stored(facts(1), |config| config.window = 1);
    let first = bench.get();
    bench.expired(first);
    let (second, _) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    let third = bench.get();
    let (fourth, _) = bench.ask(Goal::Tokens { for_ms: 0, force: false });
    let out = [save(1), deliver(second), deliver(fourth), send(first, 2, 2), REFRESHED];
    assert_eq!(bench.refresh_to(facts(2)), out);
    assert_eq!(bench.waiting(), [third]);
}

#[test]
fn a_full_queue_rejects_the_newcomer_at_once() {
    let mut bench = Bench::stored(facts(1), |config| config.queue_limit = 2);
    let first = bench.get();
    bench.expired(first);
    let second = bench.get();
    let (third, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(third, AuthCode::QueueFull)]);
    assert_eq!(bench.waiting(), [first, second]);

    bench.abort(second);
    let fourth = bench.get();
    assert_eq!(bench.waiting(), [first, fourth], "there is room again");
}

#[test]
fn a_newcomer_that_finds_no_room_starts_no_refresh() {
    let mut bench = Bench::stored(crate::bench::timed(1, 10_000, 10_000), |config| config.queue_limit = 0);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(id, AuthCode::QueueFull)]);
    bench.assert_quiet();
}

#[test]
fn a_wait_that_is_too_long_ends_for_the_waiter_alone() {
    let mut bench = Bench::stored(facts(1), |config| config.refresh_timeout = 60_000);
    let first = bench.get();
    bench.expired(first);
    bench.wait(1);
    let second = bench.get();

    bench.wait(29_998);
    assert_eq!(bench.step(Event::Tick), [], "not yet");
    assert_eq!(bench.tick(), [reject(first, AuthCode::QueueTimeout)]);
    assert_eq!(bench.waiting(), [second]);
    assert_eq!(bench.tick(), [reject(second, AuthCode::QueueTimeout)]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), REFRESHED], "the refresh goes on");
    bench.assert_quiet();
}

#[test]
fn a_wait_for_the_store_is_bounded_too() {
    let mut bench = Bench::cold(|_| {});
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [Command::Load]);
    assert_eq!(bench.tick(), [reject(id, AuthCode::QueueTimeout)]);
    bench.assert_quiet();
}

#[test]
fn ten_thousand_wait_for_one_refresh_and_are_all_answered() {
    let mut bench = Bench::alone();
    let first = bench.get();
    assert_eq!(bench.expired(first), [call(1, 1, 1)]);
    for _ in 1..10_000 {
        bench.get();
    }
    assert_eq!(bench.engine.waiting(), 10_000);
    let (one_too_many, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(one_too_many, AuthCode::QueueFull)]);

    bench.reply(tokens(facts(2)));
    assert_eq!(bench.saved(true).len(), 256 + 1, "a window full of them, and the notice");
    let mut last = Id(0);
    for _ in 0..10_000 {
        let id = bench.on_the_wire()[0];
        assert!(id > last, "first in, first out");
        last = id;
        assert_eq!(bench.good(id)[0], deliver(id));
        assert!(bench.on_the_wire().len() <= 256);
    }
    bench.assert_quiet();
}
