//! What JavaScript asks: numbers in, a number out. `src/axios/rules.js` knows these by their names.

use wasm_bindgen::prelude::wasm_bindgen;

use super::chain::Chain;
use super::{failure, merge, url};
use crate::boundary::{
    ChainEvent, ChainPosition, ConfigKey, FormValue, FromBits as _, ReadingWish, SentBody, UrlParts, XsrfWish,
};

/// The first step of a chain: a [`ChainPosition`].
#[wasm_bindgen(js_name = chainFirst)]
pub fn chain_first(requests: u32, is_synchronous: bool) -> u32 {
    Chain { requests, responses: 0 }.first(is_synchronous).0
}

/// The step that follows.
#[wasm_bindgen(js_name = chainAfter)]
pub fn chain_after(position: u32, event: u32, requests: u32, responses: u32) -> u32 {
    let chain = Chain { requests, responses };
    chain.after(ChainPosition(position), ChainEvent::from_bits(event)).0
}

/// The [`MergeRule`](crate::boundary::MergeRule) of a [`ConfigKey`].
#[wasm_bindgen(js_name = mergeRule)]
pub fn merge_rule(key: u32) -> u32 {
    merge::rule(ConfigKey::from_bits(key)) as u32
}

/// Whether a status is a success.
#[wasm_bindgen(js_name = isFine)]
pub fn is_fine(status: u32) -> bool {
    failure::is_fine(status)
}

/// The code of a status that is none.
#[wasm_bindgen(js_name = codeOfStatus)]
pub fn code_of_status(status: u32) -> u32 {
    failure::of_status(status) as u32
}

/// The code of a request that took too long.
#[wasm_bindgen(js_name = codeOfTimeout)]
pub fn code_of_timeout(is_clarified: bool) -> u32 {
    failure::of_timeout(is_clarified) as u32
}

/// How a body is sent.
#[wasm_bindgen(js_name = encoding)]
pub fn encoding(facts: u32) -> u32 {
    SentBody(facts).encoding() as u32
}

/// How a text is read.
#[wasm_bindgen(js_name = reading)]
pub fn reading(wish: u32) -> u32 {
    ReadingWish(wish).reading() as u32
}

/// What is done with a value on its way into a form.
#[wasm_bindgen(js_name = visit)]
pub fn visit(facts: u32) -> u32 {
    FormValue(facts).visit() as u32
}

/// A step of [`url::absolute`].
#[wasm_bindgen(js_name = absolute)]
pub fn absolute(state: u32, unit: u32) -> u32 {
    url::absolute(state, unit)
}

/// A step of [`url::unslashed`].
#[wasm_bindgen(js_name = unslashed)]
pub fn unslashed(state: u32, unit: u32) -> u32 {
    url::unslashed(state, unit)
}

/// How a URL is joined to its base.
#[wasm_bindgen(js_name = joint)]
pub fn joint(facts: u32) -> u32 {
    UrlParts(facts).joint() as u32
}

/// Whether the cookie against forged requests is told.
#[wasm_bindgen(js_name = tellsXsrf)]
pub fn tells_xsrf(wish: u32, is_same_origin: bool) -> bool {
    url::tells_xsrf(XsrfWish::from_bits(wish), is_same_origin)
}
