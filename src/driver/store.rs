//! Where the tokens are kept: the one place that calls a storage.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use super::records::{Records, StorageVisit, take};
use super::storage_job::{Job, Stage, Work};
use super::tokens::{Fields, Tokens};
use crate::boundary::{PlainFacts, RecordFacts, RecordKind, StorageArea};
use crate::engine::RefreshId;
use crate::options::{Place, SessionOptions};
use crate::platform::storage::{TokenStorage, on_server, watch_page_exit};
use crate::policy::records::{
    self, Belonging, Counting, Meaning, PATIENCE, Writing, belonging, counting, is_left_alone, meaning,
    was_removed, written,
};

/// The storage is missing, or has thrown.
pub(super) struct Failed;

/// The place of one record. Nothing is borrowed while the storage is called: it may be the app's own, and call back.
pub(crate) struct Store {
    place: Place,
    key: Option<u64>,
    records: Records,
    /// Under how many names the record is stored.
    count: u32,
    /// The jobs that are not over, which are done one after the other. The first one is under way.
    line: RefCell<Vec<Rc<Job>>>,
}

impl Store {
    /// The place that the options name.
    pub(crate) fn new(options: &SessionOptions, records: Records) -> Self {
        let count = records.count();
        Self { place: options.storage, key: options.key, records, count, line: RefCell::default() }
    }

    /// Whether this store is the one in `place` under `key`.
    pub(crate) fn is_for(&self, place: Place, key: Option<u64>) -> bool {
        self.place == place && self.key == key
    }

    /// Whether the tokens of several users could be mixed here: a storage area was asked for where there is no browser.
    pub(crate) fn is_shared_by_users(&self) -> bool {
        records::is_shared_by_users(matches!(self.place, Place::Area(_)), on_server())
    }

