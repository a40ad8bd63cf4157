//! The host and its store: when it is looked at, what is written, and the app's own word on who is signed in.

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
        if is_first && let Some(job) = self.store.unfinished() {
            self.use_storage(job);
        }
        self.use_storage(self.store.reading());
        // After the reading: a listener may ask for the session at once.
        if is_first && self.store.is_missing() {
            self.listeners.warn_once(Warning::Storage);
        }
    }

    fn take_reading(self: &Rc<Self>, fields: Option<Fields>) {
        let before = self.tokens();
        let origin = TokenSource::Store { before: before.as_deref() };
        let stored = fields.map(|fields| self.make_tokens(&fields, origin));
        let facts = stored.as_ref().map(|tokens| tokens.facts);
        self.take_in(Event::Read { facts }, stored);
    }

    pub(super) fn save(self: &Rc<Self>, refresh: Option<RefreshId>) {
        // Emptied while the refresh ran: what it has brought goes as well.
        let has_to_be = refresh.is_some() && !self.is_unstored.get();
        match self.tokens() {
            Some(tokens) => self.use_storage(self.store.saving(&tokens, refresh, has_to_be)),
            None => self.hear_writing(refresh, Writing::Kept),
        }
    }

    pub(super) fn clear(self: &Rc<Self>) {
        self.use_storage(self.store.clearing());
    }

    /// What has come of a clearing. What could not be removed comes back with the next page.
    fn hear_clearing(&self, writing: Writing) {
        if writing == Writing::Kept {
            self.notify(Notice::NotStored);
        }
    }

    /// What has come of a writing.
    fn hear_writing(self: &Rc<Self>, refresh: Option<RefreshId>, writing: Writing) {
        let ok = match writing {
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

    /// The page is left: no task may run any more.
    pub(super) fn hurry_storage(&self) {
        self.store.hurry_all();
    }

    /// Has the storage do a thing: now where it answers at once, else after what stands before it.
    fn use_storage(self: &Rc<Self>, job: Job) {
        let job = Rc::new(job);
        if self.store.is_busy() {
            self.store.line_up(&job);
        } else if !self.go_on(&job) {
            self.store.line_up(&job);
            self.wait_for_storage(job, false);
        }
    }

    /// Goes on with a job when the storage answers, and then with all that stands in line behind it.
    ///
    /// - `is_late`: nobody waits for it any more. What ends after all, and too late, may have undone what came after it: then the
    ///   storage is brought to what is to be there by now.
    fn wait_for_storage(self: &Rc<Self>, mut job: Rc<Job>, is_late: bool) {
        let driver = Rc::clone(self);
        tasks::spawn(move |_| async move {
            loop {
                let wait = job.wait(is_late);
                let is_answered = matches!(wait.await, Wake::Settled(Settled::Fulfilled(_)));
                match driver.hear_storage(job, is_answered, is_late) {
                    Some(next) => job = next,
                    None => return,
                }
            }
        });
    }

    /// What is waited for next, once a job was answered, or not in time.
    fn hear_storage(self: &Rc<Self>, mut job: Rc<Job>, is_answered: bool, is_late: bool) -> Option<Rc<Job>> {
        if is_late {
            if let Some(job) = self.store.mending().filter(|_| is_answered) {
                self.use_storage(job);
            }
            return None;
        }
        let mut is_over = if is_answered {
            self.go_on(&job)
        } else {
            self.wait_for_storage(Rc::clone(&job), true);
            self.give_up(&job);
            true
        };
        while is_over {
            job = self.store.next()?;
            is_over = self.go_on(&job);
        }
        Some(job)
    }

    /// Goes on with a job up to where it has to wait for the storage; false: it has to.
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
            // It may have been taken away while the app runs: what was last seen counts.
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
            Work::Save => self.hear_writing(job.ticket, writing),
            Work::Clear => self.hear_clearing(writing),
            Work::Read | Work::Mend => {}
        }
    }
}
