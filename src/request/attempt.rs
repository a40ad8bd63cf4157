//! One attempt of a call: request hooks, the exchange with the server, and response hooks.

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::context::CallContext;
use super::exchange::{Exchange, Exchanged};
use super::record::RequestRecord;
use super::sending;
use super::step::{Step, outcome_of};
use crate::boundary::{Facts, Hook, HookedAnswer, Interruption, Method, Outcome, Seen, Shape, TokenAnswer};
use crate::driver::SessionHandle;
use crate::driver::tasks::{self, Order, Wake};
use crate::platform::executor::{Settled, TaskId};
use crate::policy::{admission, body, media};

/// A request that can not be sent: its record holds the error.
struct Invalid;

/// One attempt, with the call's facts and the answer's status.
pub(super) struct RequestAttempt<'a> {
    id: TaskId,
    record: &'a RequestRecord,
    facts: Facts,
    status: u32,
}

impl<'a> RequestAttempt<'a> {
    pub(super) fn new(id: TaskId, record: &'a RequestRecord, facts: Facts) -> Self {
        Self { id, record, facts, status: 0 }
    }

    /// The call's facts, as its hooks have left them.
    pub(super) fn facts(&self) -> Facts {
        self.facts
    }

    /// The answer's status; 0 without an answer.
    pub(super) fn status(&self) -> u32 {
        self.status
    }

    pub(super) async fn run(&mut self, context: &mut CallContext) -> Outcome {
        let asked =
            if self.facts.is_hooked() { self.hook(Hook::Request).await.map(Facts) } else { Ok(self.facts) };
        let outcome = match asked {
            Ok(facts) => {
                self.facts = facts;
                self.request(context).await
            }
            Err(outcome) => outcome,
        };
        // Asked again, as the request hooks may have added others.
        if self.facts.is_hooked() { self.run_outcome_hooks(outcome).await } else { outcome }
    }

    /// Sends the request, with the session's token if it may carry one, and reads the answer.
    async fn request(&mut self, context: &mut CallContext) -> Outcome {
        let Self { record, facts, .. } = *self;
        let handle = context.handle().filter(|_| !facts.goes_without_session()).cloned();
        let Ok(handle) = self.prepare(handle) else { return Outcome::Thrown };
        // From here on the caller's signal ends the attempt, even if the `fetch` in use ignores signals.
        if facts.has_signal() && !record.watch(self.id) {
            return Outcome::Aborted;
        }
        // Requests without the session count as pending too, as an app shows one loading bar for all.
        context.count();
        let exchanged = match &handle {
            None => Exchanged::WithoutToken,
            Some(handle) => Exchange::new(self.id, handle, record, facts).run(context).await,
        };
        let exchanged = match exchanged {
            Exchanged::WithoutToken => self.send_without_token().await,
            exchanged => exchanged,
        };
        match exchanged {
            Exchanged::Settled(Settled::Fulfilled(seen)) => self.read(Seen(seen).status()).await,
            Exchanged::Interrupted(Interruption::Aborted) => Outcome::Aborted,
            Exchanged::Denied(code) => {
                let cause = handle.map_or(JsValue::UNDEFINED, |handle| handle.driver().cause_of(code));
                record.deny(code, &cause);
                Outcome::Denied
            }
            _ => Outcome::Error,
        }
    }

    /// Prepares the URL and the body. Returns the session's handle if the request may carry a token. [`Invalid`] if the request can not
    /// be sent at all, e.g. because of a cycle in its body.
    fn prepare(&self, handle: Option<Rc<SessionHandle>>) -> Result<Option<Rc<SessionHandle>>, Invalid> {
        let Self { record, facts, .. } = *self;
        if facts.has_base() {
            record.join_url();
        }
        let encoding = body::encoding(facts, || record.content_type());
        if !record.finish_url(self.id) {
            return Err(Invalid);
        }
        let answer = match handle {
            Some(_) => admission::may_carry_token(facts, |question| record.answer(question)),
            None => TokenAnswer::No,
        };
        let is_under_session = answer == TokenAnswer::Yes;
        if answer == TokenAnswer::Thrown || !record.make_ready(encoding, is_under_session) {
            return Err(Invalid);
        }
        Ok(handle.filter(|_| is_under_session))
    }

    /// Sends the request without a token. The engine takes no part in that.
    async fn send_without_token(&self) -> Exchanged {
        let wait = tasks::wait();
        sending::begin(self.record, self.facts, &JsValue::UNDEFINED, false, wait.ticket());
        match wait.await {
            Wake::Settled(how) => Exchanged::Settled(how),
            Wake::Order(Order::Interrupt(interruption)) => Exchanged::Interrupted(interruption),
            Wake::Order(_) => Exchanged::Interrupted(Interruption::Aborted),
        }
    }

    /// Reads the body, as the caller or the content type says, and judges the status.
    async fn read(&mut self, status: u32) -> Outcome {
        let Self { record, facts, .. } = *self;
        self.status = status;
        if facts.shape() == Shape::Fetch {
            return Outcome::Answer;
        }
        if facts.method() == Method::Head || media::has_null_body(status) {
            return judged(status, facts.ignores_errors(), false);
        }
        let wait = tasks::wait();
        record.read(facts, wait.ticket());
        match wait.await {
            Wake::Settled(Settled::Fulfilled(is_failure)) => {
                judged(status, facts.ignores_errors(), is_failure > 0)
            }
            Wake::Settled(Settled::Rejected) => Outcome::Error,
            Wake::Order(order) => outcome_of(&order),
        }
    }

    /// Runs the hooks for the answer or the error. They may replace it.
    async fn run_outcome_hooks(&mut self, outcome: Outcome) -> Outcome {
        let outcome = match outcome {
            Outcome::Answer | Outcome::Status | Outcome::Failure => match self.hook_answer().await {
                // The attempt has timed out while the hooks ran.
                Err(Outcome::Error) => Outcome::Error,
                Ok(outcome) | Err(outcome) => return outcome,
            },
            Outcome::Error | Outcome::Denied => outcome,
            Outcome::Aborted | Outcome::Thrown => return outcome,
        };
        self.hook(Hook::RequestError).await.err().unwrap_or(outcome)
    }

    async fn hook_answer(&mut self) -> Result<Outcome, Outcome> {
        let answer = HookedAnswer(self.hook(Hook::Response).await?);
        self.status = answer.status();
        let outcome = judged(answer.status(), answer.is_wanted(), answer.is_failure());
        if outcome != Outcome::Answer {
            self.hook(Hook::ResponseError).await?;
        }
        Ok(outcome)
    }

    fn hook(&self, hook: Hook) -> Step {
        let wait = tasks::wait();
        self.record.run_hooks(hook, wait.ticket(), self.id);
        Step(wait)
    }
}

/// How a call ends that has its answer. `is_wanted`: as it is, whatever its status; `is_failure`: its envelope says so.
fn judged(status: u32, is_wanted: bool, is_failure: bool) -> Outcome {
    match status {
        400..=599 if !is_wanted => Outcome::Status,
        _ if is_failure => Outcome::Failure,
        _ => Outcome::Answer,
    }
}
