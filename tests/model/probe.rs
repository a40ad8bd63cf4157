//! What would happen if: events are tried on a copy of an engine.

use wasm_api_fetch::engine::{
    CallOutcome, Claim, Engine, Event, Id, Key, Login, NEVER, Refresh, RefreshId, SendNo, Stage, Time,
};
use wasm_api_fetch::policy::failure_streak::FailureStreak;
use wasm_api_fetch::policy::fence::Reuse;
use wasm_api_fetch::policy::verdict::Verdict;

use crate::family::{ADA, facts};
use crate::mutation::{Mutation, step};

/// Whether what comes for a dead attempt or ticket, out of turn or once too often, changes nothing.
pub(crate) fn is_deaf_to_the_dead(
    mutation: Option<Mutation>,
    engine: &Engine,
    now: Time,
    requests: u64,
) -> bool {
    let mut after = engine.clone();
    let mut is_deaf = true;
    let mut tell = |event| is_deaf &= step(mutation, &mut after, now, event).is_empty();
    for id in (1..=requests).map(Id) {
        let out = engine.flying().find(|(flying, _)| *flying == id).map(|(_, call)| call.send_no);
        for send_no in attempts().filter(|send_no| Some(*send_no) != out) {
            for verdict in [Verdict::Good, Verdict::Expired] {
                tell(Event::Answered { id, send_no, verdict, replayable: true, route: None });
            }
            tell(Event::Failed { id, send_no });
        }
    }
    for refresh in (0..=4).map(RefreshId) {
        let stage = stage_of(engine, refresh);
        for (event, is_due) in answers(refresh) {
            if !stage.is_some_and(is_due) {
                tell(event);
            }
        }
        for send_no in attempts() {
            let is_out = |stage| match stage {
                Stage::Calling { send_no: out, .. } => out == send_no,
                _ => false,
            };
            if !stage.is_some_and(is_out) {
                let facts = facts(Key(99), ADA, Login(1));
                let tokens = CallOutcome::Tokens { facts, reuse: Reuse::Never };
                for outcome in [tokens, CallOutcome::Refused] {
                    tell(Event::Refreshed { refresh, send_no, outcome });
                }
            }
        }
    }
    is_deaf && after == *engine
}

fn attempts() -> impl Iterator<Item = SendNo> {
    (1..=3).map(SendNo)
}

type IsDue = fn(Stage) -> bool;

/// What lock, fence and store may say to a refresh, and in which stage it waits for that.
fn answers(refresh: RefreshId) -> [(Event, IsDue); 10] {
    let is_claiming = |stage| stage == Stage::Claiming;
    let is_settling: IsDue = |stage| matches!(stage, Stage::Settling { .. });
    let is_saving: IsDue = |stage| matches!(stage, Stage::Saving { .. });
    let is_confirming: IsDue = |stage| stage == Stage::Confirming;
    let streak = FailureStreak { failures: 2, at: 0, retry_at: NEVER };
    [
        (Event::Locked { refresh }, |stage| stage == Stage::Locking),
        (Event::Claimed { refresh, claim: Claim::Won }, is_claiming),
        (Event::Claimed { refresh, claim: Claim::WonAfter(streak) }, is_claiming),
        (Event::Claimed { refresh, claim: Claim::Spent }, is_claiming),
        (Event::Claimed { refresh, claim: Claim::Orphaned }, is_claiming),
        (Event::Settled { refresh }, is_settling),
        (Event::Superseded { refresh }, is_settling),
        (Event::Saved { refresh: Some(refresh), ok: true }, is_saving),
        (Event::Confirmed { refresh }, is_confirming),
        (Event::Undone { refresh }, is_confirming),
    ]
}

/// How far the refresh with this ticket is, if it is the one that runs.
fn stage_of(engine: &Engine, refresh: RefreshId) -> Option<Stage> {
    match engine.refresh() {
        Refresh::Busy(busy) if busy.refresh == refresh => Some(busy.stage),
        _ => None,
    }
}

/// How often a refresh may put off its end: for a last look, and when it takes over the claim of another tab.
const RESPITES: usize = 2;

/// Whether the refresh that runs is over after its deadlines, if nothing comes any more.
pub(crate) fn ends_in_time(mutation: Option<Mutation>, engine: &Engine, now: Time) -> bool {
    let (mut after, mut now) = (engine.clone(), now);
    for _ in 0..=RESPITES {
        let Refresh::Busy(busy) = after.refresh() else { return true };
        now = now.max(busy.deadline);
        step(mutation, &mut after, now, Event::Tick);
    }
    *after.refresh() == Refresh::Idle
}
