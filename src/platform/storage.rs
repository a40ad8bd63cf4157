//! The two storage areas of the browser, by gloo-storage.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/platform/storage.js")]
extern "C" {
    fn reachable(area: u32) -> bool;
}

/// A storage area that keeps strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    /// `localStorage`.
    Local = 0,
    /// `sessionStorage`.
    Session = 1,
}

impl Area {
    /// The area itself; `None` where there is none or access to it is denied. `raw()` alone would throw there.
    pub(crate) fn open(self) -> Option<web_sys::Storage> {
        reachable(self as u32).then(match self {
            Self::Local => LocalStorage::raw,
            Self::Session => SessionStorage::raw,
        })
    }
}
