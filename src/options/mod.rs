//! `createApiFetch({ session: { … } })`: what each option may be, and what it is when it is not given.

use js_sys::Function;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::engine::{Config, Millis};
use crate::policy::url;
use crate::web::call;
use crate::web::storage::Area;

const SESSION: &str = "storage:'local'|'session'|'memory' key:text attach:'bearer' origins:origins \
    refreshBefore:number refresh:any refreshTimeout:number refreshRetry:number withdraw:flag queue:object \
    crossTab:off onRefresh:function onSignOut:function \
    expired:later fields:later skip:later refused:later replay:later identity:later";
const QUEUE: &str = "limit:number timeout:number";
const REFRESH: &str = "url:text method:text headers:headers body:'oauth' credentials:text clientId:text scope:text \
    attach:later";

#[wasm_bindgen(module = "/src/options/check.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn check(options: &JsValue, place: &str, spec: &str) -> Result<Checked, JsValue>;

    type Checked;
    #[wasm_bindgen(method, getter)]
    fn storage(this: &Checked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn key(this: &Checked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn origins(this: &Checked) -> Option<Vec<String>>;
    #[wasm_bindgen(method, getter, js_name = refreshBefore)]
    fn refresh_before(this: &Checked) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn refresh(this: &Checked) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = refreshTimeout)]
    fn refresh_timeout(this: &Checked) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = refreshRetry)]
    fn refresh_retry(this: &Checked) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn withdraw(this: &Checked) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn queue(this: &Checked) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = onRefresh)]
    fn on_refresh(this: &Checked) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = onSignOut)]
    fn on_sign_out(this: &Checked) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    fn limit(this: &Checked) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn timeout(this: &Checked) -> Option<f64>;

    /// A token endpoint, and how it is called: `url`, `method`, `headers`, `credentials`, `clientId`, `scope`.
    pub(crate) type Endpoint;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn url(this: &Endpoint) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn method(this: &Endpoint) -> String;
    #[wasm_bindgen(catch)]
    fn endpoint(given: &JsValue, spec: &str) -> Result<Endpoint, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_url(this: &Endpoint, url: &str);
}

#[wasm_bindgen(module = "/src/options/options.js")]
extern "C" {
    /// The options of an instance, checked but for those of its session.
    pub type Options;
    #[wasm_bindgen(method, getter, js_name = baseURL)]
    pub(crate) fn base_url(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn session(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fetch(this: &Options) -> Option<Function>;
}

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageKind {
    /// In a storage area of the browser, under the key.
    Area(Area),
    /// In this page alone.
    Memory,
}

/// How tokens are refreshed.
pub(crate) enum RefreshWay {
    /// Not at all.
    Never,
    /// By an OAuth 2 token endpoint (RFC 6749 §6).
    Call(Endpoint),
    /// By a function of the app.
    Function(Function),
}

/// The options of a session, complete.
pub(crate) struct SessionOptions {
    pub(crate) storage: StorageKind,
    pub(crate) key: String,
    /// `None`: the page's, and those of the base URLs.
    pub(crate) origins: Option<Vec<String>>,
    pub(crate) leeway: Millis,
    pub(crate) refresh: RefreshWay,
    pub(crate) on_refresh: Option<Function>,
    pub(crate) on_sign_out: Option<Function>,
    pub(crate) engine: Config,
}

impl SessionOptions {
    /// Reads the options; a fault is a `TypeError` that names the option.
    pub(crate) fn read(options: &JsValue, base_url: &str) -> Result<Self, JsValue> {
        let given = check(options, "session", SESSION)?;
        let queue = given.queue();
        let queue = if queue.is_undefined() { None } else { Some(check(&queue, "session.queue", QUEUE)?) };
        let defaults = Config::default();
        let engine = Config {
            refresh_timeout: given.refresh_timeout().map_or(defaults.refresh_timeout, whole),
            retries: given
                .refresh_retry()
                .map_or(defaults.retries, |retries| u8::try_from(whole(retries)).unwrap_or(u8::MAX)),
            withdraw: given.withdraw().unwrap_or(defaults.withdraw),
            queue_limit: queue
                .as_ref()
                .and_then(Checked::limit)
                .map_or(defaults.queue_limit, |limit| usize::try_from(whole(limit)).unwrap_or(usize::MAX)),
            queue_timeout: queue.as_ref().and_then(Checked::timeout).map_or(defaults.queue_timeout, whole),
            ..defaults
        };
        let origins = given
            .origins()
            .map(|list| list.iter().map(|origin| call::origin_of(origin).unwrap_or_default()).collect());
        Ok(Self {
            storage: match given.storage().as_deref() {
                Some("memory") => StorageKind::Memory,
                Some("session") => StorageKind::Area(Area::Session),
                _ => StorageKind::Area(Area::Local),
            },
            key: given.key().unwrap_or_else(|| "apifetch.tokens".to_owned()),
            origins,
            leeway: given.refresh_before().map_or(30_000, |seconds| whole(seconds * 1000.0)),
            refresh: refresh(given.refresh(), base_url)?,
            on_refresh: given.on_refresh(),
            on_sign_out: given.on_sign_out(),
            engine,
        })
    }
}

fn refresh(given: JsValue, base_url: &str) -> Result<RefreshWay, JsValue> {
    if given.is_function() {
        return Ok(RefreshWay::Function(given.unchecked_into()));
    }
    if given.as_bool() == Some(false) {
        return Ok(RefreshWay::Never);
    }
    let given = endpoint(&given, REFRESH)?;
    if let Some(joined) = url::join(base_url, &given.url()) {
        given.set_url(&joined);
    }
    Ok(RefreshWay::Call(given))
}

/// How many, of something that has been checked not to be negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and saturates")]
fn whole(number: f64) -> u64 {
    number as u64
}
