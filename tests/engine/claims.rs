//! Claims that are not won: another tab has presented these tokens, or may have.

use crate::bench::{REFRESHED, call, drop_call, facts, reject, send, signed_out, unlock};
use crate::tabs::{calling, claiming};
use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{CallOutcome, Claim, Command, Event, Id, Key, RefreshId};

#[test]
fn a_spent_claim_waits_for_the_other_tab_s_pair_and_adopts_it() {
    let mut bench = claiming();
    assert_eq!(bench.claimed(Claim::Spent), [Command::Load]);
    assert_eq!(bench.read(Some(facts(1))), [], "a stale reading");
    assert_eq!(bench.waiting(), [Id(1)]);
    assert_eq!(bench.tick(), [Command::Load], "it looks again");
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
    assert_eq!(bench.stage(), None);
}

#[test]
fn a_spent_claim_whose_pair_never_appears_ends_the_session_at_the_deadline() {
    let mut bench = claiming();
    let since = bench.now;
    bench.claimed(Claim::Spent);
    let mut looks = 0;
    let out = loop {
        let out = bench.read(Some(facts(1)));
        if !out.is_empty() {
            break out;
        }
        assert_eq!(bench.tick(), [Command::Load]);
        looks += 1;
    };
    assert_eq!(looks, 2_000 / 25);
    assert_eq!(bench.now, since + 2_000, "the last look decides");
    let end = [
        unlock(1),
        Command::Clear,
        Command::Announce,
        reject(Id(1), AuthCode::RefreshRejected),
        signed_out(SignOutReason::Refused),
    ];
    assert_eq!(out, end);
}

#[test]
fn before_a_refusal_ends_the_session_a_newer_pair_is_looked_for() {
    let mut bench = calling();
    assert_eq!(bench.reply(CallOutcome::Refused), [Command::Load]);
    assert_eq!(bench.waiting(), [Id(1)]);
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
}

#[test]
fn an_orphaned_claim_is_taken_over_when_no_new_pair_appears() {
    let mut bench = claiming();
    let since = bench.now;
    assert_eq!(bench.claimed(Claim::Orphaned), [Command::Load]);
    let out = loop {
        let out = bench.read(Some(facts(1)));
        if !out.is_empty() {
            break out;
        }
        bench.tick();
    };
    assert_eq!(bench.now, since + 2_000);
    assert_eq!(out, [Command::Claim { refresh: RefreshId(1), key: Key(1), takes_over: true }]);
    assert_eq!(bench.waiting(), [Id(1)]);
    assert_eq!(bench.claimed(Claim::Won), [call(1, 1, 1)]);
}

#[test]
fn a_claim_that_turns_out_spent_at_the_takeover_is_looked_for_once_more() {
    let mut bench = claiming();
    bench.claimed(Claim::Orphaned);
    bench.read(Some(facts(1)));
    bench.wait(2_000);
    bench.tick();
    bench.read(Some(facts(1)));
    assert_eq!(bench.claimed(Claim::Spent), [Command::Load]);
    assert_eq!(bench.read(Some(facts(2))), [unlock(1), send(Id(1), 2, 2), REFRESHED]);
}

#[test]
fn without_a_lock_another_tab_s_claim_is_left_alone_for_as_long_as_its_refresh_may_take() {
    let mut bench = claiming();
    assert_eq!(bench.claimed(Claim::Taken), [Command::Load]);
    assert_eq!(bench.deadline(), bench.now + 10_000 + 2_000);
}

#[test]
fn a_newer_pair_makes_sure_that_nobody_presents_what_is_being_presented() {
    let mut bench = calling();
    let out = bench.news(Some(facts(2)));
    assert_eq!(out, [Command::Spend { key: Key(1) }, drop_call(1), unlock(1), send(Id(1), 2, 2), REFRESHED]);
}

#[test]
fn a_look_out_whose_timer_comes_too_late_looks_once_more_before_the_session_ends() {
    let mut bench = claiming();
    bench.claimed(Claim::Spent);
    bench.read(Some(facts(1)));
    bench.wait(3_600_000);
    assert_eq!(bench.step(Event::Tick).first(), Some(&Command::Load));
    assert_eq!(bench.read(Some(facts(2))).last(), Some(&REFRESHED));
}

#[test]
fn a_store_that_does_not_answer_the_last_look_holds_nothing_up() {
    let mut bench = claiming();
    bench.claimed(Claim::Spent);
    bench.wait(2_000);
    assert_eq!(bench.tick(), [Command::Load]);
    assert_eq!(bench.tick().last(), Some(&signed_out(SignOutReason::Refused)));
    assert_eq!(bench.stage(), None);
}
