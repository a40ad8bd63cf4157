//! One instance, as its session knows it.

use std::cell::Cell;

use crate::options::SessionOptions;

/// The options of an instance, and whether it takes part in the session.
pub(super) struct Instance {
    pub(super) options: SessionOptions,
    is_disposed: Cell<bool>,
}

impl Instance {
    pub(super) const fn new(options: SessionOptions, is_disposed: bool) -> Self {
        Self { options, is_disposed: Cell::new(is_disposed) }
    }

    pub(super) fn is_disposed(&self) -> bool {
        self.is_disposed.get()
    }

    /// Disposes of it. Returns whether it was not yet disposed of.
    pub(super) fn dispose(&self) -> bool {
        !self.is_disposed.replace(true)
    }
}
