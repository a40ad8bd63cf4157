//! The call of a refresh: a token endpoint, or a function of the app.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::resources::SessionResources;
use super::session::SessionDriver;
use super::tasks::{self, Order, Wait, Wake};
use super::tokens::{Fields, TokenSource, Tokens};
use crate::boundary::{
    Interruption, RefreshArrival, RefreshProblem, RefreshReason, RefreshReply, RefreshStep, RefreshWay,
    SessionText, TokenReading,
};
use crate::engine::{CallOutcome, Cause, Event, Refresh, RefreshId, SendNo};
use crate::options::Settings;
use crate::platform::executor::{Settled, TaskId};
use crate::platform::fetch::fetch;
use crate::platform::number::whole;
use crate::policy::fence::Reuse;
use crate::policy::oauth::{self, Meaning};
use crate::policy::url::Joint;

#[wasm_bindgen(module = "/src/driver/refresh.js")]
extern "C" {
    /// One call, with its result.
    #[derive(Clone)]
    type RefreshCall;
    /// A new call, or the one that an engine which has trapped made with the same tokens and that is still running.
    #[wasm_bindgen(js_name = refreshCall)]
    fn refresh_call(
        settings: &Settings,
        resources: &SessionResources,
        tokens: &JsValue,
        reason: u32,
    ) -> RefreshCall;
    /// The URL, where a function of the app's has named it. Any other is already joined to the base URL.
    #[wasm_bindgen(method, getter)]
    fn target(this: &RefreshCall) -> Option<String>;
    #[wasm_bindgen(method)]
    fn join(this: &RefreshCall, cut_base: usize, cut_request: usize, has_slash: bool);
    /// What `fetch` is to be called with; `undefined` if it has been called.
    #[wasm_bindgen(method, getter, js_name = fetchInput)]
    fn fetch_input(this: &RefreshCall) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = fetchInit)]
    fn fetch_init(this: &RefreshCall) -> JsValue;
    /// Takes the promise that `fetch` has returned, or what it has thrown.
    #[wasm_bindgen(method)]
    fn sent(this: &RefreshCall, promise: &JsValue, is_thrown: bool);
    /// Does a [`RefreshStep`], and wakes the task with its result.
    #[wasm_bindgen(method, js_name = perform)]
    fn raw_perform(this: &RefreshCall, step: u32, slot: u32, turn: u32);
    #[wasm_bindgen(method, js_name = readTokens)]
    fn raw_read_tokens(this: &RefreshCall) -> u32;
    #[wasm_bindgen(method, js_name = weigh)]
    fn raw_weigh(this: &RefreshCall, problem: u32) -> u32;
    /// The tokens that [`read_tokens`](RefreshCall::read_tokens) has found.
    #[wasm_bindgen(method, getter)]
    fn fields(this: &RefreshCall) -> Option<Fields>;
    /// The error that [`weigh`](RefreshCall::weigh) has made of the problem.
    #[wasm_bindgen(method, getter)]
    fn error(this: &RefreshCall) -> JsValue;
    /// The server's `Retry-After`, in ms; NaN or negative if there is none.
    #[wasm_bindgen(method, getter)]
    fn wait(this: &RefreshCall) -> f64;
    /// The result is known.
    #[wasm_bindgen(method)]
    fn finish(this: &RefreshCall, has_tokens: bool);
    #[wasm_bindgen(method)]
    fn abort(this: &RefreshCall);
    /// Whether the server has given another refresh token, or keeps it in a cookie, where that can not be seen.
    #[wasm_bindgen(method, getter, js_name = isRotated)]
    fn is_rotated(this: &RefreshCall) -> bool;
}

impl RefreshCall {
    /// Looks for tokens in the reply.
    fn read_tokens(&self) -> TokenReading {
        TokenReading::from_number(self.raw_read_tokens()).unwrap_or(TokenReading::None)
    }

    /// Makes an error of a problem, and asks the app whether it means a refusal. Returns the bits of a [`RefreshReply`].
    fn weigh(&self, problem: RefreshProblem) -> u32 {
        self.raw_weigh(problem as u32)
    }

    /// Calls `fetch`, once.
    fn send(&self, settings: &Settings) {
        let input = self.fetch_input();
        if !input.is_undefined() {
            let sent = fetch(settings.own_fetch().as_ref(), &input, &self.fetch_init());
            let is_thrown = sent.is_err();
            self.sent(&sent.unwrap_or_else(|thrown| thrown), is_thrown);
        }
    }

    /// Begins a step, and returns the wait for its result.
    fn begin(&self, driver: &SessionDriver, settings: &Settings, step: RefreshStep) -> Wait {
        let wait = tasks::wait();
        if step == RefreshStep::Send {
            self.send(settings);
        }
        // Requests that the app's function makes synchronously belong to the refresh, and go without the session.
        driver.in_refresh_function.set(step == RefreshStep::Ask);
        self.raw_perform(step as u32, wait.ticket().slot, wait.ticket().turn);
        driver.in_refresh_function.set(false);
        wait
    }

