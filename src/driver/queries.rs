//! What instances, requests and the rest of the driver ask a session for.

use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::instance::Instance;
use super::session::SessionDriver;
use super::tokens::Tokens;
use crate::boundary::{AuthCode, Status};
use crate::engine::{Asker, Gen, Id, Session, Time};
use crate::platform::promise::Deferred;

#[wasm_bindgen(module = "/src/error/errors.js")]
extern "C" {
    /// An `AuthError`, by the number of its [`AuthCode`].
    #[wasm_bindgen(js_name = authError)]
    fn auth_error(code: u32, cause: &JsValue) -> JsValue;
}

impl SessionDriver {
    /// For which user and generation a call goes that is made now.
    pub(crate) fn asker(self: &Rc<Self>) -> Asker {
        self.look();
        self.engine.borrow().asker()
    }

    /// Why a call must not be sent: the user who made it is not signed in any more.
    pub(crate) fn session_mismatch(self: &Rc<Self>, asker: Asker) -> Option<AuthCode> {
        self.look();
        self.engine.borrow().session_mismatch(asker)
    }

    /// The tokens in use.
    pub(super) fn tokens(&self) -> Option<Rc<Tokens>> {
        self.tokens.borrow().clone()
    }

    /// The tokens as the app sees them: a frozen object, or `null`.
    pub(super) fn snapshot(&self) -> JsValue {
        self.tokens().map_or(JsValue::NULL, |tokens| tokens.object.clone())
    }

    /// The `cause` for an error with this code: the refresh's error, if the refresh failed.
    pub(crate) fn cause_of(&self, code: AuthCode) -> JsValue {
        match code {
            AuthCode::RefreshRejected | AuthCode::RefreshFailed => self.refresh_error.borrow().clone(),
            _ => JsValue::UNDEFINED,
        }
    }

    /// Rejects a caller's promise with an `AuthError`.
    pub(crate) fn deny(&self, caller: &Deferred, code: AuthCode) {
        caller.reject(&auth_error(code as u32, &self.cause_of(code)));
    }

    /// How many calls wait.
    pub(crate) fn waiting(&self) -> u32 {
        u32::try_from(self.engine.borrow().waiting()).unwrap_or(u32::MAX)
    }

    /// Whether tokens of several users could be mixed here.
    pub(crate) fn is_shared_by_users(&self) -> bool {
        self.store.is_shared_by_users()
    }

    /// The parts of the session that outlive the engine, for JavaScript.
    pub(crate) fn resources(&self) -> JsValue {
        self.resources.clone().into()
    }

    pub(super) fn set_refresh_error(&self, error: JsValue) {
        self.refresh_error.replace(error);
    }

    /// Whether a refresh function of the app is being called.
    pub(crate) fn is_in_refresh_function(&self) -> bool {
        self.in_refresh_function.get()
    }

    /// Whether the engine wants to know where requests have gone.
    pub(crate) fn needs_routes(&self) -> bool {
        self.engine.borrow().needs_routes()
    }

    /// Whether a call has to wait.
    pub(crate) fn is_waiting(&self, id: Id) -> bool {
        self.engine.borrow().is_parked(id)
    }

    pub(super) fn now(&self) -> Time {
        self.clock.now().engine
    }

    pub(super) fn status(&self) -> Status {
        self.engine.borrow().status()
    }

    pub(super) fn generation(&self) -> Option<Gen> {
        match self.engine.borrow().session() {
            Session::In { generation, .. } => Some(*generation),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    /// The first instance that was not disposed of: its options apply to the refresh.
    pub(super) fn first_instance(&self) -> Option<Rc<Instance>> {
        self.instances.borrow().iter().filter_map(Weak::upgrade).find(|instance| !instance.is_disposed())
    }

    /// Whether an instance that refreshes at this origin may share the session; `None` where the origin is not known beforehand.
    pub(super) fn agrees_on(&self, origin: Option<u64>) -> bool {
        let known = self.refresh_origin.get();
        if known.is_none() {
            self.refresh_origin.set(origin);
        }
        known.is_none() || origin.is_none() || known == origin
    }

    /// Whether the last instance has left.
    pub(super) fn is_closed(&self) -> bool {
        self.engine.borrow().is_closed()
    }
}
