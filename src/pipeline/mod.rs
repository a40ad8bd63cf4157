//! One request, from the call to the settled promise.
//!
//! attempt: hooks → join → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → hooks; another attempt, or answer or throw.

mod attempt;
mod encoding;
mod exchange;

use std::rc::Rc;

use crate::policy::retry::NO_STATUS;
use crate::session::Member;
use crate::task::{self, Order, Settled, Wake};
use crate::web::call::{Call, End, Facts, Shape};
use attempt::Attempt;

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
pub(crate) fn start(member: Option<Rc<Member>>, call: Call, facts: Facts) {
    task::spawn(move |id| async move {
        let mut facts = facts;
        let mut retried = 0;
        // Kept to the end: the session is busy while a call waits for its next attempt.
        let mut counted = None;
        let end = loop {
            let mut attempt = Attempt::new(id, &call, member.as_ref(), facts);
            let end = attempt.run(&mut counted).await;
            match again(&call, &attempt, end, retried).await {
                Ok(next) => facts = next,
                Err(end) => break end,
            }
            retried += 1;
        };
        call.end(end);
    });
}

/// What the next attempt is made of, once its time has come; or how the call ends.
async fn again(call: &Call, attempt: &Attempt<'_>, end: End, retried: u32) -> Result<Facts, End> {
    let facts = attempt.facts();
    let status = match end {
        End::Status => attempt.status(),
        End::Error if facts.shape() != Shape::Fetch => NO_STATUS,
        _ => return Err(end),
    };
    let wait = call.wish().wait(facts.method(), facts.body(), status, retried).ok_or(end)?;
    let pause = task::wait();
    call.pause(wait, pause.ticket());
    ended(&pause.await).map(Facts)
}

/// What a wait for something of the app's has come to.
fn ended(wake: &Wake) -> Result<u32, End> {
    match wake {
        Wake::Settled(Settled::Done(number)) => Ok(*number),
        Wake::Settled(Settled::Failed) => Err(End::Thrown),
        Wake::Told(Order::Late) => Err(End::Error),
        Wake::Told(_) => Err(End::Abort),
    }
}
