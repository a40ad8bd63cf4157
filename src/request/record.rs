//! The record of a request, and the externs of the JavaScript modules that work on it. Values stay in JavaScript; only numbers cross.

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::{
    AuthCode, Encoding, Facts, FromBits as _, Hook, Outcome, RetryQuestion, SendingStart, Settlement,
    TokenAnswer, TokenQuestion, TraceStep,
};
use crate::engine::Route;
use crate::platform::executor::{TaskId, Ticket};
use crate::platform::promise::Deferred;
use crate::policy::digest::hash;
use crate::policy::retry::RetryInput;
use crate::policy::url::Joint;

#[wasm_bindgen(module = "/src/request/record.js")]
extern "C" {
    /// One request: its promise, its input and options, and its result.
    #[wasm_bindgen(extends = Deferred)]
    pub type RequestRecord;
    #[wasm_bindgen(method, getter, js_name = baseURL)]
    fn base_url(this: &RequestRecord) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn url(this: &RequestRecord) -> Option<String>;
    /// The init that `fetch` is to be called with.
    #[wasm_bindgen(method, getter, js_name = fetchInit)]
    pub(super) fn fetch_init(this: &RequestRecord) -> JsValue;
    /// The app's own `fetch`, if it has given one.
    #[wasm_bindgen(method, getter, js_name = ownFetch)]
    pub(super) fn own_fetch(this: &RequestRecord) -> Option<Function>;
    /// The error that was thrown.
    #[wasm_bindgen(method, getter)]
    pub(super) fn error(this: &RequestRecord) -> JsValue;
}

#[wasm_bindgen(module = "/src/request/prepare.js")]
extern "C" {
    #[wasm_bindgen(js_name = joinUrl)]
    fn raw_join_url(record: &RequestRecord, cut_base: usize, cut_request: usize, has_slash: bool);
    #[wasm_bindgen(js_name = finishUrl)]
    fn raw_finish_url(record: &RequestRecord, serial: u32) -> bool;
    #[wasm_bindgen(js_name = contentTypeOf)]
    fn raw_content_type(record: &RequestRecord) -> Option<String>;
    #[wasm_bindgen(js_name = answerTokenQuestion)]
    fn raw_answer_token_question(record: &RequestRecord, question: u32) -> u32;
    #[wasm_bindgen(js_name = makeReady)]
    fn raw_make_ready(record: &RequestRecord, encoding: u32, is_under_session: bool) -> bool;
}

#[wasm_bindgen(module = "/src/request/interruption.js")]
extern "C" {
    #[wasm_bindgen(js_name = watch)]
    fn raw_watch(record: &RequestRecord, slot: u32) -> bool;
}

#[wasm_bindgen(module = "/src/request/transport.js")]
extern "C" {
    #[wasm_bindgen(js_name = beginSending)]
    fn raw_begin_sending(record: &RequestRecord, tokens: &JsValue, slot: u32, turn: u32) -> u32;
    /// Makes the arguments of `fetch`, and returns its input; the init is in `fetch_init`. If `is_revocable`, the request can be
    /// withdrawn. `undefined` if something throws; the record holds the error then.
    #[wasm_bindgen(js_name = buildSending)]
    pub(super) fn build_sending(record: &RequestRecord, is_revocable: bool, turn: u32) -> JsValue;
    #[wasm_bindgen(js_name = awaitAnswer)]
    fn raw_await_answer(record: &RequestRecord, promise: &JsValue, slot: u32, turn: u32);
    #[wasm_bindgen(js_name = awaitFailure)]
    fn raw_await_failure(record: &RequestRecord, error: &JsValue, slot: u32, turn: u32);
    /// Aborts the request that is in flight, and ignores what still comes of it.
    pub(super) fn withdraw(record: &RequestRecord);
}

#[wasm_bindgen(module = "/src/request/reading.js")]
extern "C" {
    /// Whether the app wants a rejected request to be sent again.
    #[wasm_bindgen(js_name = mayReplay)]
    pub(super) fn may_replay(record: &RequestRecord) -> bool;
    /// The answer's `WWW-Authenticate`.
    #[wasm_bindgen(js_name = challengeOf)]
    fn raw_challenge(record: &RequestRecord) -> Option<String>;
    /// Method and path as one text.
    #[wasm_bindgen(js_name = routeOf)]
    fn raw_route(record: &RequestRecord) -> String;
    #[wasm_bindgen(js_name = read)]
    fn raw_read(record: &RequestRecord, reader: u32, slot: u32, turn: u32);
}

#[wasm_bindgen(module = "/src/request/hooks.js")]
extern "C" {
    #[wasm_bindgen(js_name = runHooks)]
    fn raw_run_hooks(record: &RequestRecord, hook: u32, slot: u32, turn: u32, serial: u32);
}

#[wasm_bindgen(module = "/src/request/retry.js")]
extern "C" {
    #[wasm_bindgen(js_name = answerRetryQuestion)]
    fn raw_answer_retry_question(record: &RequestRecord, question: u32, status: u32) -> f64;
    #[wasm_bindgen(js_name = pause)]
    fn raw_pause(record: &RequestRecord, wait: f64, slot: u32, turn: u32);
}

