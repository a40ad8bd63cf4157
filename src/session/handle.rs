//! `api.session`, as the shell sees it.

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::Member;
use super::listeners::Listeners;
use super::tokens::{Fields, Origin, Tokens};
use crate::engine::{Code, Event, Goal, Millis};
use crate::error;
use crate::task::{self, Order, Wake};
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

    /// A figure: the place of the status in `STATUSES` (0), how many requests are in flight or waiting (1), how many calls wait
    /// (2), the number of this instance among those who listen (3), why tokens can not be set: the session is disposed of
    /// (4, 1), or on a server, where tokens of many users could meet (4, 2).
    pub fn figure(&self, which: u32) -> u32 {
        let host = self.0.host();
        match which {
            0 => {
                host.warm_up();
                host.status() as u32
            }
            1 => host.pending.get(),
            2 => u32::try_from(host.engine.borrow().parked().len()).unwrap_or(u32::MAX),
            3 => self.0.number(),
            _ if self.0.is_disposed() => 1,
            _ if host.store.is_shared_by_users() => 2,
            _ => 0,
        }
    }

    /// Takes the reply to a login.
    pub fn set(&self, fields: &Fields, same_user: bool) {
        let host = self.0.host();
        host.warm_up();
        host.set_refresh_error(JsValue::UNDEFINED);
        let before = host.tokens();
        let origin = Origin::Login { before: before.as_deref(), same_user };
        let tokens = Tokens::build(fields, origin, host.rules, host.clock());
        host.take_in(Event::Set { pair: tokens.pair }, Some(Rc::new(tokens)));
    }

    /// Ends the session.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        let host = self.0.host();
        if self.0.is_disposed() {
            return;
        }
        host.warm_up();
        host.set_refresh_error(JsValue::UNDEFINED);
        host.dispatch(Event::SignOut);
    }

    /// Gives the caller tokens that are good for so many milliseconds, refreshed if need be, or in any case.
    pub fn ask(&self, for_ms: f64, force: bool, caller: Caller) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked, and saturates")]
        let goal = Goal::Tokens { for_ms: for_ms as Millis, force };
        if self.0.is_disposed() {
            caller.reject(&error::denied(Code::SignedOut, &JsValue::UNDEFINED));
            return;
        }
        let member = Rc::clone(&self.0);
        task::spawn(move |id| async move {
            let host = member.host();
            let wait = task::wait();
            host.askers.borrow_mut().push((id.into(), JsValue::NULL));
            host.dispatch(Event::Ask { id: id.into(), goal });
            let wake = wait.await;
            let mut tokens = JsValue::NULL;
            host.askers.borrow_mut().retain(|(asker, theirs)| {
                let is_other = *asker != id.into();
                if !is_other {
                    tokens = theirs.clone();
                }
                is_other
            });
            if let Wake::Told(Order::Reject(code)) = wake {
                caller.reject(&error::denied(code, &host.cause_of(code)));
            } else {
                caller.resolve(&tokens);
            }
        });
    }

    /// The listeners of the session.
    pub fn listeners(&self) -> Listeners {
        self.0.host().listeners.clone()
    }

    /// Leaves the session: this instance sends nothing more with it.
    pub fn dispose(&self) {
        self.0.dispose();
    }
}
