//! Login and sign-out, also in the middle of things.

use crate::bench::{
    ADA, BOB, Bench, REFRESHED, call, deliver, ended, every_stage, facts, login, reject, save, send,
    signed_out, tokens,
};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason, Status};
use wasm_api_fetch::engine::{CallOutcome, Claim, Command, Event, Goal, Id, Session, Stage};

const SAVE: Command = Command::Save { refresh: None };

/// Everything that may still come for the refresh that was dropped, in the stage in which it was.
fn late_answers(bench: &Bench) -> Vec<Event> {
    let refresh = bench.refresh();
    let send_no = match bench.stage() {
        Some(Stage::Calling { send_no, .. } | Stage::Backoff { send_no, .. }) => send_no,
        _ => wasm_api_fetch::engine::SendNo(1),
    };
    let refreshed = |outcome| Event::Refreshed { refresh, send_no, outcome };
    vec![
        Event::Locked { refresh },
        Event::Claimed { refresh, claim: Claim::Won },
        Event::Claimed { refresh, claim: Claim::Spent },
        refreshed(tokens(facts(50))),
        refreshed(CallOutcome::Refused),
        refreshed(CallOutcome::Broken),
        Event::Saved { refresh: Some(refresh), ok: true },
        Event::Saved { refresh: Some(refresh), ok: false },
        Event::Settled { refresh },
        Event::Superseded { refresh },
        Event::Confirmed { refresh },
        Event::Undone { refresh },
    ]
}

fn assert_deaf(bench: &mut Bench, late: &[Event]) {
    let before = bench.engine.clone();
    for event in late {
        assert_eq!(bench.step(*event), [], "{event:?}");
        assert_eq!(bench.engine, before, "{event:?}");
    }
}

fn is_drop(command: &Command) -> bool {
    matches!(command, Command::Drop { .. })
}

#[test]
fn a_sign_out_wins_over_the_refresh_in_every_stage() {
    for mut bench in every_stage() {
        let (late, calling) = (late_answers(&bench), matches!(bench.stage(), Some(Stage::Calling { .. })));
        let (stage, key) = (bench.stage(), bench.key().expect("signed in"));
        let out = bench.step(Event::SignOut);
        assert_eq!(out.iter().any(is_drop), calling, "{stage:?}");
        let rest: Vec<_> = out.into_iter().filter(|command| !is_drop(command)).collect();
        let unlock = crate::bench::unlock(1);
        let expected = [
            ended(key),
            unlock,
            Command::Clear,
            Command::Announce,
            reject(Id(1), AuthCode::SignedOut),
            signed_out(SignOutReason::User),
        ];
        assert_eq!(rest, expected, "{stage:?}");
        bench.assert_quiet();
        assert_deaf(&mut bench, &late);
    }
}

#[test]
fn a_login_of_the_same_user_wins_over_the_refresh_in_every_stage() {
    for mut bench in every_stage() {
        let (late, stage, key) = (late_answers(&bench), bench.stage(), bench.key().expect("signed in"));
        let before = match bench.engine.session() {
            Session::In { generation, .. } => generation.0,
            _ => 0,
        };
        let out = bench.step(Event::Set { facts: facts(9) });
        let rest: Vec<_> = out.into_iter().filter(|command| !is_drop(command)).collect();
        let expected =
            [ended(key), crate::bench::unlock(1), SAVE, Command::Announce, send(Id(1), 2, before + 1)];
        assert_eq!(rest, expected, "{stage:?}");
        assert_eq!(bench.waiting(), []);
        assert_deaf(&mut bench, &late);
    }
}

#[test]
fn a_login_of_another_user_rejects_who_waits_in_every_stage() {
    for mut bench in every_stage() {
        let (late, stage, key) = (late_answers(&bench), bench.stage(), bench.key().expect("signed in"));
        let out = bench.step(Event::Set { facts: login(9, BOB) });
        let rest: Vec<_> = out.into_iter().filter(|command| !is_drop(command)).collect();
        let unlock = crate::bench::unlock(1);
        let expected = [ended(key), unlock, reject(Id(1), AuthCode::SessionChanged), SAVE, Command::Announce];
        assert_eq!(rest, expected, "{stage:?}");
        bench.assert_quiet();
        assert_deaf(&mut bench, &late);
    }
}

#[test]
fn dispose_ends_every_stage_but_those_in_which_the_token_is_being_spent() {
    let spends = |bench: &Bench| {
        matches!(
            bench.stage(),
            Some(Stage::Calling { .. } | Stage::Settling { .. } | Stage::Saving { .. } | Stage::Confirming)
        )
    };
    for mut bench in every_stage().into_iter().filter(|bench| !spends(bench)) {
        let late = late_answers(&bench);
        let out = bench.step(Event::Dispose);
        assert!(out.contains(&reject(Id(1), AuthCode::SignedOut)));
        assert!(out.contains(&crate::bench::unlock(1)));
        bench.assert_quiet();
        assert_deaf(&mut bench, &late);
    }
}

