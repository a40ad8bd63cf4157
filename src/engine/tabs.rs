//! The refresh where there are other tabs: lock, read the store again, claim; and what follows if another tab was faster.

use super::command::Command;
use super::event::Claim;
use super::ids::{Millis, NEVER, RefreshId, Time};
use super::machine::Engine;
use super::refresh_state::{Busy, Cause, Otherwise, Refresh, Stage};
use super::session_state::Session;
use super::token_facts::TokenFacts;
use crate::boundary::SignOutReason;
use crate::policy::fence::Reuse;

impl Engine {
    pub(super) fn locked(&mut self, refresh: RefreshId, out: &mut Vec<Command>) {
        if let Some(busy) = self.busy(refresh)
            && matches!(busy.stage, Stage::Locking)
        {
            busy.stage = Stage::Rereading;
            // A reading from before the lock was granted may be older than the last holder's refresh.
            self.outdate_readings();
            self.load(out);
        }
    }

    pub(super) fn claimed(&mut self, now: Time, refresh: RefreshId, claim: Claim, out: &mut Vec<Command>) {
        if self.busy(refresh).is_none_or(|busy| !matches!(busy.stage, Stage::Claiming)) {
            return;
        }
        match claim {
            Claim::Won | Claim::Unsupported => self.call(now, out),
            Claim::WonAfter(streak) => self.take_failures(now, streak, out),
            Claim::Spent => self.look_out(now, self.config.adoption, Otherwise::SignOut, out),
            Claim::Orphaned => self.look_out(now, self.config.adoption, Otherwise::TakeOver, out),
            Claim::Taken => {
                let refresh = self.config.refresh_timeout.saturating_add(self.config.adoption);
                self.look_out(now, refresh, Otherwise::TakeOver, out);
            }
        }
    }

    /// Another tab has refreshed these tokens, or may have: waits for the new tokens to appear in the store.
    pub(super) fn look_out(&mut self, now: Time, span: Millis, otherwise: Otherwise, out: &mut Vec<Command>) {
        let look_every = self.config.look_every;
        if let Refresh::Busy(busy) = &mut self.refresh {
            let look_at = if span == 0 { NEVER } else { now.saturating_add(look_every) };
            busy.stage = Stage::Adopting { look_at, otherwise };
            // If the store does not answer the last reading, the deadline ends the wait.
            busy.deadline = now.saturating_add(span.max(look_every));
            self.load(out);
        }
    }

    /// No new tokens have appeared in time. The timer may be late and the last reading long ago: one more reading decides.
    pub(super) fn lapse_look_out(
        &mut self,
        now: Time,
        look_at: Time,
        otherwise: Otherwise,
        out: &mut Vec<Command>,
    ) {
        if look_at == NEVER {
            self.give_up(now, otherwise, out);
        } else {
            self.look_out(now, 0, otherwise, out);
        }
    }

    fn give_up(&mut self, now: Time, otherwise: Otherwise, out: &mut Vec<Command>) {
        match otherwise {
            Otherwise::SignOut => self.sign_out(SignOutReason::Refused, true, out),
            Otherwise::Leave => self.sign_out(SignOutReason::OtherTab, true, out),
            Otherwise::TakeOver => {
                let until = now.saturating_add(self.config.lock_timeout);
                if let (Session::In { facts, .. }, Refresh::Busy(busy)) = (&self.session, &mut self.refresh) {
                    let facts = *facts;
                    busy.deadline = until;
                    self.claim(&facts, true, out);
                }
            }
        }
    }

    /// Asks the fence whether the tokens may be presented.
    pub(super) fn claim(&mut self, facts: &TokenFacts, takes_over: bool, out: &mut Vec<Command>) {
        if let Refresh::Busy(busy) = &mut self.refresh {
            busy.stage = Stage::Claiming;
            out.push(Command::Claim { refresh: busy.refresh, key: facts.key, takes_over });
        }
    }

