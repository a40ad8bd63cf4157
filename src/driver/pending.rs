//! How many requests of a session are pending.

use std::rc::Rc;

use super::session::SessionDriver;

impl SessionDriver {
    /// Counts a request as pending until the result is dropped.
    pub(crate) fn count(self: &Rc<Self>) -> Counted {
        self.pending.set(self.pending.get() + 1);
        if self.pending.get() == 1 {
            self.listeners.busy(true);
        }
        Counted(Rc::clone(self))
    }

    /// How many requests are in flight or waiting.
    pub(crate) fn pending(&self) -> u32 {
        self.pending.get()
    }
}

/// A request that counts as pending.
pub(crate) struct Counted(Rc<SessionDriver>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.pending.set(self.0.pending.get().saturating_sub(1));
        if self.0.pending.get() == 0 {
            self.0.listeners.busy(false);
        }
    }
}
