//! The current time, for tokens and for the engine.

use std::cell::Cell;

use js_sys::Date;

use crate::engine::Time;

/// A clock that never goes back: if it did, the engine's deadlines would move away.
#[derive(Default)]
pub(super) struct Clock {
    /// The latest moment that the engine has seen.
    latest: Cell<Time>,
    /// How far the engine's clock is ahead of the machine's, because that was set back, in ms.
    ahead: Cell<Time>,
}

/// The same moment by this machine's clock and by the engine's, in ms since the epoch.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) wall: Time,
    pub(super) engine: Time,
}

impl Clock {
    pub(super) fn now(&self) -> Moment {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and positive")]
        let wall = Date::now() as Time;
        let engine = wall + self.ahead.get();
        if engine < self.latest.get() {
            self.ahead.set(self.latest.get() - wall);
        }
        self.latest.set(wall + self.ahead.get());
        Moment { wall, engine: self.latest.get() }
    }
}
