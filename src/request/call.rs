//! The externs of `call.js`: one call of the user. What it holds stays in JavaScript; numbers cross.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::driver::Step;
use crate::engine::Route;
use crate::platform::executor::{TaskId, Ticket};
use crate::platform::promise::Caller;
use crate::platform::source::Source;
use crate::policy::body::Kind;
use crate::policy::media::Reader;
use crate::policy::method::Method;
use crate::policy::retry::Wish;
use crate::policy::verdict::{Replay, Seen};

#[wasm_bindgen(module = "/src/request/call.js")]
extern "C" {
    /// One call of the user: its promise, what it asks for, and what it has come to.
    #[wasm_bindgen(extends = Caller, extends = Source)]
    pub type Call;
    #[wasm_bindgen(method, js_name = prepare)]
    fn raw_prepare(this: &Call, encoding: u32, has_session: bool, slot: u32, serial: u32) -> u32;
    /// Whether the app wants a rejected request to be sent again.
    #[wasm_bindgen(method, js_name = mayReplay)]
    pub(crate) fn may_replay(this: &Call) -> bool;
    #[wasm_bindgen(method, js_name = send)]
    fn raw_send(this: &Call, tokens: &JsValue, is_revocable: bool, slot: u32, turn: u32) -> bool;
    #[wasm_bindgen(method, js_name = launch)]
    fn raw_launch(this: &Call, is_revocable: bool, slot: u32, turn: u32);
    #[wasm_bindgen(method)]
    pub(crate) fn withdraw(this: &Call);
    #[wasm_bindgen(method, js_name = read)]
    fn raw_read(this: &Call, reader: u32, slot: u32, turn: u32) -> bool;
    #[wasm_bindgen(method, js_name = end)]
    fn raw_end(this: &Call, how: u32);
    #[wasm_bindgen(method, js_name = hook)]
    fn raw_hook(this: &Call, which: u32, slot: u32, turn: u32, serial: u32);
    #[wasm_bindgen(method, js_name = pause)]
    fn raw_pause(this: &Call, wait: f64, slot: u32, turn: u32);
    #[wasm_bindgen(method, js_name = note)]
    fn raw_note(this: &Call, step: u32);
}

// The places of a call's texts.
const BASE_URL: u32 = 0;
const URL: u32 = 1;
const CONTENT_TYPE: u32 = 2;
const ANSWER_TYPE: u32 = 3;
const CHALLENGE: u32 = 4;
const ROUTE: u32 = 5;
// The places of its numbers.
const RETRIES: u32 = 0;
const IS_LISTED: u32 = 1;
const RETRY_AFTER: u32 = 2;

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

/// The small facts of a call, as `call.js` packs them.
#[derive(Clone, Copy)]
pub(crate) struct Facts(pub(crate) u32);

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

    /// How the caller wants the body read: a place in `READERS` of `options.js`; 15: as the content type says.
    fn reader(self) -> u32 {
        self.0 >> 9 & 15
    }

    /// Whether there is a base that the URL is to be joined to.
    pub(crate) fn has_base(self) -> bool {
        self.0 >> 13 & 1 == 1
    }

    /// Whether the caller wants no session.
    pub(crate) fn goes_without_session(self) -> bool {
        self.0 >> 14 & 1 == 1
    }

    pub(crate) fn ignores_errors(self) -> bool {
        self.0 >> 15 & 1 == 1
    }

    /// Whether the app has hooks around it.
    pub(crate) fn is_hooked(self) -> bool {
        self.0 >> 18 & 1 == 1
    }

    /// Whether it is sent again when its token was rejected.
    pub(crate) fn replay(self) -> Replay {
        Replay::from(self.0 >> 16 & 3)
    }
}

/// What becomes of a call before it is sent. The numbers are those of `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It can not be sent: the call holds the error.
    Invalid,
    /// The caller has given up already: the call holds the reason.
    GivenUp,
    /// It goes without the session.
    Bare,
    /// It goes under the session.
    UnderSession,
}

/// What is to be done to a body before it is sent. The numbers are those of `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Nothing.
    AsIs = 0,
    /// It is JSON already: only the headers say so.
    Json = 1,
    /// It becomes JSON.
    ToJson = 2,
    /// It becomes a form.
    ToForm = 3,
    /// A stream is announced as one (Fetch, `RequestInit.duplex`).
    Stream = 4,
}

/// The app's hooks. The numbers are their places in `HOOKS` of `pipeline.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hook {
    /// Before it is sent.
    Request = 0,
    /// When there is no answer, or none that could be read.
    RequestError = 1,
    /// When there is an answer.
    Response = 2,
    /// When the answer tells of a failure.
    ResponseError = 3,
}

