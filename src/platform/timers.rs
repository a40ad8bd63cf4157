//! The timers of sessions.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/platform/timers.js")]
extern "C" {
    /// Sets the one timer of a driver, by its number, to a delay in ms. An infinite delay clears it.
    #[wasm_bindgen(js_name = setTimer)]
    pub(crate) fn set_timer(session: u32, delay: f64);
}
