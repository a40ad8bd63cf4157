//! Where the tokens are kept.

use std::cell::RefCell;

use crate::options::StorageKind;
use crate::web::storage;

/// A place for one record.
pub(crate) struct Store {
    kind: StorageKind,
    key: String,
    /// What this page keeps by itself: everything in memory mode, else what could not be written. It outranks the
    /// storage area, where an older record may still stand.
    memory: RefCell<Memory>,
}

/// The page's own copy.
enum Memory {
    /// The storage area has the last word.
    Unused,
    /// This page has: a record, or none.
    Kept(Option<String>),
}

impl Store {
    pub(crate) fn new(kind: StorageKind, key: String) -> Self {
        Self { kind, key, memory: RefCell::new(Memory::Unused) }
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
        matches!(self.kind, StorageKind::Area(area) if area.open().is_none())
    }

    pub(crate) fn read(&self) -> Option<String> {
        if let Memory::Kept(record) = &*self.memory.borrow() {
            return record.clone();
        }
        match self.kind {
            // Raw, since other code stores plain strings, and not always JSON.
            StorageKind::Area(area) => area.open()?.get_item(&self.key).ok()?,
            StorageKind::Memory => None,
        }
    }

    /// Writes a record, or, with `None`, forgets it; false when only this page's memory has it now.
    pub(crate) fn write(&self, record: Option<String>) -> bool {
        let written = match (self.kind, &record) {
            (StorageKind::Area(area), Some(record)) => {
                area.open().is_some_and(|area| area.set_item(&self.key, record).is_ok())
            }
            (StorageKind::Area(area), None) => {
                area.open().is_some_and(|area| area.remove_item(&self.key).is_ok())
            }
            (StorageKind::Memory, _) => false,
        };
        *self.memory.borrow_mut() = if written { Memory::Unused } else { Memory::Kept(record) };
        written || self.kind == StorageKind::Memory
    }
}
