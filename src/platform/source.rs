//! Objects of our JavaScript that answer by place: one import serves what would be a getter each, and a getter costs the
//! package more than the value that it gets.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::driver::Fields;
use crate::policy::digest::hash;
use crate::policy::url::Joint;

#[wasm_bindgen]
extern "C" {
    /// An object of ours. What a place stands for is listed beside its class.
    #[derive(Clone)]
    pub type Source;
    /// NaN: there is none.
    #[wasm_bindgen(method)]
    pub(crate) fn number(this: &Source, place: u32) -> f64;
    #[wasm_bindgen(method)]
    pub(crate) fn text(this: &Source, place: u32) -> Option<String>;
    /// What it has read, where it reads replies or records.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fields(this: &Source) -> Option<Fields>;
    /// Why a refresh has come to nothing, where it knows of one.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn error(this: &Source) -> JsValue;
    #[wasm_bindgen(method)]
    fn join(this: &Source, cut_base: usize, cut_request: usize, has_slash: bool);
}

impl Source {
    /// What tells a text from others; `None`: there is none.
    #[inline(never)]
    pub(crate) fn hash(&self, place: u32) -> Option<u64> {
        self.text(place).map(|text| hash(&text))
    }

    /// Joins the URL at one place to the base at another, if it is to be joined. What to cut is told, not the result: a
    /// string that crosses into JavaScript is dear.
    pub(crate) fn join_url(&self, base: u32, url: u32) {
        if let Some(joint) = Joint::between(self.text(base), self.text(url)) {
            self.join(joint.cut_base, joint.cut_request, joint.has_slash);
        }
    }
}
