//! The one refresh: call, save, and its ends. What goes before the call among tabs is in `tabs.rs`.

use super::call::Goal;
use super::command::{Command, Notice};
use super::config::Config;
use super::event::CallOutcome;
use super::ids::{Gen, Millis, RefreshId, SendNo, Time};
use super::machine::Engine;
use super::refresh_state::{Busy, Cause, Failure, Otherwise, Refresh, Stage};
use super::session_state::{Session, Trust};
use super::token_facts::TokenFacts;
use crate::boundary::AuthCode;

impl Engine {
    /// Starts the refresh of the current generation. Only while none runs.
    pub(super) fn start(&mut self, now: Time, cause: Cause, out: &mut Vec<Command>) {
        let Session::In { generation, facts: TokenFacts { key, .. }, .. } = self.session else { return };
        self.last_refresh.0 += 1;
        let refresh = self.last_refresh;
        let (since, deadline) = (now, now.saturating_add(self.config.lock_timeout));
        self.refresh =
            Refresh::Busy(Busy { refresh, generation, since, deadline, cause, stage: Stage::Locking });
        self.time_parked(now);
        if self.config.tabs {
            out.push(Command::Lock { refresh, key });
        } else {
            self.call(now, out);
        }
    }

    /// Whether none runs.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.refresh, Refresh::Idle)
    }

    /// Whether its call is out.
    pub(super) fn is_calling(&self) -> bool {
        matches!(
            self.refresh,
            Refresh::Busy(Busy { stage: Stage::Calling { .. } | Stage::Settling { .. }, .. })
        )
    }

    /// The live refresh, if `refresh` is its.
    pub(super) fn busy(&mut self, refresh: RefreshId) -> Option<&mut Busy> {
        match &mut self.refresh {
            Refresh::Busy(busy) if busy.refresh == refresh => Some(busy),
            _ => None,
        }
    }

    /// The first call. `refreshTimeout` starts here, not at the lock: that wait belongs to another tab's refresh.
    pub(super) fn call(&mut self, now: Time, out: &mut Vec<Command>) {
        let timeout = self.config.refresh_timeout;
        if let Refresh::Busy(busy) = &mut self.refresh {
            let send_no = SendNo(1);
            busy.deadline = now.saturating_add(timeout);
            busy.stage = Stage::Calling { send_no, unanswered: 0 };
            out.push(Command::Call { refresh: busy.refresh, send_no, generation: busy.generation });
        }
    }

    pub(super) fn refreshed(
        &mut self,
        now: Time,
        refresh: RefreshId,
        send_no: SendNo,
        outcome: CallOutcome,
        out: &mut Vec<Command>,
    ) {
        let Some(busy) = self.busy(refresh) else { return };
        let Stage::Calling { send_no: current, unanswered } = busy.stage else { return };
        if send_no != current {
            return;
        }
        match outcome {
            CallOutcome::Tokens { facts, reuse } => {
                let facts = facts.received(now);
                if self.config.tabs {
                    self.settle(now, facts, reuse, out);
                } else {
                    self.take_up(facts, out);
                }
            }
            CallOutcome::Refused => {
                let span = if self.config.tabs { self.config.refusal } else { 0 };
                self.look_out(now, span, Otherwise::SignOut, out);
            }
            CallOutcome::Passing { after, answered } => {
                let unanswered = unanswered + u8::from(!answered);
                self.try_again(now, send_no, unanswered, after, out);
            }
            CallOutcome::Broken => self.fail(now, AuthCode::RefreshFailed, None, out),
        }
    }

    /// The new tokens are the session's, and are written.
    pub(super) fn take_up(&mut self, facts: TokenFacts, out: &mut Vec<Command>) {
        let (Session::In { facts: old, .. }, Refresh::Busy(busy)) = (&self.session, &mut self.refresh) else {
            return;
        };
        busy.stage = Stage::Saving { replaced: old.key };
        let (refresh, cause) = (busy.refresh, busy.cause);
        self.succeed(facts, cause, out);
        out.push(Command::Save { refresh: Some(refresh) });
    }

    /// Plans the next call, or gives up: after too many, after a second one without an answer (it may have spent
    /// the refresh token), or when the wait would outlast the refresh.
    fn try_again(
        &mut self,
        now: Time,
        send_no: SendNo,
        unanswered: u8,
        after: Option<Millis>,
        out: &mut Vec<Command>,
    ) {
        // Each wait is three times as long as the one before. Past the deadline there is no next call, so it need not grow for ever.
        let backoff = (1..send_no.0.min(11))
            .fold(self.config.backoff, |wait, _| wait.saturating_add(wait).saturating_add(wait));
        let until = now.saturating_add(after.unwrap_or(backoff));
        let exhausted = send_no.0 > u32::from(self.config.retries) || unanswered > 1;
        match &mut self.refresh {
            Refresh::Busy(busy) if !exhausted && until < busy.deadline => {
                busy.stage = Stage::Backoff { until, send_no, unanswered };
            }
            _ => self.fail(now, AuthCode::RefreshFailed, after, out),
        }
    }

    /// The new tokens are written, or could not be.
    pub(super) fn saved(&mut self, now: Time, refresh: RefreshId, ok: bool, out: &mut Vec<Command>) {
        let is_among_tabs = self.config.tabs;
        let Some(busy) = self.busy(refresh) else { return };
        let Stage::Saving { replaced } = busy.stage else { return };
        if ok && is_among_tabs {
            busy.stage = Stage::Confirming;
            out.push(Command::Confirm { refresh, key: replaced });
            return;
        }
        self.unlock(refresh, out);
        if !ok {
            out.push(Command::Notify(Notice::NotStored));
        }
        self.finish(now, out);
    }

    /// New tokens of the same session, however they came.
    pub(super) fn succeed(&mut self, facts: TokenFacts, cause: Cause, out: &mut Vec<Command>) {
        let strikes = match (cause, &self.session) {
            (Cause::Rejected { strikes }, _) => strikes,
            // Nothing has been learnt of the tokens that these replace: the row goes on.
            (Cause::Ahead, Session::In { trust: Trust::Unproven { strikes }, .. }) => *strikes,
            (Cause::Ahead, _) => 0,
        };
        self.enter(facts, Trust::Unproven { strikes }, out);
    }

    /// The end of a refresh that went well: everybody goes, then the app hears of it.
    pub(super) fn finish(&mut self, now: Time, out: &mut Vec<Command>) {
        self.refresh = Refresh::Idle;
        self.deliver_tokens(out);
        self.release(now, out);
        // What another tab has stored may be past its end already, and the session with it.
        if matches!(self.session, Session::In { .. }) {
            out.push(Command::Notify(Notice::Refreshed));
        }
    }

    /// The end of a refresh that failed for now: the tokens stay.
    fn fail(&mut self, now: Time, code: AuthCode, after: Option<Millis>, out: &mut Vec<Command>) {
        self.failure_streak = self.failure_streak.failed(now, after);
        if self.config.tabs {
            out.push(Command::Note);
        }
        self.end_in_failure(now, code, out);
    }

    /// Who waits is rejected, unless the token is still good and was only to be refreshed ahead of its end.
    pub(super) fn end_in_failure(&mut self, now: Time, code: AuthCode, out: &mut Vec<Command>) {
        let Refresh::Busy(busy) = std::mem::replace(&mut self.refresh, Refresh::Idle) else { return };
        self.unlock(busy.refresh, out);
        self.last_failure = Some(Failure { code, sent: self.last_sent });
        match &self.session {
            Session::In { facts, .. } if matches!(busy.cause, Cause::Ahead) && facts.good_at(now) => {
                let facts = *facts;
                self.settle_tokens(now, &facts, code, out);
                self.release(now, out);
            }
            _ => self.reject_parked(code, out),
        }
    }

    /// After a failed refresh: who waits for tokens gets the old ones where they will do, else the failure.
    fn settle_tokens(&mut self, now: Time, facts: &TokenFacts, code: AuthCode, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, call| {
            let Goal::Tokens { for_ms, force } = call.goal else { return true };
            let enough = !force && facts.good_at(now.saturating_add(for_ms));
            out.push(if enough { Command::Deliver { id } } else { Command::Reject { id, code } });
            false
        });
    }

    /// Whatever the refresh was doing, it is over; its late answer will change nothing.
    pub(super) fn drop_refresh(&mut self, out: &mut Vec<Command>) {
        if let Refresh::Busy(busy) = std::mem::replace(&mut self.refresh, Refresh::Idle) {
            if matches!(busy.stage, Stage::Calling { .. }) {
                out.push(Command::Drop { refresh: busy.refresh });
            }
            self.unlock(busy.refresh, out);
        }
    }

    pub(super) fn unlock(&self, refresh: RefreshId, out: &mut Vec<Command>) {
        if self.config.tabs {
            out.push(Command::Unlock { refresh });
        }
    }

    /// Does what is due: the next call, the next look, the end.
    pub(super) fn lapse_refresh(&mut self, now: Time, out: &mut Vec<Command>) {
        let Config { look_every, refresh_timeout, lock_timeout, asleep, .. } = self.config;
        let Refresh::Busy(busy) = &mut self.refresh else { return };
        let (refresh, generation) = (busy.refresh, busy.generation);
        let late = now >= busy.deadline;
        match busy.stage {
            Stage::Adopting { look_at, otherwise } if late => {
                self.lapse_look_out(now, look_at, otherwise, out);
            }
            Stage::Adopting { look_at, otherwise } if now >= look_at => {
                busy.stage = Stage::Adopting { look_at: now.saturating_add(look_every), otherwise };
                self.load(out);
            }
            // The tokens are here and good; only the store does not answer.
            Stage::Saving { .. } if late => self.saved(now, refresh, false, out),
            // Nor does the fence: it counts as none, and what has come is kept.
            Stage::Settling { facts } if late => {
                busy.deadline = now.saturating_add(lock_timeout);
                self.take_up(facts, out);
            }
            Stage::Confirming if late => self.confirmed(now, refresh, out),
            // The timer itself is late: this tab was asleep. The answer may stand in line behind the timer, and the server has
            // spent the old token for it: the call gets its time anew, once.
            Stage::Calling { send_no, unanswered: 0 } if now >= busy.deadline.saturating_add(asleep) => {
                busy.stage = Stage::Calling { send_no, unanswered: 1 };
                busy.deadline = now.saturating_add(refresh_timeout);
            }
            Stage::Calling { .. } if late => {
                out.push(Command::Drop { refresh });
                self.fail(now, AuthCode::RefreshTimeout, None, out);
            }
            _ if late => self.fail(now, AuthCode::RefreshTimeout, None, out),
            Stage::Backoff { until, send_no, unanswered } if now >= until => {
                let send_no = SendNo(send_no.0 + 1);
                busy.stage = Stage::Calling { send_no, unanswered };
                out.push(Command::Call { refresh, send_no, generation });
            }
            _ => {}
        }
    }

    /// A number for a new generation.
    pub(super) fn next_generation(&mut self) -> Gen {
        self.last_gen.0 += 1;
        self.last_gen
    }
}
