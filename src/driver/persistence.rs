//! When a driver reads its store and what it writes there; logging in and out by the app.

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::session::SessionDriver;
use super::storage_job::{Job, Work};
use super::tabs::AmongTabs;
use super::tasks::{self, Wake};
use super::tokens::{Fields, TokenSource, Tokens};
use crate::boundary::{Status, Warning};
use crate::engine::{Event, Millis, Notice, RefreshId};
use crate::platform::executor::Settled;
use crate::policy::records::Writing;

/// In ms. A call reads the store again when the last reading is this long ago: the event that announces a change may have been missed
/// while the machine slept or the page was in the back/forward cache.
const LOOK_AFTER: Millis = 1_000;

impl SessionDriver {
    /// Reads the store if that has not been done yet, or not within the last second.
    pub(super) fn look(self: &Rc<Self>) {
        let is_due = match self.looked_at.get() {
            None => true,
            Some(at) => self.now() >= at + LOOK_AFTER && !self.store.is_private(),
        };
        if is_due && !self.is_closed() {
            self.load_unasked();
        }
    }

    /// Reads the store without a command of the engine. The engine hears of the reading first: whatever happens until its end is newer
    /// than what was read, including what one of the app's functions does while the store is being read. A call from such a
    /// function does not read the store again.
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
        // A login replaces the session that is in the store now, which another tab may have changed.
        self.load_unasked();
        self.set_refresh_error(JsValue::UNDEFINED);
        let before = self.tokens();
        let tokens = self.make_tokens(fields, TokenSource::Login { before: before.as_deref(), same_user });
        self.take_in(Event::Set { facts: tokens.facts }, Some(tokens));
    }

    /// Ends the session, as the app has asked for.
    pub(crate) fn log_out(self: &Rc<Self>) {
        self.load_unasked();
        self.set_refresh_error(JsValue::UNDEFINED);
        self.dispatch(Event::SignOut);
    }

    pub(super) fn make_tokens(&self, fields: &Fields, source: TokenSource<'_>) -> Rc<Tokens> {
        Rc::new(Tokens::build(fields, source, self.rules, self.clock.now()))
    }

    /// Reads the store.
    pub(super) fn load(self: &Rc<Self>) {
        let is_first = self.looked_at.replace(Some(self.now())).is_none();
        if is_first {
            self.among_tabs(AmongTabs::open);
        }
        if is_first && let Some(job) = self.store.unfinished() {
            self.use_storage(job);
        }
        self.use_storage(self.store.reading());
        // After the reading, as a listener may use the session at once.
        if is_first && self.store.is_missing() {
            self.listeners.warn_once(Warning::Storage);
        }
    }

    fn take_reading(self: &Rc<Self>, fields: Option<Fields>) {
        let before = self.tokens();
        let source = TokenSource::Store { before: before.as_deref() };
        let stored = fields.map(|fields| self.make_tokens(&fields, source));
        let facts = stored.as_ref().map(|tokens| tokens.facts);
        self.take_in(Event::Read { facts }, stored);
    }

    pub(super) fn save(self: &Rc<Self>, refresh: Option<RefreshId>) {
        // If the storage was emptied while the refresh ran, its tokens are not to be stored either. Of a storage that could not be
        // written, an empty record says nothing.
        let has_to_be = refresh.is_some() && !self.is_unstored.get();
        match self.tokens() {
            Some(tokens) => self.use_storage(self.store.saving(&tokens, refresh, has_to_be)),
            None => self.on_written(refresh, Writing::Kept),
        }
    }

    pub(super) fn clear(self: &Rc<Self>) {
        self.use_storage(self.store.clearing());
    }

    /// A clearing has ended. A record that could not be removed comes back with the next page, so that the app is warned.
    fn on_cleared(&self, writing: Writing) {
        if writing == Writing::Kept {
            self.notify(Notice::NotStored);
        }
    }

    /// A writing has ended.
    fn on_written(self: &Rc<Self>, refresh: Option<RefreshId>, writing: Writing) {
        let ok = match writing {
            // Another hand has removed the record: read the store again.
            Writing::Emptied => return self.dispatch(Event::News),
            Writing::Done => true,
            Writing::Kept => false,
        };
        if ok {
            self.is_unstored.set(false);
        }
        self.dispatch(Event::Saved { refresh, ok });
    }

    /// A promise that resolves when all that is to be stored has been stored.
    pub(crate) fn stored(&self) -> JsValue {
        self.store.idle()
    }

    /// The page is being left and no task may run any more: writes what is still waiting to be written.
    pub(super) fn hurry_storage(&self) {
        self.store.hurry_all();
    }

    /// Does a job now if there is no other one, else after those.
    fn use_storage(self: &Rc<Self>, job: Job) {
        let job = Rc::new(job);
        if !self.store.enter_line(&job) {
            self.store.wait_in_line(&job);
        } else if self.go_on(&job) {
            // The storage may have called back: what was asked for then has waited.
            if let Some(next) = self.go_through_line() {
                self.wait_for_storage(next, false);
            }
        } else {
            self.store.wait_in_line(&job);
            self.wait_for_storage(job, false);
        }
    }

    /// Does the jobs whose turn it is by now. Returns the one that has to wait for the storage, if there is one.
    fn go_through_line(self: &Rc<Self>) -> Option<Rc<Job>> {
        loop {
            let job = self.store.next()?;
            if !self.go_on(&job) {
                return Some(job);
            }
        }
    }

    /// Goes on with a job when the storage answers, and then with all jobs behind it.
    ///
    /// - `is_late`: the job was given up. If its writing ends after all, it may have overwritten a newer record: then the newest
    ///   record is written again.
    fn wait_for_storage(self: &Rc<Self>, mut job: Rc<Job>, is_late: bool) {
        let driver = Rc::clone(self);
        tasks::spawn(move |_| async move {
            loop {
                let wait = job.wait(is_late);
                let is_answered = matches!(wait.await, Wake::Settled(Settled::Fulfilled(_)));
                // Requests that wait for the tokens are sent before the listeners are notified of them, as with a synchronous storage.
                match tasks::outside(|| driver.on_storage_settled(job, is_answered, is_late)) {
                    Some(next) => job = next,
                    None => return,
                }
            }
        });
    }

    /// The storage has answered a job, or not in time. Returns the job to wait for next.
    fn on_storage_settled(
        self: &Rc<Self>,
        job: Rc<Job>,
        is_answered: bool,
        is_late: bool,
    ) -> Option<Rc<Job>> {
        if is_late {
            if let Some(job) = self.store.mending().filter(|_| is_answered) {
                self.use_storage(job);
            }
            return None;
        }
        if !is_answered {
            self.wait_for_storage(Rc::clone(&job), true);
            self.give_up(&job);
        } else if !self.go_on(&job) {
            return Some(job);
        }
        self.go_through_line()
    }

    /// Goes on with a job until it has to wait for the storage. Returns whether the job is over.
    fn go_on(self: &Rc<Self>, job: &Rc<Job>) -> bool {
        if job.work == Work::Read {
            match self.store.look(job) {
                Ok(true) => self.end_reading(job, false),
                Ok(false) => return false,
                Err(_) => self.give_up(job),
            }
        } else {
            match self.store.write(job) {
                Ok(Some(writing)) => self.end_writing(job, writing),
                Ok(None) => return false,
                Err(_) => self.give_up(job),
            }
        }
        true
    }

    /// The storage has failed, or has not answered in time.
    fn give_up(self: &Rc<Self>, job: &Rc<Job>) {
        if job.work == Work::Read {
            // The storage may have been taken away while the app runs: the record that was seen last counts.
            self.end_reading(job, self.store.is_custom());
        } else {
            self.end_writing(job, self.store.keep(job));
        }
    }

    fn end_reading(self: &Rc<Self>, job: &Rc<Job>, has_failed: bool) {
        self.store.leave_line(job);
        self.take_reading(self.store.fields());
        if has_failed {
            self.listeners.warn_once(Warning::Storage);
        }
    }

    fn end_writing(self: &Rc<Self>, job: &Rc<Job>, writing: Writing) {
        self.store.leave_line(job);
        match job.work {
            Work::Save => self.on_written(job.ticket, writing),
            Work::Clear => self.on_cleared(writing),
            Work::Read | Work::Mend => {}
        }
    }
}
