//! Refreshes that fail in a row are followed by pauses, and what a server has said to one tab holds for all of them.

use crate::bench::{
    Bench, REFRESHED, START, UNANSWERED, call, claim, confirm, deliver, drop_call, facts, forgotten, passing,
    pause_ended, reject, save, send, settle, timed, unlock,
};
use crate::tabs::{LOCK, calling, claiming};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{CallOutcome, Claim, Command, Event, Goal, Id, Millis, Time};
use wasm_api_fetch::policy::failure_streak::FailureStreak;

const WISH: Goal = Goal::Tokens { for_ms: 0, force: true };
const VALID: Goal = Goal::Tokens { for_ms: 600_000, force: false };

/// A request is rejected, and its refresh, which has to start, fails.
fn failure(bench: &mut Bench) {
    let id = bench.get();
    assert_eq!(bench.expired(id).len(), 1);
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(id, AuthCode::RefreshFailed)]);
}

/// So many in a row, each as soon as it may be.
fn failures(bench: &mut Bench, count: u32) {
    for _ in 0..count {
        bench.wait(30_000);
        failure(bench);
    }
}

/// Whether a request that is rejected starts a refresh; else it fails at once.
fn may_start(bench: &Bench) -> bool {
    let mut bench = bench.clone();
    let id = bench.get();
    let out = bench.expired(id);
    assert!(out == [reject(id, AuthCode::RefreshFailed)] || bench.waiting() == [id], "{out:?}");
    bench.waiting() == [id]
}

/// What the fence says of the failures in other tabs.
fn told(failures: u32, at: Time, retry_after: Millis) -> Claim {
    Claim::WonAfter(FailureStreak { failures, at, retry_at: at + retry_after })
}

#[test]
fn after_a_second_failure_in_a_row_the_pauses_grow_from_one_second_to_thirty() {
    let mut bench = Bench::alone();
    failure(&mut bench);
    for seconds in [0, 1, 2, 4, 8, 16, 30, 30, 30] {
        if seconds > 0 {
            bench.wait(seconds * 1_000 - 1);
            assert!(!may_start(&bench), "before {seconds} s are over");
            bench.wait(1);
        }
        assert!(may_start(&bench), "after {seconds} s");
        failure(&mut bench);
    }
}

#[test]
fn during_a_pause_requests_and_wishes_for_tokens_fail_at_once() {
    let mut bench = Bench::stored(timed(1, 1_000, 0), |_| {});
    bench.wait(1_000);
    for _ in 0..2 {
        bench.get();
        bench.reply(CallOutcome::Broken);
    }
    for goal in [Goal::Send { safe: true }, VALID] {
        let (id, out) = bench.ask(goal);
        assert_eq!(out, [reject(id, AuthCode::RefreshFailed)]);
    }
    bench.assert_quiet();
}

#[test]
fn a_refresh_with_all_its_tries_is_one_failure() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.reply(passing(None));
    bench.tick();
    bench.reply(passing(None));
    bench.tick();
    assert_eq!(bench.reply(passing(None)), [reject(id, AuthCode::RefreshFailed)]);
    assert_eq!(bench.engine.failure_streak().failures, 1);
    assert!(may_start(&bench));
}

#[test]
fn a_timeout_counts_as_a_failure_and_keeps_its_own_name() {
    let mut bench = Bench::alone();
    for refresh in 1..=2 {
        let id = bench.get();
        bench.expired(id);
        assert_eq!(bench.tick(), [drop_call(refresh), reject(id, AuthCode::RefreshTimeout)]);
    }
    assert!(!may_start(&bench));
    bench.wait(1_000);
    assert!(may_start(&bench));
}

#[test]
fn a_success_ends_the_row() {
    let mut bench = Bench::alone();
    failures(&mut bench, 4);
    bench.wait(4_000);
    let id = bench.get();
    bench.expired(id);
    bench.refresh_to(facts(2));
    bench.good(id);
    failure(&mut bench);
    assert!(may_start(&bench), "it is the first one again");
}

