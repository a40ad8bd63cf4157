//! One reading or writing of a storage, from its start to its end.

use std::cell::{Cell, OnceCell};

use super::records::StorageVisit;
use super::tasks::{self, Wait};
use crate::engine::RefreshId;

/// What is to be done, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// The record is read.
    Read,
    /// New tokens are written.
    Save,
    /// The session has ended: the record is removed.
    Clear,
    /// The newest record is written again, as a writing that ended too late may have overwritten it.
    Mend,
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The storage was not called yet.
    Waiting,
    /// The values in the storage were asked for.
    Looked,
    /// This many values were written or removed.
    Written(u32),
    /// All values were written at once because the page was being left.
    Hurried,
}

/// A piece of work on its way.
pub(super) struct Job {
    pub(super) work: Work,
    /// The refresh that waits for a writing.
    pub(super) ticket: Option<RefreshId>,
    pub(super) visit: StorageVisit,
    pub(super) stage: Cell<Stage>,
    /// The visit of a writing that was done at once because the page was being left.
    pub(super) hurried: OnceCell<StorageVisit>,
}

impl Job {
    pub(super) fn new(work: Work, visit: StorageVisit) -> Self {
        Self { work, ticket: None, visit, stage: Cell::new(Stage::Waiting), hurried: OnceCell::new() }
    }

    /// Waits for the storage's answers. Only for a task that waits for nothing else.
    pub(super) fn wait(&self, for_ever: bool) -> Wait {
        let wait = tasks::wait();
        let ticket = wait.ticket();
        let hurried = self.hurried.get().filter(|_| self.stage.get() == Stage::Hurried);
        hurried.unwrap_or(&self.visit).wait(ticket.slot, ticket.turn, for_ever);
        wait
    }
}
