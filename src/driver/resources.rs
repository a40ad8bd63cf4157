//! What of a session outlives an engine that has trapped.

use wasm_bindgen::prelude::wasm_bindgen;

use super::listeners::Listeners;
use super::records::Records;
use super::tabs::Tabs;

#[wasm_bindgen]
extern "C" {
    /// The parts of a session that are JavaScript's: each engine takes them over from the one before.
    #[derive(Clone)]
    pub type SessionResources;
    /// Its number among the drivers of this page, as another one begins to stand for it.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &SessionResources) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(super) fn listeners(this: &SessionResources) -> Listeners;
    #[wasm_bindgen(method, getter)]
    pub(super) fn records(this: &SessionResources) -> Records;
    /// Its place among the tabs.
    #[wasm_bindgen(method, js_name = openTabs)]
    pub(super) fn tabs(this: &SessionResources) -> Tabs;
}
