//! The engine's part of an instance: starts its requests, and carries out what the app does with its session.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::{AuthCode, Facts, SetObjection, Status};
use crate::driver::tasks::{self, Order, Wake};
use crate::driver::{Fields, SessionDriver, SessionHandle};
use crate::engine::{Asker, Event, Goal, Millis};
use crate::options::{SessionOptions, Settings};
use crate::platform::promise::Deferred;
use crate::request::{RequestRecord, pipeline};

/// The engine's part of what `createApiFetch` makes. JavaScript puts the callable around it.
#[wasm_bindgen]
pub struct ApiFetch {
    session: Option<Rc<SessionHandle>>,
}

impl ApiFetch {
    fn driver(&self) -> Option<&Rc<SessionDriver>> {
        self.session.as_ref().map(|handle| handle.driver())
    }

    /// The session for a call that is made now. A call from inside the app's refresh function has none, which has to be found out now, as
    /// the request may start only after that function has returned.
    fn handle(&self) -> Option<Rc<SessionHandle>> {
        self.session.clone().filter(|handle| !handle.driver().is_in_refresh_function())
    }
}

#[wasm_bindgen]
impl ApiFetch {
    /// An instance with a session of these settings, or without one. It has none either if the session at the same place refreshes at
    /// another origin. A child has its parent's settings.
    #[wasm_bindgen(constructor)]
    pub fn new(session: Option<Settings>, is_disposed: bool) -> Self {
        let join = |settings| SessionHandle::join(SessionOptions::read(settings), is_disposed);
        Self { session: session.and_then(join) }
    }

    /// Starts a call. `facts` are the bits of [`Facts`]. A call that was made earlier brings what [`asker`](Self::asker) returned then.
    pub fn start(&self, record: RequestRecord, facts: u32, asker: Option<f64>) {
        pipeline::start(self.handle(), record, Facts(facts), asker.and_then(Asker::from_number));
    }

    /// Starts a call without the session.
    #[wasm_bindgen(js_name = startWithoutSession)]
    pub fn start_without_session(&self, record: RequestRecord, facts: u32) {
        pipeline::start(None, record, Facts(facts), None);
    }

    /// The user of a call that is made now and started later; `undefined`: it goes without the session.
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

    /// How many calls wait for the session.
    pub fn waiting(&self) -> u32 {
        self.driver().map_or(0, |driver| driver.waiting())
    }

    /// Why tokens can not be set, as the number of a [`SetObjection`].
    #[wasm_bindgen(js_name = setObjection)]
    pub fn set_objection(&self) -> u32 {
        let objection = match &self.session {
            Some(handle) if handle.is_disposed() => SetObjection::Disposed,
            Some(handle) if handle.driver().is_shared_by_users() => SetObjection::SharedByUsers,
            _ => SetObjection::None,
        };
        objection as u32
    }

    /// The tokens in use, frozen; `null` if nobody is signed in, `undefined` if there is no session.
    pub fn tokens(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, SessionDriver::warm_snapshot)
    }

    /// A promise that resolves when the storage was read and everything is written.
    pub fn stored(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, |driver| driver.stored())
    }

    /// The parts of the session that outlive the engine; `undefined` if there is no session.
    pub fn resources(&self) -> JsValue {
        self.driver().map_or(JsValue::UNDEFINED, |driver| driver.resources())
    }

    /// Takes the reply to a login.
    pub fn set(&self, fields: &Fields, same_user: bool) {
        if let Some(handle) = &self.session {
            handle.driver().log_in(fields, same_user);
        }
    }

    /// `for_all`: signs the user out. Else only this instance leaves the session, and can not use it any more.
    pub fn leave(&self, for_all: bool) {
        let Some(handle) = &self.session else { return };
        if !for_all {
            handle.dispose();
        } else if !handle.is_disposed() {
            handle.driver().log_out();
        }
    }

    /// Settles the caller's promise with tokens that are valid for `for_ms` ms more, refreshed if needed, or, with `force`, in any case.
    pub fn ask(&self, for_ms: f64, force: bool, caller: Deferred) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let goal = Goal::Tokens { for_ms: for_ms as Millis, force };
        let Some(handle) = self.session.clone() else { return };
        if handle.is_disposed() {
            return handle.driver().deny(&caller, AuthCode::SignedOut);
        }
        // The task keeps the handle alive, as its options may be those of the refresh.
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
