//! One thing that is to be done with a storage.

use std::cell::{Cell, OnceCell};

use super::records::StorageVisit;
use super::tasks::{self, Wait};
use crate::engine::RefreshId;

/// What is to be done, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// The record is read.
    Read,
    /// There are new tokens, which are to be written.
    Save,
    /// The session has ended: nothing is to be left.
    Clear,
    /// What has ended too late may have undone what came after it.
    Mend,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing was asked of the storage yet.
    Waiting,
    /// It was asked what stands there.
    Looked,
    /// So many values were written or removed.
    Written(u32),
    /// All of them were, when the page was left.
    Hurried,
}

/// A piece of work on its way.
pub(super) struct Job {
    pub(super) work: Work,
    /// The refresh that waits for a writing.
    pub(super) ticket: Option<RefreshId>,
    /// Whether there has to be a record still that is to be replaced.
    pub(super) has_to_be: bool,
    pub(super) visit: StorageVisit,
    pub(super) stage: Cell<Stage>,
    /// A writing that was begun when the page was left.
    pub(super) hurried: OnceCell<StorageVisit>,
}

impl Job {
    pub(super) fn new(work: Work, visit: StorageVisit) -> Self {
        Self {
            work,
            ticket: None,
            has_to_be: false,
            visit,
            stage: Cell::new(Stage::Waiting),
            hurried: OnceCell::new(),
        }
    }

    /// Waits for what the storage still has to answer. For a task of its own.
    pub(super) fn wait(&self, for_ever: bool) -> Wait {
        let wait = tasks::wait();
        let ticket = wait.ticket();
        let hurried = self.hurried.get().filter(|_| self.stage.get() == Stage::Hurried);
        hurried.unwrap_or(&self.visit).wait(ticket.slot, ticket.turn, for_ever);
        wait
    }
}