    /// Whether the storage area that was asked for is missing or may not be touched.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self.place, Place::Area(_)) && self.is_private()
    }

    /// Whether each tab has a storage of its own.
    pub(super) fn is_each_tab_s_own(&self) -> bool {
        self.place == Place::Area(StorageArea::Session)
    }

    /// Whether the record is only in this page's memory.
    pub(crate) fn is_private(&self) -> bool {
        self.storage().is_none()
    }

    fn storage(&self) -> Option<TokenStorage> {
        match self.place {
            Place::Area(area) => area.open(),
            Place::Memory => None,
            Place::Custom(_) => self.records.storage(),
        }
    }

    /// A job that reads the record.
    pub(super) fn reading(&self) -> Job {
        Job::new(Work::Read, self.records.reading())
    }

    /// A job that writes tokens. With `has_to_be`, it writes nothing if the record is gone.
    pub(super) fn saving(&self, tokens: &Tokens, ticket: Option<RefreshId>, has_to_be: bool) -> Job {
        let (user, login, lifetime) = tokens.stored_facts();
        let visit = self.records.writing(&tokens.object, user, login, lifetime, has_to_be);
        Job { ticket, ..Job::new(Work::Save, visit) }
    }

    /// A job that removes the record.
    pub(super) fn clearing(&self) -> Job {
        Job::new(Work::Clear, self.records.clearing())
    }

    /// A job that repeats the last writing, if there was one.
    pub(super) fn mending(&self) -> Option<Job> {
        self.records.mending().map(|visit| Job::new(Work::Mend, visit))
    }

    /// A job that does what an engine had not written yet when it trapped.
    pub(super) fn unfinished(&self) -> Option<Job> {
        self.records.unfinished().map(|visit| Job::new(Work::Save, visit))
    }

    /// A promise that resolves when all jobs that are waiting now are over.
    pub(crate) fn idle(&self) -> JsValue {
        self.records.idle()
    }

    /// Adds a job before the storage is called for it, as the storage may call back. Returns whether it is the first one.
    pub(super) fn enter_line(&self, job: &Rc<Job>) -> bool {
        let mut line = self.line.borrow_mut();
        line.push(Rc::clone(job));
        line.len() == 1
    }

    /// The job has to wait: for the storage's answers, or for the jobs before it.
    pub(super) fn wait_in_line(&self, job: &Rc<Job>) {
        self.records.line_up(&job.visit, PATIENCE);
        if watch_page_exit() {
            self.hurry(job);
        }
    }

    /// Removes a job that is over.
    pub(super) fn leave_line(&self, job: &Rc<Job>) {
        self.records.leave_line(&job.visit);
        let mut line = self.line.borrow_mut();
        if let Some(place) = line.iter().position(|other| Rc::ptr_eq(other, job)) {
            line.remove(place);
        }
    }

    /// The first job, if it has not begun.
    pub(super) fn next(&self) -> Option<Rc<Job>> {
        self.line.borrow().first().filter(|job| job.stage.get() == Stage::Waiting).cloned()
    }

    /// The page is being left: writes everything that is waiting, without reading the record first and without waiting for answers.
    pub(super) fn hurry_all(&self) {
        let at = |place: usize| self.line.borrow().get(place).cloned();
        let mut place = 0;
        while let Some(job) = at(place) {
            self.hurry(&job);
            place += 1;
        }
    }

    fn hurry(&self, job: &Job) {
        if job.work != Work::Read && job.hurried.get().is_none() {
            let visit = job.visit.again();
            // What was written synchronously is written again in its turn: the answer to an older writing may still be under way.
            if let Ok(true) = self.do_all_steps(&visit, false) {
                let _ = job.hurried.set(visit);
            }
        }
    }

    /// The fields of the record that counts: the storage's, or the one that this page keeps.
    pub(super) fn fields(&self) -> Option<Fields> {
        self.fields_of(self.kind_of(counting(self.facts())))
    }

    /// Whether the storage is the app's own.
    pub(super) fn is_custom(&self) -> bool {
        matches!(self.place, Place::Custom(_))
    }

    /// Reads the storage. Returns false if answers are still to come.
    pub(super) fn look(&self, job: &Job) -> Result<bool, Failed> {
        let visit = &job.visit;
        if job.stage.replace(Stage::Looked) == Stage::Waiting && self.do_all_steps(visit, true)? {
            return Ok(false);
        }
        match belonging(PlainFacts(self.records.examine(visit))) {
            Belonging::Before => {}
            belonging => self.records.join(visit, belonging == Belonging::WithRest),
        }
        self.records.see();
        Ok(true)
    }

    /// Writes a record, or removes it. `None` if answers are still to come.
    pub(super) fn write(&self, job: &Job) -> Result<Option<Writing>, Failed> {
        let visit = &job.visit;
        if let Stage::Waiting | Stage::Looked = job.stage.get() {
            if !self.look(job)? {
                return Ok(None);
            }
            if was_removed(visit.has_to_be(), self.facts(), || self.fields().is_some()) {
                return Ok(Some(Writing::Emptied));
            }
            let kind = self.kind_of(Counting::Stored);
            let brings_tokens = job.work != Work::Clear && visit.has_record();
            job.stage.set(if is_left_alone(kind, brings_tokens, || self.fields_of(kind).is_some()) {
                Stage::Written(self.count)
            } else if job.hurried.get().is_some() {
                Stage::Hurried
            } else {
                visit.begin();
                Stage::Written(0)
            });
            if job.stage.get() == Stage::Hurried {
                return Ok(None);
            }
        }
        while let Stage::Written(step) = job.stage.get()
            && step < self.count
        {
            self.do_step(visit, step, false)?;
            job.stage.set(Stage::Written(step + 1));
            if visit.is_pending() {
                return Ok(None);
            }
        }
        self.records.note_stored(visit);
        Ok(Some(self.written(true, visit)))
    }

    /// The record could not be written: this page keeps it in memory.
    pub(super) fn keep(&self, job: &Job) -> Writing {
        if job.work != Work::Mend {
            self.records.note_kept(&job.visit);
        }
        self.written(false, &job.visit)
    }

    fn written(&self, is_stored: bool, visit: &StorageVisit) -> Writing {
        written(is_stored, visit.is_whole(), self.place == Place::Memory)
    }

    fn facts(&self) -> RecordFacts {
        RecordFacts(self.records.facts())
    }

    fn kind_of(&self, record: Counting) -> RecordKind {
        let kind = self.records.look(record == Counting::Kept);
        RecordKind::from_number(kind).unwrap_or(RecordKind::Nothing)
    }

    /// The fields of the record that was parsed last, by its kind.
    fn fields_of(&self, kind: RecordKind) -> Option<Fields> {
        match meaning(kind, self.facts(), self.is_shared_by_users()) {
            Meaning::SignedOut => None,
            Meaning::Tokens => self.records.fields(),
            Meaning::UnknownCookies => self.records.unknown_cookies(),
        }
    }

    /// Does all steps of a reading or a writing without waiting between them. Returns whether answers are still to come.
    fn do_all_steps(&self, visit: &StorageVisit, reads: bool) -> Result<bool, Failed> {
        visit.begin();
        for step in 0..self.count {
            self.do_step(visit, step, reads)?;
        }
        Ok(visit.is_pending())
    }

    /// Reads, writes or removes one value. The access token is written last, and read and removed first: without it there is no
    /// record, and only with the new one do the other new values count. So another tab never reads a mixture.
    fn do_step(&self, visit: &StorageVisit, step: u32, reads: bool) -> Result<(), Failed> {
        let storage = self.storage().ok_or(Failed)?;
        let at = if visit.has_record() && !reads { step } else { self.count - 1 - step };
        let (name, value) = (visit.name(at), visit.value(at));
        let answer = if reads {
            storage.get_item(&name)
        } else if value.is_undefined() {
            storage.remove_item(&name)
        } else {
            storage.set_item(&name, &value)
        };
        take(visit, at, &answer.map_err(|_| Failed)?);
        Ok(())
    }
}
