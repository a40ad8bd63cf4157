//! The externs of `task.js`.

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The ear is told that a promise was fulfilled.
pub(crate) const DONE: u32 = 0;
/// The ear is told that a promise was rejected, or that what it was fulfilled with will not do.
pub(crate) const FAILED: u32 = 1;

#[wasm_bindgen(module = "/src/web/task.js")]
extern "C" {
    /// A promise given to a caller, and the means to settle it.
    pub type Caller;
    /// Fulfils the promise.
    #[wasm_bindgen(method)]
    pub(crate) fn resolve(this: &Caller, value: &JsValue);
    /// Rejects the promise.
    #[wasm_bindgen(method)]
    pub(crate) fn reject(this: &Caller, error: &JsValue);

    pub(crate) fn install(ear: JsValue);
    #[wasm_bindgen(js_name = startTimer)]
    pub(crate) fn start_timer(tick: &Function, delay: f64) -> JsValue;
    #[wasm_bindgen(js_name = stopTimer)]
    pub(crate) fn stop_timer(timer: &JsValue);
}
