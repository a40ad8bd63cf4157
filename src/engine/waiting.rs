//! The queue: who waits, for how long, and who is let go when.

use super::call::{Call, Place};
use super::command::Command;
use super::ids::{Id, NEVER, Time, User};
use super::machine::Engine;
use super::session_state::Session;
use crate::boundary::AuthCode;

impl Engine {
    /// Makes a call wait; false when there is no room and it was rejected.
    pub(super) fn park(&mut self, now: Time, id: Id, call: Call, out: &mut Vec<Command>) -> bool {
        if self.calls.parked() >= self.config.queue_limit && !self.is_parked(id) {
            self.reject(id, AuthCode::QueueFull, out);
            return false;
        }
        // Once the tokens are good, a call waits for the wire alone, as it would in the browser's own queue.
        let waits_for_the_wire = self.can_admit() && !call.has_to_be_read();
        let until = if waits_for_the_wire { NEVER } else { now.saturating_add(self.config.queue_timeout) };
        self.parked_due = self.parked_due.min(until);
        self.calls.insert(id, Call { place: Place::Parked { until }, ..call });
        true
    }

    /// Gives a call what it has, and forgets it.
    pub(super) fn deliver(&mut self, id: Id, out: &mut Vec<Command>) {
        self.calls.remove(id);
        out.push(Command::Deliver { id });
    }

    /// Rejects a call, and forgets it.
    pub(super) fn reject(&mut self, id: Id, code: AuthCode, out: &mut Vec<Command>) {
        self.calls.remove(id);
        out.push(Command::Reject { id, code });
    }

    /// The wait of those who waited for room only becomes a wait for a refresh.
    pub(super) fn time_parked(&mut self, now: Time) {
        let due = now.saturating_add(self.config.queue_timeout);
        self.calls.retain_parked(&mut |_, call| {
            if call.place == (Place::Parked { until: NEVER }) {
                call.place = Place::Parked { until: due };
            }
            true
        });
        // Early where nobody waits: `arm` knows.
        self.parked_due = self.parked_due.min(due);
    }

    /// Rejects those whose wait was too long.
    pub(super) fn lapse_parked(&mut self, now: Time, out: &mut Vec<Command>) {
        if now < self.parked_due {
            return;
        }
        let mut due = NEVER;
        self.calls.retain_parked(&mut |id, call| {
            let Place::Parked { until } = call.place else { return true };
            let late = until <= now;
            if late {
                out.push(Command::Reject { id, code: AuthCode::QueueTimeout });
            } else {
                due = due.min(until);
            }
            !late
        });
        self.parked_due = due;
    }

    /// There are good tokens: those who wait go, first in, first out, as far as there is room.
    pub(super) fn release(&mut self, now: Time, out: &mut Vec<Command>) {
        let mut due = NEVER;
        self.calls.retain_parked(&mut |_, call| {
            match call.place {
                Place::Parked { until } if call.has_to_be_read() => due = due.min(until),
                _ => call.place = Place::Parked { until: NEVER },
            }
            true
        });
        self.parked_due = due;
        self.drain(now, out);
    }

    /// Fills the window from the queue.
    pub(super) fn drain(&mut self, now: Time, out: &mut Vec<Command>) {
        while self.can_admit() && !self.window_is_full() {
            let Some((id, call)) = self.calls.first_ready() else { return };
            self.admit(now, id, call, out);
        }
    }

    fn can_admit(&self) -> bool {
        self.is_idle() && matches!(self.session, Session::In { .. })
    }

    /// Those who wait for tokens need no room on the wire.
    pub(super) fn admit_all_for_tokens(&mut self, now: Time, out: &mut Vec<Command>) {
        let mut from = Id(0);
        while self.can_admit()
            && let Some((id, call)) = self.calls.first_from(from, Call::may_have_tokens)
        {
            self.admit(now, id, call, out);
            from = id;
        }
    }

    /// Hands the tokens to all who wait for them. What was just received is as good as tokens get.
    pub(super) fn deliver_tokens(&mut self, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, call| {
            let leaves = call.may_have_tokens();
            if leaves {
                out.push(Command::Deliver { id });
            }
            !leaves
        });
    }

    /// Nobody is signed in after all: those who waited for the store go out without a token.
    pub(super) fn turn_all_away(&mut self, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, call| {
            Self::turn_away(id, call.goal, out);
            false
        });
    }

    pub(super) fn reject_parked(&mut self, code: AuthCode, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, _| {
            out.push(Command::Reject { id, code });
            false
        });
    }

    /// Nothing that one user asked for goes out under another's name.
    pub(super) fn reject_strangers(&mut self, user: User, out: &mut Vec<Command>) {
        let Self { calls, session, opening, .. } = self;
        calls.retain_parked(&mut |id, call| {
            if let Some(code) = call.asker.session_mismatch(*opening, session) {
                out.push(Command::Reject { id, code });
                return false;
            }
            call.asker = call.asker.owner(*opening, user);
            true
        });
    }
}
