//! Sign-ins and sign-outs among tabs: what has ended in one does not come back by another.

use crate::bench::{
    ADA, BOB, Bench, REFRESHED, ended, facts, forgotten, login, reject, send, settle, signed_out, tokens,
    unlock,
};
use crate::tabs::{SAVE, calling};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{Command, Event, Id, Key, Notice, RefreshId};

#[test]
fn a_login_and_a_sign_out_are_announced() {
    let mut bench = Bench::among_tabs();
    let announced = Command::Announce;
    assert_eq!(bench.step(Event::Set { facts: login(2, ADA) }), [ended(1), SAVE, announced]);
    let end = [ended(2), Command::Clear, announced, signed_out(SignOutReason::User)];
    assert_eq!(bench.step(Event::SignOut), end);
}

#[test]
fn a_login_that_cannot_be_stored_ends_nobody_else_s_session() {
    let mut bench = Bench::among_tabs();
    bench.step(Event::Set { facts: login(2, ADA) });
    let not_stored = Command::Notify(Notice::NotStored);
    let saved = |ok| Event::Saved { refresh: None, ok };
    let mut other = bench.clone();
    assert_eq!(bench.step(saved(false)), [Command::Revoke { key: Key(1) }, not_stored]);
    assert_eq!(bench.step(saved(false)), [not_stored], "and is taken back once");
    assert_eq!(other.step(saved(true)), []);
    assert_eq!(other.step(saved(false)), [not_stored], "what was stored has ended the others");

    let mut bench = Bench::among_tabs();
    bench.step(Event::Set { facts: login(2, ADA) });
    bench.step(Event::SignOut);
    assert_eq!(bench.step(saved(false)), [not_stored], "nor does a sign-out come back");
    let mut bench = Bench::alone();
    bench.step(Event::Set { facts: login(2, ADA) });
    assert_eq!(bench.step(saved(false)), [not_stored]);
}

#[test]
fn tokens_that_another_tab_has_superseded_are_not_used() {
    let mut bench = calling();
    bench.reply(tokens(facts(2)));
    assert_eq!(bench.step(Event::Superseded { refresh: RefreshId(1) }), [Command::Load]);
    assert_eq!(bench.key(), Some(1));
    let mut other = bench.clone();
    assert_eq!(other.read(Some(login(3, ADA))), [unlock(1), send(Id(1), 2, 2), REFRESHED], "a login there");
    let end = [unlock(1), reject(Id(1), AuthCode::SignedOut), signed_out(SignOutReason::OtherTab)];
    assert_eq!(bench.read(None), end, "a sign-out there");
}

#[test]
fn what_another_tab_saves_of_a_session_that_was_ended_here_does_not_bring_it_back() {
    let mut bench = Bench::among_tabs();
    bench.step(Event::SignOut);
    assert_eq!(bench.news(Some(facts(2))), [Command::Clear, Command::Announce]);
    assert_eq!(bench.key(), None);
    assert_eq!(bench.news(Some(login(3, ADA))), [], "another login does");
    assert_eq!(bench.key(), Some(3));
    bench.step(Event::SignOut);
    assert_eq!(bench.news(Some(facts(4))), [Command::Clear, Command::Announce], "nor a later sign-out");
}

#[test]
fn what_another_tab_saves_of_a_session_that_a_login_has_ended_is_overwritten() {
    for user in [ADA, BOB] {
        let mut bench = Bench::among_tabs();
        bench.step(Event::Set { facts: login(5, user) });
        assert_eq!(bench.news(Some(facts(2))), [SAVE, Command::Announce]);
        assert_eq!(bench.key(), Some(5));
        bench.news(Some(login(6, ADA)));
        assert_eq!(bench.key(), Some(6), "another login replaces it");
    }
}

#[test]
fn the_same_tokens_written_again_by_another_hand_are_left_where_they_are() {
    let mut bench = Bench::among_tabs();
    bench.step(Event::SignOut);
    assert_eq!(bench.news(Some(facts(1))), []);
}

#[test]
fn tokens_of_a_session_that_was_ended_elsewhere_while_they_were_written_are_taken_back() {
    let mut bench = calling();
    bench.reply(tokens(facts(2)));
    bench.settled();
    bench.saved(true);
    assert_eq!(bench.step(Event::Undone { refresh: RefreshId(1) }), [Command::Announce, Command::Load]);
    let mut other = bench.clone();
    assert_eq!(
        other.read(Some(login(3, ADA))),
        [unlock(1), send(Id(1), 2, 3), REFRESHED],
        "unless it was a login"
    );
    bench.read(Some(facts(2)));
    bench.wait(250);
    let end = [
        unlock(1),
        Command::Clear,
        Command::Announce,
        reject(Id(1), AuthCode::SignedOut),
        signed_out(SignOutReason::OtherTab),
    ];
    assert_eq!(bench.tick(), [Command::Load]);
    assert_eq!(bench.read(Some(facts(2))), end);
    bench.assert_quiet();
}

#[test]
fn the_tokens_that_are_in_use_are_no_new_login() {
    let mut bench = Bench::among_tabs();
    assert_eq!(bench.step(Event::Set { facts: facts(1) }), [forgotten(1), SAVE, Command::Announce]);
    let mut bench = calling();
    assert_eq!(
        bench.step(Event::Set { facts: facts(1) }),
        [forgotten(1)],
        "nor in the middle of their refresh"
    );
    assert_eq!(bench.reply(tokens(facts(2))), [settle(1)]);
}
