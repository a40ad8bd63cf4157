//! `createApiFetch({ session: { … } })`, as the engine wants it. What each option may be stands in `session.js`.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::driver::SessionResources;
use crate::engine::{Config, Millis};
use crate::platform::source::Source;
use crate::platform::storage::Area;

#[wasm_bindgen]
extern "C" {
    /// The options of a session, checked and with their defaults: `SessionSettings` of `session.js`.
    #[wasm_bindgen(extends = Source)]
    #[derive(Clone)]
    pub type Settings;
    /// What of their session outlives the engine.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn resources(this: &Settings) -> SessionResources;
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
const CROSS_TAB: u32 = 8;
const NEEDS_REFRESH_TOKEN: u32 = 9;
const HOST: u32 = 10;

// The places of its texts.
const BASE_URL: u32 = 0;
const REFRESH_URL: u32 = 1;
const KEY: u32 = 2;
const REFRESH_ORIGIN: u32 = 3;

/// How much longer than its own refresh a tab waits for another one's.
const LOCK_MARGIN: Millis = 5_000;

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a storage area of the browser.
    Area(Area),
    /// In this page alone.
    Memory,
    /// In a storage of the app's, by its number.
    Custom(u64),
}

impl From<u64> for Place {
    fn from(number: u64) -> Self {
        match number {
            0 => Self::Area(Area::Local),
            1 => Self::Area(Area::Session),
            2 => Self::Memory,
            number => Self::Custom(number),
        }
    }
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
    pub(crate) storage: Place,
    /// A hash of the key.
    pub(crate) key: Option<u64>,
    pub(crate) refresh: RefreshWay,
}

impl SessionOptions {
    pub(crate) fn read(settings: Settings) -> Self {
        settings.join_url(BASE_URL, REFRESH_URL);
        Self {
            storage: settings.whole(STORAGE).into(),
            key: settings.hash(KEY),
            refresh: match settings.whole(WAY) {
                0 => RefreshWay::Never,
                1 => RefreshWay::Call,
                _ => RefreshWay::Function,
            },
            settings,
        }
    }

    /// How long before its end a token is refreshed.
    pub(crate) fn leeway(&self) -> Millis {
        self.settings.whole(REFRESH_BEFORE)
    }

    /// Whether there is a refresh at all.
    pub(crate) fn refreshes(&self) -> bool {
        self.refresh != RefreshWay::Never
    }

    /// Whether it presents a refresh token.
    pub(crate) fn needs_refresh_token(&self) -> bool {
        self.settings.whole(NEEDS_REFRESH_TOKEN) > 0
    }

    /// The number of the host that stands for their session, or did so in an engine that has trapped; 0: there was none yet.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number that an engine was given"
    )]
    pub(crate) fn host(&self) -> u32 {
        self.settings.number(HOST) as u32
    }

    /// Whether there is to be one refresh among all tabs.
    pub(crate) fn cross_tab(&self) -> bool {
        self.settings.whole(CROSS_TAB) > 0
    }

    /// Where tokens are refreshed, as a hash; `None` where it is not known beforehand.
    pub(crate) fn refresh_origin(&self) -> Option<u64> {
        self.settings.hash(REFRESH_ORIGIN)
    }

    /// What the engine is to keep to.
    pub(crate) fn engine(&self, tabs: bool) -> Config {
        let whole = |place| self.settings.whole(place);
        Config {
            refresh_timeout: whole(REFRESH_TIMEOUT),
            lock_timeout: whole(REFRESH_TIMEOUT).saturating_add(LOCK_MARGIN),
            retries: u8::try_from(whole(REFRESH_RETRY)).unwrap_or(u8::MAX),
            withdraw: whole(WITHDRAW) > 0,
            queue_limit: usize::try_from(whole(QUEUE_LIMIT)).unwrap_or(usize::MAX),
            queue_timeout: whole(QUEUE_TIMEOUT),
            tabs,
            ..Config::default()
        }
    }
}
