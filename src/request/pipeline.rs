//! One request, from the call to the settled promise.
//!
//! attempt: hooks → join → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → hooks; another attempt, or answer or throw.

use std::rc::Rc;

use super::attempt::RequestAttempt;
use super::context::CallContext;
use super::record::RequestRecord;
use super::settle::settle;
use super::step::Step;
use crate::boundary::{Facts, Outcome, Shape};
use crate::driver::{SessionHandle, tasks};
use crate::engine::Asker;
use crate::policy::retry::NO_STATUS;

/// Answers the caller. `asker`: whose the call is, where it was made before.
pub(crate) fn start(
    handle: Option<Rc<SessionHandle>>,
    record: RequestRecord,
    facts: Facts,
    asker: Option<Asker>,
) {
    tasks::spawn(move |id| async move {
        let mut facts = facts;
        let mut retried = 0;
        let mut context = CallContext::new(handle, asker);
        // Without hooks it comes to the session's gate at once, and is asked there. A hook may take it under the session.
        if facts.is_hooked()
            && let Some(handle) = context.handle().cloned()
        {
            context.asker(handle.driver());
        }
        let outcome = loop {
            let mut attempt = RequestAttempt::new(id, &record, facts);
            let outcome = attempt.run(&mut context).await;
            let pause = match again(&record, &attempt, outcome, retried) {
                Ok(pause) => pause.await,
                Err(outcome) => break outcome,
            };
            match pause {
                Ok(next) => facts = Facts(next),
                Err(outcome) => break outcome,
            }
            retried += 1;
        };
        settle(&record, facts, outcome);
    });
}

/// Waits for the next attempt's time, and for the facts that it is made of; or says how the call ends.
fn again(
    record: &RequestRecord,
    attempt: &RequestAttempt<'_>,
    outcome: Outcome,
    retried: u32,
) -> Result<Step, Outcome> {
    let facts = attempt.facts();
    let status = match outcome {
        Outcome::Status => attempt.status(),
        Outcome::Error if facts.shape() != Shape::Fetch => NO_STATUS,
        _ => return Err(outcome),
    };
    let input = record.retry_input(status);
    let wait = input.wait(facts.method(), facts.body(), status, retried).ok_or(outcome)?;
    let pause = tasks::wait();
    record.pause(wait, pause.ticket());
    Ok(Step(pause))
}
