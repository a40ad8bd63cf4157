//! `createApiFetch({ session: { … } })`.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::reader::{Reader, as_function};
use crate::engine::{Config, Millis};
use crate::error::type_error;
use crate::policy::url;
use crate::web::platform;
use crate::web::storage::Area;

const KNOWN: [&str; 13] = [
    "storage",
    "key",
    "attach",
    "origins",
    "refreshBefore",
    "refresh",
    "refreshTimeout",
    "refreshRetry",
    "withdraw",
    "queue",
    "crossTab",
    "onRefresh",
    "onSignOut",
];
const LATER: [&str; 6] = ["expired", "fields", "skip", "refused", "replay", "identity"];

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageKind {
    /// In a storage area of the browser, under the key.
    Area(Area),
    /// In this page alone.
    Memory,
}

/// How tokens are refreshed.
#[derive(Clone)]
pub(crate) enum RefreshWay {
    /// Not at all.
    Never,
    /// By an OAuth 2 token endpoint (RFC 6749 §6).
    Call(RefreshCall),
    /// By a function of the app.
    Function(Function),
}

/// The call to a token endpoint.
#[derive(Clone)]
pub(crate) struct RefreshCall {
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) headers: JsValue,
    pub(crate) credentials: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) scope: Option<String>,
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
        let reader = Reader::new(options, "session")?;
        reader.only(&KNOWN, &LATER)?;
        if let Some(attach) = reader.get("attach")?
            && attach.as_string().as_deref() != Some("bearer")
        {
            return Err(reader.fault("attach", "can only be 'bearer' in this version"));
        }
        if reader.flag("crossTab")? == Some(true) {
            return Err(reader.fault("crossTab", "can not be switched on in this version"));
        }
        let defaults = Config::default();
        let queue = queue(&reader)?;
        let engine = Config {
            refresh_timeout: reader.number("refreshTimeout", 1.0)?.unwrap_or(defaults.refresh_timeout),
            retries: reader
                .number("refreshRetry", 1.0)?
                .map_or(defaults.retries, |retries| u8::try_from(retries).unwrap_or(u8::MAX)),
            withdraw: reader.flag("withdraw")?.unwrap_or(defaults.withdraw),
            queue_limit: queue.0.unwrap_or(defaults.queue_limit),
            queue_timeout: queue.1.unwrap_or(defaults.queue_timeout),
            ..defaults
        };
        Ok(Self {
            storage: storage(&reader)?,
            key: key(&reader)?,
            origins: origins(&reader)?,
            leeway: reader.number("refreshBefore", 1000.0)?.unwrap_or(30_000),
            refresh: refresh(&reader, base_url)?,
            on_refresh: reader.function("onRefresh")?,
            on_sign_out: reader.function("onSignOut")?,
            engine,
        })
    }
}

fn storage(reader: &Reader<'_>) -> Result<StorageKind, JsValue> {
    let Some(value) = reader.get("storage")? else { return Ok(StorageKind::Area(Area::Local)) };
    match value.as_string().as_deref() {
        Some("local") => Ok(StorageKind::Area(Area::Local)),
        Some("session") => Ok(StorageKind::Area(Area::Session)),
        Some("memory") => Ok(StorageKind::Memory),
        Some(_) => Err(reader.fault("storage", "must be 'local', 'session' or 'memory'")),
        None => Err(reader.fault("storage", "can only be 'local', 'session' or 'memory' in this version")),
    }
}

fn key(reader: &Reader<'_>) -> Result<String, JsValue> {
    if reader.get("key")?.is_some_and(|key| key.is_object()) {
        return Err(reader.fault("key", "can only be a string in this version"));
    }
    Ok(reader.text("key")?.unwrap_or_else(|| "apifetch.tokens".to_owned()))
}

fn queue(reader: &Reader<'_>) -> Result<(Option<usize>, Option<Millis>), JsValue> {
    let Some(queue) = reader.get("queue")? else { return Ok((None, None)) };
    let queue = Reader::new(&queue, "session.queue")?;
    queue.only(&["limit", "timeout"], &[])?;
    let limit = queue.number("limit", 1.0)?.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
    Ok((limit, queue.number("timeout", 1.0)?))
}

fn origins(reader: &Reader<'_>) -> Result<Option<Vec<String>>, JsValue> {
    let Some(value) = reader.get("origins")? else { return Ok(None) };
    let list =
        value.dyn_ref::<Array>().ok_or_else(|| reader.fault("origins", "must be a list of origins"))?;
    let origin = |entry: JsValue| {
        entry
            .as_string()
            .filter(|text| url::has_scheme(text))
            .and_then(|text| platform::origin_of(&JsValue::from_str(&text)))
            .ok_or_else(|| reader.fault("origins", "must hold origins, such as 'https://api.example.com'"))
    };
    list.iter().map(origin).collect::<Result<_, _>>().map(Some)
}

fn refresh(reader: &Reader<'_>, base_url: &str) -> Result<RefreshWay, JsValue> {
    let Some(value) = reader.get("refresh")? else {
        return Err(type_error(
            "session.refresh is missing: a URL, an object with a url, a function, or false for never",
        ));
    };
    if value.as_bool() == Some(false) {
        return Ok(RefreshWay::Never);
    }
    if let Some(function) = as_function(&value) {
        return Ok(RefreshWay::Function(function));
    }
    if let Some(url) = value.as_string().filter(|url| !url.is_empty()) {
        return Ok(RefreshWay::Call(RefreshCall {
            url: url::join(base_url, &url).into_owned(),
            method: "POST".to_owned(),
            headers: JsValue::UNDEFINED,
            credentials: None,
            client_id: None,
            scope: None,
        }));
    }
    if !value.is_object() {
        return Err(reader.fault("refresh", "must be a URL, an object with a url, a function, or false"));
    }
    call(&Reader::new(&value, "session.refresh")?, base_url).map(RefreshWay::Call)
}

fn call(reader: &Reader<'_>, base_url: &str) -> Result<RefreshCall, JsValue> {
    reader.only(&["url", "method", "headers", "body", "credentials", "clientId", "scope"], &["attach"])?;
    for name in ["url", "headers"] {
        if reader.get(name)?.is_some_and(|value| value.is_function()) {
            return Err(reader.fault(name, "can not be a function in this version"));
        }
    }
    if reader.get("body")?.is_some_and(|body| body.as_string().as_deref() != Some("oauth")) {
        return Err(reader.fault("body", "can only be 'oauth' in this version"));
    }
    let Some(url) = reader.text("url")? else { return Err(reader.fault("url", "is missing")) };
    let headers = reader.get("headers")?.unwrap_or_default();
    platform::merge_headers(&JsValue::UNDEFINED, &headers)
        .map_err(|_| reader.fault("headers", "are not what Headers takes"))?;
    Ok(RefreshCall {
        url: url::join(base_url, &url).into_owned(),
        method: reader.text("method")?.unwrap_or_else(|| "POST".to_owned()),
        headers,
        credentials: reader.text("credentials")?,
        client_id: reader.text("clientId")?,
        scope: reader.text("scope")?,
    })
}
