//! `session.refresh()` and `session.valid()`: calls that want the tokens themselves.

use crate::bench::{Bench, REFRESHED, call, deliver, facts, reject, save, send, timed};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{CallOutcome, Event, Goal, TokenFacts};

const REFRESH: Goal = Goal::Tokens { for_ms: 0, force: true };

fn valid(for_ms: u64) -> Goal {
    Goal::Tokens { for_ms, force: false }
}

#[test]
fn tokens_that_are_good_for_long_enough_are_handed_over_at_once() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    let (id, out) = bench.ask(valid(59_999));
    assert_eq!(out, [deliver(id)]);
    let (id, out) = bench.ask(valid(60_000));
    assert_eq!(out, [call(1, 1, 1)]);
    assert_eq!(bench.waiting(), [id]);
    assert_eq!(
        bench.refresh_to(timed(2, 60_000, 30_000)),
        [save(1), deliver(id), REFRESHED],
        "as good as they get"
    );
    bench.assert_quiet();
}

#[test]
fn a_refresh_that_is_asked_for_runs_though_the_token_is_good() {
    let mut bench = Bench::alone();
    let (id, out) = bench.ask(REFRESH);
    assert_eq!(out, [call(1, 1, 1)]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), deliver(id), REFRESHED]);
}

#[test]
fn a_refresh_that_is_asked_for_joins_the_one_under_way() {
    let mut bench = Bench::alone();
    let first = bench.get();
    bench.expired(first);
    let (wish, out) = bench.ask(REFRESH);
    assert_eq!(out, []);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), deliver(wish), send(first, 2, 2), REFRESHED]);
}

#[test]
fn requests_wait_for_a_refresh_that_was_asked_for_and_go_with_the_old_token_if_it_fails() {
    let mut bench = Bench::alone();
    let (wish, _) = bench.ask(REFRESH);
    let id = bench.get();
    assert_eq!(bench.waiting(), [wish, id]);
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(wish, AuthCode::RefreshFailed), send(id, 1, 1)]);
}

#[test]
fn after_a_failure_the_old_tokens_do_where_they_are_good_for_long_enough() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |_| {});
    let (wish, _) = bench.ask(REFRESH);
    let (short, _) = bench.ask(valid(10_000));
    let (long, _) = bench.ask(valid(90_000));
    let out = [reject(wish, AuthCode::RefreshFailed), deliver(short), reject(long, AuthCode::RefreshFailed)];
    assert_eq!(bench.reply(CallOutcome::Broken), out);
    bench.assert_quiet();
}

#[test]
fn without_a_refresh_token_new_tokens_cannot_be_had_and_the_session_goes_on() {
    let mut bench = Bench::stored(TokenFacts { refreshable: false, ..timed(1, 60_000, 30_000) }, |_| {});
    let (wish, out) = bench.ask(REFRESH);
    assert_eq!(out, [reject(wish, AuthCode::RefreshFailed)]);
    let (long, out) = bench.ask(valid(90_000));
    assert_eq!(out, [reject(long, AuthCode::RefreshFailed)]);
    assert_eq!(bench.key(), Some(1));
    bench.assert_quiet();
}

#[test]
fn signed_out_there_are_no_tokens() {
    let mut bench = Bench::alone();
    bench.step(Event::SignOut);
    for goal in [REFRESH, valid(0)] {
        let (id, out) = bench.ask(goal);
        assert_eq!(out, [reject(id, AuthCode::SignedOut)]);
    }
}

#[test]
fn a_login_fulfils_a_wish_for_new_tokens() {
    let mut bench = Bench::alone();
    let (wish, _) = bench.ask(REFRESH);
    assert!(bench.step(Event::Set { facts: facts(2) }).contains(&deliver(wish)));
    bench.assert_quiet();
}

#[test]
fn a_wish_for_new_tokens_from_before_the_store_was_read_keeps_its_turn() {
    let mut bench = Bench::cold(|_| {});
    let first = bench.get();
    let (wish, _) = bench.ask(REFRESH);
    let (second, third) = (bench.get(), bench.ask(valid(0)).0);
    assert_eq!(bench.read(Some(facts(1))), [send(first, 1, 1), call(1, 1, 1)]);
    assert_eq!(bench.waiting(), [wish, second, third]);
    assert_eq!(
        bench.refresh_to(facts(2)),
        [save(1), deliver(wish), deliver(third), send(second, 1, 2), REFRESHED]
    );
    bench.good(first);
    bench.good(second);
    bench.assert_quiet();
}
