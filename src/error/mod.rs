//! What a request rejects with: one family, whose words are in `errors.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::engine::Code;

#[wasm_bindgen(module = "/src/error/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = authError)]
    fn auth_error(code: u32, cause: &JsValue) -> JsValue;
}

/// An `AuthError`: what a wish for tokens gets when the session fails. A request's is made by its call.
pub(crate) fn denied(code: Code, cause: &JsValue) -> JsValue {
    auth_error(code as u32, cause)
}
