//! `api.session`, as the shell sees it.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::listeners::{ListenerId, Topic};
use super::tokens::{Origin, Tokens};
use super::{Member, now, status_name};
use crate::engine::{Event, Goal, Millis};
use crate::error::{self, Parts, type_error};
use crate::options::Reader;
use crate::task::{self, Order};
use crate::web::platform::{self, Caller};

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
    #[wasm_bindgen(getter)]
    pub fn tokens(&self) -> JsValue {
        self.0.host().warm_up();
        self.0.host().snapshot()
    }

    /// `'loading'`, `'signed-out'`, `'active'` or `'refreshing'`.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> String {
        self.0.host().warm_up();
        status_name(self.0.host().status()).to_owned()
    }

    /// How many requests are in flight or waiting.
    #[wasm_bindgen(getter)]
    pub fn pending(&self) -> u32 {
        self.0.host().pending.get()
    }

    /// How many calls wait.
    #[wasm_bindgen(getter)]
    pub fn waiting(&self) -> u32 {
        u32::try_from(self.0.host().engine.borrow().parked().len()).unwrap_or(u32::MAX)
    }

    /// Takes the reply to a login.
    ///
    /// # Errors
    ///
    /// A `TypeError` when there is no token in the reply; an error where tokens of many users could meet.
    pub fn set(&self, reply: &JsValue, options: &JsValue) -> Result<(), JsValue> {
        let host = self.0.host();
        let same_user = if options.is_undefined() {
            false
        } else {
            let options = Reader::new(options, "options")?;
            options.only(&["sameUser"], &[])?;
            options.flag("sameUser")?.unwrap_or(false)
        };
        if self.0.is_disposed() {
            return Err(js_sys::Error::new("the session was disposed of").into());
        }
        if host.store.is_shared_by_users() {
            return Err(js_sys::Error::new(
                "on a server tokens can not be kept in a module that all users share: \
                 use storage: 'memory' and one instance a request",
            )
            .into());
        }
        host.warm_up();
        let before = host.tokens();
        let origin = Origin::Login { before: before.as_deref(), same_user };
        let tokens = Tokens::receive(reply, &origin, host.rules, now())
            .ok_or_else(|| type_error("session.set: the reply holds no access token"))?;
        let tokens = Rc::new(tokens);
        host.dispatch_with(Event::Set { pair: tokens.pair }, tokens);
        Ok(())
    }

    /// Ends the session.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        self.0.host().warm_up();
        *self.0.host().refresh_error.borrow_mut() = JsValue::UNDEFINED;
        self.0.host().dispatch(Event::SignOut);
    }

    /// Refreshes now, or joins the refresh under way; the caller gets the tokens.
    pub fn refresh(&self, caller: Caller) {
        self.ask(Goal::Tokens { for_ms: 0, force: true }, caller);
    }

    /// Gives the caller tokens that are good for so many seconds, refreshed if need be.
    pub fn valid(&self, seconds: &JsValue, caller: Caller) {
        let seconds = if seconds.is_undefined() { Some(0.0) } else { seconds.as_f64() };
        let Some(seconds) = seconds.filter(|seconds| *seconds >= 0.0) else {
            let fault = type_error("session.valid: the seconds must be a number, not negative");
            platform::settle(&caller, &fault, false);
            return;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and saturates"
        )]
        let for_ms = (seconds * 1000.0) as Millis;
        self.ask(Goal::Tokens { for_ms, force: false }, caller);
    }

    fn ask(&self, goal: Goal, caller: Caller) {
        let member = Rc::clone(&self.0);
        task::spawn(move |id| async move {
            let host = member.host();
            let order = task::wait_for_order(|| host.dispatch(Event::Ask { id: id.into(), goal })).await;
            match order {
                Order::Reject(code) => {
                    let cause = host.cause_of(code);
                    let parts = Parts { url: "api.session", cause: cause.as_ref(), ..Parts::default() };
                    platform::settle(&caller, &error::denied(code, &parts), false);
                }
                _ => platform::settle(&caller, &host.snapshot(), true),
            }
        });
    }

    /// Listens; the number is for [`SessionHandle::off`].
    ///
    /// # Errors
    ///
    /// A `TypeError` when there is no such event, or the listener is no function.
    pub fn on(&self, event: &JsValue, listener: &JsValue) -> Result<u32, JsValue> {
        let topic = event.as_string().as_deref().and_then(Topic::parse).ok_or_else(|| {
            type_error("session.on: the event must be change, refresh, signout, busy, warning or trace")
        })?;
        let listener = crate::options::as_function(listener)
            .ok_or_else(|| type_error("session.on: the listener must be a function"))?;
        let listener: Function = listener;
        Ok(self.0.host().listeners.add(self.0.number(), topic, listener).0)
    }

    /// Stops listening.
    pub fn off(&self, listener: u32) {
        self.0.host().listeners.remove(ListenerId(listener));
    }

    /// Leaves the session: this instance sends nothing more with it.
    pub fn dispose(&self) {
        self.0.dispose();
    }
}
