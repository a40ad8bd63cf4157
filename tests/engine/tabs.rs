//! Among tabs: lock, look again, claim, call, save, announce.

use crate::bench::{
    Bench, REFRESHED, call, cancel, claim, confirm, deliver, drop_call, every_stage, facts, passing, reject,
    save, send, settle, signed_out, timed, tokens, unlock,
};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{
    CallOutcome, Claim, Command, Event, Goal, Id, Key, RefreshId, Stage, TokenFacts,
};

pub(crate) const LOCK: Command = Command::Lock { refresh: RefreshId(1), key: Key(1) };
pub(crate) const SAVE: Command = Command::Save { refresh: None };

/// Id 1 was rejected and waits; the lock has been asked for.
pub(crate) fn locking() -> Bench {
    let mut bench = Bench::among_tabs();
    let id = bench.get();
    assert_eq!(bench.expired(id), [LOCK]);
    bench
}

pub(crate) fn claiming() -> Bench {
    let mut bench = locking();
    bench.locked();
    bench.read(Some(facts(1)));
    bench
}

pub(crate) fn calling() -> Bench {
    let mut bench = claiming();
    bench.claimed(Claim::Won);
    bench
}

#[test]
fn a_refresh_locks_looks_claims_calls_settles_saves_confirms_and_announces() {
    let mut bench = locking();
    assert_eq!(bench.locked(), [Command::Load]);
    assert_eq!(bench.read(Some(facts(1))), [claim(1)]);
    assert_eq!(bench.claimed(Claim::Won), [call(1, 1, 1)]);
    assert_eq!(bench.reply(tokens(facts(2))), [settle(1)]);
    assert_eq!(bench.key(), Some(1), "not used before the fence says so");
    assert_eq!(bench.settled(), [save(1)]);
    assert_eq!(bench.saved(true), [confirm(1)]);
    assert_eq!(bench.waiting(), [Id(1)]);
    assert_eq!(bench.confirmed(), [Command::Announce, unlock(1), send(Id(1), 2, 2), REFRESHED]);
    bench.good(Id(1));
    bench.assert_quiet();
}

#[test]
fn without_a_fence_the_second_look_remains() {
    let mut bench = locking();
    assert_eq!(bench.locked(), [Command::Load]);
    assert_eq!(bench.read(Some(facts(1))), [claim(1)]);
    assert_eq!(bench.claimed(Claim::Unsupported), [call(1, 1, 1)]);
}

#[test]
fn a_pair_that_another_tab_has_stored_meanwhile_is_adopted_without_a_call() {
    let mut bench = locking();
    bench.locked();
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
    bench.good(Id(1));
    bench.assert_quiet();
}

#[test]
fn news_of_a_pair_are_enough_while_another_tab_holds_the_lock() {
    let mut bench = locking();
    assert_eq!(bench.news(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
    assert_eq!(bench.step(Event::Locked { refresh: RefreshId(1) }), [], "a grant that comes late");
}

#[test]
fn a_reading_from_before_the_lock_does_not_count_as_the_second_look() {
    let mut bench = locking();
    assert_eq!(bench.step(Event::News), [Command::Load]);
    bench.locked();
    assert_eq!(bench.read(Some(facts(1))), [], "what the news made it read");
    assert_eq!(bench.stage(), Some(Stage::Rereading));
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
}

#[test]
fn a_stale_reading_under_the_lock_goes_on_to_the_claim() {
    let mut bench = Bench::stored(facts(7), |config| config.tabs = true);
    bench.news(Some(facts(1)));
    let id = bench.get();
    bench.expired(id);
    bench.locked();
    assert_eq!(bench.read(Some(facts(7))), [claim(1)]);
}

#[test]
fn an_emptied_store_ends_the_refresh_in_every_stage() {
    for mut bench in every_stage() {
        let stage = bench.stage();
        // What a refresh has looked up already comes first.
        if matches!(stage, Some(Stage::Rereading | Stage::Adopting { .. })) {
            assert!(bench.read(None).contains(&signed_out(SignOutReason::OtherTab)), "{stage:?}");
            continue;
        }
        let out = bench.news(None);
        assert!(out.contains(&unlock(1)), "{stage:?}");
        assert!(out.contains(&reject(Id(1), AuthCode::SignedOut)), "{stage:?}");
        assert_eq!(out.last(), Some(&signed_out(SignOutReason::OtherTab)), "{stage:?}");
        let saving = matches!(stage, Some(Stage::Saving { .. } | Stage::Confirming));
        assert_eq!(out.contains(&Command::Clear), saving, "what is being written is taken back: {stage:?}");
        bench.assert_quiet();
    }
}

#[test]
fn a_newer_pair_ends_the_refresh_in_every_stage() {
    for mut bench in every_stage() {
        let stage = bench.stage();
        let looking = matches!(stage, Some(Stage::Rereading | Stage::Adopting { .. }));
        let out = if looking { bench.read(Some(facts(8))) } else { bench.news(Some(facts(8))) };
        assert!(out.contains(&unlock(1)), "{stage:?}");
        assert_eq!(out.contains(&drop_call(1)), matches!(stage, Some(Stage::Calling { .. })), "{stage:?}");
        assert_eq!(out.last(), Some(&REFRESHED), "{stage:?}");
        assert_eq!(bench.key(), Some(8), "{stage:?}");
        assert_eq!(bench.on_the_wire(), [Id(1)], "{stage:?}");
    }
}

#[test]
fn the_wait_for_the_lock_is_bounded_and_does_not_count_for_the_call() {
    let mut bench = locking();
    assert_eq!(bench.engine.wake(), bench.now + 15_000);
    bench.wait(14_000);
    bench.locked();
    bench.read(Some(facts(1)));
    bench.claimed(Claim::Won);
    assert_eq!(bench.deadline(), bench.now + 10_000);

    let mut bench = locking();
    assert_eq!(bench.tick(), [Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshTimeout)]);
    assert_eq!(bench.key(), Some(1));
    bench.assert_quiet();
}

#[test]
fn a_look_and_a_claim_without_an_answer_end_with_the_lock_s_deadline() {
    for mut bench in every_stage().into_iter().skip(1).take(2) {
        let stage = bench.stage();
        assert_eq!(
            bench.tick(),
            [Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshTimeout)],
            "{stage:?}"
        );
        bench.assert_quiet();
    }
}

