//! The parts of a session that outlive an engine that has trapped.

use wasm_bindgen::prelude::wasm_bindgen;

use super::listeners::Listeners;
use super::records::Records;
use super::tabs::Tabs;
use crate::options::Settings;

#[wasm_bindgen]
extern "C" {
    /// The parts of a session that JavaScript holds. When an engine has trapped, the next one takes them over.
    #[derive(Clone)]
    pub type SessionResources;
    /// Those of the session that these options are for.
    #[wasm_bindgen(method, getter)]
    pub(super) fn resources(this: &Settings) -> SessionResources;
    /// Registers a new driver for the session, and returns its number, which is unique on this page.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &SessionResources) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(super) fn listeners(this: &SessionResources) -> Listeners;
    #[wasm_bindgen(method, getter)]
    pub(super) fn records(this: &SessionResources) -> Records;
    /// The session's lock, fence and channel; made when first asked for.
    #[wasm_bindgen(method, js_name = openTabs)]
    pub(super) fn tabs(this: &SessionResources) -> Tabs;
}
