//! The end of a session object.

use crate::bench::{
    Bench, REFRESHED, drop_call, every_stage, facts, passing, reject, save, send, tokens, unlock,
};
use wasm_api_fetch::boundary::{AuthCode, Status};
use wasm_api_fetch::engine::{CallOutcome, Command, Event, Goal, Id, RefreshId, SendNo, Session};
use wasm_api_fetch::policy::verdict::Verdict;

#[test]
fn dispose_rejects_all_who_wait_and_all_on_the_wire() {
    let mut bench = Bench::among_tabs();
    let (first, second) = (bench.post(), bench.post());
    bench.expired(first);
    let out = bench.step(Event::Dispose);
    assert_eq!(out, [reject(first, AuthCode::SignedOut), reject(second, AuthCode::SignedOut), unlock(1)]);
    assert_eq!(bench.engine.session(), &Session::Closed);
    bench.assert_quiet();
}

#[test]
fn what_a_refresh_brings_after_dispose_is_stored_since_the_old_token_is_spent() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    assert_eq!(bench.step(Event::Dispose), [reject(id, AuthCode::SignedOut)], "the call goes on");
    assert_eq!(bench.engine.status(), Status::SignedOut);
    let (late, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [reject(late, AuthCode::SignedOut)]);
    assert_eq!(bench.reply(tokens(facts(2))), [save(1)]);
    assert!(!bench.engine.is_closed());
    bench.saved(true);
    assert_eq!(bench.engine.session(), &Session::Closed);
    bench.assert_quiet();
}

#[test]
fn a_refresh_that_fails_or_hangs_after_dispose_is_not_tried_again() {
    for outcome in [passing(None), CallOutcome::Broken, CallOutcome::Refused] {
        let mut bench = every_stage().remove(3);
        bench.step(Event::Dispose);
        assert_eq!(bench.reply(outcome).last(), Some(&unlock(1)), "{outcome:?}");
        assert_eq!(bench.engine.session(), &Session::Closed, "{outcome:?}");
        bench.assert_quiet();
    }
    let mut bench = every_stage().remove(3);
    bench.step(Event::Dispose);
    bench.reply(tokens(facts(2)));
    assert_eq!(bench.step(Event::Superseded { refresh: RefreshId(1) }).last(), Some(&unlock(1)));
    assert_eq!(bench.engine.session(), &Session::Closed);
    let mut bench = every_stage().remove(3);
    bench.step(Event::Dispose);
    assert_eq!(bench.tick(), [drop_call(1), Command::Note, unlock(1)]);
    assert_eq!(bench.engine.session(), &Session::Closed);
}

#[test]
fn who_comes_while_the_last_refresh_still_runs_goes_on_with_the_session() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.expired(id);
    bench.step(Event::Dispose);
    assert_eq!(bench.step(Event::Revive), []);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, []);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(id, 1, 2), REFRESHED]);
}

#[test]
fn afterwards_newcomers_are_rejected_and_nothing_else_happens() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.step(Event::Dispose);
    for goal in [Goal::Send { safe: true }, Goal::Tokens { for_ms: 0, force: true }] {
        let (id, out) = bench.ask(goal);
        assert_eq!(out, [reject(id, AuthCode::SignedOut)]);
    }
    let before = bench.engine.clone();
    let send_no = SendNo(1);
    for event in [
        Event::Answered { id, send_no, verdict: Verdict::Expired, replayable: true, route: None },
        Event::Failed { id, send_no },
        Event::Aborted { id: Id(1) },
        Event::Read { facts: Some(facts(2)) },
        Event::Set { facts: facts(2) },
        Event::SignOut,
        Event::Refreshed { refresh: RefreshId(1), send_no, outcome: tokens(facts(2)) },
        Event::Saved { refresh: Some(RefreshId(1)), ok: true },
        Event::News,
        Event::Tick,
        Event::Dispose,
    ] {
        assert_eq!(bench.step(event), [], "{event:?}");
        assert_eq!(bench.engine, before, "{event:?}");
    }
    assert_eq!(bench.engine.session(), &Session::Closed);
}

#[test]
fn who_comes_at_the_very_moment_of_the_end_starts_from_the_store() {
    let mut bench = Bench::alone();
    bench.step(Event::Dispose);
    assert_eq!(bench.step(Event::Revive), [Command::Load]);
    bench.read(Some(facts(1)));
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [send(id, 1, 2)]);
}

#[test]
fn a_refresh_that_another_tab_has_undone_is_taken_back_after_dispose_too() {
    let mut bench = every_stage().remove(3);
    bench.step(Event::Dispose);
    bench.reply(tokens(facts(2)));
    bench.settled();
    bench.saved(true);
    bench.step(Event::Undone { refresh: RefreshId(1) });
    bench.read(Some(facts(2)));
    bench.wait(250);
    bench.tick();
    assert!(bench.read(Some(facts(2))).contains(&Command::Clear));
    assert_eq!(bench.engine.session(), &Session::Closed);
}
