//! Answers to requests, and what follows when a token is rejected.

use super::call::{Call, Flight, Goal, Place};
use super::command::Command;
use super::event::Answer;
use super::ids::{Gen, Id, Route, SendNo, Time};
use super::machine::Engine;
use super::refresh_state::{Cause, Refresh};
use super::session_state::{Session, Trust};
use crate::boundary::{AuthCode, SignOutReason};
use crate::policy::verdict::Verdict;

/// After this many refreshes in a row whose new tokens were rejected, the breaker trips.
const STRIKES: u8 = 2;

/// What can be done about tokens that were rejected.
enum Remedy {
    /// A refresh, which runs by now.
    Refresh,
    /// Nothing: refreshed tokens were rejected again and again.
    Barred,
    /// Nothing for now: no refresh can start, for this reason.
    Failed(AuthCode),
    /// Only another login.
    Login,
}

impl Engine {
    pub(super) fn answered(
        &mut self,
        now: Time,
        id: Id,
        send_no: SendNo,
        answer: Answer,
        out: &mut Vec<Command>,
    ) {
        let Some((call, flight)) = self.land(id, send_no) else { return };
        if answer.verdict == Verdict::Expired {
            self.rejected(now, id, call, flight, answer, out);
        } else {
            if answer.verdict == Verdict::Good {
                self.prove(flight.generation, answer.route);
            }
            self.deliver(id, out);
        }
        self.drain(now, out);
    }

    pub(super) fn failed(&mut self, now: Time, id: Id, send_no: SendNo, out: &mut Vec<Command>) {
        if self.land(id, send_no).is_some() {
            self.deliver(id, out);
            self.drain(now, out);
        }
    }

    pub(super) fn aborted(&mut self, now: Time, id: Id, out: &mut Vec<Command>) {
        if self.calls.remove(id).is_some_and(|call| call.is_flying()) {
            self.drain(now, out);
        }
    }

    /// The call whose sending has ended; `None` if another sending of it is in flight, or none.
    fn land(&self, id: Id, send_no: SendNo) -> Option<(Call, Flight)> {
        let call = *self.calls.get(id)?;
        call.flight().filter(|_| call.send_no == send_no).map(|flight| (call, flight))
    }

    /// A request with the tokens of this generation has succeeded.
    fn prove(&mut self, proven: Gen, route: Option<Route>) {
        if let Some(route) = route {
            self.breaker.close_for(route);
        }
        if let Session::In { generation, trust, .. } = &mut self.session
            && *generation == proven
        {
            *trust = Trust::Proven;
            self.breaker.close();
        }
    }

    /// A request was answered by a rejection of its token.
    fn rejected(
        &mut self,
        now: Time,
        id: Id,
        call: Call,
        flight: Flight,
        answer: Answer,
        out: &mut Vec<Command>,
    ) {
        let Answer { replayable, route, .. } = answer;
        if let Some(code) = self.session_mismatch(call.asker) {
            return self.reject(id, code, out);
        }
        let current =
            matches!(self.session, Session::In { generation, .. } if generation == flight.generation);
        if call.replayed && current {
            self.breaker.trip_route(route, now.saturating_add(self.config.pause));
        }
        if call.replayed || !(replayable || current) {
            self.deliver(id, out);
            return;
        }
        let call = Call { replayed: true, ..call };
        // Its id is lower than those of later calls, so that it is sent before them.
        if !current {
            self.resume(now, id, call, out);
            return;
        }
        match self.condemn(now, flight.sent, route, out) {
            Remedy::Refresh => {
                // The refresh runs in any case, for later calls. A request that can not be sent again gets its rejection.
                if replayable {
                    self.resume(now, id, call, out);
                } else {
                    self.deliver(id, out);
                }
                if self.config.withdraw {
                    self.withdraw(now, flight.sent, out);
                }
            }
            Remedy::Failed(code) if replayable => self.reject(id, code, out),
            Remedy::Failed(_) | Remedy::Barred => self.deliver(id, out),
            Remedy::Login => {
                self.reject(id, SignOutReason::NoRefreshToken.code(), out);
                self.sign_out(SignOutReason::NoRefreshToken, true, out);
            }
        }
    }

    /// Sends a call again, now or after the refresh.
    fn resume(&mut self, now: Time, id: Id, call: Call, out: &mut Vec<Command>) {
        if self.is_idle() {
            self.admit(now, id, call, out);
        } else {
            self.park(now, id, call, out);
        }
    }

    /// The current tokens were rejected: starts a refresh because of that, unless one runs or none is possible.
    fn condemn(&mut self, now: Time, sent: u32, route: Option<Route>, out: &mut Vec<Command>) -> Remedy {
        let Session::In { facts, trust, .. } = &self.session else { return Remedy::Login };
        let strikes = match trust {
            Trust::Proven => 0,
            Trust::Unproven { strikes } => strikes.saturating_add(1),
        };
        let cause = Cause::Rejected { strikes };
        if let Refresh::Busy(busy) = &mut self.refresh {
            busy.cause = cause;
            return Remedy::Refresh;
        }
        if !facts.refreshable && !self.config.tabs {
            return Remedy::Login;
        }
        if let Some(failure) = self.last_failure
            && sent <= failure.sent
        {
            return Remedy::Failed(failure.code);
        }
        if !self.failure_streak.may_start(now, facts.expires_at) {
            return Remedy::Failed(AuthCode::RefreshFailed);
        }
        if strikes >= STRIKES {
            self.breaker.trip(now, self.config.pause);
            if self.breaker.is_open(now) {
                return Remedy::Barred;
            }
        }
        if self.breaker.is_open_for(now, route) {
            return Remedy::Barred;
        }
        self.start(now, cause, out);
        Remedy::Refresh
    }

    /// Withdraws the safe requests that were sent after the rejected one. They carry the same token and would be rejected too, and
    /// meanwhile they would occupy the connections that the refresh needs.
    fn withdraw(&mut self, now: Time, sent: u32, out: &mut Vec<Command>) {
        let mut room = self.config.queue_limit.saturating_sub(self.calls.parked());
        let until = now.saturating_add(self.config.queue_timeout);
        self.parked_due = self.parked_due.min(until);
        self.calls.retain(&mut |id, call| {
            if let Some(flight) = call.flight()
                && call.goal == (Goal::Send { safe: true })
                && flight.sent > sent
                && room > 0
            {
                room -= 1;
                out.push(Command::Cancel { id, send_no: call.send_no });
                call.place = Place::Parked { until };
            }
            true
        });
    }
}