#[test]
fn a_store_that_does_not_answer_keeps_nobody_waiting() {
    let mut bench = calling();
    bench.reply(tokens(facts(2)));
    bench.settled();
    assert_eq!(bench.tick(), [], "the call's own time");
    let warning = Command::Notify(wasm_api_fetch::engine::Notice::NotStored);
    assert_eq!(
        bench.tick(),
        [unlock(1), warning, send(Id(1), 2, 2), REFRESHED],
        "nor are others told to look"
    );
    assert_eq!(bench.step(Event::Saved { refresh: Some(RefreshId(1)), ok: true }), []);
}

#[test]
fn a_failure_gives_the_lock_back() {
    let mut bench = calling();
    assert_eq!(
        bench.reply(CallOutcome::Broken),
        [Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshFailed)]
    );
    let mut bench = calling();
    assert_eq!(
        bench.tick(),
        [drop_call(1), Command::Note, unlock(1), reject(Id(1), AuthCode::RefreshTimeout)]
    );
}

#[test]
fn the_lock_is_kept_from_try_to_try() {
    let mut bench = calling();
    assert_eq!(bench.reply(passing(None)), []);
    assert_eq!(bench.tick(), [call(1, 2, 1)]);
}

#[test]
fn a_lock_that_cannot_be_had_ahead_of_expiry_lets_the_request_go() {
    let mut bench = Bench::stored(timed(1, 60_000, 30_000), |config| config.tabs = true);
    bench.wait(30_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [LOCK]);
    assert_eq!(bench.tick(), [Command::Note, unlock(1), send(id, 1, 1)]);
}

#[test]
fn answers_for_another_ticket_or_out_of_turn_change_nothing() {
    let all = |refresh| {
        [
            Event::Locked { refresh },
            Event::Claimed { refresh, claim: Claim::Won },
            Event::Claimed { refresh, claim: Claim::Spent },
            Event::Claimed { refresh, claim: Claim::Orphaned },
            Event::Saved { refresh: Some(refresh), ok: true },
            Event::Settled { refresh },
            Event::Superseded { refresh },
            Event::Confirmed { refresh },
            Event::Undone { refresh },
        ]
    };
    for mut bench in every_stage() {
        let (before, stage) = (bench.engine.clone(), bench.stage());
        let due = |event: &Event| match event {
            Event::Locked { .. } => stage == Some(Stage::Locking),
            Event::Claimed { .. } => stage == Some(Stage::Claiming),
            Event::Settled { .. } | Event::Superseded { .. } => matches!(stage, Some(Stage::Settling { .. })),
            Event::Saved { .. } => matches!(stage, Some(Stage::Saving { .. })),
            Event::Confirmed { .. } | Event::Undone { .. } => stage == Some(Stage::Confirming),
            _ => false,
        };
        let out_of_turn = all(RefreshId(1)).into_iter().filter(|event| !due(event));
        for event in out_of_turn.chain(all(RefreshId(0))).chain(all(RefreshId(2))) {
            assert_eq!(bench.step(event), [], "{event:?} in {stage:?}");
            assert_eq!(bench.engine, before, "{event:?} in {stage:?}");
        }
    }
}