    /// Decides what follows a step.
    fn after(&self, step: RefreshStep, how: Settled, way: RefreshWay) -> Next {
        let problem = match (step, how) {
            (RefreshStep::Prepare, Settled::Fulfilled(_)) => return Next::Step(RefreshStep::Send),
            (RefreshStep::Send, Settled::Fulfilled(arrival)) => {
                if !oauth::is_led_away(RefreshArrival(arrival)) {
                    return Next::Step(RefreshStep::Read);
                }
                RefreshProblem::Redirected
            }
            (_, Settled::Fulfilled(reply)) => return Next::End(self.judge_reply(RefreshReply(reply), way)),
            (RefreshStep::Send | RefreshStep::Read, Settled::Rejected) => RefreshProblem::NoAnswer,
            (_, Settled::Rejected) => RefreshProblem::Threw,
        };
        Next::End(self.judge(problem, way))
    }

    fn judge(&self, problem: RefreshProblem, way: RefreshWay) -> Meaning {
        oauth::judge(problem, RefreshReply(self.weigh(problem)), TokenReading::None, way)
    }

    fn judge_reply(&self, reply: RefreshReply, way: RefreshWay) -> Meaning {
        let reading = if oauth::may_hold_tokens(reply) { self.read_tokens() } else { TokenReading::None };
        match reading {
            TokenReading::Token => Meaning::Tokens,
            TokenReading::Unreadable => self.judge(RefreshProblem::Threw, way),
            TokenReading::None | TokenReading::Cookies => {
                let problem = oauth::problem_of(reply);
                let reply = RefreshReply(reply.0 | self.weigh(problem));
                oauth::judge(problem, reply, reading, way)
            }
        }
    }
}

/// What follows a step.
#[derive(Clone, Copy)]
enum Next {
    /// Another one.
    Step(RefreshStep),
    /// No step: the call has ended with this.
    End(Meaning),
}

/// A call that is running, with its task.
pub(super) struct RunningCall {
    task: TaskId,
    call: RefreshCall,
}

impl RunningCall {
    pub(super) fn abort(self) {
        self.call.abort();
        tasks::tell(self.task, Order::Interrupt(Interruption::Aborted));
    }
}

/// Starts the call with the options of the first instance that was not disposed of.
pub(super) fn start(driver: &Rc<SessionDriver>, refresh: RefreshId, send_no: SendNo) {
    let (Some(handle), Some(before)) = (driver.first_handle(), driver.tokens()) else {
        driver.dispatch(Event::Refreshed { refresh, send_no, outcome: CallOutcome::Broken });
        return;
    };
    let is_rejected = matches!(driver.engine.borrow().refresh(), Refresh::Busy(busy) if !matches!(busy.cause, Cause::Ahead));
    let reason = if is_rejected { RefreshReason::Rejected } else { RefreshReason::Expiry };
    let settings = &handle.options().settings;
    let call = refresh_call(settings, &driver.resources, &before.object, reason as u32);
    if let Some(joint) = Joint::between(settings.text(SessionText::BaseUrl), call.target()) {
        call.join(joint.cut_base, joint.cut_request, joint.has_slash);
    }
    let (running, driver_of_task) = (call.clone(), Rc::clone(driver));
    let task = tasks::spawn(move |_| async move {
        let driver = driver_of_task;
        let way = handle.options().refresh;
        let mut step = if way == RefreshWay::Function { RefreshStep::Ask } else { RefreshStep::Prepare };
        let meaning = loop {
            // An order instead of a result means that the call was given up: nobody waits for it.
            let Wake::Settled(how) = call.begin(&driver, &handle.options().settings, step).await else {
                return;
            };
            match call.after(step, how, way) {
                Next::Step(next) => step = next,
                Next::End(meaning) => break meaning,
            }
        };
        let outcome = conclude(&driver, &call, &before, meaning);
        driver.dispatch(Event::Refreshed { refresh, send_no, outcome });
    });
    // If the call is over already, its task is gone and aborting it does nothing.
    driver.call.set(Some(RunningCall { task, call: running }));
}

/// Keeps the result of a call, and makes of it what the engine has to know.
fn conclude(driver: &SessionDriver, call: &RefreshCall, before: &Tokens, meaning: Meaning) -> CallOutcome {
    let has_tokens = meaning == Meaning::Tokens;
    call.finish(has_tokens);
    driver.set_refresh_error(if has_tokens { JsValue::UNDEFINED } else { call.error() });
    driver.arrived.take();
    match meaning {
        Meaning::Tokens => {
            let source = TokenSource::Refresh { before };
            let Some(tokens) = call.fields().map(|fields| driver.make_tokens(&fields, source)) else {
                return CallOutcome::Broken;
            };
            let reuse = Reuse::of(tokens.replace_the_same(before), call.is_rotated());
            let facts = tokens.facts;
            driver.arrived.replace(Some(tokens));
            CallOutcome::Tokens { facts, reuse }
        }
        Meaning::Refused => CallOutcome::Refused,
        Meaning::Passing { answered } => {
            let after = (answered && call.wait() >= 0.0).then(|| whole(call.wait()));
            CallOutcome::Passing { after, answered }
        }
        Meaning::Broken => CallOutcome::Broken,
    }
}
