//! The externs of `listeners.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::{SignOutReason, Status};

/// Something works less well than configured. The numbers are the places in `WARNINGS` of `listeners.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warning {
    /// The storage is missing or access to it is denied.
    Storage = 0,
    /// The tokens could not be stored.
    NotStored = 1,
}

/// A step of a request that JavaScript does not see by itself. The numbers are the places in `STEPS` of `listeners.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Waiting = 0,
    Rejected = 1,
    Withdrawn = 2,
}

#[wasm_bindgen(module = "/src/driver/listeners.js")]
extern "C" {
    /// The listeners of one session.
    #[derive(Clone)]
    pub type Listeners;
    /// Tells those who listen to a topic, by its place in `TOPICS`.
    #[wasm_bindgen(method)]
    fn tell(this: &Listeners, topic: u32, detail: u32, value: &JsValue);
    #[wasm_bindgen(method, js_name = warnOnce)]
    fn raw_warn_once(this: &Listeners, warning: u32);
}

impl Listeners {
    pub(crate) fn change(&self, status: Status, tokens: &JsValue) {
        self.tell(0, status as u32, tokens);
    }

    pub(crate) fn refreshed(&self, tokens: &JsValue) {
        self.tell(1, 0, tokens);
    }

    pub(crate) fn signed_out(&self, reason: SignOutReason, error: &JsValue) {
        self.tell(2, reason as u32, error);
    }

    pub(crate) fn busy(&self, is: bool) {
        self.tell(3, u32::from(is), &JsValue::UNDEFINED);
    }

    /// Warns, unless that has been done.
    pub(crate) fn warn_once(&self, warning: Warning) {
        self.raw_warn_once(warning as u32);
    }

    pub(crate) fn warn(&self, warning: Warning) {
        self.tell(4, warning as u32, &JsValue::UNDEFINED);
    }
}
