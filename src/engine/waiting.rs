//! The queue: who waits, for how long, and who is let go when.

use super::command::{Code, Command};
use super::event::Goal;
use super::ids::{Id, Time, User};
use super::state::{Parked, Refresh, Session};
use super::{Engine, earliest};

impl Engine {
    /// Makes a call wait; false when there is no room and it was rejected.
    pub(super) fn park(&mut self, now: Time, id: Id, call: Parked, out: &mut Vec<Command>) -> bool {
        if self.parked.len() >= self.config.queue_limit {
            out.push(Command::Reject { id, code: Code::QueueFull });
            return false;
        }
        // Once the tokens are good, a call waits for the wire alone, as it would in the browser's own queue.
        let waits_for_wire = matches!(self.session, Session::In { .. }) && self.refresh == Refresh::Idle;
        let deadline = (!waits_for_wire).then(|| now.saturating_add(self.config.queue_timeout));
        self.parked_due = earliest(self.parked_due, deadline);
        self.parked.insert(id, Parked { deadline, ..call });
        true
    }

    /// The wait of those who waited for room only becomes a wait for a refresh.
    pub(super) fn time_parked(&mut self, now: Time) {
        let due = now.saturating_add(self.config.queue_timeout);
        for call in self.parked.values_mut().filter(|call| call.deadline.is_none()) {
            call.deadline = Some(due);
            self.parked_due = earliest(self.parked_due, Some(due));
        }
    }

    /// Rejects those whose wait was too long.
    pub(super) fn lapse_parked(&mut self, now: Time, out: &mut Vec<Command>) {
        if self.parked_due.is_none_or(|due| now < due) {
            return;
        }
        let mut due = None;
        self.parked.retain(|id, call| {
            let late = call.deadline.is_some_and(|deadline| deadline <= now);
            if late {
                out.push(Command::Reject { id, code: Code::QueueTimeout });
            } else {
                due = earliest(due, call.deadline);
            }
            !late
        });
        self.parked_due = due;
    }

    /// There are good tokens: those who wait go, first in, first out, as far as there is room.
    pub(super) fn release(&mut self, now: Time, out: &mut Vec<Command>) {
        self.parked_due = None;
        for call in self.parked.values_mut() {
            call.deadline = None;
        }
        self.drain(now, out);
    }

    /// Fills the window from the queue.
    pub(super) fn drain(&mut self, now: Time, out: &mut Vec<Command>) {
        while self.can_admit() && !self.window_is_full() {
            let Some((id, call)) = self.parked.pop_first() else { return };
            self.admit(now, id, call, out);
        }
    }

    fn can_admit(&self) -> bool {
        self.refresh == Refresh::Idle && matches!(self.session, Session::In { .. })
    }

    /// Those who wait for tokens need no room on the wire.
    pub(super) fn admit_all_for_tokens(&mut self, now: Time, out: &mut Vec<Command>) {
        let for_tokens = |(id, call): (Id, &Parked)| matches!(call.goal, Goal::Tokens { .. }).then_some(id);
        let ids: Vec<Id> = self.parked.iter().filter_map(for_tokens).collect();
        for id in ids {
            if self.can_admit()
                && let Some(call) = self.parked.remove(id)
            {
                self.admit(now, id, call, out);
            }
        }
    }

    /// Hands the tokens to all who wait for them. What was just received is as good as tokens get.
    pub(super) fn deliver_tokens(&mut self, out: &mut Vec<Command>) {
        self.parked.retain(|id, call| {
            let waits_for_tokens = matches!(call.goal, Goal::Tokens { .. });
            if waits_for_tokens {
                out.push(Command::Deliver { id });
            }
            !waits_for_tokens
        });
    }

    /// Nobody is signed in after all: those who waited for the store go out without a token.
    pub(super) fn turn_all_away(&mut self, out: &mut Vec<Command>) {
        for (id, call) in self.parked.drain() {
            Self::turn_away(id, call.goal, out);
        }
    }

    pub(super) fn reject_parked(&mut self, code: Code, out: &mut Vec<Command>) {
        out.extend(self.parked.drain().map(|(id, _)| Command::Reject { id, code }));
    }

    /// Nothing that one user asked for goes out under another's name.
    pub(super) fn reject_strangers(&mut self, user: User, out: &mut Vec<Command>) {
        self.parked.retain(|id, call| {
            let stranger = call.user.is_some_and(|asked| asked != user);
            if stranger {
                out.push(Command::Reject { id, code: Code::SessionChanged });
            }
            call.user = Some(user);
            !stranger
        });
    }
}