#[wasm_bindgen(module = "/src/request/outcome.js")]
extern "C" {
    #[wasm_bindgen(js_name = conclude)]
    fn raw_conclude(record: &RequestRecord, outcome: u32, settlement: u32) -> JsValue;
    #[wasm_bindgen(js_name = deny)]
    fn raw_deny(record: &RequestRecord, code: u32, cause: &JsValue);
    #[wasm_bindgen(js_name = traceEngineStep)]
    fn raw_trace(record: &RequestRecord, step: u32);
}

impl RequestRecord {
    /// Joins the URL to the base URL, if that is needed. Only the numbers of characters to cut off cross to JavaScript, which costs less
    /// than a string.
    pub(super) fn join_url(&self) {
        let (Some(base), Some(url)) = (self.base_url(), self.url()) else { return };
        if let Some(joint) = Joint::of(&base, &url) {
            raw_join_url(self, joint.cut_base, joint.cut_request, joint.has_slash);
        }
    }

    /// The content type that the caller gives to the body, without its parameters.
    pub(super) fn content_type(&self) -> Option<String> {
        raw_content_type(self)
    }

    /// Answers a question whether the request may carry a token, which may ask the app.
    pub(super) fn answer(&self, question: TokenQuestion) -> TokenAnswer {
        TokenAnswer::from_bits(raw_answer_token_question(self, question as u32))
    }

    /// Adds the query, and fixes the base that the page resolves the URL against, on behalf of this task. Returns false if that throws:
    /// the record holds the error.
    pub(super) fn finish_url(&self, task: TaskId) -> bool {
        raw_finish_url(self, task.serial)
    }

    /// Encodes the body. With the session, the request may have to wait: then everything that the caller could change meanwhile is copied,
    /// and listeners to `trace` are called from now on. Returns false if something throws; the record
    /// holds the error then.
    pub(super) fn make_ready(&self, encoding: Encoding, is_under_session: bool) -> bool {
        raw_make_ready(self, encoding as u32, is_under_session)
    }

    /// Listens to the caller's signal, which then interrupts this task. Returns false if it is aborted already, or is no signal.
    pub(super) fn watch(&self, task: TaskId) -> bool {
        raw_watch(self, task.slot)
    }

    /// Begins a sending with these tokens, or, with `undefined`, without any.
    pub(super) fn begin_sending(&self, tokens: &JsValue, ticket: Ticket) -> SendingStart {
        SendingStart::from_bits(raw_begin_sending(self, tokens, ticket.slot, ticket.turn))
    }

    /// Waits for the promise that `fetch` has returned, or fails with what it has thrown.
    pub(super) fn await_answer(&self, sent: Result<JsValue, JsValue>, ticket: Ticket) {
        match sent {
            Ok(promise) => raw_await_answer(self, &promise, ticket.slot, ticket.turn),
            Err(error) => raw_await_failure(self, &error, ticket.slot, ticket.turn),
        }
    }

    /// The answer's `WWW-Authenticate`.
    pub(super) fn challenge(&self) -> String {
        raw_challenge(self).unwrap_or_default()
    }

    /// The request's route, a hash of method and path.
    pub(super) fn route(&self) -> Route {
        Route(hash(&raw_route(self)))
    }

    /// Reads the answer's body as the caller, or the content type, says.
    pub(super) fn read(&self, facts: Facts, ticket: Ticket) {
        raw_read(self, facts.reader() as u32, ticket.slot, ticket.turn);
    }

    /// Runs the app's hooks of one kind, one after the other.
    pub(super) fn run_hooks(&self, hook: Hook, ticket: Ticket, task: TaskId) {
        raw_run_hooks(self, hook as u32, ticket.slot, ticket.turn, task.serial);
    }

    /// What the caller's or a hook's options say about another attempt after a failure with this status.
    pub(super) fn retry_input(&self, status: u32) -> RetryInput {
        let of = |question| raw_answer_retry_question(self, question as u32, status);
        RetryInput {
            retries: of(RetryQuestion::Retries),
            is_listed: of(RetryQuestion::IsListed),
            retry_after: of(RetryQuestion::RetryAfter),
        }
    }

    /// Waits at least `wait` ms, and resets the record to what the caller has given.
    pub(super) fn pause(&self, wait: f64, ticket: Ticket) {
        raw_pause(self, wait, ticket.slot, ticket.turn);
    }

    /// Stops the timer and the listening to the caller's signal. If the caller has aborted the request, its hooks are run. Returns
    /// the value or the error that settles the promise.
    pub(super) fn conclude(&self, outcome: Outcome, settlement: Settlement) -> JsValue {
        raw_conclude(self, outcome as u32, settlement as u32)
    }

    /// Sets an `AuthError` with this code and cause as the request's error.
    pub(super) fn deny(&self, code: AuthCode, cause: &JsValue) {
        raw_deny(self, code as u32, cause);
    }

    /// Calls the listeners to `trace` with a step that only the engine knows of.
    pub(super) fn trace(&self, step: TraceStep) {
        raw_trace(self, step as u32);
    }
}
