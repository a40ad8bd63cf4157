//! The externs of `records.js` and `storage-visit.js`. The text of records stays in JavaScript.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::Fields;
use crate::platform::storage::TokenStorage;

#[wasm_bindgen]
extern "C" {
    /// The record of one session. It outlives an engine that has trapped.
    pub type Records;
    /// The app's own storage.
    #[wasm_bindgen(method, getter)]
    pub(super) fn storage(this: &Records) -> Option<TokenStorage>;
    /// Under how many names the record is stored.
    #[wasm_bindgen(method, getter)]
    pub(super) fn count(this: &Records) -> u32;
    /// The `RecordFacts`.
    #[wasm_bindgen(method)]
    pub(super) fn facts(this: &Records) -> u32;

    #[wasm_bindgen(method)]
    pub(super) fn reading(this: &Records) -> StorageVisit;
    /// A visit that writes tokens.
    #[wasm_bindgen(method)]
    pub(super) fn writing(
        this: &Records,
        tokens: &JsValue,
        user: f64,
        login: f64,
        lifetime: f64,
        has_to_be: bool,
    ) -> StorageVisit;
    /// A visit that removes the tokens.
    #[wasm_bindgen(method)]
    pub(super) fn clearing(this: &Records) -> StorageVisit;
    /// A visit that repeats the last writing.
    #[wasm_bindgen(method)]
    pub(super) fn mending(this: &Records) -> Option<StorageVisit>;
    /// A visit that does what an engine had not written yet when it trapped.
    #[wasm_bindgen(method)]
    pub(super) fn unfinished(this: &Records) -> Option<StorageVisit>;
    /// The visit has to wait. The storage has `patience` ms for it and all before it.
    #[wasm_bindgen(method, js_name = lineUp)]
    pub(super) fn line_up(this: &Records, visit: &StorageVisit, patience: u32);
    /// The visit is over.
    #[wasm_bindgen(method, js_name = leaveLine)]
    pub(super) fn leave_line(this: &Records, visit: &StorageVisit);
    /// A promise that resolves when all visits that are waiting now are over.
    #[wasm_bindgen(method)]
    pub(super) fn idle(this: &Records) -> JsValue;

    /// The `PlainFacts` of what was read.
    #[wasm_bindgen(method)]
    pub(super) fn examine(this: &Records, visit: &StorageVisit) -> u32;
    /// Makes a record of what was read.
    #[wasm_bindgen(method)]
    pub(super) fn join(this: &Records, visit: &StorageVisit, with_rest: bool);
    /// Takes that record for the one in the storage.
    #[wasm_bindgen(method)]
    pub(super) fn see(this: &Records);
    /// Parses the record in the storage, or the one that this page keeps, and returns its `RecordKind`.
    #[wasm_bindgen(method)]
    pub(super) fn look(this: &Records, is_kept: bool) -> u32;
    /// What the parsed record says.
    #[wasm_bindgen(method)]
    pub(super) fn fields(this: &Records) -> Option<Fields>;
    /// Fields for tokens in cookies of which nothing has been stored yet.
    #[wasm_bindgen(method, js_name = unknownCookies)]
    pub(super) fn unknown_cookies(this: &Records) -> Option<Fields>;
    /// A record was written.
    #[wasm_bindgen(method, js_name = noteStored)]
    pub(super) fn note_stored(this: &Records, visit: &StorageVisit);
    /// A record could not be written: this page keeps it.
    #[wasm_bindgen(method, js_name = noteKept)]
    pub(super) fn note_kept(this: &Records, visit: &StorageVisit);

    /// The calls of a storage for one reading or writing, and their answers.
    #[derive(Clone)]
    pub type StorageVisit;
    /// A copy for a writing that can not wait for the visits before it.
    #[wasm_bindgen(method)]
    pub(super) fn again(this: &StorageVisit) -> StorageVisit;
    /// Whether it writes a record.
    #[wasm_bindgen(method, getter, js_name = hasRecord)]
    pub(super) fn has_record(this: &StorageVisit) -> bool;
    /// Whether the record holds all of the tokens' fields.
    #[wasm_bindgen(method, getter, js_name = isWhole)]
    pub(super) fn is_whole(this: &StorageVisit) -> bool;
    /// Whether it writes only if there still is a record to replace.
    #[wasm_bindgen(method, getter, js_name = hasToBe)]
    pub(super) fn has_to_be(this: &StorageVisit) -> bool;
    /// Forgets earlier answers.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &StorageVisit);
    #[wasm_bindgen(method)]
    pub(super) fn name(this: &StorageVisit, at: u32) -> JsValue;
    /// What is to be written under that name; `undefined`: nothing.
    #[wasm_bindgen(method)]
    pub(super) fn value(this: &StorageVisit, at: u32) -> JsValue;
    /// Whether an answer is a promise. Begins to wait for all of them then.
    #[wasm_bindgen(method, js_name = isPending)]
    pub(super) fn is_pending(this: &StorageVisit) -> bool;
    /// Wakes a task when all answers are there, or, unless `for_ever`, when the time for them is over.
    #[wasm_bindgen(method)]
    pub(super) fn wait(this: &StorageVisit, slot: u32, turn: u32, for_ever: bool);
}

#[wasm_bindgen(module = "/src/driver/storage-visit.js")]
extern "C" {
    /// Stores an answer of the storage, which may be a promise. Throws if the engine has trapped while the storage was called: then its
    /// values are gone, and nothing more is done.
    pub(super) fn take(visit: &StorageVisit, at: u32, answer: &JsValue);
}
