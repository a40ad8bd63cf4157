//! A wait for the app's hooks or for the pause before another attempt.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::boundary::{Interruption, Outcome};
use crate::driver::tasks::{Order, Wait, Wake};
use crate::platform::executor::Settled;

/// Resolves to the step's number, or to how the call ends.
pub(super) struct Step(pub(super) Wait);

impl Future for Step {
    type Output = Result<u32, Outcome>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|wake| match wake {
            Wake::Settled(Settled::Fulfilled(number)) => Ok(number),
            Wake::Settled(Settled::Rejected) => Err(Outcome::Thrown),
            Wake::Order(order) => Err(outcome_of(&order)),
        })
    }
}

/// How an order ends a call that the engine does not know at the moment: the order can only be an interruption.
pub(super) fn outcome_of(order: &Order) -> Outcome {
    match order {
        Order::Interrupt(Interruption::TimedOut) => Outcome::Error,
        _ => Outcome::Aborted,
    }
}