#[test]
fn after_a_sign_out_a_late_401_is_told_so() {
    let mut bench = Bench::alone();
    let (good, bad) = (bench.get(), bench.get());
    assert_eq!(bench.step(Event::SignOut), [Command::Clear, signed_out(SignOutReason::User)]);
    assert_eq!(bench.on_the_wire(), [good, bad], "they run to their end");
    assert_eq!(bench.good(good), [deliver(good)]);
    assert_eq!(bench.expired(bad), [reject(bad, AuthCode::SignedOut)]);
    bench.assert_quiet();
}

#[test]
fn under_another_user_a_late_401_is_told_so_and_starts_no_refresh() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.get(), bench.get());
    assert_eq!(bench.step(Event::Set { facts: login(2, BOB) }), [SAVE]);
    assert_eq!(bench.expired(first), [reject(first, AuthCode::SessionChanged)]);
    bench.step(Event::SignOut);
    assert_eq!(
        bench.expired(second),
        [reject(second, AuthCode::SessionChanged)],
        "also when that one has left"
    );
    bench.assert_quiet();
}

#[test]
fn under_the_same_user_a_late_401_is_replayed_with_the_login_s_token() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.step(Event::SignOut);
    bench.step(Event::Set { facts: facts(2) });
    assert_eq!(bench.expired(id), [send(id, 2, 2)]);
}

#[test]
fn the_old_user_s_success_says_nothing_of_the_new_user_s_token() {
    let mut bench = Bench::alone();
    let old = bench.get();
    bench.step(Event::Set { facts: login(2, BOB) });
    let before = bench.engine.session().clone();
    assert_eq!(bench.good(old), [deliver(old)]);
    assert_eq!(bench.engine.session(), &before);
}

#[test]
fn a_sign_out_is_notified_once() {
    let mut bench = Bench::alone();
    assert_eq!(bench.step(Event::SignOut), [Command::Clear, signed_out(SignOutReason::User)]);
    assert_eq!(bench.step(Event::SignOut), []);
    assert_eq!(bench.engine.session(), &Session::Out { last: Some((ADA, SignOutReason::User)) });
}

#[test]
fn a_login_after_a_sign_out_begins_anew() {
    let mut bench = Bench::alone();
    bench.step(Event::SignOut);
    assert_eq!(bench.step(Event::Set { facts: login(5, BOB) }), [SAVE]);
    let id = bench.get();
    assert_eq!(bench.expired(id), [call(1, 1, 2)]);
    assert_eq!(bench.refresh_to(login(6, BOB)), [save(1), send(id, 2, 3), REFRESHED]);
}

#[test]
fn a_login_fills_the_window_first() {
    let mut bench = Bench::stored(facts(1), |config| config.window = 1);
    let (first, second, third) = (bench.post(), bench.post(), bench.post());
    bench.expired(first);
    let out = bench.step(Event::Set { facts: facts(2) });
    assert_eq!(
        out,
        [Command::Drop { refresh: wasm_api_fetch::engine::RefreshId(1) }, SAVE, send(first, 2, 2)]
    );
    assert_eq!(bench.waiting(), [second, third]);
}

#[test]
fn who_asked_before_the_store_was_read_belongs_to_the_user_who_was_found_there() {
    let mut bench = Bench::cold(|_| {});
    let id = bench.get();
    let out = bench.read(Some(crate::bench::timed(1, 10_000, 10_000)));
    assert_eq!(out, [call(1, 1, 1)]);
    assert!(bench.step(Event::Set { facts: login(2, BOB) }).contains(&reject(id, AuthCode::SessionChanged)));
    bench.assert_quiet();
}

#[test]
fn the_status_says_what_is() {
    let mut bench = Bench::cold(|_| {});
    assert_eq!(bench.engine.status(), Status::Loading);
    bench.news(None);
    assert_eq!(bench.engine.status(), Status::SignedOut);
    bench.step(Event::Set { facts: facts(1) });
    assert_eq!(bench.engine.status(), Status::Active);
    let (wish, _) = bench.ask(Goal::Tokens { for_ms: 0, force: true });
    assert_eq!(bench.engine.status(), Status::Refreshing);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), deliver(wish), REFRESHED]);
    assert_eq!(bench.engine.status(), Status::Active);
    bench.step(Event::Dispose);
    assert_eq!(bench.engine.status(), Status::SignedOut);
}