/// How a call ends. The numbers are those of `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With the answer, or its body.
    Answer = 0,
    /// With an answer of 400–599.
    Status = 1,
    /// Without an answer, or one that could not be read: the call holds the error.
    Error = 2,
    /// The caller has given up: the call holds the reason.
    Abort = 3,
    /// The app's own code has thrown, or the request can not be sent at all: the call holds the error.
    Thrown = 4,
    /// The session failed: the call holds the error.
    Denied = 5,
}

impl Call {
    fn source(&self) -> &Source {
        self.as_ref()
    }

    /// Joins the URL to its base.
    pub(crate) fn join(&self) {
        self.source().join_url(BASE_URL, URL);
    }

    /// The content type that the caller gives to the body.
    pub(crate) fn content_type(&self) -> Option<String> {
        self.source().text(CONTENT_TYPE)
    }

    /// The answer's `WWW-Authenticate`.
    pub(crate) fn challenge(&self) -> String {
        self.source().text(CHALLENGE).unwrap_or_default()
    }

    /// Where it goes: a hash of method and path.
    pub(crate) fn route(&self) -> Route {
        Route(self.source().hash(ROUTE).unwrap_or_default())
    }

    /// Finds out whether the session has a part in it, serialises the body, fixes what the caller may change while the request
    /// waits, and listens to the caller's signal, which speaks to this task.
    pub(crate) fn prepare(&self, encoding: Encoding, has_session: bool, task: TaskId) -> Way {
        match self.raw_prepare(encoding as u32, has_session, task.slot, task.serial) {
            0 => Way::Invalid,
            1 => Way::GivenUp,
            2 => Way::Bare,
            _ => Way::UnderSession,
        }
    }

    /// Sends it with tokens, or, with `undefined`, without. Only what may be sent twice unseen can be taken back.
    ///
    /// Where the tokens take their time to be attached, which is told, the wait is for that, and it is to be launched then.
    pub(crate) fn send(&self, tokens: &JsValue, is_revocable: bool, ticket: Ticket) -> bool {
        self.raw_send(tokens, is_revocable, ticket.slot, ticket.turn)
    }

    /// Sends it, now that the tokens are attached.
    pub(crate) fn launch(&self, is_revocable: bool, ticket: Ticket) {
        self.raw_launch(is_revocable, ticket.slot, ticket.turn);
    }

    /// Reads the answer's body as the caller, or the content type, says.
    pub(crate) fn read(&self, facts: Facts, ticket: Ticket) {
        if !self.raw_read(facts.reader(), ticket.slot, ticket.turn) {
            // Of a type that has not been met before.
            let reader = Reader::of(&self.source().text(ANSWER_TYPE).unwrap_or_default());
            self.raw_read(reader as u32, ticket.slot, ticket.turn);
        }
    }

    /// Runs the app's hooks of one kind, one after the other.
    pub(crate) fn hook(&self, hook: Hook, ticket: Ticket, task: TaskId) {
        self.raw_hook(hook as u32, ticket.slot, ticket.turn, task.serial);
    }

    /// What the caller, or a hook, says of another attempt, now that this one has failed.
    pub(crate) fn wish(&self) -> Wish {
        let of = |place| self.source().number(place);
        Wish { retries: of(RETRIES), is_listed: of(IS_LISTED), retry_after: of(RETRY_AFTER) }
    }

    /// Waits for so many ms at least, and begins anew with what the caller gave.
    pub(crate) fn pause(&self, wait: f64, ticket: Ticket) {
        self.raw_pause(wait, ticket.slot, ticket.turn);
    }

    /// Settles the promise.
    pub(crate) fn end(&self, how: End) {
        self.raw_end(how as u32);
    }

    /// Tells those who trace the session of a step that JavaScript does not see by itself.
    pub(crate) fn note(&self, step: Step) {
        self.raw_note(step as u32);
    }
}

/// What `call.js` tells of an answer that has come.
pub(crate) fn seen(number: u32) -> Seen {
    Seen { status: number & 0x3ff, by_status: number & 0x400 != 0, by_content: number & 0x800 != 0 }
}

/// What an answer tells once the hooks have seen it.
pub(crate) struct Heard {
    pub(crate) status: u32,
    /// Whether its envelope tells of a failure.
    pub(crate) is_failure: bool,
    /// Whether it is wanted as it is, whatever its status.
    pub(crate) is_wanted: bool,
}

impl From<u32> for Heard {
    fn from(number: u32) -> Self {
        Self { status: number & 0x3ff, is_failure: number & 0x400 != 0, is_wanted: number & 0x800 != 0 }
    }
}
