//! The externs of `records.js` and `storage-visit.js`. The texts stay in JavaScript.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::Fields;
use crate::platform::storage::TokenStorage;

#[wasm_bindgen]
extern "C" {
    /// The record of one session: what it says, and what of it outlives an engine that has trapped.
    pub type Records;
    /// The app's own storage.
    #[wasm_bindgen(method, getter)]
    pub(super) fn storage(this: &Records) -> Option<TokenStorage>;
    /// Under how many names it lies.
    #[wasm_bindgen(method, getter)]
    pub(super) fn count(this: &Records) -> u32;
    /// The `RecordFacts`.
    #[wasm_bindgen(method)]
    pub(super) fn facts(this: &Records) -> u32;

    #[wasm_bindgen(method)]
    pub(super) fn reading(this: &Records) -> StorageVisit;
    /// For tokens that are to be written.
    #[wasm_bindgen(method)]
    pub(super) fn writing(
        this: &Records,
        tokens: &JsValue,
        user: f64,
        login: f64,
        lifetime: f64,
    ) -> StorageVisit;
    /// For tokens that are to be forgotten.
    #[wasm_bindgen(method)]
    pub(super) fn clearing(this: &Records) -> StorageVisit;
    /// For what was last to be written.
    #[wasm_bindgen(method)]
    pub(super) fn mending(this: &Records) -> Option<StorageVisit>;
    /// For what an engine has left to be written that has trapped.
    #[wasm_bindgen(method)]
    pub(super) fn unfinished(this: &Records) -> Option<StorageVisit>;
    /// The storage takes its time: so much, in ms, for this and all that is asked of it before.
    #[wasm_bindgen(method, js_name = lineUp)]
    pub(super) fn line_up(this: &Records, visit: &StorageVisit, patience: u32);
    /// That is over.
    #[wasm_bindgen(method, js_name = leaveLine)]
    pub(super) fn leave_line(this: &Records, visit: &StorageVisit);
    /// A promise: all is over by now that stands in line.
    #[wasm_bindgen(method)]
    pub(super) fn idle(this: &Records) -> JsValue;

    /// The `PlainFacts` of what was read.
    #[wasm_bindgen(method)]
    pub(super) fn examine(this: &Records, visit: &StorageVisit) -> u32;
    /// Makes a record of it.
    #[wasm_bindgen(method)]
    pub(super) fn join(this: &Records, visit: &StorageVisit, with_rest: bool);
    /// Takes that record for what stands in the storage.
    #[wasm_bindgen(method)]
    pub(super) fn see(this: &Records);
    /// Looks into the record that stands in the storage, or into the one that this page keeps, and tells its `RecordKind`.
    #[wasm_bindgen(method)]
    pub(super) fn look(this: &Records, is_kept: bool) -> u32;
    /// What that record says.
    #[wasm_bindgen(method)]
    pub(super) fn fields(this: &Records) -> Option<Fields>;
    /// What is said of cookies of which nothing has been stored yet.
    #[wasm_bindgen(method, js_name = unknownCookies)]
    pub(super) fn unknown_cookies(this: &Records) -> Option<Fields>;
    /// A record is written.
    #[wasm_bindgen(method, js_name = noteStored)]
    pub(super) fn note_stored(this: &Records, visit: &StorageVisit);
    /// A record could not be written: this page keeps it.
    #[wasm_bindgen(method, js_name = noteKept)]
    pub(super) fn note_kept(this: &Records, visit: &StorageVisit);

    /// What is asked of a storage in one go, and what it answers.
    #[derive(Clone)]
    pub type StorageVisit;
    /// The same for a writing that can not wait for what is asked before it.
    #[wasm_bindgen(method)]
    pub(super) fn again(this: &StorageVisit) -> StorageVisit;
    /// Whether there is a record that is to be written.
    #[wasm_bindgen(method, getter, js_name = hasRecord)]
    pub(super) fn has_record(this: &StorageVisit) -> bool;
    /// Whether all of the tokens are in it.
    #[wasm_bindgen(method, getter, js_name = isWhole)]
    pub(super) fn is_whole(this: &StorageVisit) -> bool;
    /// What is asked and answered from now on counts.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &StorageVisit);
    #[wasm_bindgen(method)]
    pub(super) fn name(this: &StorageVisit, at: u32) -> JsValue;
    /// What is to be written under that name; `undefined`: nothing.
    #[wasm_bindgen(method)]
    pub(super) fn value(this: &StorageVisit, at: u32) -> JsValue;
    /// Takes an answer of the storage.
    #[wasm_bindgen(method)]
    pub(super) fn take(this: &StorageVisit, at: u32, answer: &JsValue);
    /// Whether what it has answered is still to come.
    #[wasm_bindgen(method, js_name = isPending)]
    pub(super) fn is_pending(this: &StorageVisit) -> bool;
    /// Wakes a task when what is to come is there; not for ever: or when the time for it is over.
    #[wasm_bindgen(method)]
    pub(super) fn wait(this: &StorageVisit, slot: u32, turn: u32, for_ever: bool);
}
