//! `api.session`, as the shell sees it.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::listeners::Listeners;
use super::tokens::{Fields, Origin, Tokens};
use super::{Member, now};
use crate::engine::{Event, Goal, Millis};
use crate::error;
use crate::task::{self, Order};
use crate::web::task::Caller;

/// What an instance can do with its session.
#[wasm_bindgen(js_name = Session)]
pub struct SessionHandle(Rc<Member>);

impl SessionHandle {
    pub(crate) fn new(member: Rc<Member>) -> Self {
        Self(member)
    }
}

#[wasm_bindgen(js_class = Session)]
impl SessionHandle {
    /// The tokens in use, frozen; `null` when nobody is signed in.
    pub fn tokens(&self) -> JsValue {
        self.0.host().warm_up();
        self.0.host().snapshot()
    }

    /// The place of the status in `STATUSES` of `listeners.js`.
    pub fn status(&self) -> u32 {
        self.0.host().warm_up();
        self.0.host().status() as u32
    }

    /// How many requests are in flight or waiting.
    pub fn pending(&self) -> u32 {
        self.0.host().pending.get()
    }

    /// How many calls wait.
    pub fn waiting(&self) -> usize {
        self.0.host().engine.borrow().parked().len()
    }

    /// Whether tokens may be set: not once the session is disposed of (1), nor on a server, where tokens of many users could
    /// meet (2).
    #[wasm_bindgen(js_name = objection)]
    pub fn objection(&self) -> u32 {
        match self.0.is_disposed() {
            true => 1,
            false if self.0.host().store.is_shared_by_users() => 2,
            false => 0,
        }
    }

    /// Takes the reply to a login.
    pub fn set(&self, fields: &Fields, same_user: bool) {
        let host = self.0.host();
        host.warm_up();
        let before = host.tokens();
        let origin = Origin::Login { before: before.as_deref(), same_user };
        let tokens = Tokens::build(fields, origin, host.rules, now());
        host.take_in(Event::Set { pair: tokens.pair }, Some(Rc::new(tokens)));
    }

    /// Ends the session.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        let host = self.0.host();
        host.warm_up();
        host.set_refresh_error(JsValue::UNDEFINED);
        host.dispatch(Event::SignOut);
    }

    /// Gives the caller tokens that are good for so many milliseconds, refreshed if need be, or in any case.
    pub fn ask(&self, for_ms: f64, force: bool, caller: Caller) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let goal = Goal::Tokens { for_ms: for_ms as Millis, force };
        let member = Rc::clone(&self.0);
        task::spawn(move |id| async move {
            let host = member.host();
            let order = task::wait_for_order(|| host.dispatch(Event::Ask { id: id.into(), goal })).await;
            if let Order::Reject(code) = order {
                caller.reject(&error::denied(code, &host.cause_of(code)));
            } else {
                caller.resolve(&host.snapshot());
            }
        });
    }

    /// The listeners of the session, and the number of this instance among them.
    pub fn listeners(&self) -> Listeners {
        self.0.host().listeners.clone()
    }

    /// The number of this instance among those who listen.
    pub fn number(&self) -> u32 {
        self.0.number()
    }

    /// Leaves the session: this instance sends nothing more with it.
    pub fn dispose(&self) {
        self.0.dispose();
    }
}
