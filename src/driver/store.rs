//! Where the tokens are kept.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::{Fields, Tokens};
use crate::engine::RefreshId;
use crate::options::{Place, SessionOptions};
use crate::platform::source::Source;
use crate::platform::storage::Area;

#[wasm_bindgen(module = "/src/driver/records.js")]
extern "C" {
    /// The record under the key of one session, in a storage, or in this page's memory.
    #[wasm_bindgen(extends = Source)]
    pub type Records;
    #[wasm_bindgen(method)]
    fn read(this: &Records, area: Option<web_sys::Storage>) -> u32;
    #[wasm_bindgen(method)]
    fn write(
        this: &Records,
        area: Option<web_sys::Storage>,
        tokens: &JsValue,
        user: f64,
        login: f64,
        lifetime: f64,
        is_refresh: bool,
        ticket: u32,
    ) -> u32;
    #[wasm_bindgen(method)]
    fn idle(this: &Records) -> JsValue;
}

/// What has come of a reading, by the numbers of `records.js`.
pub(crate) enum Reading {
    /// This is what stands there.
    Here(Option<Fields>),
    /// The storage takes its time, and will be heard.
    Later,
}

/// What has come of a writing, by the numbers of `records.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// It is done.
    Done,
    /// Only this page's memory has the tokens now.
    Kept,
    /// The record was removed while the refresh ran: its tokens go as well.
    Emptied,
    /// The storage takes its time, and will be heard.
    Later,
}

impl From<u32> for Writing {
    fn from(number: u32) -> Self {
        match number {
            0 => Self::Done,
            1 => Self::Kept,
            2 => Self::Emptied,
            _ => Self::Later,
        }
    }
}

/// In the place of a refresh's ticket: the writing was to leave nothing.
pub(super) const CLEARING: u32 = u32::MAX;

/// The place of its number.
const IS_OF_ALL: u32 = 0;

const LATER: u32 = 3;
const UNREADABLE: u32 = 4;

/// A place for one record.
pub(crate) struct Store {
    place: Place,
    key: Option<u64>,
    records: Records,
}

impl Store {
    /// The place that the options name.
    pub(crate) fn new(options: &SessionOptions, records: Records) -> Self {
        Self { place: options.storage, key: options.key, records }
    }

    /// Whether this store is the one in `place` under `key`.
    pub(crate) fn is_for(&self, place: Place, key: Option<u64>) -> bool {
        self.place == place && self.key == key
    }

    /// Whether the tokens of many users could meet here: a storage area was asked for where there is no browser.
    pub(crate) fn is_shared_by_users(&self) -> bool {
        self.records.number(IS_OF_ALL) > 0.0
    }

    /// Whether the storage area that was asked for is missing or may not be touched.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self.place, Place::Area(_)) && self.area().is_none()
    }

    fn area(&self) -> Option<web_sys::Storage> {
        match self.place {
            Place::Area(area) => area.open(),
            Place::Memory | Place::Custom(_) => None,
        }
    }

    /// Reads the record.
    pub(crate) fn read(&self) -> (Reading, bool) {
        let result = self.records.read(self.area());
        if result == LATER { (Reading::Later, false) } else { self.read_now(result) }
    }

    /// What an asynchronous storage has said: the record, and whether the storage has failed.
    pub(crate) fn read_now(&self, result: u32) -> (Reading, bool) {
        let fields = (result & 1 > 0).then(|| self.records.fields()).flatten();
        (Reading::Here(fields), result & UNREADABLE > 0)
    }

    /// Whether each tab has one of its own.
    pub(super) fn is_each_tab_s_own(&self) -> bool {
        self.place == Place::Area(Area::Session)
    }

    /// Whether no other page can see it.
    pub(crate) fn is_private(&self) -> bool {
        !matches!(self.place, Place::Custom(_)) && self.area().is_none()
    }

    /// Writes tokens, unless there has to be a record and is none any more.
    pub(crate) fn write(&self, tokens: &Tokens, ticket: Option<RefreshId>, has_to_be: bool) -> Writing {
        let (user, login, lifetime) = tokens.stored_facts();
        let number = ticket.map_or(0, |ticket| ticket.0);
        let result =
            self.records.write(self.area(), &tokens.object, user, login, lifetime, has_to_be, number);
        self.result_of(result)
    }

    /// Forgets them.
    pub(crate) fn clear(&self) -> Writing {
        let none = f64::NAN;
        let result = self.records.write(self.area(), &JsValue::UNDEFINED, none, none, none, false, CLEARING);
        self.result_of(result)
    }

    fn result_of(&self, result: u32) -> Writing {
        match Writing::from(result) {
            // That is where they belong.
            Writing::Kept if self.place == Place::Memory => Writing::Done,
            result => result,
        }
    }

    /// A promise: all is read and written that there is to do.
    pub(crate) fn idle(&self) -> JsValue {
        self.records.idle()
    }
}
