//! `createApiFetch({ session: { … } })`, as the engine wants it. What each option may be stands in `session.js`.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::{Config, Millis};
use crate::web::source::Source;
use crate::web::storage::Area;

#[wasm_bindgen]
extern "C" {
    /// The options of a session, checked and with their defaults: `SessionSettings` of `session.js`.
    #[wasm_bindgen(extends = Source)]
    #[derive(Clone)]
    pub type Settings;
}

// The places of its numbers.
const STORAGE: u32 = 0;
const WAY: u32 = 1;
const REFRESH_BEFORE: u32 = 2;
const REFRESH_TIMEOUT: u32 = 3;
const REFRESH_RETRY: u32 = 4;
const WITHDRAW: u32 = 5;
const QUEUE_LIMIT: u32 = 6;
const QUEUE_TIMEOUT: u32 = 7;

// The places of its texts.
const BASE_URL: u32 = 0;
const REFRESH_URL: u32 = 1;
const KEY: u32 = 2;

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StorageKind {
    /// In a storage area of the browser, under the key.
    Area(Area),
    /// In this page alone.
    Memory,
}

/// How tokens are refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefreshWay {
    /// Not at all.
    Never,
    /// By an OAuth 2 token endpoint (RFC 6749 §6).
    Call,
    /// By a function of the app.
    Function,
}

/// The options of a session, complete.
pub(crate) struct SessionOptions {
    /// As given, for what JavaScript reads by itself.
    pub(crate) settings: Settings,
    pub(crate) storage: StorageKind,
    pub(crate) key: String,
    pub(crate) leeway: Millis,
    pub(crate) refresh: RefreshWay,
    pub(crate) engine: Config,
}

impl SessionOptions {
    pub(crate) fn read(settings: Settings) -> Self {
        settings.join_url(BASE_URL, REFRESH_URL);
        Self {
            storage: match settings.whole(STORAGE) {
                0 => StorageKind::Area(Area::Local),
                1 => StorageKind::Area(Area::Session),
                _ => StorageKind::Memory,
            },
            key: settings.text(KEY).unwrap_or_default(),
            leeway: settings.whole(REFRESH_BEFORE),
            refresh: match settings.whole(WAY) {
                0 => RefreshWay::Never,
                1 => RefreshWay::Call,
                _ => RefreshWay::Function,
            },
            engine: Config {
                refresh_timeout: settings.whole(REFRESH_TIMEOUT),
                retries: u8::try_from(settings.whole(REFRESH_RETRY)).unwrap_or(u8::MAX),
                withdraw: settings.whole(WITHDRAW) > 0,
                queue_limit: usize::try_from(settings.whole(QUEUE_LIMIT)).unwrap_or(usize::MAX),
                queue_timeout: settings.whole(QUEUE_TIMEOUT),
                ..Config::default()
            },
            settings,
        }
    }
}
