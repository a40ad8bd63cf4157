//! The options of a request, and the defaults of an instance.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};

use crate::error::type_error;
use crate::web::platform::{self, AbortSignal, Options};

/// Options that are known and do not work yet.
const LATER: [&str; 14] = [
    "query",
    "params",
    "parseResponse",
    "retryDelay",
    "retryStatusCodes",
    "timeout",
    "onRequest",
    "onRequestError",
    "onResponse",
    "onResponseError",
    "mergeHooks",
    "replay",
    "onDownloadProgress",
    "envelope",
];

const READERS: [&str; 7] = ["json", "text", "blob", "arrayBuffer", "formData", "bytes", "stream"];

/// The defaults of an instance, read once.
#[derive(Default)]
pub(crate) struct Defaults {
    pub(crate) base_url: Option<String>,
    pub(crate) method: Option<JsString>,
    pub(crate) headers: JsValue,
    pub(crate) signal: Option<AbortSignal>,
    pub(crate) response_type: Option<String>,
    pub(crate) ignore_response_error: bool,
    pub(crate) rest: JsValue,
}

impl Defaults {
    /// Reads the defaults; a fault is a `TypeError` that names the option.
    pub(crate) fn read(options: &Options) -> Result<Self, JsValue> {
        let base_url = options.base_url();
        if !base_url.is_undefined() && !base_url.is_string() {
            return Err(type_error("baseURL must be a string"));
        }
        platform::merge_headers(&JsValue::UNDEFINED, &options.headers())
            .map_err(|_| type_error("headers are not what Headers takes"))?;
        Ok(Self {
            base_url: base_url.as_string(),
            method: options.method(),
            headers: options.headers(),
            signal: options.signal(),
            response_type: response_type(&options.response_type())?,
            ignore_response_error: options.ignore_response_error().is_truthy(),
            rest: check_rest(options.rest())?,
        })
    }
}

/// A `responseType`, if one is given; a `TypeError` when there is no such.
pub(crate) fn response_type(value: &JsValue) -> Result<Option<String>, JsValue> {
    if value.is_undefined() {
        return Ok(None);
    }
    let known = value.as_string().filter(|name| READERS.contains(&name.as_str()));
    known.map(Some).ok_or_else(|| {
        type_error("responseType must be json, text, blob, arrayBuffer, formData, bytes or stream")
    })
}

/// What is for `fetch` alone. Whoever relies on an option that does not work yet is told so.
pub(crate) fn check_rest(rest: JsValue) -> Result<JsValue, JsValue> {
    if rest.is_undefined() {
        return Ok(rest);
    }
    let value = |name: &str| Reflect::get(&rest, &JsValue::from_str(name)).unwrap_or_default();
    for name in Object::keys(rest.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()) {
        let given = value(&name);
        let is_later = LATER.contains(&name.as_str()) || (name == "retry" && given.is_truthy());
        if is_later && !given.is_undefined() {
            return Err(type_error(&[&name, " is not available in this version"].concat()));
        }
    }
    let drop: Array = LATER.iter().chain(&["retry"]).map(|name| JsValue::from_str(name)).collect();
    Ok(platform::assemble(&[rest].into_iter().collect(), &drop))
}
