//! From the session's gate to an answer: wait, attach, send, judge, and once more after a refresh.

use std::rc::Rc;

use js_sys::JsString;

use super::Outcome;
use crate::engine::{Attempt, Code, Event, Goal, Id, Verdict};
use crate::policy::body::Kind;
use crate::policy::verdict;
use crate::session::{Host, Member, Step, Trace};
use crate::task::{self, Order, TaskId, Wake};
use crate::web::call::{Call, End, Facts, Shape};

/// Sends a request, by way of the session where it has one; gives the answer's status.
pub(super) async fn run(
    task: TaskId,
    member: Option<&Member>,
    call: &Call,
    facts: Facts,
) -> Result<u32, Outcome> {
    let Some(member) = member else { return send_bare(call).await };
    if member.is_disposed() {
        return Err(Outcome::Denied(Code::SignedOut));
    }
    if !call.watch(task.slot, task.serial) {
        return Err(Outcome::End(End::Error));
    }
    let host = member.host();
    let _counted = host.count();
    let exchange = Exchange { id: task.into(), call, facts, host, trace: Trace::begin(host, task.serial) };
    let result = exchange.run().await;
    call.unwatch();
    exchange.note_end(&result);
    result
}

/// Sends a request that carries no token: the session has no part in it.
async fn send_bare(call: &Call) -> Result<u32, Outcome> {
    let wait = task::wait();
    call.send(None, false, wait.ticket().slot, wait.ticket().turn);
    match wait.await {
        Wake::Done(status) => Ok(status),
        Wake::Failed | Wake::Told(_) => Err(Outcome::End(End::Error)),
    }
}

/// What the request has come to so far; the call holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    /// An answer of this status.
    Answer(u32),
    Error,
}

/// One request under a session: it does what the engine says until there is an end.
struct Exchange<'a> {
    id: Id,
    call: &'a Call,
    facts: Facts,
    host: &'a Rc<Host>,
    trace: Option<Trace>,
}

impl Exchange<'_> {
    async fn run(&self) -> Result<u32, Outcome> {
        let mut held = Held::Nothing;
        let mut order =
            self.tell(Event::Ask { id: self.id, goal: Goal::Send { safe: self.is_safe() } }).await;
        loop {
            match order {
                Order::Send { generation: None, .. } => {
                    self.note(Step::Sent, 0);
                    return send_bare(self.call).await;
                }
                Order::Send { attempt, .. } => {
                    let is_replay = matches!(held, Held::Answer(_));
                    self.note(if is_replay { Step::Replayed } else { Step::Sent }, 0);
                    let wake = self.send().await;
                    held = match wake {
                        Wake::Done(status) => Held::Answer(status),
                        Wake::Failed => Held::Error,
                        Wake::Told(_) => Held::Nothing,
                    };
                    order = match wake {
                        Wake::Told(order) => {
                            self.call.cancel();
                            order
                        }
                        Wake::Done(_) | Wake::Failed => self.report(attempt, held).await,
                    };
                }
                Order::Cancel => {
                    self.note(Step::Withdrawn, 0);
                    order = task::order(task::wait()).await;
                }
                Order::Reject(code) => return self.denied(code, held),
                Order::Abort => {
                    self.host.dispatch(Event::Aborted { id: self.id });
                    self.call.abort();
                    return Err(Outcome::Aborted);
                }
                Order::Deliver => {
                    return match held {
                        Held::Answer(status) => Ok(status),
                        Held::Error | Held::Nothing => Err(Outcome::End(End::Error)),
                    };
                }
            }
        }
    }

    /// Who wants failed answers as they are gets the request's own 401 as well.
    fn denied(&self, code: Code, held: Held) -> Result<u32, Outcome> {
        match held {
            Held::Answer(status) if self.facts.shape() == Shape::Fetch || self.facts.ignores_errors() => {
                Ok(status)
            }
            _ => Err(Outcome::Denied(code)),
        }
    }

    /// Sends it once, with the tokens of now. Only what may be sent twice unseen can be taken back.
    async fn send(&self) -> Wake {
        let tokens = self.host.tokens();
        let bearer: Option<&JsString> = tokens.as_ref().map(|tokens| &tokens.bearer);
        let wait = task::wait();
        self.call.send(bearer, self.is_safe(), wait.ticket().slot, wait.ticket().turn);
        wait.await
    }

    /// Tells the engine what a sending has come to.
    async fn report(&self, attempt: Attempt, held: Held) -> Order {
        let id = self.id;
        let event = match held {
            Held::Answer(status) => {
                let verdict = verdict::judge(status, || self.call.challenge());
                if verdict == Verdict::Expired {
                    self.note(Step::Rejected, status);
                }
                let replayable = self.facts.body() != Kind::Stream;
                Event::Answered { id, attempt, verdict, replayable }
            }
            Held::Error | Held::Nothing => Event::Failed { id, attempt },
        };
        self.tell(event).await
    }

    /// Tells the engine what has happened and waits for what is to be done.
    async fn tell(&self, event: Event) -> Order {
        let wait = task::wait();
        self.host.dispatch(event);
        if self.trace.is_some() && self.host.is_waiting(self.id) {
            self.note(Step::Waiting, 0);
        }
        task::order(wait).await
    }

    fn is_safe(&self) -> bool {
        self.facts.method().is_safe()
    }

    fn note(&self, step: Step, status: u32) {
        if let Some(trace) = &self.trace {
            trace.note(self.host, self.call.as_ref(), step, status);
        }
    }

    fn note_end(&self, result: &Result<u32, Outcome>) {
        match result {
            Ok(status) => self.note(Step::Answered, *status),
            Err(Outcome::Aborted) => self.note(Step::Aborted, 0),
            Err(_) => self.note(Step::Failed, 0),
        }
    }
}
