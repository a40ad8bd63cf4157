//! What a request rejects with: one family, made in one place.

use js_sys::{Error, JsString, Object, Reflect, TypeError};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::engine::Code;
use crate::web::platform::Response;

#[wasm_bindgen(module = "/src/error/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = fetchError)]
    fn fetch_error(message: &str, parts: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = authError)]
    fn auth_error(message: &str, parts: &JsValue) -> JsValue;
}

/// What an error tells of the request that failed.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub(crate) method: Option<&'a JsString>,
    /// The URL as asked, without what `attach` put into it.
    pub(crate) url: &'a str,
    pub(crate) request: Option<&'a JsValue>,
    pub(crate) options: Option<&'a JsValue>,
    pub(crate) response: Option<&'a Response>,
    pub(crate) data: Option<&'a JsValue>,
    pub(crate) cause: Option<&'a JsValue>,
}

impl Parts<'_> {
    /// `[GET] "/path": 404 Not Found`
    fn message(&self) -> String {
        let method = self.method.map_or_else(|| "GET".to_owned(), String::from);
        let status = self.response.map_or_else(
            || "<no response>".to_owned(),
            |response| {
                let text = response.status_text().unwrap_or_default();
                [response.status().to_string(), text].join(" ").trim_end().to_owned()
            },
        );
        ["[", &method, "] \"", self.url, "\": ", &status].concat()
    }

    fn object(&self) -> Object {
        let object = Object::new();
        let response = self.response.map(AsRef::as_ref);
        let fields = [
            ("request", self.request),
            ("options", self.options),
            ("response", response),
            ("data", self.data),
        ];
        for (name, value) in fields.into_iter().chain([("cause", self.cause)]) {
            if let Some(value) = value {
                put(&object, name, value);
            }
        }
        object
    }
}

/// A `FetchError`: an answer of 400–599, no answer, or a body that could not be read.
pub(crate) fn failed(parts: &Parts<'_>) -> JsValue {
    let mut message = parts.message();
    let cause = parts.cause.map(text_of).unwrap_or_default();
    if !cause.is_empty() {
        message = [message, cause].join(" ");
    }
    fetch_error(&message, &parts.object())
}

/// An `AuthError`: what a request gets because of the session.
pub(crate) fn denied(code: Code, parts: &Parts<'_>) -> JsValue {
    let object = parts.object();
    put(&object, "code", &JsValue::from_str(code_name(code)));
    let message = [&parts.message(), " (", explanation(code), ")"].concat();
    auth_error(&message, &object)
}

fn explanation(code: Code) -> &'static str {
    match code {
        Code::RefreshRejected => "the refresh was refused and the session has ended",
        Code::RefreshFailed => "the refresh failed; the next request tries again",
        Code::RefreshTimeout => {
            "the refresh took longer than refreshTimeout; a refresh function whose own requests do not go through \
             the api that it is given waits for itself"
        }
        Code::SignedOut => "the session has ended",
        Code::SessionChanged => "another user has signed in meanwhile",
        Code::QueueFull => "too many requests are waiting for the refresh",
        Code::QueueTimeout => "the wait for the refresh was longer than queue.timeout",
    }
}

/// The stable name of a code.
fn code_name(code: Code) -> &'static str {
    match code {
        Code::RefreshRejected => "REFRESH_REJECTED",
        Code::RefreshFailed => "REFRESH_FAILED",
        Code::RefreshTimeout => "REFRESH_TIMEOUT",
        Code::SignedOut => "SIGNED_OUT",
        Code::SessionChanged => "SESSION_CHANGED",
        Code::QueueFull => "QUEUE_FULL",
        Code::QueueTimeout => "QUEUE_TIMEOUT",
    }
}

/// A `TypeError`: what was given is not what can be taken.
pub(crate) fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}

/// An error's own message, or whatever was thrown as text.
fn text_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<Error>() {
        Some(error) => String::from(error.message()),
        None => thrown.as_string().unwrap_or_default(),
    }
}

/// Sets a property of an object of our own, which cannot fail.
pub(crate) fn put(object: &Object, name: &str, value: &JsValue) {
    Reflect::set(object, &JsValue::from_str(name), value).ok();
}
