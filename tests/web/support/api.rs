//! An instance, put to use as the package's shell does it.

use js_sys::{Function, Object, Reflect, Set};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};

use wasm_api_fetch::boundary::FromBits as _;
pub(crate) use wasm_api_fetch::boundary::{Shape, Status};

use super::js::{function, js};
use super::server::Tenant;
use super::watched::{Deferred, Watched};

#[wasm_bindgen(module = "/src/options/options.js")]
extern "C" {
    /// Defaults, checked.
    #[derive(Clone)]
    type Defaults;
    #[wasm_bindgen(catch, js_name = takeDefaults)]
    fn take_defaults(given: &Object) -> Result<Defaults, JsValue>;
}

// Files that only other files import: without being named they would not be served.
#[wasm_bindgen(module = "/src/boundary.js")]
extern "C" {
    #[wasm_bindgen(js_name = TABS_COMMAND_WORDS)]
    type Boundary;
}
#[wasm_bindgen(module = "/src/options/check.js")]
extern "C" {
    #[wasm_bindgen(js_name = check)]
    type Check;
}
#[wasm_bindgen(module = "/src/platform/weak-list.js")]
extern "C" {
    #[wasm_bindgen(js_name = WeakList)]
    type WeakList;
}
#[wasm_bindgen(module = "/src/platform/joined-urls.js")]
extern "C" {
    #[wasm_bindgen(js_name = joined)]
    type Joined;
}
#[wasm_bindgen(module = "/src/platform/storage.js")]
extern "C" {
    #[wasm_bindgen(js_name = onServer)]
    type OnServer;
}
#[wasm_bindgen(module = "/src/platform/fence.js")]
extern "C" {
    #[wasm_bindgen(js_name = hasFence)]
    type Fence;
}
#[wasm_bindgen(module = "/src/platform/locks.js")]
extern "C" {
    #[wasm_bindgen(js_name = takeLock)]
    type Locks;
}
#[wasm_bindgen(module = "/src/platform/page-exit.js")]
extern "C" {
    #[wasm_bindgen(js_name = whenLeft)]
    type Leaving;
}
#[wasm_bindgen(module = "/src/error/app-code.js")]
extern "C" {
    #[wasm_bindgen(js_name = report)]
    type AppCode;
}
#[wasm_bindgen(module = "/src/options/copy.js")]
extern "C" {
    #[wasm_bindgen(js_name = copyOfPlain)]
    type Copies;
}
#[wasm_bindgen(module = "/src/platform/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = share)]
    type PageFile;
}
#[wasm_bindgen(module = "/src/request/body.js")]
extern "C" {
    #[wasm_bindgen(js_name = kindOf)]
    type Body;
}
#[wasm_bindgen(module = "/src/request/fetch-input.js")]
extern "C" {
    #[wasm_bindgen(js_name = urlOf)]
    type FetchInput;
}
#[wasm_bindgen(module = "/src/request/in-flight.js")]
extern "C" {
    #[wasm_bindgen(js_name = InFlight)]
    type InFlight;
}
#[wasm_bindgen(module = "/src/platform/response.js")]
extern "C" {
    #[wasm_bindgen(js_name = headerOf)]
    type ResponseFile;
}
#[wasm_bindgen(module = "/src/platform/harmless.js")]
extern "C" {
    #[wasm_bindgen(js_name = harmless)]
    type Harmless;
}
#[wasm_bindgen(module = "/src/error/redact.js")]
extern "C" {
    #[wasm_bindgen(js_name = redact)]
    type Redact;
}
#[wasm_bindgen(module = "/src/driver/instance.js")]
extern "C" {
    #[wasm_bindgen(js_name = LiveInstance)]
    type Live;
}
#[wasm_bindgen(module = "/src/driver/resources.js")]
extern "C" {
    #[wasm_bindgen(js_name = SessionResources)]
    type NewResources;
    #[wasm_bindgen(constructor, js_class = SessionResources)]
    fn new(settings: &SessionSettings) -> NewResources;
}
#[wasm_bindgen(module = "/src/platform/signal.js")]
extern "C" {
    #[wasm_bindgen(js_name = listen)]
    type Signal;
}
#[wasm_bindgen(module = "/src/options/path.js")]
extern "C" {
    #[wasm_bindgen(js_name = at)]
    type Path;
}
#[wasm_bindgen(module = "/src/options/extras.js")]
extern "C" {
    #[wasm_bindgen(js_name = mergeHooks)]
    type Pipeline;
}
#[wasm_bindgen(module = "/src/options/query.js")]
extern "C" {
    #[wasm_bindgen(js_name = withQuery)]
    type Query;
}
#[wasm_bindgen(module = "/src/options/verdicts.js")]
extern "C" {
    #[wasm_bindgen(js_name = verdictOf)]
    type Verdicts;
}
#[wasm_bindgen(module = "/src/options/skip.js")]
extern "C" {
    #[wasm_bindgen(js_name = skipOf)]
    type Skip;
}
#[wasm_bindgen(module = "/src/options/attach.js")]
extern "C" {
    #[wasm_bindgen(js_name = attachOf)]
    type Attach;
}
#[wasm_bindgen(module = "/src/driver/records.js")]
extern "C" {
    #[wasm_bindgen(js_name = Records)]
    type RecordsFile;
}
#[wasm_bindgen(module = "/src/driver/storage-visit.js")]
extern "C" {
    #[wasm_bindgen(js_name = StorageVisit)]
    type StorageVisit;
}
#[wasm_bindgen(module = "/src/driver/refresh-reply.js")]
extern "C" {
    #[wasm_bindgen(js_name = weigh)]
    type RefreshReply;
}
#[wasm_bindgen(module = "/src/platform/timeout.js")]
extern "C" {
    #[wasm_bindgen(js_name = LONGEST_TIMEOUT)]
    type LongestTimeout;
}
#[wasm_bindgen(module = "/src/driver/refresh-request.js")]
extern "C" {
    #[wasm_bindgen(js_name = requestOf)]
    type RefreshRequest;
}
#[wasm_bindgen(module = "/src/driver/slots.js")]
extern "C" {
    #[wasm_bindgen(js_name = slotsOf)]
    type Slots;
}
#[wasm_bindgen(module = "/src/options/envelope.js")]
extern "C" {
    #[wasm_bindgen(js_name = Envelope)]
    type Envelope;
}
#[wasm_bindgen(module = "/src/options/fields.js")]
extern "C" {
    #[wasm_bindgen(js_name = ReplyFields)]
    type ReplyFields;
}
#[wasm_bindgen(module = "/src/error/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = authError)]
    type AuthErrors;
}

