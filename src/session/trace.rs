//! What happens to each request, step by step, for `on('trace')`.

use js_sys::Date;
use wasm_bindgen::prelude::JsValue;

use super::Host;

/// A step of a request, or of the refresh. The numbers are the places in `STEPS` of `listeners.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Waiting = 0,
    Sent = 1,
    Rejected = 2,
    Withdrawn = 3,
    Replayed = 4,
    Answered = 5,
    Failed = 6,
    Aborted = 7,
    Refreshing = 8,
    Refreshed = 9,
    RefreshFailed = 10,
}

/// The record of one call.
pub(crate) struct Trace {
    id: u32,
    began: f64,
}

impl Trace {
    /// A record, if somebody listens. A call that nobody watched at its start is not watched later.
    pub(crate) fn begin(host: &Host, id: u32) -> Option<Self> {
        host.listeners.are_tracing().then(|| Self { id, began: Date::now() })
    }

    /// Notes a step of `subject`, whose `method` and `url` are told, without its query.
    pub(crate) fn note(&self, host: &Host, subject: &JsValue, step: Step, status: u32) {
        host.listeners.trace(self.id, subject, step, self.began, status);
    }
}
