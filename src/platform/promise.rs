//! The externs of `task.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::AuthCode;

/// The ear is told that a promise was fulfilled.
pub(crate) const DONE: u32 = 0;
/// The ear is told that a promise was rejected, or that what it was fulfilled with will not do.
pub(crate) const FAILED: u32 = 1;
/// The ear is told that a caller has given up.
pub(crate) const ABORTED: u32 = 2;
/// The ear is told that a timer has fired.
pub(crate) const TICK: u32 = 3;
/// The ear is told that the machine has come online.
pub(crate) const ONLINE: u32 = 5;

#[wasm_bindgen(module = "/src/platform/promise.js")]
extern "C" {
    /// A promise given to a caller, and the means to settle it.
    pub type Caller;
    /// Fulfils the promise.
    #[wasm_bindgen(method)]
    pub(crate) fn resolve(this: &Caller, value: &JsValue);
    #[wasm_bindgen(method, js_name = deny)]
    fn raw_deny(this: &Caller, code: u32, cause: &JsValue);

    /// Sets the one timer of a host; a delay that never ends clears it.
    #[wasm_bindgen(js_name = setTimer)]
    pub(crate) fn set_timer(host: u32, delay: f64);
}

impl Caller {
    /// Rejects the promise with an `AuthError`: the session has failed.
    pub(crate) fn deny(&self, code: AuthCode, cause: &JsValue) {
        self.raw_deny(code as u32, cause);
    }
}
