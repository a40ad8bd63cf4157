//! What is sent again, and how often.

use crate::bench::{Bench, REFRESHED, call, cancel, deliver, facts, passing, reject, save, send};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{CallOutcome, Event, SendNo};
use wasm_api_fetch::policy::verdict::Verdict;

#[test]
fn a_replay_that_is_rejected_again_is_handed_to_the_caller() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.refresh_to(facts(2));
    assert_eq!(bench.expired(id), [deliver(id)], "its own second 401, and no refresh");
    bench.assert_quiet();
}

#[test]
fn a_replay_that_is_withdrawn_is_still_the_only_one() {
    let mut bench = Bench::alone();
    let (first, second, third) = (bench.post(), bench.get(), bench.get());
    bench.expired(third);
    assert_eq!(bench.expired(first), [cancel(second, 1)]);
    bench.refresh_to(facts(2));
    assert_eq!(bench.on_the_wire(), [first, second, third]);

    assert_eq!(bench.expired(second), [call(2, 1, 2), cancel(third, 2)], "taken back is not rejected");
    assert_eq!(bench.refresh_to(facts(3)), [save(2), send(second, 3, 3), send(third, 3, 3), REFRESHED]);
    assert_eq!(bench.good(second), [deliver(second)]);
    assert_eq!(bench.expired(third), [deliver(third)]);
    assert_eq!(bench.expired(first), [deliver(first)]);
    bench.assert_quiet();
}

#[test]
fn what_cannot_be_sent_again_is_handed_back_and_the_refresh_still_happens() {
    let mut bench = Bench::alone();
    let (stream, other) = (bench.post(), bench.post());
    assert_eq!(bench.answer(stream, Verdict::Expired, false), [call(1, 1, 1), deliver(stream)]);
    assert_eq!(bench.on_the_wire(), [other]);
    assert_eq!(bench.waiting(), []);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), REFRESHED]);
    assert_eq!(bench.answer(other, Verdict::Expired, false), [deliver(other)], "late: no refresh for it");
    bench.assert_quiet();
}

#[test]
fn what_cannot_be_sent_again_shares_no_failure_either() {
    let mut bench = Bench::alone();
    let (first, stream) = (bench.post(), bench.post());
    bench.expired(first);
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(first, AuthCode::RefreshFailed)]);
    assert_eq!(bench.answer(stream, Verdict::Expired, false), [deliver(stream)], "its own 401, as ever");
    bench.assert_quiet();
}

#[test]
fn an_answer_to_a_former_sending_changes_nothing() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    let stale = |verdict| Event::Answered { id, send_no: SendNo(1), verdict, replayable: true, route: None };
    for refreshed in [false, true] {
        if refreshed {
            bench.refresh_to(facts(2));
        }
        let before = bench.engine.clone();
        for verdict in [Verdict::Good, Verdict::Expired, Verdict::Other] {
            assert_eq!(bench.step(stale(verdict)), []);
        }
        assert_eq!(bench.step(Event::Failed { id, send_no: SendNo(1) }), []);
        assert_eq!(bench.engine, before);
    }
    assert_eq!(bench.on_the_wire(), [id]);
}

#[test]
fn an_answer_that_says_nothing_of_the_token_is_handed_over() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    assert_eq!(bench.answer(first, Verdict::Other, true), [deliver(first)]);
    let failed = Event::Failed { id: second, send_no: SendNo(1) };
    assert_eq!(bench.step(failed), [deliver(second)]);
    bench.assert_quiet();
}

#[test]
fn a_withdrawn_request_that_fails_late_still_waits() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.post(), bench.get());
    assert_eq!(bench.expired(first), [call(1, 1, 1), cancel(second, 1)]);
    assert_eq!(bench.step(Event::Failed { id: second, send_no: SendNo(1) }), [], "its cancelling, overheard");
    assert_eq!(bench.waiting(), [first, second]);
    assert_eq!(bench.reply(passing(Some(60_000))).len(), 2, "both are told of the failure");
    bench.assert_quiet();
}
