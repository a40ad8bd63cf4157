//! The externs of `lasting.js`.

use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};

use super::listeners::Listeners;
use super::store::Records;
use super::tabs::Tabs;

#[wasm_bindgen]
extern "C" {
    /// What of a session outlives an engine that has trapped.
    #[derive(Clone)]
    pub type SessionResources;
    /// Its number among the hosts of this page, as another host begins to stand for it.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &SessionResources) -> u32;
    /// One of the parts, by its place in `PARTS`.
    #[wasm_bindgen(method)]
    fn part(this: &SessionResources, place: u32) -> JsValue;
}

const LISTENERS: u32 = 0;
const RECORDS: u32 = 1;
const TABS: u32 = 2;

impl SessionResources {
    pub(super) fn listeners(&self) -> Listeners {
        self.part(LISTENERS).unchecked_into()
    }

    pub(super) fn records(&self) -> Records {
        self.part(RECORDS).unchecked_into()
    }

    pub(super) fn tabs(&self) -> Tabs {
        self.part(TABS).unchecked_into()
    }
}
