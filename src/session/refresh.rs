//! The call of a refresh: a token endpoint, or a function of the app.

use std::rc::Rc;

use js_sys::{Date, JsString, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::tokens::{Origin, Tokens};
use super::trace::{Step, Trace};
use super::{Host, Member, now};
use crate::engine::{Attempt, CallOutcome, Cause, Event, Millis, Refresh, Ticket};
use crate::error::{self, Parts, put, type_error};
use crate::options::{RefreshCall, RefreshWay};
use crate::policy::oauth::{Failure, judge_failure, retry_after};
use crate::policy::url;
use crate::task::{self, Order, TaskId, Wake};
use crate::web::platform::{self, AbortController, Response};
use crate::web::text;

/// A call that is out, and how to give it up.
pub(super) struct RunningCall {
    task: TaskId,
    controller: AbortController,
}

impl RunningCall {
    pub(super) fn abort(self) {
        self.controller.abort(&JsValue::UNDEFINED);
        task::tell(self.task, Order::Abort);
    }
}

/// What a call came to, before the engine hears of it.
enum Outcome {
    Tokens(Rc<Tokens>),
    Failed(CallOutcome, JsValue),
    /// It was given up: nobody waits for it any more.
    GivenUp,
}

impl Outcome {
    fn broken(error: JsValue) -> Self {
        Self::Failed(CallOutcome::Broken, error)
    }
}

/// Calls, by way of the first instance that lives.
pub(super) fn start(host: &Rc<Host>, ticket: Ticket, attempt: Attempt) {
    let Some(member) = host.live_members().into_iter().next() else {
        let outcome = CallOutcome::Broken;
        host.dispatch(Event::Refreshed { ticket, attempt, outcome });
        return;
    };
    let controller = AbortController::new();
    let signal: JsValue = controller.signal().into();
    let running = Rc::clone(host);
    let task = task::spawn(move |_| async move {
        let host = running;
        let outcome = call(&host, &member, signal).await;
        finish(&host, ticket, attempt, outcome);
    });
    // A call that is over already leaves a mark that does no harm: its task is gone.
    *host.call.borrow_mut() = Some(RunningCall { task, controller });
}

async fn call(host: &Rc<Host>, member: &Member, signal: JsValue) -> Outcome {
    let Some(tokens) = host.tokens() else { return Outcome::GivenUp };
    match &member.options().refresh {
        RefreshWay::Never => Outcome::broken(type_error("session.refresh is false")),
        RefreshWay::Function(function) => {
            let context = Object::new();
            put(&context, "signal", &signal);
            put(&context, "reason", &JsValue::from_str(reason(host)));
            put(&context, "api", &member.bare_api());
            let wake = task::wait(|ticket| {
                host.in_refresh_function.set(true);
                platform::invoke(function, &tokens.object, &context, ticket.slot, ticket.turn);
                host.in_refresh_function.set(false);
            })
            .await;
            match wake {
                Wake::Done(reply) if reply.is_null() => {
                    Outcome::Failed(CallOutcome::Refused, JsValue::UNDEFINED)
                }
                Wake::Done(reply) => receive(host, &tokens, &reply),
                Wake::Thrown(error) => judge_thrown(error),
                Wake::Told(_) => Outcome::GivenUp,
            }
        }
        RefreshWay::Call(call) => present(host, member, call, &tokens, &signal).await,
    }
}

/// Why the refresh runs, as a refresh function is told.
fn reason(host: &Host) -> &'static str {
    match host.engine.borrow().refresh() {
        Refresh::Busy(busy) if matches!(busy.cause, Cause::Rejected { .. }) => "rejected",
        _ => "expiry",
    }
}

/// Presents the refresh token (RFC 6749 §6).
async fn present(
    host: &Rc<Host>,
    member: &Member,
    call: &RefreshCall,
    tokens: &Rc<Tokens>,
    signal: &JsValue,
) -> Outcome {
    let trace = Trace::refresh(host, &call.method, url::path(&call.url));
    let trouble = |response: Option<&Response>, data: Option<&JsValue>, cause: Option<&JsValue>| {
        let method = JsString::from(call.method.as_str());
        error::failed(&Parts {
            method: Some(&method),
            url: &call.url,
            response,
            data,
            cause,
            ..Parts::default()
        })
    };
    let init = match init(call, tokens, signal) {
        Ok(init) => init,
        Err(error) => return Outcome::broken(error),
    };
    if let Some(trace) = &trace {
        trace.note(Step::Refreshing, None);
    }
    let target = JsValue::from_str(&call.url);
    let wake = task::wait(|ticket| {
        platform::send(member.fetch(), &target, &init, false, ticket.slot, ticket.turn);
    })
    .await;
    let outcome = match wake {
        Wake::Done(response) => {
            let response: Response = response.unchecked_into();
            let wake = task::wait(|ticket| platform::read(&response, "json", ticket.slot, ticket.turn)).await;
            match wake {
                Wake::Done(reply) if (200..300).contains(&response.status()) => {
                    match receive(host, tokens, &reply) {
                        Outcome::Failed(outcome, error) => {
                            Outcome::Failed(outcome, trouble(Some(&response), None, Some(&error)))
                        }
                        outcome => outcome,
                    }
                }
                Wake::Done(reply) => judge(&response, &reply, trouble),
                Wake::Thrown(error) => Outcome::Failed(
                    CallOutcome::Passing { after: None, answered: false },
                    trouble(Some(&response), None, Some(&error)),
                ),
                Wake::Told(_) => Outcome::GivenUp,
            }
        }
        Wake::Thrown(error) => Outcome::Failed(
            CallOutcome::Passing { after: None, answered: false },
            trouble(None, None, Some(&error)),
        ),
        Wake::Told(_) => Outcome::GivenUp,
    };
    if let Some(trace) = &trace {
        let step = if matches!(outcome, Outcome::Tokens(_)) { Step::Refreshed } else { Step::RefreshFailed };
        trace.note(step, None);
    }
    outcome
}

