//! The queue of waiting calls: their limits, and the order in which they are sent.

use super::call::{Call, Place};
use super::command::Command;
use super::ids::{Id, NEVER, Time, User};
use super::machine::Engine;
use super::session_state::Session;
use crate::boundary::AuthCode;

impl Engine {
    /// Makes a call wait. Returns false if the queue is full and the call was rejected.
    pub(super) fn park(&mut self, now: Time, id: Id, call: Call, out: &mut Vec<Command>) -> bool {
        if self.calls.parked() >= self.config.queue_limit && !self.is_parked(id) {
            self.reject(id, AuthCode::QueueFull, out);
            return false;
        }
        // With valid tokens, a call waits for room only. That has no time limit, as the browser's own queue has none.
        let waits_for_the_wire = self.can_admit() && !call.must_await_store();
        let until = if waits_for_the_wire { NEVER } else { now.saturating_add(self.config.queue_timeout) };
        self.parked_due = self.parked_due.min(until);
        self.calls.insert(id, Call { place: Place::Parked { until }, ..call });
        true
    }

    /// Has a call answered, and forgets it.
    pub(super) fn deliver(&mut self, id: Id, out: &mut Vec<Command>) {
        self.calls.remove(id);
        out.push(Command::Deliver { id });
    }

    /// Rejects a call, and forgets it.
    pub(super) fn reject(&mut self, id: Id, code: AuthCode, out: &mut Vec<Command>) {
        self.calls.remove(id);
        out.push(Command::Reject { id, code });
    }

    /// Calls that waited for room only now wait for a refresh, with its time limit.
    pub(super) fn time_parked(&mut self, now: Time) {
        let due = now.saturating_add(self.config.queue_timeout);
        self.calls.retain_parked(&mut |_, call| {
            if call.place == (Place::Parked { until: NEVER }) {
                call.place = Place::Parked { until: due };
            }
            true
        });
        // This may be too early if no call waits; `arm` corrects it.
        self.parked_due = self.parked_due.min(due);
    }

    /// Rejects the calls whose wait has timed out.
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

    /// There are valid tokens: sends waiting calls, first in, first out, as far as there is room.
    pub(super) fn release(&mut self, now: Time, out: &mut Vec<Command>) {
        let mut due = NEVER;
        self.calls.retain_parked(&mut |_, call| {
            match call.place {
                Place::Parked { until } if call.must_await_store() => due = due.min(until),
                _ => call.place = Place::Parked { until: NEVER },
            }
            true
        });
        self.parked_due = due;
        self.drain(now, out);
    }

    /// Sends waiting calls until the window is full.
    pub(super) fn drain(&mut self, now: Time, out: &mut Vec<Command>) {
        while self.can_admit() && !self.window_is_full() {
            let Some((id, call)) = self.calls.first_ready() else { return };
            self.admit(now, id, call, out);
        }
    }

    fn can_admit(&self) -> bool {
        self.is_idle() && matches!(self.session, Session::In { .. })
    }

    /// Gives tokens to calls that wait for them, even if the window is full.
    pub(super) fn admit_all_for_tokens(&mut self, now: Time, out: &mut Vec<Command>) {
        let mut from = Id(0);
        while self.can_admit()
            && let Some((id, call)) = self.calls.first_from(from, Call::may_have_tokens)
        {
            self.admit(now, id, call, out);
            from = id;
        }
    }

    /// Gives the tokens to all calls that wait for them, however long these want them to be valid: no newer ones can be had.
    pub(super) fn deliver_tokens(&mut self, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, call| {
            let leaves = call.may_have_tokens();
            if leaves {
                out.push(Command::Deliver { id });
            }
            !leaves
        });
    }

    /// Nobody is signed in: requests that have waited for the store go out without a token.
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

    /// Rejects the calls of other users: a call must never go out with another user's token.
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
