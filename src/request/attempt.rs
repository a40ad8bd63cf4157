//! One attempt of a call: hooks, the request, its answer, hooks.

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::encoding::encoding;
use super::exchange::{Exchange, Outcome};
use super::pipeline::{Ended, Whole};
use crate::driver::SessionHandle;
use crate::platform::executor::{self, Order, Settled, TaskId, Wait, Wake};
use crate::policy::media;
use crate::policy::method::Method;
use crate::request::call::{Call, End, Facts, Heard, Hook, Shape, Way, seen};

/// One attempt, and what it has come to know.
pub(super) struct Attempt<'a> {
    id: TaskId,
    call: &'a Call,
    member: Option<&'a Rc<SessionHandle>>,
    facts: Facts,
    status: u32,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(
        id: TaskId,
        call: &'a Call,
        member: Option<&'a Rc<SessionHandle>>,
        facts: Facts,
    ) -> Self {
        Self { id, call, member, facts, status: 0 }
    }

    /// The call's facts, as its hooks have left them.
    pub(super) fn facts(&self) -> Facts {
        self.facts
    }

    /// The answer's status; 0 without an answer.
    pub(super) fn status(&self) -> u32 {
        self.status
    }

    pub(super) async fn run(&mut self, whole: &mut Whole) -> End {
        let asked =
            if self.facts.is_hooked() { self.hook(Hook::Request).await.map(Facts) } else { Ok(self.facts) };
        let end = match asked {
            Ok(facts) => {
                self.facts = facts;
                self.request(whole).await
            }
            Err(end) => end,
        };
        // Those that are there now: a hook may have added others.
        if self.facts.is_hooked() { self.told(end).await } else { end }
    }

    /// Sends the request, under the session where that has a part in it, and reads the answer.
    async fn request(&mut self, whole: &mut Whole) -> End {
        let Self { call, facts, .. } = *self;
        if facts.has_base() {
            call.join();
        }
        let member = self.member.filter(|_| !facts.goes_without_session());
        // From here on the caller's signal bounds the whole, whatever `fetch` makes of it.
        let member = match call.prepare(encoding(call, facts), member.is_some(), self.id) {
            Way::Invalid => return End::Thrown,
            Way::GivenUp => return End::Abort,
            Way::Bare => None,
            Way::UnderSession => member,
        };
        // Also where the session has no part in it: the app sees one loading bar.
        if let Some(member) = self.member {
            whole.counted.get_or_insert_with(|| member.host().count());
        }
        let outcome = match member {
            None => Outcome::Bare,
            Some(member) => {
                Exchange::new(self.id, member.host(), call, facts).run(member, &mut whole.asker).await
            }
        };
        let outcome = match outcome {
            Outcome::Bare => bare(call).await.into(),
            outcome => outcome,
        };
        match (outcome, member) {
            (Outcome::Settled(Settled::Done(number)), _) => self.finish(seen(number).status).await,
            (Outcome::Aborted, _) => End::Abort,
            (Outcome::Denied(code), Some(member)) => {
                member.host().deny(call, code);
                End::Denied
            }
            _ => End::Error,
        }
    }

    /// Has the body read as the caller, or the content type, says, and judges the status.
    async fn finish(&mut self, status: u32) -> End {
        let Self { call, facts, .. } = *self;
        self.status = status;
        if facts.shape() == Shape::Fetch {
            return End::Answer;
        }
        if facts.method() != Method::Head && !media::has_null_body(status) {
            let wait = executor::wait();
            call.read(facts, wait.ticket());
            match wait.await {
                Wake::Settled(Settled::Done(_)) => {}
                Wake::Settled(Settled::Failed) | Wake::Told(Order::Late) => return End::Error,
                Wake::Told(_) => return End::Abort,
            }
        }
        judged(status, facts.ignores_errors())
    }

    /// Tells the hooks what has come, which may put something else in its place.
    async fn told(&mut self, end: End) -> End {
        let end = match end {
            End::Answer | End::Status => match self.answered().await {
                // Its time was over before the hooks had an end.
                Err(End::Error) => End::Error,
                Ok(end) | Err(end) => return end,
            },
            End::Error | End::Denied => end,
            End::Abort | End::Thrown => return end,
        };
        self.hook(Hook::RequestError).await.err().unwrap_or(end)
    }

    async fn answered(&mut self) -> Result<End, End> {
        let heard = Heard::from(self.hook(Hook::Response).await?);
        self.status = heard.status;
        let end = judged(heard.status, heard.is_wanted);
        if end == End::Status || heard.is_failure {
            self.hook(Hook::ResponseError).await?;
        }
        Ok(end)
    }

    fn hook(&self, hook: Hook) -> Ended {
        let wait = executor::wait();
        self.call.hook(hook, wait.ticket(), self.id);
        Ended(wait)
    }
}

fn judged(status: u32, is_wanted: bool) -> End {
    if (400..600).contains(&status) && !is_wanted { End::Status } else { End::Answer }
}

/// Sends a request that carries no token: the session has no part in it.
fn bare(call: &Call) -> Wait {
    let wait = executor::wait();
    call.send(&JsValue::UNDEFINED, false, wait.ticket());
    wait
}
