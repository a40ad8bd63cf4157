//! One request, from the call to the settled promise.
//!
//! merge options → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → answer or throw.

mod exchange;
mod prepare;

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use crate::engine::Code;
use crate::error::{self, Parts};
use crate::instance::Instance;
use crate::policy::media;
use crate::task::{self, TaskId, Wake};
use crate::web::platform::{self, Caller, Response};
use crate::web::text;
use prepare::Prepared;

/// What the caller wants of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `api(…)`: the parsed body.
    Data,
    /// `api.raw(…)`: the `Response`, with the parsed body as `_data`.
    Raw,
    /// `api.fetch(…)`: what `fetch` gives.
    Fetch,
}

/// One call of the user.
pub(crate) struct Call {
    pub(crate) instance: Rc<Instance>,
    pub(crate) shape: Shape,
    pub(crate) input: JsValue,
    pub(crate) options: JsValue,
}

/// Why there is no answer.
pub(crate) enum Failure {
    /// No request could be made of what was given.
    Invalid(JsValue),
    /// `fetch` rejected.
    Network(JsValue),
    /// The body could not be read.
    Body(Response, JsValue),
    /// The answer's status says so.
    Status(Response, JsValue),
    /// The session failed; the request's own 401, where there was one, and what lies behind.
    Session { code: Code, response: Option<Response>, cause: Option<JsValue> },
    /// The caller gave up, for this reason.
    Aborted(JsValue),
}

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
pub(crate) fn start(call: Call, caller: Caller) {
    // Judged now: the task itself may start only after the refresh function has gone on.
    let is_of_refresh = call.instance.is_in_refresh_function();
    task::spawn(move |id| async move {
        let prepared = match Prepared::read(&call, is_of_refresh) {
            Ok(prepared) => prepared,
            Err(error) => {
                platform::settle(&caller, &error, false);
                return;
            }
        };
        if let Some(session) = &prepared.session {
            session.host().enter();
        }
        let result = match call.shape {
            Shape::Fetch => exchange::run(id, &prepared).await.map(Into::into),
            Shape::Data | Shape::Raw => run(id, &call, &prepared).await,
        };
        match result {
            Ok(value) => platform::settle(&caller, &value, true),
            Err(failure) => reject(&caller, call.shape, &prepared, failure),
        }
        if let Some(session) = &prepared.session {
            session.host().leave();
        }
    });
}

/// `api(…)` and `api.raw(…)`.
async fn run(id: TaskId, call: &Call, prepared: &Prepared) -> Result<JsValue, Failure> {
    let response = match exchange::run(id, prepared).await {
        // Who wants failed answers as they are gets the request's own 401 as well.
        Err(Failure::Session { response: Some(response), .. }) if prepared.ignore_response_error => response,
        other => other?,
    };
    let data = parse(prepared, &response).await?;
    let failed = (400..600).contains(&response.status());
    if failed || call.shape == Shape::Raw {
        response.set_data(&data);
    }
    match call.shape {
        _ if failed && !prepared.ignore_response_error => Err(Failure::Status(response, data)),
        Shape::Raw => Ok(response.into()),
        Shape::Data | Shape::Fetch => Ok(data),
    }
}

/// Reads the body as the caller, or the content type, says.
async fn parse(prepared: &Prepared, response: &Response) -> Result<JsValue, Failure> {
    let body = response.body();
    if body.is_falsy() || media::has_null_body(response.status()) || prepared.is_head() {
        return Ok(JsValue::UNDEFINED);
    }
    let content_type = || text::CONTENT_TYPE.with(|name| response.headers().get(name)).ok().flatten();
    let how = match &prepared.response_type {
        Some(how) => how.as_str(),
        None => content_type().map_or("json", |given| media::reader(&String::from(given))),
    };
    if how == "stream" {
        return Ok(body);
    }
    match task::wait(|ticket| platform::read(response, how, ticket.slot, ticket.turn)).await {
        Wake::Done(data) => Ok(data),
        Wake::Thrown(error) => Err(Failure::Body(response.clone(), error)),
        Wake::Told(_) => Err(Failure::Aborted(prepared.abort_reason())),
    }
}

fn reject(caller: &Caller, shape: Shape, prepared: &Prepared, failure: Failure) {
    let parts = || Parts {
        method: prepared.method.as_ref(),
        url: &prepared.url,
        request: Some(&prepared.input),
        options: Some(&prepared.options),
        ..Parts::default()
    };
    let error = match (failure, shape) {
        (Failure::Session { response: Some(response), .. }, Shape::Fetch) => {
            platform::settle(caller, response.as_ref(), true);
            return;
        }
        (Failure::Invalid(error), _) | (Failure::Network(error) | Failure::Aborted(error), Shape::Fetch) => {
            error
        }
        (Failure::Network(cause) | Failure::Aborted(cause), _) => {
            error::failed(&Parts { cause: Some(&cause), ..parts() })
        }
        (Failure::Body(response, cause), _) => {
            error::failed(&Parts { response: Some(&response), cause: Some(&cause), ..parts() })
        }
        (Failure::Status(response, data), _) => {
            error::failed(&Parts { response: Some(&response), data: Some(&data), ..parts() })
        }
        (Failure::Session { code, response, cause }, _) => {
            error::denied(code, &Parts { response: response.as_ref(), cause: cause.as_ref(), ..parts() })
        }
    };
    platform::settle(caller, &error, false);
}
