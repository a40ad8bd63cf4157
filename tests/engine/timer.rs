//! The one timer, and timers that fire late.

use crate::bench::{Bench, REFRESHED, call, drop_call, facts, passing, reject, save, send, tokens};
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{Command, Event, Goal, Key, NEVER, Stage};

fn timers(bench: &mut Bench, event: Event) -> Vec<Command> {
    let mut out = Vec::new();
    bench.engine.step(bench.now, event, &mut out);
    out.retain(|command| matches!(command, Command::Wake { .. }));
    out
}

#[test]
fn nothing_is_armed_while_nothing_waits() {
    let mut bench = Bench::alone();
    assert_eq!(bench.engine.wake(), NEVER);
    let id = bench.get();
    assert_eq!(bench.engine.wake(), NEVER, "an answer from the wire is not waited for here");
    bench.good(id);
    assert_eq!(bench.engine.wake(), NEVER);
}

#[test]
fn the_timer_is_set_to_the_earliest_deadline_and_cleared_at_the_end() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    assert_eq!(bench.engine.wake(), bench.now + 10_000, "the refresh's, not the queue's");
    bench.reply(passing(None));
    assert_eq!(bench.engine.wake(), bench.now + 300);
    bench.tick();
    bench.refresh_to(facts(2));
    assert_eq!(bench.engine.wake(), NEVER);
}

#[test]
fn the_timer_is_set_once_for_many_who_wait() {
    let mut bench = Bench::alone();
    let id = bench.get();
    let send_no = wasm_api_fetch::engine::SendNo(1);
    let expired = Event::Answered {
        id,
        send_no,
        verdict: wasm_api_fetch::policy::verdict::Verdict::Expired,
        replayable: true,
        route: None,
    };
    assert_eq!(timers(&mut bench, expired), [Command::Wake { at: bench.now + 10_000 }]);
    for id in 2..100 {
        let (id, goal, asker) =
            (wasm_api_fetch::engine::Id(id), Goal::Send { safe: true }, bench.engine.asker());
        let ask = Event::Ask { id, goal, asker };
        assert_eq!(timers(&mut bench, ask), []);
    }
}

#[test]
fn a_timer_that_has_become_too_early_is_left_alone_until_it_fires() {
    let mut bench = Bench::among_tabs();
    let id = bench.get();
    bench.expired(id);
    let lock_deadline = bench.engine.wake();
    bench.wait(10_000);
    bench.locked();
    bench.read(Some(facts(1)));
    bench.claimed(wasm_api_fetch::engine::Claim::Won);
    assert_eq!(bench.engine.wake(), lock_deadline);
    assert_eq!(bench.tick(), []);
    assert_eq!(bench.engine.wake(), bench.deadline());
}

#[test]
fn a_tick_that_comes_early_changes_nothing_but_sets_the_timer_anew() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    let before = bench.engine.clone();
    bench.wait(9_999);
    assert_eq!(timers(&mut bench, Event::Tick), [Command::Wake { at: before.wake() }]);
    assert_eq!(bench.engine, before);
}

#[test]
fn a_tick_while_nothing_waits_changes_nothing() {
    let mut bench = Bench::alone();
    let before = bench.engine.clone();
    assert_eq!(timers(&mut bench, Event::Tick), []);
    assert_eq!(bench.engine, before);
}

#[test]
fn the_timer_is_cleared_when_the_last_who_waits_gives_up() {
    let mut bench = Bench::cold(|_| {});
    let (first, second) = (bench.get(), bench.get());
    bench.abort(first);
    assert_ne!(bench.engine.wake(), NEVER);
    assert_eq!(timers(&mut bench, Event::Aborted { id: second }), [Command::Wake { at: NEVER }]);
}

#[test]
fn a_newcomer_does_not_wait_for_a_refresh_that_is_over() {
    let mut bench = Bench::alone();
    let first = bench.get();
    bench.expired(first);
    bench.reply(passing(None));
    bench.wait(10_500);
    let (second, out) = bench.ask(Goal::Send { safe: true });
    let over = [reject(first, AuthCode::RefreshTimeout), send(second, 1, 1)];
    assert_eq!(out, over, "though its timer has not fired");
    assert_eq!(bench.expired(second), [call(2, 1, 1)]);
}

#[test]
fn a_newcomer_leaves_a_call_that_is_out_to_the_late_timer() {
    let mut bench = Bench::alone();
    let first = bench.get();
    bench.expired(first);
    bench.wait(10_500);
    let (second, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [], "the answer may have been read, and be on its way here");
    let mut late = bench.clone();
    assert_eq!(bench.reply(tokens(facts(2))), [save(1)]);
    assert_eq!(bench.saved(true), [send(first, 2, 2), send(second, 1, 2), REFRESHED]);
    let timeouts = [first, second].map(|id| reject(id, AuthCode::RefreshTimeout));
    assert_eq!(late.tick(), [&[drop_call(1)][..], &timeouts].concat());
}

#[test]
fn an_answer_that_is_here_counts_though_its_deadline_is_past() {
    let mut bench = Bench::alone();
    let first = bench.get();
    bench.expired(first);
    bench.wait(3_600_000);
    assert_eq!(bench.reply(tokens(facts(2))), [save(1)], "the server has spent the old token for it");
    assert_eq!(bench.stage(), Some(Stage::Saving { replaced: Key(1) }));
    assert_eq!(bench.saved(true), [send(first, 2, 2), REFRESHED]);
}

#[test]
fn dispose_clears_the_timer() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.reply(passing(None));
    assert_eq!(timers(&mut bench, Event::Dispose), [Command::Wake { at: NEVER }]);
}

#[test]
fn after_a_sleep_an_answer_that_stands_in_line_behind_the_timer_still_counts() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.wait(3_600_000);
    assert_eq!(bench.tick(), [reject(id, AuthCode::QueueTimeout)], "the call is not given up");
    let (newcomer, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, []);
    let mut still_nothing = bench.clone();
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(newcomer, 1, 2), REFRESHED]);

    still_nothing.wait(3_600_000);
    let over = [drop_call(1), reject(newcomer, AuthCode::RefreshTimeout)];
    assert_eq!(still_nothing.tick(), over, "once is enough, be the timers as late as they like");
}
