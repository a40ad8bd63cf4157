//! `createApiFetch({ session: { … } })`. The kinds and the defaults of the options are in `session.js`.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::boundary::{RefreshWay, SessionNumber, SessionText, StorageArea, StoragePlace};
use crate::engine::{Config, Limits, Millis};
use crate::platform::number::whole;
use crate::policy::digest::hash_of;
use crate::policy::lifetime::milliseconds;
use crate::policy::url::Joint;

#[wasm_bindgen]
extern "C" {
    /// `SessionSettings` of `session.js`: the options of a session, checked and with their defaults.
    #[derive(Clone)]
    pub type Settings;
    /// The app's own `fetch`.
    #[wasm_bindgen(method, getter, js_name = fetch)]
    pub(crate) fn own_fetch(this: &Settings) -> Option<Function>;
    #[wasm_bindgen(method, js_name = number)]
    fn raw_number(this: &Settings, which: u32) -> f64;
    #[wasm_bindgen(method, js_name = text)]
    fn raw_text(this: &Settings, which: u32) -> Option<String>;
    /// Joins the refresh URL to the base URL. Only numbers cross to JavaScript, which costs less than a string.
    #[wasm_bindgen(method)]
    fn join(this: &Settings, cut_base: usize, cut_request: usize, has_slash: bool);
}

impl Settings {
    fn number(&self, which: SessionNumber) -> f64 {
        self.raw_number(which as u32)
    }

    /// Not inlined, for the size of the code.
    #[inline(never)]
    fn whole(&self, which: SessionNumber) -> u64 {
        whole(self.number(which))
    }

    #[inline(never)]
    fn is_set(&self, which: SessionNumber) -> bool {
        self.number(which) > 0.0
    }

    #[inline(never)]
    pub(crate) fn text(&self, which: SessionText) -> Option<String> {
        self.raw_text(which as u32)
    }

    /// The hash of a text.
    fn hash(&self, which: SessionText) -> Option<u64> {
        self.text(which).map(hash_of)
    }
}

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a storage area of the browser.
    Area(StorageArea),
    /// In this page's memory.
    Memory,
    /// In the app's own storage, by its number.
    Custom(u64),
}

impl From<u64> for Place {
    fn from(number: u64) -> Self {
        match u32::try_from(number).ok().and_then(StoragePlace::from_number) {
            Some(StoragePlace::Local) => Self::Area(StorageArea::Local),
            Some(StoragePlace::Session) => Self::Area(StorageArea::Session),
            Some(StoragePlace::Memory) => Self::Memory,
            None => Self::Custom(number),
        }
    }
}

/// The options of a session with their defaults.
pub(crate) struct SessionOptions {
    /// The JavaScript object.
    pub(crate) settings: Settings,
    pub(crate) storage: Place,
    /// A hash of the key.
    pub(crate) key: Option<u64>,
    pub(crate) refresh: RefreshWay,
}

impl SessionOptions {
    pub(crate) fn read(settings: Settings) -> Self {
        let (base, url) = (settings.text(SessionText::BaseUrl), settings.text(SessionText::RefreshUrl));
        if let Some(joint) = Joint::between(base, url) {
            settings.join(joint.cut_base, joint.cut_request, joint.has_slash);
        }
        let way = u32::try_from(settings.whole(SessionNumber::RefreshWay)).ok();
        Self {
            storage: settings.whole(SessionNumber::Storage).into(),
            key: settings.hash(SessionText::Key),
            refresh: way.and_then(RefreshWay::from_number).unwrap_or(RefreshWay::Never),
            settings,
        }
    }

    /// How long before its end a token is refreshed, in ms.
    pub(crate) fn leeway(&self) -> Millis {
        whole(milliseconds(self.settings.number(SessionNumber::RefreshBefore)))
    }

    /// Whether there is a refresh at all.
    pub(crate) fn refreshes(&self) -> bool {
        self.refresh != RefreshWay::Never
    }

    /// Whether a refresh needs a refresh token.
    pub(crate) fn needs_refresh_token(&self) -> bool {
        self.settings.is_set(SessionNumber::PresentsRefreshToken)
    }

    /// The number of the session's driver, in this engine or in one that has trapped; 0 if there is none yet.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number that an engine was given"
    )]
    pub(crate) fn driver(&self) -> u32 {
        self.settings.number(SessionNumber::Driver) as u32
    }

    /// Whether the tabs of the origin coordinate their refreshes.
    pub(crate) fn cross_tab(&self) -> bool {
        self.settings.is_set(SessionNumber::CrossTab)
    }

    /// A hash of the token endpoint's origin; `None` if it is not known beforehand.
    pub(crate) fn refresh_origin(&self) -> Option<u64> {
        self.settings.hash(SessionText::RefreshOrigin)
    }

    /// The engine's settings.
    pub(crate) fn engine(&self, tabs: bool) -> Config {
        let whole = |which| self.settings.whole(which);
        let limits = Limits {
            refresh_timeout: whole(SessionNumber::RefreshTimeout),
            retries: u8::try_from(whole(SessionNumber::RefreshRetry)).unwrap_or(u8::MAX),
            withdraw: self.settings.is_set(SessionNumber::Withdraw),
            queue_limit: usize::try_from(whole(SessionNumber::QueueLimit)).unwrap_or(usize::MAX),
            queue_timeout: whole(SessionNumber::QueueTimeout),
        };
        Config::new(limits, tabs)
    }
}