#[test]
fn a_login_ends_pause_and_retry_after() {
    for set in [facts(2), facts(1)] {
        let mut bench = Bench::alone();
        failure(&mut bench);
        let id = bench.get();
        bench.expired(id);
        bench.reply(passing(Some(60_000)));
        assert!(!may_start(&bench));
        bench.step(Event::Set { facts: set });
        assert!(may_start(&bench));
        failure(&mut bench);
        assert!(may_start(&bench), "and the row");
    }
}

#[test]
fn a_login_that_brings_the_very_tokens_in_use_ends_pause_and_retry_after_in_all_tabs() {
    let mut bench = Bench::among_tabs();
    assert_eq!(bench.step(Event::Set { facts: facts(1) }).first(), Some(&forgotten(1)));
    let mut bench = calling();
    assert_eq!(bench.step(Event::Set { facts: facts(1) }), [forgotten(1)], "and what is out goes on");
}

#[test]
fn a_wish_for_a_refresh_ends_the_pause_and_not_the_row() {
    let mut bench = Bench::alone();
    failures(&mut bench, 3);
    assert!(!may_start(&bench));
    let (wish, out) = bench.ask(WISH);
    assert_eq!(out, [call(4, 1, 1)]);
    assert_eq!(bench.reply(CallOutcome::Broken), [reject(wish, AuthCode::RefreshFailed)]);
    bench.wait(3_999);
    assert!(!may_start(&bench));
    bench.wait(1);
    assert!(may_start(&bench));
}

#[test]
fn coming_online_ends_the_pause_and_not_the_row() {
    let mut bench = Bench::alone();
    failures(&mut bench, 3);
    assert_eq!(bench.step(Event::Online), []);
    assert!(may_start(&bench));
    failure(&mut bench);
    bench.wait(3_999);
    assert!(!may_start(&bench));
}

#[test]
fn neither_a_wish_nor_coming_online_ends_what_the_server_has_asked_for() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.reply(passing(Some(60_000)));
    bench.step(Event::Online);
    let (wish, out) = bench.ask(WISH);
    assert_eq!(out, [reject(wish, AuthCode::RefreshFailed)]);
    bench.wait(59_999);
    assert!(!may_start(&bench));
    bench.wait(1);
    assert!(may_start(&bench));
}

#[test]
fn a_server_is_left_alone_for_ten_minutes_at_most() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.reply(passing(Some(86_400_000)));
    bench.wait(599_999);
    assert!(!may_start(&bench));
    bench.wait(1);
    assert!(may_start(&bench));
}

#[test]
fn what_fails_ahead_of_expiry_does_not_put_off_the_refresh_at_the_end_of_the_token() {
    let mut bench = Bench::stored(timed(1, 290_000, 289_500), |_| {});
    bench.wait(500);
    for wait in [30_000; 9].into_iter().chain([19_499]) {
        let id = bench.get();
        assert_eq!(bench.reply(CallOutcome::Broken), [send(id, 1, 1)]);
        bench.good(id);
        bench.wait(wait);
    }
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(id, 1, 1)], "a moment before its end");
    bench.wait(1);
    assert_eq!(bench.ask(Goal::Send { safe: true }).1, [call(11, 1, 1)]);
}

#[test]
fn coming_online_and_a_wish_end_the_pause_in_all_tabs() {
    let mut bench = Bench::among_tabs();
    assert_eq!(bench.step(Event::Online), [pause_ended(1)]);
    assert_eq!(bench.ask(WISH).1, [pause_ended(1), LOCK]);
    assert_eq!(bench.ask(WISH).1, [pause_ended(1)], "also where it joins a refresh that is on its way");
    assert_eq!(Bench::cold(|config| config.tabs = true).step(Event::Online), []);
}

