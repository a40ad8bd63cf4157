//! What would happen if: events are tried on a copy of an engine.

use wasm_api_fetch::engine::{
    Attempt, CallOutcome, Claim, Engine, Event, Id, Key, Login, NEVER, Refresh, Stage, Streak, Ticket, Time,
    Verdict,
};

use crate::family::{ADA, pair};
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
        let out = engine.flying().find(|(flying, _)| *flying == id).map(|(_, call)| call.attempt);
        for attempt in attempts().filter(|attempt| Some(*attempt) != out) {
            for verdict in [Verdict::Good, Verdict::Expired] {
                tell(Event::Answered { id, attempt, verdict, replayable: true, route: None });
            }
            tell(Event::Failed { id, attempt });
        }
    }
    for ticket in (0..=4).map(Ticket) {
        let stage = stage_of(engine, ticket);
        for (event, is_due) in answers(ticket) {
            if !stage.is_some_and(is_due) {
                tell(event);
            }
        }
        for attempt in attempts() {
            let is_out = |stage| match stage {
                Stage::Calling { attempt: out, .. } | Stage::Settling { attempt: out } => out == attempt,
                _ => false,
            };
            if !stage.is_some_and(is_out) {
                let tokens = CallOutcome::Pair(pair(Key(99), ADA, Login(1)));
                for outcome in [tokens, CallOutcome::Refused, CallOutcome::Superseded] {
                    tell(Event::Refreshed { ticket, attempt, outcome });
                }
            }
        }
    }
    is_deaf && after == *engine
}

fn attempts() -> impl Iterator<Item = Attempt> {
    (1..=3).map(Attempt)
}

type IsDue = fn(Stage) -> bool;

/// What lock, fence and store may say to a refresh, and in which stage it waits for that.
fn answers(ticket: Ticket) -> [(Event, IsDue); 7] {
    let is_claiming = |stage| stage == Stage::Claiming;
    let is_saving = |stage| stage == Stage::Saving;
    let streak = Streak { failures: 2, at: 0, retry_at: NEVER };
    [
        (Event::Locked { ticket }, |stage| stage == Stage::Locking),
        (Event::Claimed { ticket, claim: Claim::Won }, is_claiming),
        (Event::Claimed { ticket, claim: Claim::WonAfter(streak) }, is_claiming),
        (Event::Claimed { ticket, claim: Claim::Spent }, is_claiming),
        (Event::Claimed { ticket, claim: Claim::Orphaned }, is_claiming),
        (Event::Saved { ticket, ok: true }, is_saving),
        (Event::Undone { ticket }, is_saving),
    ]
}

/// How far the refresh with this ticket is, if it is the one that runs.
fn stage_of(engine: &Engine, ticket: Ticket) -> Option<Stage> {
    match engine.refresh() {
        Refresh::Busy(busy) if busy.ticket == ticket => Some(busy.stage),
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
