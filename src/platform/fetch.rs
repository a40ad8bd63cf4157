//! The one place that calls `fetch`.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The platform's `fetch`, looked up at each call, so that a test double that is set later is used. `this` is `globalThis`, which
    /// browsers require.
    #[wasm_bindgen(catch, js_namespace = globalThis, js_name = fetch)]
    fn platform_fetch(input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// Calls the app's own `fetch`, or else the platform's.
///
/// # Errors
///
/// What either throws synchronously, as a test double may.
pub(crate) fn fetch(own: Option<&Function>, input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue> {
    match own {
        // Not by its own `call`, which a double may have replaced.
        Some(own) => Reflect::apply(own, &JsValue::UNDEFINED, &Array::of2(input, init)),
        None => platform_fetch(input, init),
    }
}
