//! One request, from the call to the settled promise.
//!
//! One attempt: request hooks → join the URL → wait for the session if needed → attach the token → `fetch` → verdict → (refresh, and
//! again from *attach*) → read the body → response hooks. Then another attempt, or the promise is settled.

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

/// Starts a call. `asker`: its user, if the call was made earlier than it is started.
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
        // The user is fixed now, before hooks run, as another one may sign in meanwhile. Without hooks, the exchange begins at once and
        // fixes the user itself.
        if facts.is_hooked()
            && let Some(handle) = context.handle().cloned()
        {
            context.asker(handle.driver());
        }
        let outcome = loop {
            let mut attempt = RequestAttempt::new(id, &record, facts);
            let outcome = attempt.run(&mut context).await;
            let pause = match next_attempt(&record, &attempt, outcome, retried) {
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

/// Begins the wait for the next attempt, which ends with that attempt's facts. `Err`: there is none, and the call ends so.
fn next_attempt(
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
