//! The host and its store: when it is looked at, what is written, and the app's own word on who is signed in.

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::session::SessionDriver;
use super::store::{Reading, Writing};
use super::tabs::AmongTabs;
use super::tokens::{Fields, TokenSource, Tokens};
use crate::boundary::Status;
use crate::boundary::Warning;
use crate::engine::{Event, Millis, Notice, RefreshId};

/// A call looks at the store anew when the last look is this long ago: whatever was to tell of a change may have been missed,
/// in a sleeping machine or a page that was put aside.
const LOOK_AFTER: Millis = 1_000;

impl SessionDriver {
    /// Reads the store, unless that has just been done.
    pub(super) fn look(self: &Rc<Self>) {
        let is_due = match self.looked_at.get() {
            None => true,
            Some(at) => self.now() >= at + LOOK_AFTER && !self.store.is_private(),
        };
        if is_due && !self.is_closed() {
            self.load_unasked();
        }
    }

    /// The engine counts the reading first, as what comes until its end overtakes it: also what a function of the app's does that
    /// is asked while reading. Such a function has just seen the store, and does not read it again.
    fn load_unasked(self: &Rc<Self>) {
        if self.is_reading.replace(true) {
            return;
        }
        self.dispatch(Event::Reading);
        self.load();
        self.is_reading.set(false);
    }

    /// The status, once the store has been read.
    pub(crate) fn warm_status(self: &Rc<Self>) -> Status {
        self.look();
        self.status()
    }

    /// The tokens in use, once the store has been read.
    pub(crate) fn warm_snapshot(self: &Rc<Self>) -> JsValue {
        self.look();
        self.snapshot()
    }

    /// Takes the reply to a login.
    pub(crate) fn log_in(self: &Rc<Self>, fields: &Fields, same_user: bool) {
        // What is to end is what is there by now.
        self.load_unasked();
        self.set_refresh_error(JsValue::UNDEFINED);
        let before = self.tokens();
        let tokens = self.make_tokens(fields, TokenSource::Login { before: before.as_deref(), same_user });
        self.take_in(Event::Set { facts: tokens.facts }, Some(tokens));
    }

    /// Ends the session, by the app's wish.
    pub(crate) fn log_out(self: &Rc<Self>) {
        self.load_unasked();
        self.set_refresh_error(JsValue::UNDEFINED);
        self.dispatch(Event::SignOut);
    }

    pub(super) fn make_tokens(&self, fields: &Fields, origin: TokenSource<'_>) -> Rc<Tokens> {
        Rc::new(Tokens::build(fields, origin, self.rules, self.clock.now()))
    }

    /// Reads the store.
    pub(super) fn load(self: &Rc<Self>) {
        let is_first = self.looked_at.replace(Some(self.now())).is_none();
        if is_first {
            self.among_tabs(AmongTabs::open);
        }
        let (reading, has_failed) = self.store.read();
        self.take_reading(reading);
        // After the reading: a listener may ask for the session at once.
        if has_failed || (is_first && self.store.is_missing()) {
            self.listeners.warn_once(Warning::Storage);
        }
    }

    fn take_reading(self: &Rc<Self>, reading: Reading) {
        let Reading::Here(fields) = reading else { return };
        let before = self.tokens();
        let origin = TokenSource::Store { before: before.as_deref() };
        let stored = fields.map(|fields| self.make_tokens(&fields, origin));
        let facts = stored.as_ref().map(|tokens| tokens.facts);
        self.take_in(Event::Read { facts }, stored);
    }

    /// An asynchronous storage has been read.
    pub(super) fn hear_reading(self: &Rc<Self>, result: u32) {
        let (reading, has_failed) = self.store.read_now(result);
        self.take_reading(reading);
        if has_failed {
            self.listeners.warn_once(Warning::Storage);
        }
    }

    pub(super) fn save(self: &Rc<Self>, refresh: Option<RefreshId>) {
        // Emptied while the refresh ran: what it has brought goes as well.
        let has_to_be = refresh.is_some() && !self.is_unstored.get();
        let write = |tokens: Rc<Tokens>| self.store.write(&tokens, refresh, has_to_be);
        self.hear_writing(refresh, self.tokens().map_or(Writing::Kept, write));
    }

    /// What has come of a clearing. What could not be removed comes back with the next page.
    pub(super) fn hear_clearing(&self, writing: Writing) {
        if writing == Writing::Kept {
            self.notify(Notice::NotStored);
        }
    }

    /// What has come of a writing: now, or by an asynchronous storage's word.
    pub(super) fn hear_writing(self: &Rc<Self>, refresh: Option<RefreshId>, writing: Writing) {
        let ok = match writing {
            Writing::Later => return,
            // Read anew, in line with the readings under way.
            Writing::Emptied => return self.dispatch(Event::News),
            Writing::Done => true,
            Writing::Kept => false,
        };
        if ok {
            self.is_unstored.set(false);
        }
        self.dispatch(Event::Saved { refresh, ok });
    }

    /// A promise: all is stored that there is to store.
    pub(crate) fn stored(&self) -> JsValue {
        self.store.idle()
    }
}
