//! `createApiFetch({ session: { … } })`: what each option may be, and what it is when it is not given.

use js_sys::Function;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::engine::{Config, Millis};
use crate::policy::url;
use crate::web::storage::Area;

// For each option its kind and its default, as `check.js` reads them.
const SESSION: &str = "storage:'local'|'session'|'memory'=local key:text=apifetch.tokens attach:'bearer' \
    origins:origins refreshBefore:number=30 refresh:any refreshTimeout:number=10000 refreshRetry:number=2 \
    withdraw:flag=true queue:object crossTab:off onRefresh:function onSignOut:function \
    expired:later fields:later skip:later refused:later replay:later identity:later";
const QUEUE: &str = "limit:number=10000 timeout:number=30000";
const REFRESH: &str = "url:text method:text=POST headers:headers body:'oauth' credentials:text clientId:text \
    scope:text attach:later";

#[wasm_bindgen(module = "/src/options/check.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn check(options: &JsValue, place: &str, spec: &str) -> Result<Checked, JsValue>;

    /// Options that are what they have to be, the defaults among them.
    pub(crate) type Checked;
    #[wasm_bindgen(method, getter)]
    fn storage(this: &Checked) -> String;
    #[wasm_bindgen(method, getter)]
    fn key(this: &Checked) -> String;
    #[wasm_bindgen(method, getter)]
    fn origins(this: &Checked) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = refreshBefore)]
    fn refresh_before(this: &Checked) -> f64;
    #[wasm_bindgen(method, getter)]
    fn refresh(this: &Checked) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = refreshTimeout)]
    fn refresh_timeout(this: &Checked) -> f64;
    #[wasm_bindgen(method, getter, js_name = refreshRetry)]
    fn refresh_retry(this: &Checked) -> f64;
    #[wasm_bindgen(method, getter)]
    fn withdraw(this: &Checked) -> bool;
    #[wasm_bindgen(method, getter)]
    fn queue(this: &Checked) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn limit(this: &Checked) -> f64;
    #[wasm_bindgen(method, getter)]
    fn timeout(this: &Checked) -> f64;

    /// A token endpoint, and how it is called: `url`, `method`, `headers`, `credentials`, `clientId`, `scope`.
    pub(crate) type Endpoint;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn url(this: &Endpoint) -> String;
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
    /// As given, for what JavaScript reads by itself.
    pub(crate) given: Checked,
    pub(crate) storage: StorageKind,
    pub(crate) key: String,
    /// One a line. `None`: the page's, and those of the base URLs.
    pub(crate) origins: Option<String>,
    pub(crate) leeway: Millis,
    pub(crate) refresh: RefreshWay,
    pub(crate) engine: Config,
}

impl SessionOptions {
    /// Reads the options; a fault is a `TypeError` that names the option.
    pub(crate) fn read(options: &JsValue, base_url: &str) -> Result<Self, JsValue> {
        let given = check(options, "session", SESSION)?;
        let queue = check(&given.queue(), "session.queue", QUEUE)?;
        let refresh = refresh(given.refresh(), base_url)?;
        Ok(Self {
            storage: match given.storage().as_str() {
                "memory" => StorageKind::Memory,
                "session" => StorageKind::Area(Area::Session),
                _ => StorageKind::Area(Area::Local),
            },
            key: given.key(),
            origins: given.origins(),
            leeway: whole(given.refresh_before() * 1000.0),
            refresh,
            engine: Config {
                refresh_timeout: whole(given.refresh_timeout()),
                retries: u8::try_from(whole(given.refresh_retry())).unwrap_or(u8::MAX),
                withdraw: given.withdraw(),
                queue_limit: usize::try_from(whole(queue.limit())).unwrap_or(usize::MAX),
                queue_timeout: whole(queue.timeout()),
                ..Config::default()
            },
            given,
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