#[test]
fn requests_join_and_are_taken_back_in_every_stage() {
    for mut bench in every_stage() {
        let stage = bench.stage();
        let (id, out) = bench.ask(Goal::Send { safe: false });
        assert_eq!(out, [], "{stage:?}");
        assert_eq!(bench.waiting(), [Id(1), id], "{stage:?}");
        assert_eq!(bench.abort(id), [], "{stage:?}");
        assert_eq!(bench.waiting(), [Id(1)], "{stage:?}");
    }
}

#[test]
fn others_on_the_wire_are_taken_back_before_the_lock_is_there() {
    let mut bench = Bench::among_tabs();
    let (first, second) = (bench.get(), bench.get());
    assert_eq!(bench.expired(first), [LOCK, cancel(second, 1)]);
}

#[test]
fn without_a_refresh_token_another_tab_s_login_is_looked_for_first() {
    let hopeless = TokenFacts { refreshable: false, ..facts(1) };
    let mut bench = Bench::stored(hopeless, |config| config.tabs = true);
    let id = bench.get();
    assert_eq!(bench.expired(id), [LOCK]);
    assert_eq!(bench.locked(), [Command::Load]);

    let mut other = bench.clone();
    assert_eq!(other.read(Some(facts(2))), [unlock(1), send(id, 2, 2), REFRESHED]);

    let end = [
        unlock(1),
        Command::Clear,
        Command::Announce,
        reject(id, AuthCode::RefreshRejected),
        signed_out(SignOutReason::NoRefreshToken),
    ];
    assert_eq!(bench.read(Some(hopeless)), end);
    bench.assert_quiet();
}

#[test]
fn a_token_that_has_run_out_and_cannot_be_refreshed_is_looked_for_too() {
    let hopeless = TokenFacts { refreshable: false, ..timed(1, 60_000, 30_000) };
    let mut bench = Bench::stored(hopeless, |config| config.tabs = true);
    bench.wait(60_000);
    let (id, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [LOCK]);
    bench.locked();
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(id, 1, 2), REFRESHED]);
}

#[test]
fn a_wish_for_new_tokens_is_fulfilled_by_another_tab_s() {
    let mut bench = Bench::among_tabs();
    let (wish, _) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    bench.locked();
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), deliver(wish), REFRESHED]);
}

#[test]
fn an_answer_that_is_here_has_time_to_be_settled() {
    let mut bench = calling();
    bench.wait(9_999);
    bench.reply(tokens(facts(2)));
    assert_eq!(bench.step(Event::PutAside), [], "nor is it thrown away by a page that is put aside");
    bench.wait(5_000);
    assert_eq!(bench.step(Event::Tick), []);
    assert_eq!(bench.settled(), [save(1)]);
}

#[test]
fn a_fence_that_does_not_answer_keeps_nobody_from_new_tokens() {
    let mut bench = calling();
    bench.reply(tokens(facts(2)));
    assert_eq!(bench.tick(), [], "the call's own time");
    assert_eq!(bench.tick(), [save(1)], "whether they may be used");
    assert_eq!(bench.step(Event::Superseded { refresh: RefreshId(1) }), []);
    assert_eq!(bench.step(Event::Tick), [], "the storage has its own time");
    assert_eq!(bench.saved(true), [confirm(1)]);
    let released = [Command::Announce, unlock(1), send(Id(1), 2, 2), REFRESHED];
    assert_eq!(bench.tick(), released, "whether they may stay");
    assert_eq!(bench.step(Event::Undone { refresh: RefreshId(1) }), []);
}

#[test]
fn a_page_that_is_put_aside_gives_the_lock_back_and_asks_anew() {
    for mut bench in every_stage() {
        let stage = bench.stage();
        let out = bench.step(Event::PutAside);
        let is_answered = |stage| {
            matches!(
                stage,
                Stage::Settling { .. } | Stage::Saving { .. } | Stage::Confirming | Stage::Adopting { .. }
            )
        };
        if stage.is_some_and(is_answered) {
            assert_eq!(out, [], "its answer is here");
            continue;
        }
        let anew = Command::Lock { refresh: RefreshId(2), key: Key(bench.key().expect("signed in")) };
        let rest: Vec<_> = out.into_iter().filter(|command| *command != drop_call(1)).collect();
        assert_eq!(rest, [unlock(1), anew], "{stage:?}");
        assert_eq!(bench.waiting(), [Id(1)], "{stage:?}");
    }
    assert_eq!(Bench::among_tabs().step(Event::PutAside), [], "nobody waits");
}
