//! Refreshes that do not succeed: refused for good, or failed for now.

use crate::bench::{
    BOB, Bench, REFRESHED, UNANSWERED, call, deliver, drop_call, facts, passing, reject, save, send,
    signed_out, timed, tokens,
};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{
    CallOutcome, Command, Event, Goal, RefreshId, SendNo, Session, Stage, TokenFacts,
};

/// One request waits for the refresh whose call is out, another is still on the wire.
fn calling() -> (Bench, [wasm_api_fetch::engine::Id; 2]) {
    let mut bench = Bench::alone();
    let ids = [bench.post(), bench.post()];
    bench.expired(ids[0]);
    (bench, ids)
}

#[test]
fn a_refused_refresh_ends_the_session_and_rejects_all_alike() {
    let (mut bench, [first, flying]) = calling();
    let newcomer = bench.get();
    let out = [
        Command::Clear,
        reject(first, AuthCode::RefreshRejected),
        reject(newcomer, AuthCode::RefreshRejected),
        signed_out(SignOutReason::Refused),
    ];
    assert_eq!(bench.refused(), out);
    assert!(matches!(bench.engine.session(), Session::Out { .. }));

    assert_eq!(bench.on_the_wire(), [flying]);
    assert_eq!(
        bench.expired(flying),
        [reject(flying, AuthCode::RefreshRejected)],
        "rejected later, told the same"
    );
    bench.assert_quiet();
    let (anonymous, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [Command::Send { id: anonymous, send_no: SendNo(1), generation: None }]);
    bench.assert_quiet();
}

#[test]
fn a_request_of_a_refused_session_that_succeeds_after_all_is_delivered() {
    let (mut bench, [_, flying]) = calling();
    bench.refused();
    assert_eq!(bench.good(flying), [deliver(flying)]);
    bench.assert_quiet();
}

#[test]
fn without_a_refresh_token_a_rejection_ends_the_session() {
    let mut bench = Bench::stored(TokenFacts { refreshable: false, ..facts(1) }, |_| {});
    let (first, second) = (bench.get(), bench.get());
    let out =
        [reject(first, AuthCode::RefreshRejected), Command::Clear, signed_out(SignOutReason::NoRefreshToken)];
    assert_eq!(bench.expired(first), out);
    assert_eq!(
        bench.expired(second),
        [reject(second, AuthCode::RefreshRejected)],
        "and the app is told once"
    );
    bench.assert_quiet();
}

#[test]
fn without_a_refresh_token_the_session_ends_with_its_token_and_not_before() {
    let mut bench = Bench::stored(TokenFacts { refreshable: false, ..timed(1, 60_000, 30_000) }, |_| {});
    bench.wait(59_999);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(id, 1, 1)], "there is nothing to refresh ahead with");
    bench.good(id);
    bench.wait(1);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    let end =
        [reject(id, AuthCode::RefreshRejected), Command::Clear, signed_out(SignOutReason::NoRefreshToken)];
    assert_eq!(out, end);
    bench.assert_quiet();
}

#[test]
fn a_passing_failure_keeps_the_tokens_and_the_next_request_tries_again() {
    let (mut bench, [first, flying]) = calling();
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(first, AuthCode::RefreshFailed)]);
    assert_eq!(bench.key(), Some(1));
    assert_eq!(bench.on_the_wire(), [flying]);

    let next = bench.get();
    assert_eq!(bench.expired(next), [call(2, 1, 1)]);
    bench.expired(flying);
    assert_eq!(bench.waiting(), [flying, next], "a late rejection joins the refresh that runs");
    assert_eq!(bench.refresh_to(facts(2)), [save(2), send(flying, 2, 2), send(next, 2, 2), REFRESHED]);
}

#[test]
fn a_storm_whose_refresh_fails_does_not_become_a_storm_of_refreshes() {
    let mut bench = Bench::alone();
    let ids: Vec<_> = (0..50).map(|_| bench.post()).collect();
    bench.expired(ids[0]);
    bench.tick();
    assert_eq!(bench.stage(), None);
    for id in &ids[1..] {
        assert_eq!(bench.expired(*id), [reject(*id, AuthCode::RefreshTimeout)], "it shares the failure");
    }
    bench.assert_quiet();
}

#[test]
fn later_is_tried_again_with_backoff() {
    let (mut bench, [first, _]) = calling();
    assert_eq!(bench.reply(passing(None)), []);
    assert_eq!(bench.engine.wake(), bench.now + 300);
    assert_eq!(bench.tick(), [call(1, 2, 1)]);
    assert_eq!(bench.reply(passing(None)), []);
    assert_eq!(bench.engine.wake(), bench.now + 900);
    assert_eq!(bench.waiting(), [first]);
    assert_eq!(bench.tick(), [call(1, 3, 1)]);
    assert_eq!(
        bench.reply(passing(None)),
        [reject(first, AuthCode::RefreshFailed)],
        "two tries more, and no third"
    );
}

#[test]
fn a_try_that_succeeds_late_is_as_good_as_the_first() {
    let (mut bench, [first, _]) = calling();
    bench.reply(passing(None));
    bench.tick();
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(first, 2, 2), REFRESHED]);
}

#[test]
fn a_call_without_an_answer_is_repeated_at_most_once() {
    let (mut bench, [first, _]) = calling();
    assert_eq!(bench.reply(UNANSWERED), []);
    assert_eq!(bench.tick(), [call(1, 2, 1)]);
    assert_eq!(bench.reply(UNANSWERED), [reject(first, AuthCode::RefreshFailed)]);
    assert_eq!(bench.stage(), None);
}

