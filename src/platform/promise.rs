//! A caller's promise, and how to settle it.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/src/platform/promise.js")]
extern "C" {
    /// A promise given to a caller. The first settling counts.
    pub type Deferred;
    /// Fulfils the promise.
    #[wasm_bindgen(method)]
    pub(crate) fn resolve(this: &Deferred, value: &JsValue);
    /// Rejects the promise.
    #[wasm_bindgen(method)]
    pub(crate) fn reject(this: &Deferred, error: &JsValue);
}
