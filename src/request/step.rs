//! A wait for something of the app's: hooks, or the pause before another attempt.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::boundary::{Interruption, Outcome};
use crate::driver::tasks::{Order, Wait, Wake};
use crate::platform::executor::Settled;

/// Ends with the number that the step has come to, or with how the call ends.
pub(super) struct Step(pub(super) Wait);

impl Future for Step {
    type Output = Result<u32, Outcome>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|wake| match wake {
            Wake::Settled(Settled::Fulfilled(number)) => Ok(number),
            Wake::Settled(Settled::Rejected) => Err(Outcome::Thrown),
            Wake::Told(order) => Err(outcome_of(&order)),
        })
    }
}

/// How a call ends that is told something while the engine knows nothing of it: only what ends it early can be told then.
pub(super) fn outcome_of(order: &Order) -> Outcome {
    match order {
        Order::Interrupt(Interruption::TimedOut) => Outcome::Error,
        _ => Outcome::Aborted,
    }
}
