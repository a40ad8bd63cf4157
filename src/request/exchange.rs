//! From the session's gate to an answer: wait, attach, send, judge, and once more after a refresh.

use super::context::CallContext;
use super::record::{self, RequestRecord};
use super::sending;
use crate::boundary::{AuthCode, BodyKind, Facts, Interruption, Seen, Shape, TraceStep};
use crate::driver::SessionHandle;
use crate::driver::tasks::{self, Order, Wait, Wake};
use crate::engine::{Event, Goal, Id, SendNo};
use crate::platform::executor::{Settled, TaskId};
use crate::policy::verdict::{self, Verdict};

/// What the session has made of a request; the record holds the answer, or the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// An answer, or none.
    Settled(Settled),
    /// It is to go without a token: nobody is signed in, or the session has no part in it.
    WithoutToken,
    /// It has come to an early end.
    Interrupted(Interruption),
    /// The session failed.
    Denied(AuthCode),
}

/// One request under a session: it tells the engine what happens, and does what the engine says until there is an end.
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
        let mut held = None;
        let mut sent = SendNo(0);
        let mut is_attaching = false;
        let mut is_revocable = false;
        let goal = Goal::Send { safe: self.is_revocable() };
        let driver = self.handle.driver();
        let asker = context.asker(driver);
        let mut wait = self.during(|| driver.dispatch(Event::Ask { id: self.id, goal, asker }));
        loop {
            wait = match wait.await {
                Wake::Settled(Settled::Fulfilled(_)) if is_attaching => {
                    is_attaching = false;
                    // The tokens are those of whoever asked; it is too late for them all the same.
                    if let Some(code) = driver.session_mismatch(context.asker(driver)) {
                        driver.dispatch(Event::Aborted { id: self.id });
                        return Exchanged::Denied(code);
                    }
                    let wait = tasks::wait();
                    sending::launch(self.record, self.facts, is_revocable, wait.ticket());
                    wait
                }
                Wake::Settled(how) => {
                    held = Some(how);
                    self.tell(match how {
                        Settled::Fulfilled(seen) => self.answered(sent, Seen(seen)),
                        Settled::Rejected => Event::Failed { id: self.id, send_no: sent },
                    })
                }
                Wake::Told(Order::Send { tokens: None, .. }) => return Exchanged::WithoutToken,
                Wake::Told(Order::Send { send_no, tokens: Some(tokens), may_be_withdrawn }) => {
                    held = None;
                    sent = send_no;
                    context.belongs_to(tokens.facts.user);
                    is_revocable = may_be_withdrawn && self.is_revocable();
                    let wait = tasks::wait();
                    is_attaching =
                        sending::begin(self.record, self.facts, &tokens.object, is_revocable, wait.ticket());
                    wait
                }
                Wake::Told(Order::Cancel) => {
                    self.record.trace(TraceStep::Withdrawn);
                    record::withdraw(self.record);
                    tasks::wait()
                }
                Wake::Told(Order::Deliver(_)) => {
                    return Exchanged::Settled(held.unwrap_or(Settled::Rejected));
                }
                Wake::Told(Order::Reject(code)) => {
                    if held.is_none() {
                        record::withdraw(self.record);
                    }
                    return match held {
                        Some(how) if self.takes_failures() => Exchanged::Settled(how),
                        _ => Exchanged::Denied(code),
                    };
                }
                Wake::Told(Order::Interrupt(interruption)) => {
                    driver.dispatch(Event::Aborted { id: self.id });
                    return Exchanged::Interrupted(interruption);
                }
            };
        }
    }

    /// Whether the caller wants failed answers as they are, the request's own 401 among them.
    fn takes_failures(&self) -> bool {
        self.facts.shape() == Shape::Fetch || self.facts.ignores_errors()
    }

    /// What an answer says of the token.
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

    /// Tells the engine what has happened; what is to be done about it ends the wait.
    fn tell(&self, event: Event) -> Wait {
        self.during(|| self.handle.driver().dispatch(event))
    }

    fn during(&self, work: impl FnOnce()) -> Wait {
        let wait = tasks::wait();
        work();
        if self.handle.driver().is_waiting(self.id) {
            self.record.trace(TraceStep::Waiting);
        }
        wait
    }

    /// Whether it may be taken back and sent anew, unseen: a stream is used up by the first sending.
    fn is_revocable(&self) -> bool {
        self.is_safe() && self.facts.body() != BodyKind::Stream
    }

    fn is_safe(&self) -> bool {
        self.facts.method().is_safe()
    }
}
