//! The one refresh: calling, saving, and its ends. The lock and the claim before the call are in `tabs.rs`.

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

    /// Whether no refresh runs.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.refresh, Refresh::Idle)
    }

    /// Whether the refresh call is running.
    pub(super) fn is_calling(&self) -> bool {
        matches!(
            self.refresh,
            Refresh::Busy(Busy { stage: Stage::Calling { .. } | Stage::Settling { .. }, .. })
        )
    }

    /// The refresh that is running, if this is its id.
    pub(super) fn busy(&mut self, refresh: RefreshId) -> Option<&mut Busy> {
        match &mut self.refresh {
            Refresh::Busy(busy) if busy.refresh == refresh => Some(busy),
            _ => None,
        }
    }

    /// Makes the first call. `refreshTimeout` starts here and not at the lock, as that wait is for another tab's refresh.
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

    /// Takes the new tokens into use, and stores them.
    pub(super) fn take_up(&mut self, facts: TokenFacts, out: &mut Vec<Command>) {
        let (Session::In { facts: old, .. }, Refresh::Busy(busy)) = (&self.session, &mut self.refresh) else {
            return;
        };
        busy.stage = Stage::Saving { replaced: old.key };
        let (refresh, cause) = (busy.refresh, busy.cause);
        self.succeed(facts, cause, out);
        out.push(Command::Save { refresh: Some(refresh) });
    }

    /// Plans the next call, or gives up: after too many calls, after a second one without an answer (each may have spent the refresh
    /// token), or if the wait would exceed `refreshTimeout`.
    fn try_again(
        &mut self,
        now: Time,
        send_no: SendNo,
        unanswered: u8,
        after: Option<Millis>,
        out: &mut Vec<Command>,
    ) {
        // Each wait is three times as long as the one before. After 11 calls it is past any deadline, and need not grow further.
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

    /// The new tokens are stored, or could not be.
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

    /// Takes new tokens of the same session into use, from a refresh or from another tab.
    pub(super) fn succeed(&mut self, facts: TokenFacts, cause: Cause, out: &mut Vec<Command>) {
        let strikes = match (cause, &self.session) {
            (Cause::Rejected { strikes }, _) => strikes,
            // No request has shown yet whether the replaced tokens were accepted: the row of rejections is not ended.
            (Cause::Ahead, Session::In { trust: Trust::Unproven { strikes }, .. }) => *strikes,
            (Cause::Ahead, _) => 0,
        };
        self.enter(facts, Trust::Unproven { strikes }, out);
    }

    /// Ends a successful refresh: waiting calls are sent, then the app is notified.
    pub(super) fn finish(&mut self, now: Time, out: &mut Vec<Command>) {
        self.refresh = Refresh::Idle;
        self.deliver_tokens(out);
        self.release(now, out);
        // Another tab's tokens may have expired already, so that the session has ended.
        if matches!(self.session, Session::In { .. }) {
            out.push(Command::Notify(Notice::Refreshed));
        }
    }

    /// Ends a refresh with a passing failure: the tokens stay.
    fn fail(&mut self, now: Time, code: AuthCode, after: Option<Millis>, out: &mut Vec<Command>) {
        self.failure_streak = self.failure_streak.failed(now, after);
        if self.config.tabs {
            out.push(Command::Note);
        }
        self.end_in_failure(now, code, out);
    }

    /// Ends a refresh and rejects waiting calls, unless the token is still valid and the refresh was ahead of its end.
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

    /// After a failed refresh: calls for tokens get the old ones if these are valid long enough, else the failure.
    fn settle_tokens(&mut self, now: Time, facts: &TokenFacts, code: AuthCode, out: &mut Vec<Command>) {
        self.calls.retain_parked(&mut |id, call| {
            let Goal::Tokens { for_ms, force } = call.goal else { return true };
            let enough = !force && facts.good_at(now.saturating_add(for_ms));
            out.push(if enough { Command::Deliver { id } } else { Command::Reject { id, code } });
            false
        });
    }

    /// Drops the refresh in whatever stage it is. A late answer to it changes nothing.
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

    /// Does what is due: the next call, the next reading of the store, or the end by timeout.
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
            // The new tokens are used even if the store does not answer.
            Stage::Saving { .. } if late => self.saved(now, refresh, false, out),
            // The fence does not answer: go on as if there were none, and keep the new tokens.
            Stage::Settling { facts } if late => {
                busy.deadline = now.saturating_add(lock_timeout);
                self.take_up(facts, out);
            }
            Stage::Confirming if late => self.confirmed(now, refresh, out),
            // The timer is late, so that this tab was asleep. The answer may be queued behind the timer, and the old token is spent:
            // the call gets its full time once more.
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
