//! Storages: the two areas of the browser, by gloo-storage, and the app's own, which may throw, be asynchronous, or never answer.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};

use crate::boundary::StorageArea;

#[wasm_bindgen]
extern "C" {
    /// A storage of strings by names: an area of the browser, or an object of the app's, whose methods may return promises.
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
    /// Whether this runs on a server, where the requests of many users share this module.
    #[wasm_bindgen(js_name = onServer)]
    pub(crate) fn on_server() -> bool;
}

#[wasm_bindgen(module = "/src/platform/page-exit.js")]
extern "C" {
    /// Has the engine notified when the page is being left. Returns whether that is happening now.
    #[wasm_bindgen(js_name = watchPageExit)]
    pub(crate) fn watch_page_exit() -> bool;
}

impl StorageArea {
    /// The area itself; `None` if there is none or access is denied, where `raw()` would throw.
    pub(crate) fn open(self) -> Option<TokenStorage> {
        let open = match self {
            Self::Local => LocalStorage::raw,
            Self::Session => SessionStorage::raw,
        };
        reachable(self as u32).then(|| open().unchecked_into())
    }
}