fn init(call: &RefreshCall, tokens: &Tokens, signal: &JsValue) -> Result<JsValue, JsValue> {
    let form = Object::new();
    put(&form, "grant_type", &JsValue::from_str("refresh_token"));
    if let Some(refresh_token) = &tokens.refresh_token {
        put(&form, "refresh_token", refresh_token);
    }
    for (name, value) in [("client_id", &call.client_id), ("scope", &call.scope)] {
        if let Some(value) = value {
            put(&form, name, &JsValue::from_str(value));
        }
    }
    let headers = platform::merge_headers(&JsValue::UNDEFINED, &call.headers)?;
    let form_type = JsString::from("application/x-www-form-urlencoded");
    text::CONTENT_TYPE.with(|name| headers.set(name, &form_type));
    text::JSON.with(|json| text::ACCEPT.with(|name| headers.set(name, json)));
    let rest = Object::new();
    if let Some(credentials) = &call.credentials {
        put(&rest, "credentials", &JsValue::from_str(credentials));
    }
    let body = platform::encode_form(&form)?;
    let method = JsValue::from_str(&call.method);
    Ok(platform::build_init(&rest, &method, headers.as_ref(), &body, signal))
}

/// Reads a reply that says that all went well.
fn receive(host: &Host, tokens: &Tokens, reply: &JsValue) -> Outcome {
    Tokens::receive(reply, &Origin::Refresh { before: tokens }, host.rules, now()).map_or_else(
        || Outcome::broken(type_error("the reply to the refresh holds no access token")),
        |tokens| Outcome::Tokens(Rc::new(tokens)),
    )
}

/// Judges an answer of the token endpoint that is no success. Of its body only the two fields that the standard
/// names go into the error: nobody knows what else a server puts there.
fn judge(
    response: &Response,
    reply: &JsValue,
    trouble: impl Fn(Option<&Response>, Option<&JsValue>, Option<&JsValue>) -> JsValue,
) -> Outcome {
    let data = Object::new();
    let field =
        |name: &str| Reflect::get(reply, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    for name in ["error", "error_description"] {
        if let Some(value) = field(name) {
            put(&data, name, &JsValue::from_str(&value));
        }
    }
    let outcome = match judge_failure(response.status(), field("error").as_deref()) {
        Failure::Refused => CallOutcome::Refused,
        Failure::Passing => CallOutcome::Passing { after: wait_asked_for(response), answered: true },
        Failure::Broken => CallOutcome::Broken,
    };
    Outcome::Failed(outcome, trouble(Some(response), Some(&data), None))
}

fn wait_asked_for(response: &Response) -> Option<Millis> {
    let value = response.headers().get(&JsString::from("retry-after")).ok()??;
    let value = String::from(value);
    retry_after(&value, Date::parse(&value), Date::now())
}

/// Judges what a refresh function threw, by the status that it bears. A function is not called again.
fn judge_thrown(error: JsValue) -> Outcome {
    let field =
        |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default();
    let statuses =
        [field(&error, "status"), field(&error, "statusCode"), field(&field(&error, "response"), "status")];
    let status = statuses.iter().find_map(JsValue::as_f64);
    let bodies = [field(&error, "data"), field(&field(&error, "response"), "data")];
    let code = bodies.iter().find_map(|body| field(body, "error").as_string());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let status = status.map_or(0, |status| status as u16);
    match judge_failure(status, code.as_deref()) {
        Failure::Refused => Outcome::Failed(CallOutcome::Refused, error),
        Failure::Passing | Failure::Broken => Outcome::broken(error),
    }
}

fn finish(host: &Rc<Host>, ticket: Ticket, attempt: Attempt, outcome: Outcome) {
    match outcome {
        Outcome::Tokens(tokens) => {
            *host.refresh_error.borrow_mut() = JsValue::UNDEFINED;
            let outcome = CallOutcome::Pair(tokens.pair);
            host.dispatch_with(Event::Refreshed { ticket, attempt, outcome }, tokens);
        }
        Outcome::Failed(outcome, error) => {
            *host.refresh_error.borrow_mut() = error;
            host.dispatch(Event::Refreshed { ticket, attempt, outcome });
        }
        Outcome::GivenUp => {}
    }
}