#[test]
fn a_failed_refresh_leaves_word_before_it_gives_the_lock_back() {
    for outcome in [CallOutcome::Broken, passing(Some(60_000))] {
        let mut bench = calling();
        assert_eq!(bench.reply(outcome), [Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshFailed)]);
        assert_eq!(bench.engine.failure_streak().failures, 1);
    }
    let mut bench = calling();
    bench.reply(UNANSWERED);
    bench.wait(10_000);
    let out = [Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshTimeout)];
    assert_eq!(bench.step(Event::Tick), out);
}

#[test]
fn who_stood_in_line_shares_the_failure_of_another_tab() {
    let mut bench = claiming();
    bench.wait(8_500);
    let out = [unlock(1), reject(Id(1), AuthCode::RefreshFailed)];
    assert_eq!(bench.claimed(told(1, START + 1, 0)), out, "without a call, and without a word of its own");
    bench.assert_quiet();
    assert_eq!(bench.key(), Some(1));
}

#[test]
fn who_comes_after_the_failure_of_another_tab_tries_again_and_is_the_next_in_the_row() {
    let mut bench = claiming();
    assert_eq!(bench.claimed(told(1, START, 0)), [call(1, 1, 1)]);
    assert_eq!(bench.reply(CallOutcome::Broken)[0], Command::Note);
    let streak = FailureStreak { failures: 2, at: START, retry_at: START };
    assert_eq!(bench.engine.failure_streak(), streak);
}

#[test]
fn during_a_pause_of_which_another_tab_has_left_word_requests_fail_and_the_fence_is_asked_once() {
    for claim in [told(4, START - 1_000, 0), told(1, START - 57_000, 60_000)] {
        let mut bench = claiming();
        assert_eq!(bench.claimed(claim), [unlock(1), reject(Id(1), AuthCode::RefreshFailed)]);
        bench.wait(2_999);
        let next = bench.get();
        assert_eq!(bench.expired(next), [reject(next, AuthCode::RefreshFailed)], "without the lock");
        bench.wait(1);
        let next = bench.get();
        assert_eq!(
            bench.expired(next),
            [Command::Lock {
                refresh: wasm_api_fetch::engine::RefreshId(2),
                key: wasm_api_fetch::engine::Key(1)
            }]
        );
    }
}

#[test]
fn a_pause_that_another_tab_has_ended_is_none() {
    let mut bench = claiming();
    let ended = FailureStreak { failures: 4, at: 0, retry_at: START - 1_000 };
    assert_eq!(bench.claimed(Claim::WonAfter(ended)), [call(1, 1, 1)]);
}

#[test]
fn word_from_the_future_is_not_believed_as_the_clock_was_set_back() {
    let mut bench = claiming();
    assert_eq!(bench.claimed(told(4, START + 3_600_000, 0)), [call(1, 1, 1)]);
}

#[test]
fn ahead_of_expiry_the_word_of_another_tab_s_failure_lets_the_request_go_with_the_good_token() {
    // Ten seconds ago, and no pause at all.
    let failed = told(1, START + 20_000, 0);
    let ahead = || {
        let mut bench = Bench::stored(timed(1, 60_000, 30_000), |config| config.tabs = true);
        bench.wait(30_000);
        bench
    };
    let claimed = |bench: &mut Bench| {
        bench.locked();
        assert_eq!(bench.read(Some(timed(1, 60_000, 30_000))), [claim(1)]);
        bench.claimed(failed)
    };
    let mut bench = ahead();
    let id = bench.get();
    assert_eq!(claimed(&mut bench), [unlock(1), send(id, 1, 1)]);
    let (next, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(next, 1, 1)], "and so does the next one, until 30 s are over");

    let mut bench = ahead();
    let id = bench.get();
    bench.ask(VALID);
    assert_eq!(claimed(&mut bench), [call(1, 1, 1)], "somebody waits for tokens that are good for longer");
    let out = bench.refresh_to(facts(2));
    assert_eq!(
        out,
        [
            settle(1),
            save(1),
            confirm(1),
            Command::Announce,
            unlock(1),
            deliver(Id(2)),
            send(id, 1, 2),
            REFRESHED
        ]
    );
}
