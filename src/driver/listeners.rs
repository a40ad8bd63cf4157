//! The externs of `listeners.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::{SignOutReason, Status, Topic, Warning};

#[wasm_bindgen(module = "/src/driver/listeners.js")]
extern "C" {
    /// The listeners of one session.
    #[derive(Clone)]
    pub type Listeners;
    #[wasm_bindgen(method, js_name = emit)]
    fn raw_emit(this: &Listeners, topic: u32, detail: u32, value: &JsValue);
    #[wasm_bindgen(method, js_name = warnOnce)]
    fn raw_warn_once(this: &Listeners, warning: u32);
}

impl Listeners {
    /// Calls the listeners to a topic. The meaning of `detail` and `value` depends on the topic.
    fn emit(&self, topic: Topic, detail: u32, value: &JsValue) {
        self.raw_emit(topic as u32, detail, value);
    }

    pub(crate) fn change(&self, status: Status, tokens: &JsValue) {
        self.emit(Topic::Change, status as u32, tokens);
    }

    pub(crate) fn refreshed(&self, tokens: &JsValue) {
        self.emit(Topic::Refresh, 0, tokens);
    }

    pub(crate) fn signed_out(&self, reason: SignOutReason, error: &JsValue) {
        self.emit(Topic::SignOut, reason as u32, error);
    }

    pub(crate) fn busy(&self, is: bool) {
        self.emit(Topic::Busy, u32::from(is), &JsValue::UNDEFINED);
    }

    /// Gives a warning unless it has been given before.
    pub(crate) fn warn_once(&self, warning: Warning) {
        self.raw_warn_once(warning as u32);
    }

    pub(crate) fn warn(&self, warning: Warning) {
        self.emit(Topic::Warning, warning as u32, &JsValue::UNDEFINED);
    }
}
