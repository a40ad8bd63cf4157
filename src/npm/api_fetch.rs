//! An instance, as the shell holds it: the session that its requests go under, and what the app can do with it.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::AuthCode;
use crate::driver::{Fields, SessionHandle};
use crate::engine::{Asker, Goal, Millis};
use crate::options::{SessionOptions, Settings};
use crate::platform::executor::{self, Order, Wake};
use crate::platform::promise::Caller;
use crate::request::call::{Call, Facts};
use crate::request::pipeline;

/// What `createApiFetch` makes; the shell puts a callable around it.
#[wasm_bindgen]
pub struct ApiFetch {
    session: Option<Rc<SessionHandle>>,
}

impl ApiFetch {
    /// Under what a call goes that is made now. Asked now: the request itself may start only after the refresh function has gone on.
    fn member(&self) -> Option<Rc<SessionHandle>> {
        self.session.clone().filter(|member| !member.host().is_in_refresh_function())
    }
}

#[wasm_bindgen]
impl ApiFetch {
    /// An instance with a session of these settings, or with none: also where that session's tokens belong to the server of
    /// another origin. A child comes with its parent's settings.
    #[wasm_bindgen(constructor)]
    pub fn new(session: Option<Settings>, is_disposed: bool) -> Self {
        let join = |settings| SessionHandle::join(SessionOptions::read(settings), is_disposed);
        Self { session: session.and_then(join) }
    }

    /// Answers a call, whose small facts come along. One that was made before and has waited brings what `asker` told then.
    pub fn start(&self, call: Call, facts: u32, asker: Option<f64>) {
        let asker = asker.map(Asker::from_number);
        let member = if asker == Some(None) { None } else { self.member() };
        pipeline::start(member, call, Facts(facts), asker.flatten());
    }

    /// Whose a call is that is made now and started later; NaN: the session has no part in it.
    pub fn asker(&self) -> f64 {
        self.member().map_or(f64::NAN, |member| member.host().asker().to_number())
    }

    /// A figure: the place of the status in `STATUSES` (0), how many requests are in flight or waiting (1), how many calls wait
    /// (2), why tokens can not be set: the session is disposed of (3, 1), or on a server, where tokens of many users could meet
    /// (3, 2).
    pub fn figure(&self, which: u32) -> u32 {
        let Some(member) = &self.session else { return 0 };
        let host = member.host();
        match which {
            0 => host.warm_status() as u32,
            1 => host.pending(),
            2 => host.waiting(),
            _ if member.is_disposed() => 1,
            _ => u32::from(host.is_shared_by_users()) * 2,
        }
    }

    /// A value of the session: the tokens in use, frozen, or `null` when nobody is signed in (0); a promise that the storage has
    /// been read and all is written that there is to write (1); what of it outlives the engine (2). `undefined` where there is no
    /// session.
    pub fn value(&self, which: u32) -> JsValue {
        let Some(member) = &self.session else { return JsValue::UNDEFINED };
        let host = member.host();
        match which {
            0 => host.warm_snapshot(),
            1 => host.stored(),
            _ => host.lasting(),
        }
    }

    /// Takes the reply to a login.
    pub fn set(&self, fields: &Fields, same_user: bool) {
        if let Some(member) = &self.session {
            member.host().log_in(fields, same_user);
        }
    }

    /// Ends the session for all, by the user's wish; or this instance alone leaves it, and sends nothing more with it.
    pub fn leave(&self, for_all: bool) {
        let Some(member) = &self.session else { return };
        if !for_all {
            member.dispose();
        } else if !member.is_disposed() {
            member.host().log_out();
        }
    }

    /// Gives the caller tokens that are good for so many milliseconds, refreshed if need be, or in any case.
    pub fn ask(&self, for_ms: f64, force: bool, caller: Caller) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let goal = Goal::Tokens { for_ms: for_ms as Millis, force };
        let Some(member) = self.session.clone() else { return };
        if member.is_disposed() {
            return member.host().deny(&caller, AuthCode::SignedOut);
        }
        // The member is kept until then: it may be the one that refreshes.
        executor::spawn(move |id| async move {
            let host = member.host();
            let wait = executor::wait();
            host.ask(id.into(), goal, &mut None);
            match wait.await {
                Wake::Told(Order::Deliver(Some(tokens))) => caller.resolve(&tokens.object),
                Wake::Told(Order::Reject(code)) => host.deny(&caller, code),
                _ => host.deny(&caller, AuthCode::SignedOut),
            }
        });
    }
}
