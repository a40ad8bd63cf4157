//! The externs of `call.js`: one call of the user. What it holds stays in JavaScript; numbers cross.

use js_sys::JsString;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::engine::Code;
use crate::policy::body::Kind;
use crate::policy::media::Reader;
use crate::policy::method::Method;

#[wasm_bindgen(module = "/src/web/call.js")]
extern "C" {
    /// One call of the user: its promise, what it asks for, and what it has come to.
    pub type Call;
    /// All small facts at once, as bits; see [`Facts`].
    #[wasm_bindgen(method, getter, js_name = facts)]
    fn raw_facts(this: &Call) -> u32;
    /// The URL as asked, not joined to its base yet.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn url(this: &Call) -> String;
    /// What it is to be joined to; only where the facts say so.
    #[wasm_bindgen(method, getter, js_name = baseURL)]
    pub(crate) fn base_url(this: &Call) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn join(this: &Call, cut_base: usize, cut_request: usize, has_slash: bool);
    #[wasm_bindgen(method, js_name = contentType)]
    pub(crate) fn content_type(this: &Call) -> Option<String>;
    #[wasm_bindgen(method)]
    pub(crate) fn encode(this: &Call, as_form: bool) -> bool;
    #[wasm_bindgen(method, js_name = markJson)]
    pub(crate) fn mark_json(this: &Call);
    #[wasm_bindgen(method, js_name = markStream)]
    pub(crate) fn mark_stream(this: &Call);
    #[wasm_bindgen(method)]
    pub(crate) fn hold(this: &Call) -> bool;

    #[wasm_bindgen(method)]
    pub(crate) fn watch(this: &Call, slot: u32, serial: u32) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn unwatch(this: &Call);
    #[wasm_bindgen(method)]
    pub(crate) fn abort(this: &Call) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn send(this: &Call, bearer: Option<&JsString>, is_revocable: bool, slot: u32, turn: u32);
    #[wasm_bindgen(method)]
    pub(crate) fn withdraw(this: &Call);
    #[wasm_bindgen(method, catch)]
    fn header(this: &Call, name: &JsString) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, js_name = knownReader)]
    fn known_reader(this: &Call) -> u32;
    #[wasm_bindgen(method, js_name = learnReader)]
    fn learn_reader(this: &Call, reader: u32);
    #[wasm_bindgen(method, js_name = hasBody)]
    pub(crate) fn has_body(this: &Call) -> bool;
    #[wasm_bindgen(method, js_name = read)]
    pub(crate) fn read(this: &Call, reader: u32, slot: u32, turn: u32);
    #[wasm_bindgen(method, js_name = end)]
    fn raw_end(this: &Call, how: u32);
    #[wasm_bindgen(method, js_name = deny)]
    fn raw_deny(this: &Call, code: u32, cause: &JsValue);
}

#[wasm_bindgen(module = "/src/web/origin.js")]
extern "C" {
    #[wasm_bindgen(js_name = originOf)]
    pub(crate) fn origin_of(url: &str) -> String;
    #[wasm_bindgen(js_name = pageOrigin)]
    pub(crate) fn page_origin() -> String;
}

// Made once and passed as handles: a string that crosses into JavaScript costs 160–200 ns.
// rustfmt drops the values of foreign statics.
#[rustfmt::skip]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, static_string)]
    static CONTENT_TYPE: JsString = "content-type";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static WWW_AUTHENTICATE: JsString = "www-authenticate";
}

/// What the caller wants of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `api(…)`: the parsed body.
    Data,
    /// `api.raw(…)`: the `Response`, with the parsed body as `_data`.
    Raw,
    /// `api.fetch(…)`: what `fetch` gives.
    Fetch,
}

/// The small facts of a call.
#[derive(Clone, Copy)]
pub(crate) struct Facts(u32);

impl Facts {
    pub(crate) fn shape(self) -> Shape {
        match self.0 & 3 {
            0 => Shape::Data,
            1 => Shape::Raw,
            _ => Shape::Fetch,
        }
    }

    pub(crate) fn body(self) -> Kind {
        Kind::from(self.0 >> 2 & 7)
    }

    pub(crate) fn method(self) -> Method {
        Method::from(self.0 >> 5 & 15)
    }

    /// How the caller wants the body read; `None`: as the content type says.
    pub(crate) fn reader(self) -> Option<u32> {
        known(self.0 >> 9 & 15)
    }

    /// Whether there is a base that the URL is to be joined to.
    pub(crate) fn has_base(self) -> bool {
        self.0 >> 13 & 1 == 1
    }

    /// Whether the caller wants no session, or has brought credentials of its own.
    pub(crate) fn goes_without_session(self) -> bool {
        self.0 >> 14 & 1 == 1
    }

    pub(crate) fn ignores_errors(self) -> bool {
        self.0 >> 15 & 1 == 1
    }

    /// Whether paths lead to the page's own origin, as they do without a `<base>`.
    pub(crate) fn is_at_home(self) -> bool {
        self.0 >> 16 & 1 == 1
    }
}

/// A place in a list of `call.js`; 15 is none.
fn known(place: u32) -> Option<u32> {
    (place != 15).then_some(place)
}

/// How a call ends, but for those that the session denies. The numbers are those of `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With the answer, or its body.
    Answer = 0,
    /// With an answer of 400–599.
    Status = 1,
    /// Without an answer, or one that could not be read: the call holds the error, or the reason why it was aborted.
    Error = 2,
    /// Before anything was sent: the call holds the error.
    Invalid = 3,
}

impl Call {
    pub(crate) fn facts(&self) -> Facts {
        Facts(self.raw_facts())
    }

    /// The answer's content type.
    pub(crate) fn answer_type(&self) -> String {
        CONTENT_TYPE.with(|name| self.header(name)).ok().flatten().unwrap_or_default()
    }

    /// The answer's `WWW-Authenticate`.
    pub(crate) fn challenge(&self) -> String {
        WWW_AUTHENTICATE.with(|name| self.header(name)).ok().flatten().unwrap_or_default()
    }

    /// How the body is to be read: as the caller, or the content type, says.
    pub(crate) fn reader(&self, facts: Facts) -> u32 {
        facts.reader().or_else(|| known(self.known_reader())).unwrap_or_else(|| {
            let reader = Reader::of(&self.answer_type()) as u32;
            self.learn_reader(reader);
            reader
        })
    }

    /// Settles the promise.
    pub(crate) fn end(&self, how: End) {
        self.raw_end(how as u32);
    }

    /// Settles the promise: the session has failed.
    pub(crate) fn deny(&self, code: Code, cause: &JsValue) {
        self.raw_deny(code as u32, cause);
    }
}
