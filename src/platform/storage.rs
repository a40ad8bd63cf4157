//! Storages: the two areas of the browser, by gloo-storage, and those of apps, which may throw, hang, or answer late.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};

use crate::boundary::StorageArea;

#[wasm_bindgen]
extern "C" {
    /// What keeps strings by their names: an area of the browser, or an object of the app's, whose methods may give promises.
    pub type TokenStorage;
    #[wasm_bindgen(method, catch, js_name = getItem)]
    pub(crate) fn get_item(this: &TokenStorage, name: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setItem)]
    pub(crate) fn set_item(this: &TokenStorage, name: &JsValue, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeItem)]
    pub(crate) fn remove_item(this: &TokenStorage, name: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/platform/storage.js")]
extern "C" {
    fn reachable(area: u32) -> bool;
    /// Whether there is neither a document nor a worker scope: many users' requests may share this module.
    #[wasm_bindgen(js_name = onServer)]
    pub(crate) fn on_server() -> bool;
}

#[wasm_bindgen(module = "/src/platform/page-exit.js")]
extern "C" {
    /// From now on the engine hears of it when the page is left. Whether that is just happening.
    #[wasm_bindgen(js_name = heedExit)]
    pub(crate) fn heed_exit() -> bool;
}

impl StorageArea {
    /// The area itself; `None` where there is none or access to it is denied. `raw()` alone would throw there.
    pub(crate) fn open(self) -> Option<TokenStorage> {
        let open = match self {
            Self::Local => LocalStorage::raw,
            Self::Session => SessionStorage::raw,
        };
        reachable(self as u32).then(|| open().unchecked_into())
    }
}
