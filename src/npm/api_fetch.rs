//! An instance, as the shell holds it: the session that its requests go under, and what the app can do with it.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::{AuthCode, Facts, SetObjection, Status};
use crate::driver::tasks::{self, Order, Wake};
use crate::driver::{Fields, SessionDriver, SessionHandle};
use crate::engine::{Asker, Event, Goal, Millis};
use crate::options::{SessionOptions, Settings};
use crate::platform::promise::Deferred;
use crate::request::{RequestRecord, pipeline};

/// What `createApiFetch` makes; the shell puts a callable around it.
#[wasm_bindgen]
pub struct ApiFetch {
    session: Option<Rc<SessionHandle>>,
}

impl ApiFetch {
    fn driver(&self) -> Option<&Rc<SessionDriver>> {
        self.session.as_ref().map(|handle| handle.driver())
    }

    /// Under what a call goes that is made now. Asked now: the request itself may start only after the refresh function has gone on.
    fn handle(&self) -> Option<Rc<SessionHandle>> {
        self.session.clone().filter(|handle| !handle.driver().is_in_refresh_function())
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
    pub fn start(&self, record: RequestRecord, facts: u32, asker: Option<f64>) {
        pipeline::start(self.handle(), record, Facts(facts), asker.and_then(Asker::from_number));
    }

    /// The same for a call in which the session has no part.
    #[wasm_bindgen(js_name = startWithoutSession)]
    pub fn start_without_session(&self, record: RequestRecord, facts: u32) {
        pipeline::start(None, record, Facts(facts), None);
    }

    /// Whose a call is that is made now and started later; `undefined`: the session has no part in it.
    pub fn asker(&self) -> Option<f64> {
        self.handle().map(|handle| handle.driver().asker().to_number())
    }

    /// The session's [`Status`] as its number, once the storage has been read.
    pub fn status(&self) -> u32 {
        self.driver().map_or(Status::SignedOut, SessionDriver::warm_status) as u32
    }

    /// How many requests are in flight or waiting.
    pub fn pending(&self) -> u32 {
        self.driver().map_or(0, |driver| driver.pending())
    }

    /// How many calls wait.
    pub fn waiting(&self) -> u32 {
        self.driver().map_or(0, |driver| driver.waiting())
    }

    /// Why tokens can not be set: a [`SetObjection`] as its number.
    #[wasm_bindgen(js_name = setObjection)]
    pub fn set_objection(&self) -> u32 {
        let objection = match &self.session {
            Some(handle) if handle.is_disposed() => SetObjection::Disposed,
            Some(handle) if handle.driver().is_shared_by_users() => SetObjection::SharedByUsers,
            _ => SetObjection::None,
        };
        objection as u32
    }

    /// The tokens in use, frozen, or `null` when nobody is signed in; `undefined` where there is no session.
    pub fn tokens(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, SessionDriver::warm_snapshot)
    }

    /// A promise that the storage has been read and all is written that there is to write.
    pub fn stored(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, |driver| driver.stored())
    }

    /// What of the session outlives the engine; `undefined` where there is no session.
    pub fn resources(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, |driver| driver.resources())
    }

    /// Takes the reply to a login.
    pub fn set(&self, fields: &Fields, same_user: bool) {
        if let Some(handle) = &self.session {
            handle.driver().log_in(fields, same_user);
        }
    }

    /// Ends the session for all, by the user's wish; or this instance alone leaves it, and sends nothing more with it.
    pub fn leave(&self, for_all: bool) {
        let Some(handle) = &self.session else { return };
        if !for_all {
            handle.dispose();
        } else if !handle.is_disposed() {
            handle.driver().log_out();
        }
    }

    /// Gives the caller tokens that are good for so many milliseconds, refreshed if need be, or in any case.
    pub fn ask(&self, for_ms: f64, force: bool, caller: Deferred) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let goal = Goal::Tokens { for_ms: for_ms as Millis, force };
        let Some(handle) = self.session.clone() else { return };
        if handle.is_disposed() {
            return handle.driver().deny(&caller, AuthCode::SignedOut);
        }
        // The handle is kept until then: it may be the one that refreshes.
        tasks::spawn(move |id| async move {
            let driver = handle.driver();
            let wait = tasks::wait();
            let asker = driver.asker();
            driver.dispatch(Event::Ask { id: id.into(), goal, asker });
            match wait.await {
                Wake::Order(Order::Deliver(Some(tokens))) => caller.resolve(&tokens.object),
                Wake::Order(Order::Reject(code)) => driver.deny(&caller, code),
                _ => driver.deny(&caller, AuthCode::SignedOut),
            }
        });
    }
}
