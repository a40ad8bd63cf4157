//! The call of a refresh: a token endpoint, or a function of the app.

use std::rc::Rc;

use js_sys::{Date, Function};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::{Fields, Origin, Tokens};
use super::trace::{Step, Trace};
use super::{Host, Member};
use crate::engine::{Attempt, CallOutcome, Cause, Event, Refresh, Ticket};
use crate::options::{Endpoint, RefreshWay};
use crate::policy::oauth::{Failure, judge_failure, retry_after};
use crate::task::{self, Order, TaskId, Wake};

#[wasm_bindgen(module = "/src/session/refresh.js")]
extern "C" {
    /// One call, and what it has come to.
    #[derive(Clone)]
    type RefreshCall;
    #[wasm_bindgen(constructor)]
    fn new() -> RefreshCall;
    #[wasm_bindgen(method, js_name = callEndpoint)]
    fn call_endpoint(
        this: &RefreshCall,
        endpoint: &Endpoint,
        tokens: &JsValue,
        fetch: Option<&Function>,
        slot: u32,
        turn: u32,
    );
    #[wasm_bindgen(method, js_name = callFunction)]
    fn call_function(
        this: &RefreshCall,
        function: &Function,
        tokens: &JsValue,
        reason: u32,
        make_api: &Function,
        slot: u32,
        turn: u32,
    );
    #[wasm_bindgen(method, getter)]
    fn fields(this: &RefreshCall) -> Option<Fields>;
    #[wasm_bindgen(method, getter)]
    fn status(this: &RefreshCall) -> u16;
    #[wasm_bindgen(method, js_name = errorCode)]
    fn error_code(this: &RefreshCall) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &RefreshCall) -> Option<String>;
    #[wasm_bindgen(method, js_name = retryDate)]
    fn retry_date(this: &RefreshCall) -> f64;
    #[wasm_bindgen(method, getter)]
    fn error(this: &RefreshCall) -> JsValue;
    #[wasm_bindgen(method)]
    fn abort(this: &RefreshCall);
}

/// It was a success, and there are fields if there was a token in it.
const REPLY: u32 = 0;
/// It was no success: `null` from a function, or an answer that is not 2xx.
const REFUSAL: u32 = 1;

/// A call that is out, and how to give it up.
pub(super) struct RunningCall {
    task: TaskId,
    call: RefreshCall,
}

impl RunningCall {
    pub(super) fn abort(self) {
        self.call.abort();
        task::tell(self.task, Order::Abort);
    }
}

/// Calls, by way of the first instance that lives.
pub(super) fn start(host: &Rc<Host>, ticket: Ticket, attempt: Attempt) {
    let (Some(member), Some(before)) = (host.first_member(), host.tokens()) else {
        host.dispatch(Event::Refreshed { ticket, attempt, outcome: CallOutcome::Broken });
        return;
    };
    let call = RefreshCall::new();
    let (running, host_of_task) = (call.clone(), Rc::clone(host));
    let task = task::spawn(move |_| async move {
        let host = host_of_task;
        let trace = Trace::begin(&host, 0);
        let note = |step| {
            if let Some(trace) = &trace {
                let subject = match &member.options().refresh {
                    RefreshWay::Call(endpoint) => endpoint.as_ref(),
                    RefreshWay::Function(_) | RefreshWay::Never => call.as_ref(),
                };
                trace.note(&host, subject, step, 0);
            }
        };
        note(Step::Refreshing);
        let wake = ask(&host, &member, &call, &before.object).await;
        if matches!(wake, Wake::Told(_)) {
            // It was given up: nobody waits for it any more.
            return;
        }
        let is_function = matches!(member.options().refresh, RefreshWay::Function(_));
        let (outcome, tokens) = judge(&host, &call, wake, is_function, &before);
        note(if tokens.is_some() { Step::Refreshed } else { Step::RefreshFailed });
        host.set_refresh_error(call.error());
        host.take_in(Event::Refreshed { ticket, attempt, outcome }, tokens);
    });
    // Where the call is over already, its task is gone and giving it up does nothing.
    *host.call.borrow_mut() = Some(RunningCall { task, call: running });
}

async fn ask(host: &Host, member: &Member, call: &RefreshCall, tokens: &JsValue) -> Wake {
    let reason = match host.engine.borrow().refresh() {
        Refresh::Busy(busy) => u32::from(busy.cause != Cause::Ahead),
        Refresh::Idle => 0,
    };
    let wait = task::wait();
    let ticket = wait.ticket();
    match &member.options().refresh {
        RefreshWay::Call(endpoint) => {
            call.call_endpoint(endpoint, tokens, member.fetch(), ticket.slot, ticket.turn);
        }
        RefreshWay::Function(function) => {
            // What the function asks for at once belongs to the refresh.
            host.in_refresh_function.set(true);
            call.call_function(function, tokens, reason, member.bare_api(), ticket.slot, ticket.turn);
            host.in_refresh_function.set(false);
        }
        // The engine knows that these tokens can not be refreshed.
        RefreshWay::Never => {}
    }
    wait.await
}

/// What a call has come to.
fn judge(
    host: &Host,
    call: &RefreshCall,
    wake: Wake,
    is_function: bool,
    before: &Tokens,
) -> (CallOutcome, Option<Rc<Tokens>>) {
    if let (Wake::Done(REPLY), Some(fields)) = (wake, call.fields()) {
        let tokens = Tokens::build(&fields, Origin::Refresh { before }, host.rules, host.clock());
        return (CallOutcome::Pair(tokens.pair), Some(Rc::new(tokens)));
    }
    let failure = || judge_failure(call.status(), call.error_code().as_deref());
    let outcome = match wake {
        // A function is not called again, whatever it threw.
        Wake::Done(REFUSAL) if is_function => CallOutcome::Refused,
        Wake::Failed if failure() == Failure::Refused => CallOutcome::Refused,
        Wake::Done(REFUSAL) => match failure() {
            Failure::Refused => CallOutcome::Refused,
            Failure::Passing => {
                let after = call.retry_after();
                let after = after.and_then(|after| retry_after(&after, call.retry_date(), Date::now()));
                CallOutcome::Passing { after, answered: true }
            }
            Failure::Broken => CallOutcome::Broken,
        },
        Wake::Done(REPLY) | Wake::Failed | Wake::Told(_) => CallOutcome::Broken,
        Wake::Done(_) => CallOutcome::Passing { after: None, answered: false },
    };
    (outcome, None)
}
