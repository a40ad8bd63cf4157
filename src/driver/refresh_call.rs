//! The call of a refresh on its JavaScript side.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::resources::SessionResources;
use super::tasks::{self, Order, Wait};
use super::tokens::Fields;
use crate::boundary::{Interruption, RefreshProblem, RefreshStep, TokenReading};
use crate::options::Settings;
use crate::platform::executor::TaskId;
use crate::platform::fetch::fetch;

#[wasm_bindgen(module = "/src/driver/refresh.js")]
extern "C" {
    /// One call, with its result.
    #[derive(Clone)]
    pub(super) type RefreshCall;
    /// A new call, or the one that an engine which has trapped made with the same tokens and that is still running.
    #[wasm_bindgen(js_name = refreshCall)]
    pub(super) fn refresh_call(
        settings: &Settings,
        resources: &SessionResources,
        tokens: &JsValue,
        reason: u32,
    ) -> RefreshCall;
    /// The URL, where a function of the app's has named it. Any other is already joined to the base URL.
    #[wasm_bindgen(method, getter)]
    pub(super) fn target(this: &RefreshCall) -> Option<String>;
    #[wasm_bindgen(method)]
    pub(super) fn join(this: &RefreshCall, cut_base: usize, cut_request: usize, has_slash: bool);
    /// What `fetch` is to be called with; `undefined` if it has been called.
    #[wasm_bindgen(method, getter, js_name = fetchInput)]
    fn fetch_input(this: &RefreshCall) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = fetchInit)]
    fn fetch_init(this: &RefreshCall) -> JsValue;
    /// Uses up what `fetch` is called with, and returns the number for [`end_sending`].
    #[wasm_bindgen(method, js_name = beginSending)]
    fn begin_sending(this: &RefreshCall) -> u32;
    /// Gives a call what `fetch` has returned or thrown. The call is named by a number: `fetch` may lead to a trap, and this engine,
    /// which runs on until it returns, has lost its handles then.
    #[wasm_bindgen(js_name = endSending)]
    fn end_sending(number: u32, promise: &JsValue, is_thrown: bool);
    /// Whether the body of the answer was read.
    #[wasm_bindgen(method, getter, js_name = isRead)]
    pub(super) fn is_read(this: &RefreshCall) -> bool;
    #[wasm_bindgen(method, js_name = perform)]
    fn raw_perform(this: &RefreshCall, step: u32, slot: u32, turn: u32);
    #[wasm_bindgen(method, js_name = readTokens)]
    fn raw_read_tokens(this: &RefreshCall) -> u32;
    #[wasm_bindgen(method, js_name = weigh)]
    fn raw_weigh(this: &RefreshCall, problem: u32) -> u32;
    /// The tokens that [`read_tokens`](RefreshCall::read_tokens) has found.
    #[wasm_bindgen(method, getter)]
    pub(super) fn fields(this: &RefreshCall) -> Option<Fields>;
    /// The error that [`weigh`](RefreshCall::weigh) has made of the problem.
    #[wasm_bindgen(method, getter)]
    pub(super) fn error(this: &RefreshCall) -> JsValue;
    /// The server's `Retry-After`, in ms; NaN or negative if there is none.
    #[wasm_bindgen(method, getter)]
    pub(super) fn wait(this: &RefreshCall) -> f64;
    /// The result is known.
    #[wasm_bindgen(method)]
    pub(super) fn finish(this: &RefreshCall, has_tokens: bool);
    #[wasm_bindgen(method)]
    fn abort(this: &RefreshCall);
    /// Whether the server has given another refresh token, or keeps it in a cookie, where that can not be seen.
    #[wasm_bindgen(method, getter, js_name = isRotated)]
    pub(super) fn is_rotated(this: &RefreshCall) -> bool;
}

impl RefreshCall {
    /// Does a step, and ends the wait with its result.
    pub(super) fn perform(&self, step: RefreshStep, wait: &Wait) {
        self.raw_perform(step as u32, wait.ticket().slot, wait.ticket().turn);
    }

    /// Looks for tokens in the reply.
    pub(super) fn read_tokens(&self) -> TokenReading {
        TokenReading::from_number(self.raw_read_tokens()).unwrap_or(TokenReading::None)
    }

    /// Makes an error of a problem, and asks the app whether it means a refusal. Returns the bits of a [`RefreshReply`].
    pub(super) fn weigh(&self, problem: RefreshProblem) -> u32 {
        self.raw_weigh(problem as u32)
    }

    /// Calls `fetch`, once.
    pub(super) fn send(&self, settings: &Settings) {
        let input = self.fetch_input();
        if !input.is_undefined() {
            let (own, init) = (settings.own_fetch(), self.fetch_init());
            let number = self.begin_sending();
            let sent = fetch(own.as_ref(), &input, &init);
            let is_thrown = sent.is_err();
            end_sending(number, &sent.unwrap_or_else(|thrown| thrown), is_thrown);
        }
    }
}

/// A call that is running, with its task.
pub(super) struct RunningCall {
    pub(super) task: TaskId,
    pub(super) call: RefreshCall,
}

impl RunningCall {
    /// Whether it is the call of this task.
    pub(super) fn is_of(&self, task: TaskId) -> bool {
        self.task == task
    }

    pub(super) fn abort(self) {
        self.call.abort();
        tasks::send_order(self.task, Order::Interrupt(Interruption::Aborted));
    }
}
