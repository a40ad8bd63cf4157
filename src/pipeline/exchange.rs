//! From the session's gate to an answer: wait, attach, send, judge, and once more after a refresh.

use std::rc::Rc;

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::Failure;
use super::prepare::Prepared;
use crate::engine::{Attempt, Event, Goal, Id};
use crate::policy::{url, verdict};
use crate::session::{Host, Step, Trace};
use crate::task::{self, Order, TaskId, Wake};
use crate::web::platform::{self, AbortController, Response};

/// Sends a request, by way of the session where it has one.
pub(super) async fn run(task: TaskId, prepared: &Prepared) -> Result<Response, Failure> {
    let Some(member) = &prepared.session else { return send_bare(prepared).await };
    let _listening = Listening::begin(task, prepared)?;
    let exchange = Exchange::new(task, prepared, member.host());
    let result = exchange.run().await;
    exchange.note_end(&result);
    result
}

/// Sends a request that carries no token: the session has no part in it.
async fn send_bare(prepared: &Prepared) -> Result<Response, Failure> {
    let (input, init) = prepared.sending(None).map_err(Failure::Invalid)?;
    let fetch = prepared.fetch.as_ref();
    match task::wait(|ticket| {
        platform::send(fetch, &input, &init, false, ticket.slot, ticket.turn);
    })
    .await
    {
        Wake::Done(response) => Ok(response.unchecked_into()),
        Wake::Thrown(error) => Err(Failure::Network(error)),
        Wake::Told(_) => Err(Failure::Aborted(prepared.abort_reason())),
    }
}

/// Hears of the caller's abort for as long as it lives, also while the request only waits.
struct Listening(Option<Function>);

impl Listening {
    fn begin(task: TaskId, prepared: &Prepared) -> Result<Self, Failure> {
        let Some(signal) = &prepared.signal else { return Ok(Self(None)) };
        if signal.aborted() {
            return Err(Failure::Aborted(signal.reason()));
        }
        let stop = platform::watch(signal, task.slot, task.serial).map_err(Failure::Invalid)?;
        Ok(Self(Some(stop)))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(stop) = self.0.take() {
            stop.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// What the request has come to so far.
enum Held {
    Nothing,
    Answer(Response),
    Error(JsValue),
}

/// One request under a session: it does what the engine says until there is an end.
struct Exchange<'a> {
    id: Id,
    prepared: &'a Prepared,
    host: &'a Rc<Host>,
    trace: Option<Trace>,
}

impl<'a> Exchange<'a> {
    fn new(task: TaskId, prepared: &'a Prepared, host: &'a Rc<Host>) -> Self {
        let trace = Trace::begin(host, task, || {
            let method = prepared.method.clone().unwrap_or_else(|| JsString::from("GET"));
            (method, url::path(&prepared.url).to_owned())
        });
        Self { id: task.into(), prepared, host, trace }
    }

    async fn run(&self) -> Result<Response, Failure> {
        let goal = Goal::Send { safe: self.prepared.is_safe };
        let mut held = Held::Nothing;
        let mut order = self.tell(Event::Ask { id: self.id, goal }).await;
        loop {
            order = match (order, held) {
                (Order::Send { generation: None, .. }, _) => {
                    self.note(Step::Sent, None);
                    return send_bare(self.prepared).await;
                }
                (Order::Send { attempt, .. }, before) => {
                    let next;
                    (next, held) = self.send(attempt, before).await;
                    next
                }
                (Order::Cancel, before) => {
                    held = before;
                    self.note(Step::Withdrawn, None);
                    task::wait_for_order(|| {}).await
                }
                (Order::Deliver, Held::Answer(response)) => return Ok(response),
                (Order::Deliver, Held::Error(error)) => return Err(Failure::Network(error)),
                (Order::Reject(code), held) => {
                    let response = match held {
                        Held::Answer(response) => Some(response),
                        Held::Nothing | Held::Error(_) => None,
                    };
                    return Err(Failure::Session { code, response, cause: self.host.cause_of(code) });
                }
                (Order::Abort, _) | (Order::Deliver, Held::Nothing) => {
                    self.host.dispatch(Event::Aborted { id: self.id });
                    return Err(Failure::Aborted(self.prepared.abort_reason()));
                }
            };
        }
    }

    /// Sends it once. Ends with the engine's next order and what there is to show for it.
    async fn send(&self, attempt: Attempt, before: Held) -> (Order, Held) {
        if let Held::Answer(rejected) = &before {
            platform::discard(rejected);
            self.note(Step::Replayed, None);
        } else {
            self.note(Step::Sent, None);
        }
        let failed = Event::Failed { id: self.id, attempt };
        let tokens = self.host.tokens();
        let (input, init) = match self.prepared.sending(tokens.as_ref().map(|tokens| &tokens.bearer)) {
            Ok(sending) => sending,
            Err(error) => return (self.tell(failed).await, Held::Error(error)),
        };
        // Only what may be sent twice unseen can be taken back.
        let revocable = self.prepared.is_safe;
        let fetch = self.prepared.fetch.as_ref();
        let mut controller: Option<AbortController> = None;
        let wake = task::wait(|ticket| {
            controller = platform::send(fetch, &input, &init, revocable, ticket.slot, ticket.turn);
        })
        .await;
        match wake {
            Wake::Done(response) => {
                let response: Response = response.unchecked_into();
                let verdict = judge(&response);
                if verdict == crate::engine::Verdict::Expired {
                    self.note(Step::Rejected, Some(response.status()));
                }
                let replayable = self.prepared.is_replayable;
                let answered = Event::Answered { id: self.id, attempt, verdict, replayable };
                (self.tell(answered).await, Held::Answer(response))
            }
            Wake::Thrown(error) => (self.tell(failed).await, Held::Error(error)),
            Wake::Told(order) => {
                if let Some(controller) = controller {
                    controller.abort(&self.prepared.abort_reason());
                }
                (order, Held::Nothing)
            }
        }
    }

    /// Tells the engine what has happened and waits for what is to be done.
    async fn tell(&self, event: Event) -> Order {
        task::wait_for_order(|| {
            self.host.dispatch(event);
            if self.trace.is_some() && self.host.is_waiting(self.id) {
                self.note(Step::Waiting, None);
            }
        })
        .await
    }

    fn note(&self, step: Step, status: Option<u16>) {
        if let Some(trace) = &self.trace {
            trace.note(step, status);
        }
    }

    fn note_end(&self, result: &Result<Response, Failure>) {
        if self.trace.is_some() {
            match result {
                Ok(response) => self.note(Step::Answered, Some(response.status())),
                Err(Failure::Aborted(_)) => self.note(Step::Aborted, None),
                Err(_) => self.note(Step::Failed, None),
            }
        }
    }
}

fn judge(response: &Response) -> crate::engine::Verdict {
    let status = response.status();
    if status != 401 {
        return verdict::judge(status, None);
    }
    let challenge = response.headers().get(&JsString::from("www-authenticate")).ok().flatten();
    verdict::judge(status, challenge.map(String::from).as_deref())
}
