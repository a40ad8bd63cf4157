//! The externs of `listeners.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::trace::Step;
use crate::engine::{Reason, Status};
use crate::options::Checked;

/// Something works less well than configured. The numbers are the places in `WARNINGS` of `listeners.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warning {
    /// The storage is missing or access to it is denied.
    Storage = 0,
    /// The tokens could not be stored.
    NotStored = 1,
}

#[wasm_bindgen(module = "/src/session/listeners.js")]
extern "C" {
    /// The listeners of one session.
    #[derive(Clone)]
    pub type Listeners;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Listeners;
    /// The listeners that a member brings in its options.
    #[wasm_bindgen(method)]
    pub(crate) fn join(this: &Listeners, member: u32, options: &Checked);
    #[wasm_bindgen(method, js_name = removeOf)]
    pub(crate) fn remove_of(this: &Listeners, member: u32);
    #[wasm_bindgen(method, js_name = change)]
    fn raw_change(this: &Listeners, status: u32, tokens: &JsValue);
    #[wasm_bindgen(method)]
    pub(crate) fn refreshed(this: &Listeners, tokens: &JsValue);
    #[wasm_bindgen(method, js_name = signedOut)]
    fn raw_signed_out(this: &Listeners, reason: u32, error: &JsValue);
    #[wasm_bindgen(method)]
    pub(crate) fn busy(this: &Listeners, is: bool);
    #[wasm_bindgen(method, js_name = warn)]
    fn raw_warn(this: &Listeners, number: u32);
    #[wasm_bindgen(method, js_name = areTracing)]
    pub(crate) fn are_tracing(this: &Listeners) -> bool;
    #[wasm_bindgen(method, js_name = trace)]
    fn raw_trace(this: &Listeners, id: u32, subject: &JsValue, step: u32, began: f64, status: u32);
}

impl Listeners {
    pub(crate) fn change(&self, status: Status, tokens: &JsValue) {
        self.raw_change(status as u32, tokens);
    }

    pub(crate) fn signed_out(&self, reason: Reason, error: &JsValue) {
        self.raw_signed_out(reason as u32, error);
    }

    pub(crate) fn warn(&self, warning: Warning) {
        self.raw_warn(warning as u32);
    }

    pub(crate) fn trace(&self, id: u32, subject: &JsValue, step: Step, began: f64, status: u32) {
        self.raw_trace(id, subject, step as u32, began, status);
    }
}
