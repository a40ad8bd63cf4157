//! Strings that are made once and passed as handles: a string that crosses into JavaScript costs 160–200 ns.

use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;

// rustfmt drops the values of foreign statics.
#[rustfmt::skip]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(crate) static AUTHORIZATION: JsString = "authorization";
    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(crate) static CONTENT_TYPE: JsString = "content-type";
    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(crate) static ACCEPT: JsString = "accept";
    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(crate) static JSON: JsString = "application/json";
}
