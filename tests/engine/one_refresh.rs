//! One refresh, and everybody who needs it.

use crate::bench::{Bench, REFRESHED, call, deliver, facts, passing, save, send, tokens};
use wasm_api_fetch::engine::{CallOutcome, Command, Stage};

#[test]
fn one_refresh_goes_out_however_many_are_rejected() {
    let mut bench = Bench::alone();
    let ids: Vec<_> = (0..50).map(|_| bench.post()).collect();

    assert_eq!(bench.expired(ids[0]), [call(1, 1, 1)]);
    for id in &ids[1..] {
        assert_eq!(bench.expired(*id), [], "it joins the refresh that runs");
    }
    assert_eq!(bench.waiting(), ids);

    assert_eq!(bench.reply(tokens(facts(2))), [save(1)]);
    assert_eq!(bench.waiting(), ids, "they wait until the tokens are stored");

    let mut released: Vec<_> = ids.iter().map(|id| send(*id, 2, 2)).collect();
    released.push(REFRESHED);
    assert_eq!(bench.saved(true), released);
    for id in ids {
        assert_eq!(bench.good(id), [deliver(id)]);
    }
    bench.assert_quiet();
}

#[test]
fn those_who_wait_go_in_the_order_of_their_calls() {
    let mut bench = Bench::alone();
    let (first, second, third) = (bench.post(), bench.post(), bench.post());
    bench.expired(third);
    bench.expired(first);
    let newcomer = bench.get();
    bench.expired(second);

    let released =
        [save(1), send(first, 2, 2), send(second, 2, 2), send(third, 2, 2), send(newcomer, 1, 2), REFRESHED];
    assert_eq!(bench.refresh_to(facts(2)), released);
}

#[test]
fn a_request_that_starts_during_a_refresh_waits_and_takes_the_new_token() {
    let mut bench = Bench::alone();
    let first = bench.post();
    bench.expired(first);
    let newcomer = bench.get();
    assert_eq!(bench.waiting(), [first, newcomer]);
    assert_eq!(bench.on_the_wire(), []);

    bench.reply(tokens(facts(2)));
    let later = bench.get();
    assert_eq!(bench.waiting(), [first, newcomer, later], "also while the new tokens are being stored");
    assert_eq!(bench.saved(true), [send(first, 2, 2), send(newcomer, 1, 2), send(later, 1, 2), REFRESHED]);
}

#[test]
fn a_late_401_is_replayed_without_another_refresh() {
    let mut bench = Bench::alone();
    let (first, late) = (bench.post(), bench.post());
    bench.expired(first);
    bench.refresh_to(facts(2));

    assert_eq!(bench.expired(late), [send(late, 2, 2)]);
    assert_eq!(bench.stage(), None, "no refresh runs");
    assert_eq!(bench.good(late), [deliver(late)]);
    assert_eq!(bench.good(first), [deliver(first)]);
    bench.assert_quiet();
}

#[test]
fn a_late_401_waits_for_the_refresh_that_runs_by_then() {
    let mut bench = Bench::alone();
    let (first, late) = (bench.post(), bench.post());
    bench.expired(first);
    bench.refresh_to(facts(2));
    bench.good(first);
    let second = bench.post();
    assert_eq!(bench.expired(second), [call(2, 1, 2)]);

    assert_eq!(bench.expired(late), []);
    assert_eq!(bench.waiting(), [late, second]);
    assert_eq!(bench.refresh_to(facts(3)), [save(2), send(late, 2, 3), send(second, 2, 3), REFRESHED]);
}

#[test]
fn a_refresh_goes_on_when_all_who_waited_have_given_up() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    assert_eq!(bench.abort(id), []);
    assert!(matches!(bench.stage(), Some(Stage::Calling { .. })));
    assert_eq!(bench.refresh_to(facts(2)), [save(1), REFRESHED]);
    bench.assert_quiet();
}

#[test]
fn a_second_answer_to_the_call_changes_nothing() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    let (refresh, stage) = (bench.refresh(), bench.stage());
    let Some(Stage::Calling { send_no, .. }) = stage else { panic!("a call is out") };
    let again = |outcome| wasm_api_fetch::engine::Event::Refreshed { refresh, send_no, outcome };
    bench.reply(tokens(facts(2)));
    assert_eq!(bench.step(again(CallOutcome::Refused)), []);
    assert_eq!(bench.key(), Some(2));

    bench.saved(true);
    for outcome in [tokens(facts(3)), CallOutcome::Refused, CallOutcome::Broken, passing(None)] {
        let before = bench.engine.clone();
        assert_eq!(bench.step(again(outcome)), []);
        assert_eq!(bench.engine, before);
    }
}

#[test]
fn tokens_that_could_not_be_stored_serve_in_memory() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.reply(tokens(facts(2)));
    let warning = Command::Notify(wasm_api_fetch::engine::Notice::NotStored);
    assert_eq!(bench.saved(false), [warning, send(id, 2, 2), REFRESHED]);
}
