//! The store: its first reading, what other hands do to it, and readings that come too late.

use crate::bench::{ADA, BOB, Bench, REFRESHED, deliver, facts, login, reject, send, signed_out};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{Command, Event, Goal, Key, NEVER, SendNo, Session, TokenFacts};

#[test]
fn until_the_store_is_read_everybody_waits_and_it_is_read_once() {
    let mut bench = Bench::cold(|_| {});
    let (first, out) = bench.ask(Goal::Send { safe: true });
    assert_eq!(out, [Command::Load]);
    let (second, out) = bench.ask(Goal::Tokens { for_ms: 0, force: false });
    assert_eq!(out, []);
    assert_eq!(bench.waiting(), [first, second]);
    let mut out = bench.read(Some(facts(1)));
    out.sort_by_key(|command| matches!(command, Command::Deliver { .. }));
    assert_eq!(out, [send(first, 1, 1), deliver(second)]);
    assert_eq!(bench.engine.wake(), NEVER);
}

#[test]
fn an_empty_store_lets_requests_go_without_a_token() {
    let mut bench = Bench::cold(|_| {});
    let (first, wish) = (bench.get(), bench.ask(Goal::Tokens { for_ms: 0, force: false }).0);
    let anonymous = Command::Send { id: first, send_no: SendNo(1), generation: None };
    assert_eq!(bench.read(None), [anonymous, reject(wish, AuthCode::SignedOut)]);
    assert_eq!(bench.engine.session(), &Session::Out { last: None });
    bench.assert_quiet();
}

#[test]
fn one_who_gives_up_before_the_store_is_read_is_never_sent() {
    let mut bench = Bench::cold(|_| {});
    let (first, second) = (bench.get(), bench.get());
    bench.abort(first);
    assert_eq!(bench.read(Some(facts(1))), [send(second, 1, 1)]);
}

#[test]
fn a_login_does_not_wait_for_the_store_and_a_late_reading_does_not_undo_it() {
    for late in [None, Some(facts(1)), Some(login(1, BOB))] {
        let mut bench = Bench::cold(|_| {});
        let id = bench.get();
        assert_eq!(bench.step(Event::Set { facts: facts(2) }), [Command::Save { refresh: None }]);
        let newcomer = bench.get();
        assert_eq!(bench.good(newcomer), [deliver(newcomer)]);
        // Only what was asked for before waits, for whose it is.
        let is_own = late.is_none_or(|late| late.user == ADA);
        let end = if is_own { send(id, 1, 1) } else { reject(id, AuthCode::SessionChanged) };
        assert_eq!(bench.read(late), [end], "{late:?}");
        assert_eq!(bench.key(), Some(2), "{late:?}");
    }
}

#[test]
fn a_late_reading_does_not_undo_a_sign_out() {
    let mut bench = Bench::cold(|_| {});
    let id = bench.get();
    assert_eq!(bench.step(Event::SignOut), [Command::Clear, reject(id, AuthCode::SignedOut)]);
    assert_eq!(bench.read(Some(facts(1))), []);
    assert_eq!(bench.key(), None);
    bench.assert_quiet();
}

#[test]
fn a_late_reading_does_not_undo_a_later_login_either() {
    for late in [None, Some(login(7, BOB))] {
        let mut bench = Bench::alone();
        bench.step(Event::SignOut);
        bench.step(Event::News);
        bench.step(Event::News);
        bench.step(Event::Set { facts: login(2, ADA) });
        assert_eq!(bench.read(late), []);
        assert_eq!(bench.read(late), []);
        assert_eq!(bench.key(), Some(2));
        assert!(
            bench.news(Some(TokenFacts { key: Key(3), ..login(2, ADA) })).contains(&REFRESHED),
            "a reading from after the login counts"
        );
    }
}

