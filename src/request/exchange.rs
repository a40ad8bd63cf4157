//! The exchange with the server, as the engine directs it: wait, attach a token, send, judge the answer, and again after a refresh.

use super::context::CallContext;
use super::record::{self, RequestRecord};
use super::sending;
use crate::boundary::{AuthCode, BodyKind, Facts, Interruption, Seen, Shape, TraceStep};
use crate::driver::SessionHandle;
use crate::driver::tasks::{self, Order, Wait, Wake};
use crate::engine::{Event, Goal, Id, SendNo};
use crate::platform::executor::{Settled, TaskId};
use crate::policy::verdict::{self, Verdict};

/// How an exchange has ended. The record holds the answer or the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// With an answer, or without one.
    Settled(Settled),
    /// It was not sent, and is to go without a token: nobody is signed in, or the session does not apply.
    WithoutToken,
    /// By the caller's signal or the time limit.
    Interrupted(Interruption),
    /// By a failure of the session.
    Denied(AuthCode),
}

/// One request with the session: reports events to the engine, and carries out its orders until the request has ended.
pub(super) struct Exchange<'a> {
    id: Id,
    handle: &'a SessionHandle,
    record: &'a RequestRecord,
    facts: Facts,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        task: TaskId,
        handle: &'a SessionHandle,
        record: &'a RequestRecord,
        facts: Facts,
    ) -> Self {
        Self { id: task.into(), handle, record, facts }
    }

    pub(super) async fn run(&self, context: &mut CallContext) -> Exchanged {
        if self.handle.is_disposed() {
            return Exchanged::Denied(AuthCode::SignedOut);
        }
        let mut settled = None;
        let mut sent = SendNo(0);
        let mut is_attaching = false;
        let mut is_revocable = false;
        let goal = Goal::Send { safe: self.is_revocable() };
        let driver = self.handle.driver();
        let asker = context.asker(driver);
        let mut wait = self.wait_during(|| driver.dispatch(Event::Ask { id: self.id, goal, asker }));
        loop {
            wait = match wait.await {
                Wake::Settled(Settled::Fulfilled(_)) if is_attaching => {
                    is_attaching = false;
                    // Attaching the tokens has taken time: the user may have signed out meanwhile.
                    if let Some(code) = driver.session_mismatch(context.asker(driver)) {
                        driver.dispatch(Event::Aborted { id: self.id });
                        return Exchanged::Denied(code);
                    }
                    let wait = tasks::wait();
                    sending::launch(self.record, self.facts, is_revocable, wait.ticket());
                    wait
                }
                Wake::Settled(how) => {
                    settled = Some(how);
                    self.report(match how {
                        Settled::Fulfilled(seen) => self.answered(sent, Seen(seen)),
                        Settled::Rejected => Event::Failed { id: self.id, send_no: sent },
                    })
                }
                Wake::Order(Order::Send { tokens: None, .. }) => return Exchanged::WithoutToken,
                Wake::Order(Order::Send { send_no, tokens: Some(tokens), may_be_withdrawn }) => {
                    settled = None;
                    sent = send_no;
                    context.belongs_to(tokens.facts.user);
                    is_revocable = may_be_withdrawn && self.is_revocable();
                    let wait = tasks::wait();
                    is_attaching =
                        sending::begin(self.record, self.facts, &tokens.object, is_revocable, wait.ticket());
                    wait
                }
                Wake::Order(Order::Cancel) => {
                    self.record.trace(TraceStep::Withdrawn);
                    record::withdraw(self.record);
                    tasks::wait()
                }
                Wake::Order(Order::Deliver(_)) => {
                    return Exchanged::Settled(settled.unwrap_or(Settled::Rejected));
                }
                Wake::Order(Order::Reject(code)) => {
                    if settled.is_none() {
                        record::withdraw(self.record);
                    }
                    return match settled {
                        Some(how) if self.takes_failures() => Exchanged::Settled(how),
                        _ => Exchanged::Denied(code),
                    };
                }
                Wake::Order(Order::Interrupt(interruption)) => {
                    driver.dispatch(Event::Aborted { id: self.id });
                    return Exchanged::Interrupted(interruption);
                }
            };
        }
    }

    /// Whether the caller gets failed answers as they are, including the request's own 401.
    fn takes_failures(&self) -> bool {
        self.facts.shape() == Shape::Fetch || self.facts.ignores_errors()
    }

    /// The event for an answer.
    fn answered(&self, send_no: SendNo, seen: Seen) -> Event {
        let (verdict, sign) = verdict::judge(seen, || self.record.challenge());
        let is_rejected = verdict == Verdict::Expired;
        if is_rejected {
            self.record.trace(TraceStep::Rejected);
        }
        let replayable = self.facts.body() != BodyKind::Stream
            && (!is_rejected
                || self.facts.replay().allows(sign, self.is_safe(), || record::may_replay(self.record)));
        let route = (is_rejected || self.handle.driver().needs_routes()).then(|| self.record.route());
        Event::Answered { id: self.id, send_no, verdict, replayable, route }
    }

    /// Reports an event to the engine. The wait ends with the engine's next order.
    fn report(&self, event: Event) -> Wait {
        self.wait_during(|| self.handle.driver().dispatch(event))
    }

    fn wait_during(&self, work: impl FnOnce()) -> Wait {
        let wait = tasks::wait();
        work();
        if self.handle.driver().is_waiting(self.id) {
            self.record.trace(TraceStep::Waiting);
        }
        wait
    }

    /// Whether it may be withdrawn and sent again. A stream can be sent only once.
    fn is_revocable(&self) -> bool {
        self.is_safe() && self.facts.body() != BodyKind::Stream
    }

    fn is_safe(&self) -> bool {
        self.facts.method().is_safe()
    }
}
