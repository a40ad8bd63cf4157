//! Whose a call is: theirs who were signed in when it was made, whatever it has waited for since then.

use crate::bench::{ADA, BOB, Bench, REFRESHED, deliver, ended, facts, login, reject, save, send};
use crate::tabs::SAVE;
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{Asker, Command, Event, Id};

/// Ada has made a call that has not come to the engine yet.
fn made() -> (Bench, Asker) {
    let bench = Bench::alone();
    let asker = bench.engine.asker();
    assert_eq!(asker, Asker::User(ADA));
    (bench, asker)
}

#[test]
fn a_call_of_one_user_is_not_sent_once_another_has_signed_in() {
    let (mut bench, asker) = made();
    bench.step(Event::Set { facts: login(2, BOB) });
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(id, AuthCode::SessionChanged)]);
    bench.assert_quiet();
}

#[test]
fn a_call_is_not_sent_bare_once_its_user_has_signed_out() {
    let (mut bench, asker) = made();
    bench.step(Event::SignOut);
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(id, AuthCode::SignedOut)]);
}

#[test]
fn a_call_whose_session_was_refused_meanwhile_is_told_so() {
    let (mut bench, asker) = made();
    let id = bench.get();
    bench.expired(id);
    bench.refused();
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(id, SignOutReason::Refused.code())]);
}

#[test]
fn a_call_goes_with_the_new_tokens_of_its_own_user() {
    let (mut bench, asker) = made();
    let id = bench.get();
    bench.expired(id);
    assert_eq!(bench.refresh_to(facts(2)), [save(1), send(id, 2, 2), REFRESHED]);
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [send(id, 1, 2)]);
}

#[test]
fn a_call_that_nobody_made_goes_as_it_finds_the_session_and_stays_theirs() {
    let mut bench = Bench::cold(|_| {});
    bench.news(None);
    let asker = bench.engine.asker();
    assert_eq!(asker, Asker::Nobody);
    bench.step(Event::Set { facts: login(2, ADA) });
    let (first, commands) = bench.ask_as(asker);
    assert_eq!(commands, [send(first, 1, 1)]);
    bench.expired(first);
    let (second, commands) = bench.ask_as(asker);
    assert_eq!(commands, [], "it waits for Ada's refresh");
    let set = bench.step(Event::Set { facts: login(3, BOB) });
    assert!(set.contains(&reject(first, AuthCode::SessionChanged)), "{set:?}");
    assert!(set.contains(&reject(second, AuthCode::SessionChanged)), "{set:?}");
}

#[test]
fn a_call_before_the_store_is_read_is_theirs_whom_it_is_found_to_hold() {
    let mut bench = Bench::cold(|_| {});
    let asker = bench.engine.asker();
    assert_eq!(asker, Asker::Unread);
    bench.news(Some(facts(1)));
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [send(id, 1, 1)]);
    bench.good(id);
    bench.step(Event::Set { facts: login(2, BOB) });
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(id, AuthCode::SessionChanged)]);
}

#[test]
fn a_call_before_a_store_that_held_nothing_goes_as_it_finds_the_session() {
    let mut bench = Bench::cold(|_| {});
    let asker = bench.engine.asker();
    bench.news(None);
    bench.step(Event::Set { facts: login(2, BOB) });
    let (id, commands) = bench.ask_as(asker);
    assert_eq!(commands, [send(id, 1, 1)]);
}

/// Two calls were made before the store was read, of which one waits for a hook; then Bob has signed in.
fn overtaken() -> (Bench, Id, Asker) {
    let mut bench = Bench::cold(|config| config.tabs = true);
    let asker = bench.engine.asker();
    let (waiting, _) = bench.ask_as(asker);
    let saved = [Command::Save { refresh: None }, Command::Announce];
    assert_eq!(bench.step(Event::Set { facts: login(2, BOB) }), saved, "nobody knows yet whose the call is");
    (bench, waiting, asker)
}

#[test]
fn a_login_before_the_store_is_read_does_not_take_over_the_calls_of_whom_it_held() {
    let (mut bench, waiting, asker) = overtaken();
    let (second, commands) = bench.ask_as(asker);
    assert_eq!(commands, [], "nor of this one");
    let newcomer = bench.get();
    assert_eq!(bench.good(newcomer), [deliver(newcomer)], "what Bob asks for does not wait");
    let strangers = [waiting, second].map(|id| reject(id, AuthCode::SessionChanged));
    assert_eq!(bench.read(Some(facts(1))), [&[ended(1)], &strangers[..]].concat());
    let (late, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(late, AuthCode::SessionChanged)]);
    assert_eq!(
        bench.news(Some(facts(3))),
        [SAVE, Command::Announce],
        "what is saved of that login is overwritten"
    );
}

#[test]
fn a_login_before_the_store_is_read_takes_over_the_calls_of_nobody_and_its_own() {
    for stored in [None, Some(login(1, BOB))] {
        let (mut bench, waiting, asker) = overtaken();
        let commands = bench.read(stored);
        assert!(commands.contains(&send(waiting, 1, 1)), "{commands:?}");
        let (late, commands) = bench.ask_as(asker);
        assert_eq!(commands, [send(late, 1, 1)]);
    }
}

#[test]
fn a_sign_out_before_the_store_is_read_is_that_of_whom_it_held() {
    let mut bench = Bench::cold(|config| config.tabs = true);
    let asker = bench.engine.asker();
    let (waiting, _) = bench.ask_as(asker);
    let commands = bench.step(Event::SignOut);
    assert_eq!(commands, [Command::Clear, Command::Announce, reject(waiting, AuthCode::SignedOut)]);
    let (second, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(second, AuthCode::SignedOut)]);
    assert_eq!(bench.read(Some(facts(1))), [ended(1)]);
    let (late, commands) = bench.ask_as(asker);
    assert_eq!(commands, [reject(late, AuthCode::SignedOut)]);
    assert_eq!(bench.news(Some(facts(2))), [Command::Clear, Command::Announce], "it does not come back");
}

#[test]
fn a_late_answer_is_its_users_still() {
    let (mut bench, asker) = made();
    let (id, _) = bench.ask_as(asker);
    bench.step(Event::Set { facts: login(2, BOB) });
    assert_eq!(bench.good(id), [deliver(id)], "what was sent before is answered");
}