#[test]
fn an_answer_in_between_does_not_allow_another_repeat() {
    let (mut bench, [first, _]) = calling();
    bench.reply(UNANSWERED);
    bench.tick();
    assert_eq!(bench.reply(passing(None)), []);
    bench.tick();
    assert_eq!(bench.reply(UNANSWERED), [reject(first, AuthCode::RefreshFailed)]);
}

#[test]
fn a_late_answer_to_an_earlier_try_changes_nothing() {
    let (mut bench, [first, _]) = calling();
    bench.reply(passing(None));
    let early = Event::Refreshed { refresh: RefreshId(1), send_no: SendNo(1), outcome: tokens(facts(7)) };
    assert_eq!(bench.step(early), [], "during the wait");
    bench.tick();
    assert_eq!(bench.step(early), [], "during the next try");
    assert_eq!(bench.waiting(), [first]);
    assert_eq!(bench.key(), Some(1));
}

#[test]
fn retry_after_is_waited_for_where_it_fits() {
    let (mut bench, [first, _]) = calling();
    assert_eq!(bench.reply(passing(Some(5_000))), []);
    assert_eq!(bench.engine.wake(), bench.now + 5_000);
    assert_eq!(bench.tick(), [call(1, 2, 1)]);
    assert_eq!(bench.waiting(), [first]);
}

#[test]
fn a_try_that_would_begin_as_the_refresh_ends_is_none() {
    for (short_of_it, outcome) in [(1, vec![]), (0, vec![AuthCode::RefreshFailed])] {
        let (mut bench, [first, _]) = calling();
        let left = bench.deadline() - bench.now;
        let expected: Vec<_> = outcome.into_iter().map(|code| reject(first, code)).collect();
        assert_eq!(bench.reply(passing(Some(left - short_of_it))), expected);
    }
}

#[test]
fn until_retry_after_is_over_no_refresh_starts() {
    let (mut bench, [first, _]) = calling();
    assert_eq!(
        bench.reply(passing(Some(60_000))),
        [reject(first, AuthCode::RefreshFailed)],
        "past the timeout"
    );

    bench.wait(59_999);
    let next = bench.get();
    assert_eq!(bench.expired(next), [reject(next, AuthCode::RefreshFailed)]);
    let (wish, out) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    assert_eq!(out, [reject(wish, AuthCode::RefreshFailed)]);

    bench.wait(1);
    let next = bench.get();
    assert_eq!(bench.expired(next), [call(2, 1, 1)]);
}

#[test]
fn retry_after_of_the_last_try_counts_too() {
    let (mut bench, [first, _]) = calling();
    bench.reply(passing(None));
    bench.tick();
    bench.reply(passing(None));
    bench.tick();
    assert_eq!(bench.reply(passing(Some(2_000))), [reject(first, AuthCode::RefreshFailed)]);
    let next = bench.get();
    assert_eq!(bench.expired(next), [reject(next, AuthCode::RefreshFailed)]);
    bench.wait(2_000);
    let next = bench.get();
    assert_eq!(bench.expired(next), [call(2, 1, 1)]);
}

#[test]
fn a_refresh_that_hangs_ends_at_its_timeout() {
    let (mut bench, [first, _]) = calling();
    assert_eq!(bench.engine.wake(), bench.now + 10_000);
    assert_eq!(bench.tick(), [drop_call(1), reject(first, AuthCode::RefreshTimeout)]);
    let late = Event::Refreshed { refresh: RefreshId(1), send_no: SendNo(1), outcome: tokens(facts(7)) };
    assert_eq!(bench.step(late), []);
    assert_eq!(bench.key(), Some(1));
}

#[test]
fn the_timeout_bounds_all_tries_together() {
    let (mut bench, [first, _]) = calling();
    bench.wait(9_800);
    assert_eq!(bench.reply(passing(None)), [reject(first, AuthCode::RefreshFailed)], "no time for the wait");

    let (mut bench, [first, _]) = calling();
    bench.wait(5_000);
    bench.reply(passing(None));
    bench.tick();
    assert_eq!(bench.engine.wake(), crate::bench::START + 10_000);
    assert_eq!(bench.tick(), [drop_call(1), reject(first, AuthCode::RefreshTimeout)]);
}

#[test]
fn a_wait_between_tries_that_is_noticed_too_late_ends_the_refresh() {
    let (mut bench, [first, _]) = calling();
    bench.reply(passing(None));
    bench.wait(10_000);
    assert_eq!(bench.step(Event::Tick), [reject(first, AuthCode::RefreshTimeout)]);
}

#[test]
fn a_login_forgets_how_the_last_refresh_failed() {
    let (mut bench, [_, flying]) = calling();
    bench.reply(passing(Some(60_000)));
    bench.step(Event::Set { facts: facts(2) });
    assert_eq!(bench.expired(flying), [send(flying, 2, 2)]);
    let next = bench.get();
    assert_eq!(bench.expired(next), [call(2, 1, 2)]);
}

#[test]
fn a_refused_session_does_not_reject_what_another_user_asks() {
    let (mut bench, [_, flying]) = calling();
    bench.reply(CallOutcome::Refused);
    bench.step(Event::Set { facts: TokenFacts { user: BOB, ..facts(2) } });
    let bobs = bench.get();
    assert_eq!(bench.expired(flying), [reject(flying, AuthCode::SessionChanged)]);
    assert_eq!(bench.good(bobs), [deliver(bobs)]);
    assert!(!matches!(bench.stage(), Some(Stage::Calling { .. })));
}