#[wasm_bindgen(module = "/src/options/session.js")]
extern "C" {
    type SessionSettings;
    #[wasm_bindgen(constructor)]
    fn new(given: &JsValue, defaults: &Defaults, api: &Function) -> SessionSettings;
    #[wasm_bindgen(method, getter)]
    fn origins(this: &SessionSettings) -> JsValue;
}

#[wasm_bindgen(module = "/src/platform/origin.js")]
extern "C" {
    type Origins;
    #[wasm_bindgen(constructor)]
    fn new(given: &JsValue) -> Origins;
    #[wasm_bindgen(method)]
    fn and(this: &Origins, base_url: &JsValue) -> Origins;
}

#[wasm_bindgen(module = "/src/request/record.js")]
extern "C" {
    #[wasm_bindgen(extends = Deferred)]
    type RequestRecord;
    #[wasm_bindgen(constructor)]
    fn new(shape: u32) -> RequestRecord;
    #[wasm_bindgen(method, getter)]
    fn facts(this: &RequestRecord) -> u32;
}

#[wasm_bindgen(module = "/src/request/input.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = takeCall)]
    fn take_call(
        record: &RequestRecord,
        input: &JsValue,
        given: &JsValue,
        defaults: &Defaults,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = takeFetch)]
    fn take_fetch(
        record: &RequestRecord,
        input: &JsValue,
        init: &JsValue,
        defaults: &Defaults,
    ) -> Result<(), JsValue>;
}

#[wasm_bindgen(module = "/src/platform/page.js")]
extern "C" {
    fn install(start: &Function) -> Bond;

    /// What all copies of the package on one page share.
    #[derive(Clone)]
    type Bond;
    #[wasm_bindgen(method, getter)]
    fn open(this: &Bond) -> Set;
}

#[wasm_bindgen(module = "/src/driver/tokens.js")]
extern "C" {
    #[wasm_bindgen(js_name = readReply)]
    fn read_reply(reply: &JsValue, settings: &SessionSettings) -> JsValue;
}

// The crate's own class, seen from JavaScript: what is thrown inside ends there, as it does in the shell.
#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub(crate) type Session;
    #[wasm_bindgen(method, catch)]
    fn start(this: &Session, record: &RequestRecord, facts: u32) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = tokens)]
    fn raw_tokens(this: &Session) -> JsValue;
    #[wasm_bindgen(method)]
    fn resources(this: &Session) -> SessionResources;
    #[wasm_bindgen(method, js_name = status)]
    fn raw_status(this: &Session) -> u32;
    /// How many requests are in flight or waiting.
    #[wasm_bindgen(method)]
    pub(crate) fn pending(this: &Session) -> u32;
    /// How many calls wait.
    #[wasm_bindgen(method)]
    pub(crate) fn waiting(this: &Session) -> u32;
    #[wasm_bindgen(method)]
    fn set(this: &Session, fields: &JsValue, same_user: bool);
    #[wasm_bindgen(method, catch)]
    fn ask(this: &Session, for_ms: f64, force: bool, caller: &Deferred) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn leave(this: &Session, for_all: bool);

    type SessionResources;
    #[wasm_bindgen(method, getter)]
    fn listeners(of_session: &SessionResources) -> Listeners;

    type Listeners;
    #[wasm_bindgen(method)]
    fn join(this: &Listeners, member: &Session, settings: &JsValue);
    #[wasm_bindgen(method)]
    fn add(this: &Listeners, member: &Session, topic: &str, listener: &Function) -> Function;
}

/// An instance with a session.
#[derive(Clone)]
pub(crate) struct Api {
    defaults: Defaults,
    pub(crate) session: Session,
}

