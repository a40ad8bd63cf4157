//! From the session's gate to an answer: wait, attach, send, judge, and once more after a refresh.

use std::rc::Rc;

use crate::boundary::AuthCode;
use crate::driver::{SessionDriver, SessionHandle, Step};
use crate::engine::{Asker, Event, Goal, Id, SendNo};
use crate::platform::executor::{self, Order, Settled, TaskId, Wait, Wake};
use crate::policy::body::Kind;
use crate::policy::verdict::Verdict;
use crate::policy::verdict::{self, Seen};
use crate::request::call::{Call, Facts, Shape, seen};

/// What the session has made of a request; the call holds the answer, or the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer, or none.
    Settled(Settled),
    /// Nobody is signed in: it is to go without a token.
    Bare,
    /// The caller has given up.
    Aborted,
    /// Its time is over.
    Late,
    /// The session failed.
    Denied(AuthCode),
}

impl From<Wake> for Outcome {
    /// Of a request that the engine knows nothing of.
    fn from(wake: Wake) -> Self {
        match wake {
            Wake::Settled(how) => Self::Settled(how),
            Wake::Told(Order::Late) => Self::Late,
            Wake::Told(_) => Self::Aborted,
        }
    }
}

/// One request under a session: it tells the engine what happens, and does what the engine says until there is an end.
pub(super) struct Exchange<'a> {
    id: Id,
    host: &'a Rc<SessionDriver>,
    call: &'a Call,
    facts: Facts,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(task: TaskId, host: &'a Rc<SessionDriver>, call: &'a Call, facts: Facts) -> Self {
        Self { id: task.into(), host, call, facts }
    }

    pub(super) async fn run(&self, member: &SessionHandle, asker: &mut Option<Asker>) -> Outcome {
        if member.is_disposed() {
            return Outcome::Denied(AuthCode::SignedOut);
        }
        let mut held = None;
        let mut sent = SendNo(0);
        let mut is_attaching = false;
        let mut is_revocable = false;
        let goal = Goal::Send { safe: self.is_revocable() };
        let mut wait = self.during(|| self.host.ask(self.id, goal, asker));
        loop {
            wait = match wait.await {
                Wake::Settled(Settled::Done(_)) if is_attaching => {
                    is_attaching = false;
                    // The tokens are those of whoever asked; it is too late for them all the same.
                    if let Some(code) = asker.and_then(|asker| self.host.session_mismatch(asker)) {
                        self.host.dispatch(Event::Aborted { id: self.id });
                        return Outcome::Denied(code);
                    }
                    let wait = executor::wait();
                    self.call.launch(is_revocable, wait.ticket());
                    wait
                }
                Wake::Settled(how) => {
                    held = Some(how);
                    self.tell(match how {
                        Settled::Done(number) => self.answered(sent, seen(number)),
                        Settled::Failed => Event::Failed { id: self.id, send_no: sent },
                    })
                }
                Wake::Told(Order::Send { tokens: None, .. }) => return Outcome::Bare,
                Wake::Told(Order::Send { send_no, tokens: Some(tokens), may_be_withdrawn }) => {
                    held = None;
                    sent = send_no;
                    // Also of a call that nobody has made: from its first token on it is that user's.
                    *asker = Some(Asker::User(tokens.facts.user));
                    is_revocable = may_be_withdrawn && self.is_revocable();
                    let wait = executor::wait();
                    is_attaching = self.call.send(&tokens.object, is_revocable, wait.ticket());
                    wait
                }
                Wake::Told(Order::Cancel) => {
                    self.call.note(Step::Withdrawn);
                    self.call.withdraw();
                    executor::wait()
                }
                Wake::Told(Order::Deliver(_)) => return Outcome::Settled(held.unwrap_or(Settled::Failed)),
                Wake::Told(Order::Reject(code)) => {
                    if held.is_none() {
                        self.call.withdraw();
                    }
                    return match held {
                        Some(how) if self.takes_failures() => Outcome::Settled(how),
                        _ => Outcome::Denied(code),
                    };
                }
                Wake::Told(order @ (Order::Abort | Order::Late)) => {
                    self.host.dispatch(Event::Aborted { id: self.id });
                    return if matches!(order, Order::Late) { Outcome::Late } else { Outcome::Aborted };
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
        let (verdict, sign) = verdict::judge(seen, || self.call.challenge());
        let is_rejected = verdict == Verdict::Expired;
        if is_rejected {
            self.call.note(Step::Rejected);
        }
        let replayable = self.facts.body() != Kind::Stream
            && (!is_rejected || self.facts.replay().allows(sign, self.is_safe(), || self.call.may_replay()));
        let route = (is_rejected || self.host.needs_routes()).then(|| self.call.route());
        Event::Answered { id: self.id, send_no, verdict, replayable, route }
    }

    /// Tells the engine what has happened; what is to be done about it ends the wait.
    fn tell(&self, event: Event) -> Wait {
        self.during(|| self.host.dispatch(event))
    }

    fn during(&self, work: impl FnOnce()) -> Wait {
        let wait = executor::wait();
        work();
        if self.host.is_waiting(self.id) {
            self.call.note(Step::Waiting);
        }
        wait
    }

    /// Whether it may be taken back and sent anew, unseen: a stream is used up by the first sending.
    fn is_revocable(&self) -> bool {
        self.is_safe() && self.facts.body() != Kind::Stream
    }

    fn is_safe(&self) -> bool {
        self.facts.method().is_safe()
    }
}
