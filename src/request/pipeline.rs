//! One request, from the call to the settled promise.
//!
//! attempt: hooks → join → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → hooks; another attempt, or answer or throw.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::attempt::Attempt;
use crate::driver::{Counted, SessionHandle};
use crate::engine::Asker;
use crate::platform::executor::{self, Order, Settled, Wait, Wake};
use crate::policy::retry::NO_STATUS;
use crate::request::call::{Call, End, Facts, Shape};

/// What holds for all attempts of a call.
#[derive(Default)]
pub(super) struct Whole {
    /// Whose it is: the same at each sending, whoever has signed in or out meanwhile.
    pub(super) asker: Option<Asker>,
    /// Kept to the end: the session is busy while a call waits for its next attempt.
    pub(super) counted: Option<Counted>,
}

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
///
/// `asker`: whose the call is, where it was made before.
pub(crate) fn start(member: Option<Rc<SessionHandle>>, call: Call, facts: Facts, asker: Option<Asker>) {
    executor::spawn(move |id| async move {
        let mut facts = facts;
        let mut retried = 0;
        let mut whole = Whole { asker, counted: None };
        // Without hooks it comes to the session's gate at once, and is asked there. A hook may take it under the session.
        if let Some(member) = member.as_ref().filter(|_| facts.is_hooked()) {
            whole.asker.get_or_insert_with(|| member.host().asker());
        }
        let end = loop {
            let mut attempt = Attempt::new(id, &call, member.as_ref(), facts);
            let end = attempt.run(&mut whole).await;
            let pause = match again(&call, &attempt, end, retried) {
                Ok(pause) => pause.await,
                Err(end) => break end,
            };
            match pause {
                Ok(next) => facts = Facts(next),
                Err(end) => break end,
            }
            retried += 1;
        };
        call.end(end);
    });
}

/// Waits for the next attempt's time, and for the facts that it is made of; or says how the call ends.
fn again(call: &Call, attempt: &Attempt<'_>, end: End, retried: u32) -> Result<Ended, End> {
    let facts = attempt.facts();
    let status = match end {
        End::Status => attempt.status(),
        End::Error if facts.shape() != Shape::Fetch => NO_STATUS,
        _ => return Err(end),
    };
    let wait = call.wish().wait(facts.method(), facts.body(), status, retried).ok_or(end)?;
    let pause = executor::wait();
    call.pause(wait, pause.ticket());
    Ok(Ended(pause))
}

/// A wait for something of the app's: what it has come to, or how the call ends.
pub(super) struct Ended(pub(super) Wait);

impl Future for Ended {
    type Output = Result<u32, End>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|wake| match wake {
            Wake::Settled(Settled::Done(number)) => Ok(number),
            Wake::Settled(Settled::Failed) => Err(End::Thrown),
            Wake::Told(Order::Late) => Err(End::Error),
            Wake::Told(_) => Err(End::Abort),
        })
    }
}
