//! A refresh, from its start to its result: by a token endpoint, or by a function of the app.

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::refresh_call::{RefreshCall, RunningCall, refresh_call};
use super::session::SessionDriver;
use super::tasks::{self, Wait, Wake};
use super::tokens::{TokenSource, Tokens};
use crate::boundary::{
    RefreshArrival, RefreshProblem, RefreshReason, RefreshReply, RefreshStep, RefreshWay, SessionText,
    TokenReading,
};
use crate::engine::{CallOutcome, Cause, Event, Refresh, RefreshId, SendNo};
use crate::options::Settings;
use crate::platform::executor::Settled;
use crate::platform::number::whole;
use crate::policy::fence::Reuse;
use crate::policy::oauth::{self, Meaning};
use crate::policy::url::Joint;

impl RefreshCall {
    /// Begins a step, and returns the wait for its result.
    fn begin(&self, driver: &SessionDriver, settings: &Settings, step: RefreshStep) -> Wait {
        let wait = tasks::wait();
        if step == RefreshStep::Send {
            self.send(settings);
        }
        // Requests that the app's function makes synchronously belong to the refresh, and go without the session.
        driver.in_refresh_function.set(step == RefreshStep::Ask);
        self.perform(step, &wait);
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
            (RefreshStep::Send, Settled::Rejected) => RefreshProblem::NoAnswer,
            // What takes the answer apart may throw as well, for instance a function of the app.
            (RefreshStep::Read, Settled::Rejected) if !self.is_read() => RefreshProblem::NoAnswer,
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

/// Starts the call with the options of the first instance that was not disposed of.
pub(super) fn start(driver: &Rc<SessionDriver>, refresh: RefreshId, send_no: SendNo) {
    let (Some(instance), Some(before)) = (driver.first_instance(), driver.tokens()) else {
        driver.dispatch(Event::Refreshed { refresh, send_no, outcome: CallOutcome::Broken });
        return;
    };
    let is_rejected = matches!(driver.engine.borrow().refresh(), Refresh::Busy(busy) if !matches!(busy.cause, Cause::Ahead));
    let reason = if is_rejected { RefreshReason::Rejected } else { RefreshReason::Expiry };
    let settings = &instance.options.settings;
    let call = refresh_call(settings, &driver.resources, &before.object, reason as u32);
    if let Some(joint) = Joint::between(settings.text(SessionText::BaseUrl), call.target()) {
        call.join(joint.cut_base, joint.cut_request, joint.has_slash);
    }
    let (running, driver_of_task) = (call.clone(), Rc::clone(driver));
    let task = tasks::spawn(move |task| async move {
        let driver = driver_of_task;
        let way = instance.options.refresh;
        let mut step = if way == RefreshWay::Function { RefreshStep::Ask } else { RefreshStep::Prepare };
        let meaning = loop {
            // An order instead of a result means that the call was given up: nobody waits for it.
            let Wake::Settled(how) = call.begin(&driver, &instance.options.settings, step).await else {
                return;
            };
            match call.after(step, how, way) {
                Next::Step(next) => step = next,
                Next::End(meaning) => break meaning,
            }
        };
        // The app's functions that were called meanwhile may have given up this call, and begun another.
        driver.call.set(driver.call.take().filter(|running| !running.is_of(task)));
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
