//! What would happen if: an event is tried on a copy of an engine.

use wasm_api_fetch::engine::{
    Attempt, CallOutcome, Claim, Engine, Event, Id, Key, Lock, Refresh, Stage, Ticket, Time, Verdict,
};

use crate::family::{ADA, pair};

/// Whether what comes for a dead attempt or a dead ticket changes nothing.
pub(crate) fn is_deaf_to_the_dead(engine: &Engine, now: Time, requests: u64) -> bool {
    let (live, called) = match engine.refresh() {
        Refresh::Busy(busy) => (Some(busy.ticket), calling(engine)),
        Refresh::Idle => (None, None),
    };
    let attempts = || (1..=3).map(Attempt);
    let answers = (1..=requests).map(Id).flat_map(|id| attempts().map(move |attempt| (id, attempt)));
    let dead_answers = answers
        .filter(|(id, attempt)| {
            !engine.flying().any(|(flying, out)| flying == *id && out.attempt == *attempt)
        })
        .flat_map(|(id, attempt)| {
            let answered = |verdict| Event::Answered { id, attempt, verdict, replayable: true };
            [answered(Verdict::Good), answered(Verdict::Expired), Event::Failed { id, attempt }]
        });
    let tickets = (0..=4).map(Ticket);
    let dead_tickets = tickets.clone().filter(|ticket| Some(*ticket) != live).flat_map(|ticket| {
        [
            Event::Locked { ticket, lock: Lock::Held },
            Event::Claimed { ticket, claim: Claim::Won },
            Event::Claimed { ticket, claim: Claim::Spent },
            Event::Saved { ticket, ok: true },
        ]
    });
    let calls = tickets.flat_map(|ticket| attempts().map(move |attempt| (ticket, attempt)));
    let dead_calls = calls.filter(|call| Some(*call) != called).flat_map(|(ticket, attempt)| {
        let outcomes = [CallOutcome::Pair(pair(Key(99), ADA)), CallOutcome::Refused];
        outcomes.map(|outcome| Event::Refreshed { ticket, attempt, outcome })
    });
    let (mut after, mut commands) = (engine.clone(), Vec::new());
    for event in dead_answers.chain(dead_tickets).chain(dead_calls) {
        after.step(now, event, &mut commands);
    }
    commands.is_empty() && after == *engine
}

fn calling(engine: &Engine) -> Option<(Ticket, Attempt)> {
    match engine.refresh() {
        Refresh::Busy(busy) => match busy.stage {
            Stage::Calling { attempt, .. } => Some((busy.ticket, attempt)),
            _ => None,
        },
        Refresh::Idle => None,
    }
}

/// Whether the refresh that runs is over after its deadline.
pub(crate) fn ends_in_time(engine: &Engine, now: Time) -> bool {
    let Refresh::Busy(busy) = engine.refresh() else { return true };
    let mut after = engine.clone();
    after.step(now.max(busy.deadline), Event::Tick, &mut Vec::new());
    *after.refresh() == Refresh::Idle
}