thread_local! {
    /// The engine, which is this very module: it is started already, and only once.
    static BOND: Bond = {
        let resume = Closure::<dyn Fn(u32, u32, u32, u32)>::new(wasm_api_fetch::resume).into_js_value();
        let change_mark = Closure::<dyn Fn(wasm_api_fetch::MarkChange, u32) -> u32>::new(|change, action| {
            wasm_api_fetch::change_mark(&change, action)
        });
        let reader_of = Closure::<dyn Fn(String) -> u32>::new(|of: String| wasm_api_fetch::reader_of(&of));
        let engine = js!(
            "resume": resume,
            "changeMark": change_mark.into_js_value(),
            "readerOf": reader_of.into_js_value()
        );
        install(&function(move |_| engine.clone().into()))
    };
}

impl Api {
    pub(crate) fn new(given: &Object) -> Self {
        let defaults = take_defaults(given).unwrap();
        let get = |name: &str| Reflect::get(given, &name.into()).unwrap();
        // What a refresh function is given besides the tokens: these tests' functions have what they need.
        let no_api = function(|_| JsValue::UNDEFINED);
        let settings = SessionSettings::new(&get("session"), &defaults, &no_api);
        Reflect::set(&settings, &"resources".into(), &NewResources::new(&settings)).unwrap();
        let origins = Origins::new(&settings.origins()).and(&get("baseURL"));
        Reflect::set(&defaults, &"origins".into(), &origins).unwrap();
        Reflect::set(&defaults, &"settings".into(), &settings).unwrap();
        let settings = JsValue::from(settings);
        let of_session = Some(settings.clone().unchecked_into());
        let instance = wasm_api_fetch::ApiFetch::new(of_session, false);
        let session: Session = JsValue::from(instance).unchecked_into();
        let listeners = session.listeners();
        listeners.join(&session, &settings);
        Reflect::set(&defaults, &"listeners".into(), &listeners).unwrap();
        Self { defaults, session }
    }

    /// An instance whose session is refreshed by the tenant, with these options over its own.
    pub(crate) fn of(tenant: &Tenant, session: &Object) -> Self {
        let refresh = js!("url": "/oidc/token", "clientId": "app");
        let all = js!("key": tenant.name(), "refresh": refresh);
        Object::assign(&all, session);
        Self::new(&js!("baseURL": tenant.url(""), "session": all))
    }

    pub(crate) fn ask(
        &self,
        shape: Shape,
        input: impl Into<JsValue>,
        options: impl Into<JsValue>,
    ) -> Watched {
        let record = RequestRecord::new(shape as u32);
        let watched = Watched::new(&record);
        let (input, options) = (input.into(), options.into());
        let prepare = || match shape {
            Shape::Data | Shape::Raw => take_call(&record, &input, &options, &self.defaults),
            Shape::Fetch => take_fetch(&record, &input, &options, &self.defaults),
        };
        ask(&record, prepare, || self.session.start(&record, record.facts()));
        watched
    }

    pub(crate) fn get(&self, path: &str) -> Watched {
        self.ask(Shape::Data, path, JsValue::UNDEFINED)
    }

    pub(crate) fn post(&self, path: &str, body: impl Into<JsValue>) -> Watched {
        self.ask(Shape::Data, path, js!("method": "POST", "body": body.into()))
    }
}

impl Session {
    /// Takes the reply to a login.
    pub(crate) fn sign_in(&self, reply: impl Into<JsValue>) {
        let usual = js!("refresh": false);
        let settings =
            SessionSettings::new(&usual, &take_defaults(&Object::new()).unwrap(), &Function::default());
        self.set(&read_reply(&reply.into(), &settings), false);
    }

    pub(crate) fn sign_out(&self) {
        self.leave(true);
    }

    pub(crate) fn tokens(&self) -> JsValue {
        self.raw_tokens()
    }

    fn listeners(&self) -> Listeners {
        self.resources().listeners()
    }

    pub(crate) fn refresh(&self) -> Watched {
        let caller = Deferred::new();
        let watched = Watched::new(&caller);
        ask(&caller, || Ok(()), || self.ask(0.0, true, &caller));
        watched
    }

    pub(crate) fn status(&self) -> Status {
        Status::from_bits(self.raw_status())
    }

    pub(crate) fn on(&self, topic: &str, listener: impl Fn(JsValue) + 'static) {
        let listener = function(move |event| {
            listener(event);
            JsValue::UNDEFINED
        });
        self.listen(topic, &listener);
    }

    pub(crate) fn listen(&self, topic: &str, listener: &Function) {
        self.listeners().add(self, topic, listener);
    }
}

/// What is wrong with a request rejects its promise, and so does whatever leaves the engine by an exception.
fn ask(
    caller: &Deferred,
    prepare: impl FnOnce() -> Result<(), JsValue>,
    question: impl FnOnce() -> Result<(), JsValue>,
) {
    let asked = prepare().and_then(|()| {
        BOND.with(|bond| bond.open().add(caller));
        question()
    });
    if let Err(error) = asked {
        caller.reject(&error);
    }
}