    /// The store was read during a refresh and still holds the same tokens: goes on with the next stage.
    pub(super) fn reread_same(&mut self, now: Time, facts: &TokenFacts, out: &mut Vec<Command>) {
        let Refresh::Busy(busy) = &self.refresh else { return };
        match busy.stage {
            Stage::Rereading if facts.refreshable => self.claim(facts, false, out),
            Stage::Rereading => self.sign_out(SignOutReason::NoRefreshToken, true, out),
            Stage::Adopting { look_at: NEVER, otherwise } => self.give_up(now, otherwise, out),
            _ => {}
        }
    }

    /// New tokens have come: asks the fence whether they may be used. It has time of its own beside `refreshTimeout`: the tokens must not
    /// be lost because the fence is slow.
    pub(super) fn settle(&mut self, now: Time, facts: TokenFacts, reuse: Reuse, out: &mut Vec<Command>) {
        let until = now.saturating_add(self.config.lock_timeout);
        if let (Session::In { facts: presented, .. }, Refresh::Busy(busy)) =
            (&self.session, &mut self.refresh)
        {
            busy.stage = Stage::Settling { facts };
            busy.deadline = until;
            out.push(Command::Settle { refresh: busy.refresh, key: presented.key, reuse });
        }
    }

    /// The new tokens may be used.
    pub(super) fn settled(&mut self, refresh: RefreshId, out: &mut Vec<Command>) {
        let Some(busy) = self.busy(refresh) else { return };
        if let Stage::Settling { facts } = busy.stage {
            self.take_up(facts, out);
        }
    }

    /// The new tokens may not be used, as another tab has signed in or out: waits for its record to appear in the store.
    pub(super) fn superseded(&mut self, now: Time, refresh: RefreshId, out: &mut Vec<Command>) {
        if self.busy(refresh).is_some_and(|busy| matches!(busy.stage, Stage::Settling { .. })) {
            self.look_out(now, self.config.adoption, Otherwise::SignOut, out);
        }
    }

    /// The stored tokens may stay.
    pub(super) fn confirmed(&mut self, now: Time, refresh: RefreshId, out: &mut Vec<Command>) {
        if self.busy(refresh).is_some_and(|busy| matches!(busy.stage, Stage::Confirming)) {
            self.announce(out);
            self.unlock(refresh, out);
            self.finish(now, out);
        }
    }

    /// The session has ended before its tokens were stored. They may have overwritten another tab's login: that tab hears of the change
    /// and stores its own again, if it still runs.
    pub(super) fn undone(&mut self, now: Time, refresh: RefreshId, out: &mut Vec<Command>) {
        if self.busy(refresh).is_some_and(|busy| matches!(busy.stage, Stage::Confirming)) {
            self.announce(out);
            self.look_out(now, self.config.refusal, Otherwise::Leave, out);
        }
    }

    /// A newer generation is in the store: another tab has refreshed.
    pub(super) fn adopt(&mut self, now: Time, facts: TokenFacts, out: &mut Vec<Command>) {
        let cause = match (&self.refresh, &self.session) {
            (Refresh::Busy(busy), Session::In { facts: old, .. }) => {
                // Otherwise another tab could take over this tab's claim later and present the tokens again.
                let presents = matches!(busy.stage, Stage::Calling { .. } | Stage::Backoff { .. });
                if presents && self.config.tabs {
                    out.push(Command::Spend { key: old.key });
                }
                busy.cause
            }
            _ => Cause::Ahead,
        };
        self.drop_refresh(out);
        self.succeed(facts, cause, out);
        self.finish(now, out);
    }

    /// Gives the lock back and asks for it again if calls still wait here. A refresh that has its new tokens goes on.
    pub(super) fn begin_again(&mut self, now: Time, out: &mut Vec<Command>) {
        let Refresh::Busy(Busy { cause, stage, .. }) = self.refresh else { return };
        let is_answered = match stage {
            Stage::Settling { .. } | Stage::Saving { .. } | Stage::Confirming => true,
            Stage::Adopting { otherwise, .. } => otherwise != Otherwise::TakeOver,
            _ => false,
        };
        if !is_answered {
            self.drop_refresh(out);
            self.start(now, cause, out);
        }
    }
}
