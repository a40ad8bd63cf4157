//! The call of a refresh: a token endpoint, or a function of the app.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::resources::SessionResources;
use super::session::SessionDriver;
use super::tasks::{self, Order, Wake};
use super::tokens::Origin;
use crate::boundary::Interruption;
use crate::engine::{CallOutcome, Cause, Event, Refresh, RefreshId, SendNo};
use crate::options::{RefreshWay, Settings};
use crate::platform::executor::{Settled, TaskId};
use crate::platform::source::Source;
use crate::policy::fence::Reuse;
use crate::policy::oauth::{Failure, Word, judge_failure};

#[wasm_bindgen(module = "/src/driver/refresh.js")]
extern "C" {
    /// One call, and what it has come to.
    #[wasm_bindgen(extends = Source)]
    #[derive(Clone)]
    type RefreshCall;
    /// A new call, or the one that is out with these tokens since before a trap.
    #[wasm_bindgen(js_name = refreshCall)]
    fn refresh_call(settings: &Settings, resources: &SessionResources, tokens: &JsValue) -> RefreshCall;
    #[wasm_bindgen(method)]
    fn present(this: &RefreshCall, tokens: &JsValue, reason: u32, slot: u32, turn: u32);
    #[wasm_bindgen(method)]
    fn abort(this: &RefreshCall);
    /// Whether the refresh token is another one now, or was never seen.
    #[wasm_bindgen(method, getter, js_name = isRotated)]
    fn is_rotated(this: &RefreshCall) -> bool;
}

// What has come: a success (and there are fields if there was a token in it), no success (`null` from a function, or an
// answer that is not 2xx), or no answer.
const REPLY: u32 = 0;
const REFUSAL: u32 = 1;

// The places of its numbers.
const STATUS: u32 = 0;
const ERROR_CODE: u32 = 1;
const RETRY_AFTER: u32 = 2;
const WORD: u32 = 3;

// The places of its texts.
const BASE_URL: u32 = 0;
const URL: u32 = 1;

/// A call that is out, and how to give it up.
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

/// Calls, by way of the first instance that lives.
pub(super) fn start(host: &Rc<SessionDriver>, refresh: RefreshId, send_no: SendNo) {
    let (Some(member), Some(before)) = (host.first_member(), host.tokens()) else {
        host.dispatch(Event::Refreshed { refresh, send_no, outcome: CallOutcome::Broken });
        return;
    };
    let settings = &member.options().settings;
    let call = refresh_call(settings, &host.resources, &before.object);
    // Where a function of the app names it; any other is joined already.
    call.join_url(BASE_URL, URL);
    let (running, host_of_task) = (call.clone(), Rc::clone(host));
    let task = tasks::spawn(move |_| async move {
        let host = host_of_task;
        let is_function = member.options().refresh == RefreshWay::Function;
        let is_rejected = matches!(host.engine.borrow().refresh(), Refresh::Busy(busy) if !matches!(busy.cause, Cause::Ahead));
        let wait = tasks::wait();
        // What a function asks for at once belongs to the refresh.
        host.in_refresh_function.set(is_function);
        call.present(&before.object, u32::from(is_rejected), wait.ticket().slot, wait.ticket().turn);
        host.in_refresh_function.set(false);
        // Told otherwise it was given up, and nobody waits for it any more.
        let Wake::Settled(how) = wait.await else { return };
        let came = match how {
            Settled::Fulfilled(came) => Some(came),
            Settled::Rejected => None,
        };
        let fields = call.fields().filter(|_| came == Some(REPLY));
        let tokens = fields.map(|fields| host.make_tokens(&fields, Origin::Refresh { before: &before }));
        let outcome = match &tokens {
            Some(tokens) => CallOutcome::Tokens {
                facts: tokens.facts,
                reuse: Reuse::of(tokens.replace_the_same(&before), call.is_rotated()),
            },
            None => judge(&call, came, is_function),
        };
        host.set_refresh_error(call.error());
        host.arrived.replace(tokens);
        host.dispatch(Event::Refreshed { refresh, send_no, outcome });
    });
    // Where the call is over already, its task is gone and giving it up does nothing.
    host.call.set(Some(RunningCall { task, call: running }));
}

/// What a call without a token has come to; `None`: a function has thrown.
fn judge(call: &RefreshCall, came: Option<u32>, is_function: bool) -> CallOutcome {
    let word = Word::from(call.whole(WORD));
    match came {
        _ if word == Word::Refused => return CallOutcome::Refused,
        Some(REFUSAL) if is_function => return CallOutcome::Refused,
        Some(REPLY) => return CallOutcome::Broken,
        Some(REFUSAL) | None => {}
        Some(_) => return CallOutcome::Passing { after: None, answered: false },
    }
    match judge_failure(call.whole(STATUS), call.whole(ERROR_CODE).into(), word) {
        Failure::Refused => CallOutcome::Refused,
        // A function is not called again, whatever it threw.
        Failure::Passing if !is_function => {
            let after = (call.number(RETRY_AFTER) >= 0.0).then(|| call.whole(RETRY_AFTER));
            CallOutcome::Passing { after, answered: true }
        }
        Failure::Passing | Failure::Broken => CallOutcome::Broken,
    }
}
