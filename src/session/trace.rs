//! What happens to each request, step by step, for `on('trace')`.

use std::rc::Rc;

use js_sys::{Date, JsString};

use super::{Host, Topic};
use crate::task::TaskId;
use crate::web::platform;

/// A step of a request, or of the refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Waiting,
    Sent,
    Rejected,
    Withdrawn,
    Replayed,
    Answered,
    Failed,
    Aborted,
    Refreshing,
    Refreshed,
    RefreshFailed,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Replayed => "replayed",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Aborted => "aborted",
            Self::Refreshing => "refreshing",
            Self::Refreshed => "refreshed",
            Self::RefreshFailed => "refresh-failed",
        }
    }
}

/// The record of one call; `None` while nobody listens.
pub(crate) struct Trace {
    host: Rc<Host>,
    id: u32,
    method: JsString,
    path: String,
    began: f64,
}

impl Trace {
    /// A record, if somebody listens. A call that nobody watched at its start is not watched later.
    pub(crate) fn begin(
        host: &Rc<Host>,
        task: TaskId,
        describe: impl FnOnce() -> (JsString, String),
    ) -> Option<Self> {
        if !host.listeners.any(Topic::Trace) {
            return None;
        }
        let (method, path) = describe();
        Some(Self { host: Rc::clone(host), id: task.serial, method, path, began: Date::now() })
    }

    /// The record of a refresh, whose id is 0.
    pub(super) fn refresh(host: &Rc<Host>, method: &str, path: &str) -> Option<Self> {
        Self::begin(host, TaskId { serial: 0, slot: 0 }, || (JsString::from(method), path.to_owned()))
    }

    /// Notes a step; `waited` says whether the time since the beginning belongs to it.
    pub(crate) fn note(&self, step: Step, status: Option<u16>) {
        let waited = (step != Step::Sent && step != Step::Refreshing).then(|| Date::now() - self.began);
        let record = platform::trace_record(self.id, &self.method, &self.path, step.name(), waited, status);
        self.host.listeners.tell(Topic::Trace, &record);
    }
}
