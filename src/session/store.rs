//! Where the tokens are kept.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::{Fields, Tokens};
use crate::options::{SessionOptions, Settings, StorageKind};
use crate::web::storage;

#[wasm_bindgen(module = "/src/session/records.js")]
extern "C" {
    /// The record under the key of one session, in a storage area, or in this page's memory.
    type Records;
    #[wasm_bindgen(constructor)]
    fn new(settings: &Settings) -> Records;
    #[wasm_bindgen(method)]
    fn read(this: &Records, area: Option<web_sys::Storage>) -> Option<Fields>;
    #[wasm_bindgen(method)]
    fn write(
        this: &Records,
        area: Option<web_sys::Storage>,
        tokens: &JsValue,
        user: f64,
        login: f64,
        lifetime: f64,
    ) -> bool;
}

/// A place for one record.
pub(crate) struct Store {
    kind: StorageKind,
    key: String,
    records: Records,
}

impl Store {
    pub(crate) fn new(options: &SessionOptions) -> Self {
        Self { kind: options.storage, key: options.key.clone(), records: Records::new(&options.settings) }
    }

    /// Whether this store is the place for `kind` and `key`. Memory belongs to one instance and its children.
    pub(crate) fn is_for(&self, kind: StorageKind, key: &str) -> bool {
        kind != StorageKind::Memory && self.kind == kind && self.key == key
    }

    /// Whether the tokens of many users could meet here: a storage area was asked for where there is no browser.
    pub(crate) fn is_shared_by_users(&self) -> bool {
        self.kind != StorageKind::Memory && storage::on_server()
    }

    /// Whether the storage area that was asked for is missing or may not be touched.
    pub(crate) fn is_missing(&self) -> bool {
        self.kind != StorageKind::Memory && self.area().is_none()
    }

    fn area(&self) -> Option<web_sys::Storage> {
        match self.kind {
            StorageKind::Area(area) => area.open(),
            StorageKind::Memory => None,
        }
    }

    pub(crate) fn read(&self) -> Option<Fields> {
        self.records.read(self.area())
    }

    /// Whether no other page can see it.
    pub(crate) fn is_private(&self) -> bool {
        self.area().is_none()
    }

    /// Writes tokens; false when only this page's memory has them now.
    pub(crate) fn write(&self, tokens: &Tokens) -> bool {
        let (user, login, lifetime) = tokens.facts();
        let is_written = self.records.write(self.area(), &tokens.object, user, login, lifetime);
        is_written || self.kind == StorageKind::Memory
    }

    /// Forgets them.
    pub(crate) fn clear(&self) {
        self.records.write(self.area(), &JsValue::UNDEFINED, f64::NAN, f64::NAN, f64::NAN);
    }
}
