//! Safe requests that share a dead token are taken back before they collect their own rejection.

use crate::bench::{Bench, REFRESHED, call, cancel, deliver, facts, reject, save, send};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::Event;
use wasm_api_fetch::policy::verdict::Verdict;

#[test]
fn safe_requests_sent_after_the_rejected_one_are_taken_back() {
    let mut bench = Bench::alone();
    let (before, rejected, after, unsafe_after) = (bench.get(), bench.get(), bench.get(), bench.post());
    assert_eq!(bench.expired(rejected), [call(1, 1, 1), cancel(after, 1)]);
    assert_eq!(bench.waiting(), [rejected, after]);
    assert_eq!(bench.on_the_wire(), [before, unsafe_after]);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(rejected, 2, 2), send(after, 2, 2), REFRESHED]);
}

#[test]
fn without_the_option_they_run_to_their_end() {
    let mut bench = Bench::stored(facts(1), |config| config.withdraw = false);
    let (first, second) = (bench.get(), bench.get());
    assert_eq!(bench.expired(first), [call(1, 1, 1)]);
    assert_eq!(bench.on_the_wire(), [second]);
}

#[test]
fn what_cannot_be_sent_again_takes_the_others_back_all_the_same() {
    let mut bench = Bench::alone();
    let (stream, after) = (bench.post(), bench.get());
    assert_eq!(
        bench.answer(stream, Verdict::Expired, false),
        [call(1, 1, 1), deliver(stream), cancel(after, 1)]
    );
    assert_eq!(bench.waiting(), [after]);
}

#[test]
fn a_late_401_of_an_older_generation_takes_nobody_back() {
    let mut bench = Bench::alone();
    let (first, late) = (bench.post(), bench.post());
    bench.expired(first);
    bench.refresh_to(facts(2));
    let newcomer = bench.get();
    assert_eq!(bench.expired(late), [send(late, 2, 2)]);
    assert_eq!(bench.on_the_wire(), [first, late, newcomer]);
}

#[test]
fn a_401_that_starts_no_refresh_takes_nobody_back() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.post(), bench.post());
    bench.expired(first);
    bench.reply(wasm_api_fetch::engine::CallOutcome::Broken);
    let after = bench.get();
    assert_eq!(bench.expired(second), [reject(second, AuthCode::RefreshFailed)]);
    assert_eq!(bench.on_the_wire(), [after]);
}

#[test]
fn a_full_queue_takes_back_only_as_many_as_it_holds() {
    let mut bench = Bench::stored(facts(1), |config| config.queue_limit = 2);
    let (first, second, third) = (bench.get(), bench.get(), bench.get());
    assert_eq!(bench.expired(first), [call(1, 1, 1), cancel(second, 1)]);
    assert_eq!(bench.waiting(), [first, second]);
    assert_eq!(bench.on_the_wire(), [third]);
    assert_eq!(bench.expired(third), [reject(third, AuthCode::QueueFull)]);
}

#[test]
fn one_who_was_taken_back_and_gives_up_is_never_sent_again() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    bench.expired(first);
    assert_eq!(bench.abort(second), []);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(first, 2, 2), REFRESHED]);
}

#[test]
fn one_who_was_taken_back_may_still_be_replayed_once() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    bench.expired(first);
    bench.refresh_to(facts(2));
    bench.good(first);
    assert_eq!(bench.expired(second), [call(2, 1, 2)]);
    assert_eq!(bench.refresh_to(facts(3)), [save(2), send(second, 3, 3), REFRESHED]);
    assert_eq!(bench.expired(second), [deliver(second)]);
}

#[test]
fn the_late_answer_of_one_who_was_taken_back_changes_nothing() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    bench.expired(first);
    let before = bench.engine.clone();
    for verdict in [Verdict::Good, Verdict::Expired] {
        let send_no = wasm_api_fetch::engine::SendNo(1);
        assert_eq!(
            bench.step(Event::Answered { id: second, send_no, verdict, replayable: true, route: None }),
            []
        );
    }
    assert_eq!(bench.engine, before);
}

#[test]
fn what_is_sent_alone_or_without_the_option_need_not_be_taken_back() {
    let mut bench = Bench::alone();
    assert!(!bench.engine.may_withdraw());
    bench.get();
    assert!(!bench.engine.may_withdraw(), "there is no other for whose sake");
    bench.get();
    assert!(bench.engine.may_withdraw());
    let mut bench = Bench::stored(facts(1), |config| config.withdraw = false);
    bench.get();
    bench.get();
    assert!(!bench.engine.may_withdraw());
}
