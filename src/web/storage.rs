//! The two storage areas of the browser, by gloo-storage.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::prelude::JsValue;

use super::platform;

/// A storage area that keeps strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Area {
    /// `localStorage`.
    Local,
    /// `sessionStorage`.
    Session,
}

impl Area {
    /// The area itself; `None` where there is none or access to it is denied. `raw()` alone would throw there.
    fn open(self) -> Option<web_sys::Storage> {
        // gloo-storage asks the window: in a worker there is neither.
        web_sys::window()?;
        match self {
            Self::Local => platform::reachable("localStorage").then(LocalStorage::raw),
            Self::Session => platform::reachable("sessionStorage").then(SessionStorage::raw),
        }
    }

    /// Whether the area can be used at all.
    pub(crate) fn is_there(self) -> bool {
        self.open().is_some()
    }

    /// What is stored under `key`. Raw, since other code stores plain strings, and not always JSON.
    pub(crate) fn get(self, key: &str) -> Option<String> {
        self.open()?.get_item(key).ok()?
    }

    /// Stores `value`, or says why it could not: no area, no access, no room.
    pub(crate) fn set(self, key: &str, value: &str) -> Result<(), JsValue> {
        self.open().ok_or(JsValue::UNDEFINED)?.set_item(key, value)
    }

    /// Forgets what is stored under `key`.
    pub(crate) fn remove(self, key: &str) -> Result<(), JsValue> {
        self.open().ok_or(JsValue::UNDEFINED)?.remove_item(key)
    }
}