#[test]
fn a_reading_that_was_begun_unasked_does_not_undo_what_comes_before_its_end() {
    for late in [None, Some(login(7, BOB))] {
        let mut bench = Bench::cold(|_| {});
        bench.step(Event::Reading);
        let (id, out) = bench.ask(Goal::Send { safe: true });
        assert_eq!(out, [], "it is being read already");
        bench.step(Event::Set { facts: facts(1) });
        let is_own = late.is_none_or(|late| late.user == ADA);
        let end = if is_own { send(id, 1, 1) } else { reject(id, AuthCode::SessionChanged) };
        assert_eq!(bench.read(late), [end]);
        assert_eq!(bench.key(), Some(1));
        bench.step(Event::Reading);
        bench.step(Event::SignOut);
        assert_eq!(bench.read(Some(facts(1))), []);
        assert_eq!(bench.key(), None);
    }
}

#[test]
fn a_newer_pair_in_the_store_is_adopted() {
    let mut bench = Bench::alone();
    let id = bench.get();
    assert_eq!(bench.news(Some(facts(2))), [REFRESHED]);
    assert_eq!(bench.key(), Some(2));
    assert_eq!(bench.expired(id), [send(id, 2, 2)]);
}

#[test]
fn the_same_pair_is_no_news() {
    let mut bench = Bench::alone();
    let before = bench.engine.clone();
    assert_eq!(bench.news(Some(facts(1))), []);
    assert_eq!(bench.engine, before);
}

#[test]
fn an_older_record_from_a_cache_is_no_news() {
    let mut bench = Bench::alone();
    for key in 2..=5 {
        bench.news(Some(facts(key)));
    }
    for key in 1..=5 {
        assert_eq!(bench.news(Some(facts(key))), []);
        assert_eq!(bench.key(), Some(5));
    }
}

#[test]
fn an_emptied_store_signs_out() {
    let mut bench = Bench::alone();
    let (flying, other) = (bench.post(), bench.post());
    bench.expired(flying);
    let out = bench.news(None);
    let drop = crate::bench::drop_call(1);
    assert_eq!(
        out,
        [drop, reject(flying, AuthCode::SignedOut), signed_out(SignOutReason::OtherTab)],
        "nothing to clear"
    );
    assert_eq!(bench.expired(other), [reject(other, AuthCode::SignedOut)]);
    assert_eq!(bench.news(None), []);
    bench.assert_quiet();
}

#[test]
fn a_login_elsewhere_signs_in_here() {
    let mut bench = Bench::alone();
    bench.step(Event::SignOut);
    assert_eq!(bench.news(Some(facts(1))), [], "not with the tokens of which it signed out");
    assert_eq!(bench.key(), None);
    assert_eq!(bench.news(Some(login(2, BOB))), []);
    assert_eq!(bench.key(), Some(2));
}

#[test]
fn another_user_s_login_elsewhere_is_not_a_refresh() {
    let mut bench = Bench::alone();
    let (waiting, flying) = (bench.post(), bench.post());
    bench.expired(waiting);
    let drop = crate::bench::drop_call(1);
    assert_eq!(bench.news(Some(login(2, BOB))), [drop, reject(waiting, AuthCode::SessionChanged)]);
    assert_eq!(bench.key(), Some(2));
    assert_eq!(bench.expired(flying), [reject(flying, AuthCode::SessionChanged)]);
    bench.assert_quiet();
}

#[test]
fn an_adopted_pair_that_is_dead_already_ends_without_a_notice_of_success() {
    let dead = TokenFacts { refreshable: false, expires_at: 0, refresh_at: 0, ..facts(2) };
    let mut bench = Bench::alone();
    let id = bench.post();
    bench.expired(id);
    let out = bench.news(Some(dead));
    let drop = crate::bench::drop_call(1);
    let expected = [
        drop,
        reject(id, AuthCode::RefreshRejected),
        Command::Clear,
        signed_out(SignOutReason::NoRefreshToken),
    ];
    assert_eq!(out, expected);
    bench.assert_quiet();
}
