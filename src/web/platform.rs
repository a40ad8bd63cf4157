//! The externs of `platform.js`, and the platform's objects as far as the engine reads them.

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// `resume` was called because a promise was fulfilled.
pub(crate) const DONE: u32 = 0;
/// `resume` was called because a promise was rejected.
pub(crate) const THROWN: u32 = 1;

#[wasm_bindgen(module = "/src/web/platform.js")]
extern "C" {
    /// A promise given to a caller, and the means to settle it.
    #[derive(Clone)]
    pub type Caller;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Caller;
    #[wasm_bindgen(method, getter)]
    pub fn promise(this: &Caller) -> Promise;
    pub(crate) fn settle(caller: &Caller, value: &JsValue, ok: bool);

    pub(crate) fn install(ear: &JsValue);
    pub(crate) fn park(promise: &JsValue, slot: u32, turn: u32);
    pub(crate) fn send(
        fetch: Option<&Function>,
        input: &JsValue,
        init: &JsValue,
        revocable: bool,
        slot: u32,
        turn: u32,
    ) -> Option<AbortController>;
    pub(crate) fn invoke(callback: &Function, first: &JsValue, second: &JsValue, slot: u32, turn: u32);
    pub(crate) fn read(response: &Response, how: &str, slot: u32, turn: u32);
    pub(crate) fn discard(response: &Response);
    #[wasm_bindgen(catch)]
    pub(crate) fn watch(signal: &AbortSignal, slot: u32, serial: u32) -> Result<Function, JsValue>;
    pub(crate) fn tell(listener: &Function, argument: &JsValue);
    #[wasm_bindgen(js_name = startTimer)]
    pub(crate) fn start_timer(tick: &Function, delay: f64) -> JsValue;
    #[wasm_bindgen(js_name = stopTimer)]
    pub(crate) fn stop_timer(timer: &JsValue);

    /// A caller's options, as `takeOptions` lays them out.
    pub(crate) type Options;
    #[wasm_bindgen(catch, js_name = takeOptions)]
    pub(crate) fn take_options(options: &JsValue) -> Result<Options, JsValue>;
    #[wasm_bindgen(catch, js_name = takeInit)]
    pub(crate) fn take_init(init: &JsValue) -> Result<Options, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn method(this: &Options) -> Option<JsString>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn headers(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = baseURL)]
    pub(crate) fn base_url(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = responseType)]
    pub(crate) fn response_type(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = ignoreResponseError)]
    pub(crate) fn ignore_response_error(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn signal(this: &Options) -> Option<AbortSignal>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn session(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fetch(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn rest(this: &Options) -> JsValue;

    #[wasm_bindgen(catch, js_name = inputKind)]
    pub(crate) fn input_kind(input: &JsValue) -> Result<u32, JsValue>;
    #[wasm_bindgen(catch, js_name = stringOf)]
    pub(crate) fn string_of(input: &JsValue) -> Result<JsString, JsValue>;
    #[wasm_bindgen(catch, js_name = mergeHeaders)]
    pub(crate) fn merge_headers(defaults: &JsValue, own: &JsValue) -> Result<Headers, JsValue>;
    #[wasm_bindgen(js_name = buildInit)]
    pub(crate) fn build_init(
        rest: &JsValue,
        method: &JsValue,
        headers: &JsValue,
        body: &JsValue,
        signal: &JsValue,
    ) -> JsValue;
    #[wasm_bindgen(catch, js_name = bodyKind)]
    pub(crate) fn body_kind(body: &JsValue) -> Result<u32, JsValue>;
    #[wasm_bindgen(catch, js_name = encodeJson)]
    pub(crate) fn encode_json(body: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = encodeForm)]
    pub(crate) fn encode_form(body: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = copyBytes)]
    pub(crate) fn copy_bytes(body: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = makeRequest)]
    pub(crate) fn make_request(url: &JsValue, init: &JsValue) -> Result<Request, JsValue>;

    #[wasm_bindgen(js_name = originOf)]
    pub(crate) fn origin_of(url: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = pageOrigin)]
    pub(crate) fn page_origin() -> Option<String>;
    #[wasm_bindgen(js_name = onServer)]
    pub(crate) fn on_server() -> bool;
    pub(crate) fn reachable(area: &str) -> bool;
    #[wasm_bindgen(js_name = jwtClaims)]
    pub(crate) fn jwt_claims(token: &str) -> JsValue;
    #[wasm_bindgen(js_name = parseJson)]
    pub(crate) fn parse_json(text: &str) -> JsValue;
    pub(crate) fn assemble(parts: &Array, drop: &Array) -> JsValue;
    #[wasm_bindgen(js_name = traceRecord)]
    pub(crate) fn trace_record(
        id: u32,
        method: &JsString,
        path: &str,
        step: &str,
        waited: Option<f64>,
        status: Option<u16>,
    ) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    /// A `Response`, or what a test double takes for one.
    #[derive(Clone)]
    pub(crate) type Response;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn status(this: &Response) -> u16;
    #[wasm_bindgen(method, getter, structural, js_name = statusText)]
    pub(crate) fn status_text(this: &Response) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn headers(this: &Response) -> Headers;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn body(this: &Response) -> JsValue;
    #[wasm_bindgen(method, setter, structural, js_name = _data)]
    pub(crate) fn set_data(this: &Response, data: &JsValue);

    pub(crate) type Request;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn url(this: &Request) -> JsString;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn method(this: &Request) -> JsString;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn headers(this: &Request) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn signal(this: &Request) -> Option<AbortSignal>;
    #[wasm_bindgen(method, structural, catch)]
    pub(crate) fn clone(this: &Request) -> Result<JsValue, JsValue>;

    pub(crate) type Headers;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Headers;
    #[wasm_bindgen(method, structural, catch)]
    pub(crate) fn get(this: &Headers, name: &JsString) -> Result<Option<JsString>, JsValue>;
    #[wasm_bindgen(method, structural)]
    pub(crate) fn set(this: &Headers, name: &JsString, value: &JsString);

    pub(crate) type AbortController;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn signal(this: &AbortController) -> AbortSignal;
    #[wasm_bindgen(method)]
    pub(crate) fn abort(this: &AbortController, reason: &JsValue);

    #[derive(Clone)]
    pub(crate) type AbortSignal;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn aborted(this: &AbortSignal) -> bool;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn reason(this: &AbortSignal) -> JsValue;
}
