//! From the session's gate to an answer: wait, attach, send, judge, and once more after a refresh.

use std::rc::Rc;

use crate::engine::{Attempt, Code, Event, Gen, Goal, Id, Verdict};
use crate::policy::body::Kind;
use crate::policy::verdict;
use crate::session::{Host, Member, Step, Trace};
use crate::task::{self, Order, TaskId, Wait, Wake};
use crate::web::call::{Call, Facts, Shape};

/// What a request has come to; the call holds the answer, or the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer of this status.
    Status(u32),
    /// No answer.
    Failed,
    /// The caller has given up.
    Aborted,
    /// The session failed.
    Denied(Code),
}

/// One request under a session: it tells the engine what happens, and does what the engine says until there is an end.
pub(super) struct Exchange<'a> {
    id: Id,
    host: &'a Rc<Host>,
    call: &'a Call,
    facts: Facts,
    trace: Option<Trace>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(task: TaskId, host: &'a Rc<Host>, call: &'a Call, facts: Facts) -> Self {
        Self { id: task.into(), host, call, facts, trace: Trace::begin(host, task.serial) }
    }

    pub(super) async fn run(&self, member: &Member) -> Outcome {
        if member.is_disposed() {
            return Outcome::Denied(Code::SignedOut);
        }
        let outcome = self.obey().await;
        self.note_end(outcome);
        outcome
    }

    async fn obey(&self) -> Outcome {
        let mut held = None;
        let mut sent = Attempt(0);
        let mut wait = self.tell(Event::Ask { id: self.id, goal: Goal::Send { safe: self.is_safe() } });
        loop {
            wait = match wait.await {
                Wake::Done(status) => {
                    held = Some(Outcome::Status(status));
                    self.tell(self.answered(sent, status))
                }
                Wake::Failed => {
                    held = Some(Outcome::Failed);
                    self.tell(Event::Failed { id: self.id, attempt: sent })
                }
                Wake::Told(Order::Send { generation: None, .. }) => {
                    self.note(Step::Sent, 0);
                    return super::bare(self.call).await;
                }
                Wake::Told(Order::Send { attempt, generation: Some(generation) }) => {
                    self.note(if held.take().is_some() { Step::Replayed } else { Step::Sent }, 0);
                    sent = attempt;
                    self.send(generation)
                }
                Wake::Told(Order::Cancel) => {
                    self.note(Step::Withdrawn, 0);
                    self.call.withdraw();
                    task::wait()
                }
                Wake::Told(Order::Deliver) => return held.unwrap_or(Outcome::Failed),
                Wake::Told(Order::Reject(code)) => {
                    if held.is_none() {
                        self.call.withdraw();
                    }
                    return held.filter(|_| self.takes_failures()).unwrap_or(Outcome::Denied(code));
                }
                Wake::Told(Order::Abort) => {
                    self.host.dispatch(Event::Aborted { id: self.id });
                    self.call.abort();
                    return Outcome::Aborted;
                }
            };
        }
    }

    /// Whether the caller wants failed answers as they are, the request's own 401 among them.
    fn takes_failures(&self) -> bool {
        self.facts.shape() == Shape::Fetch || self.facts.ignores_errors()
    }

    /// Sends it once, with the tokens of the engine's order. Only what may be sent twice unseen can be taken back.
    fn send(&self, generation: Gen) -> Wait {
        let wait = task::wait();
        let tokens = self.host.tokens_of(generation);
        let bearer = tokens.as_ref().map(|tokens| &tokens.bearer);
        self.call.send(bearer, self.is_safe(), wait.ticket().slot, wait.ticket().turn);
        wait
    }

    /// What an answer says of the token.
    fn answered(&self, attempt: Attempt, status: u32) -> Event {
        let verdict = verdict::judge(status, || self.call.challenge());
        if verdict == Verdict::Expired {
            self.note(Step::Rejected, status);
        }
        Event::Answered { id: self.id, attempt, verdict, replayable: self.facts.body() != Kind::Stream }
    }

    /// Tells the engine what has happened; what is to be done about it ends the wait.
    fn tell(&self, event: Event) -> Wait {
        let wait = task::wait();
        self.host.dispatch(event);
        if self.trace.is_some() && self.host.is_waiting(self.id) {
            self.note(Step::Waiting, 0);
        }
        wait
    }

    fn is_safe(&self) -> bool {
        self.facts.method().is_safe()
    }

    fn note(&self, step: Step, status: u32) {
        if let Some(trace) = &self.trace {
            trace.note(self.host, self.call.as_ref(), step, status);
        }
    }

    fn note_end(&self, outcome: Outcome) {
        match outcome {
            Outcome::Status(status) => self.note(Step::Answered, status),
            Outcome::Aborted => self.note(Step::Aborted, 0),
            Outcome::Failed | Outcome::Denied(_) => self.note(Step::Failed, 0),
        }
    }
}
