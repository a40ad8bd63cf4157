//! Gives JavaScript the rule on content types.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::boundary::Reader;

/// How a body of this content type is read, as the number of a [`Reader`]. The type comes without its parameters and in lower case.
#[wasm_bindgen(js_name = readerOf)]
pub fn reader_of(content_type: &str) -> u32 {
    Reader::of(content_type) as u32
}
