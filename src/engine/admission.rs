//! Whether a call goes out at once or waits for a refresh.

use super::asker::Asker;
use super::call::{Call, Flight, Goal, Place};
use super::command::Command;
use super::ids::{Gen, Id, SendNo, Time};
use super::machine::Engine;
use super::refresh_state::Cause;
use super::session_state::Session;
use super::token_facts::TokenFacts;
use crate::boundary::{AuthCode, SignOutReason};

/// What has to happen before a call can be sent or given tokens.
enum Need {
    /// Nothing: the token is good for it.
    Nothing,
    /// A refresh.
    Refresh,
    /// A refresh, which can not start now.
    Unavailable,
    /// Another login: the token is dead and cannot be refreshed.
    Login,
}

impl Engine {
    pub(super) fn ask(&mut self, now: Time, id: Id, goal: Goal, asker: Asker, out: &mut Vec<Command>) {
        if let Some(code) = self.session_mismatch(asker) {
            return self.reject(id, code, out);
        }
        if matches!(goal, Goal::Tokens { force: true, .. }) {
            self.end_pause(false, out);
        }
        let call = Call::new(goal, self.owner(asker));
        match self.session {
            Session::Cold => {
                self.park(now, id, call, out);
                if self.unread == 0 {
                    self.load(out);
                }
            }
            Session::Out { .. } | Session::Closed => Self::turn_away(id, goal, out),
            // While no refresh runs, calls wait only because the window is full: a new call queues behind them.
            Session::In { .. } if !self.is_idle() || self.lacks_room(goal) || call.must_await_store() => {
                self.park(now, id, call, out);
            }
            Session::In { .. } => self.admit(now, id, call, out),
        }
    }

    /// Whether the window is full for this goal. A call for tokens sends no request, and needs no room.
    fn lacks_room(&self, goal: Goal) -> bool {
        matches!(goal, Goal::Send { .. }) && self.window_is_full()
    }

    /// Nobody is signed in: a request goes out without a token, a call for tokens fails.
    pub(super) fn turn_away(id: Id, goal: Goal, out: &mut Vec<Command>) {
        out.push(match goal {
            Goal::Send { .. } => Command::Send { id, send_no: SendNo(1), generation: None },
            Goal::Tokens { .. } => Command::Reject { id, code: AuthCode::SignedOut },
        });
    }

    /// Sends a call, or parks it and starts the refresh that it needs. Only while no refresh runs.
    pub(super) fn admit(&mut self, now: Time, id: Id, call: Call, out: &mut Vec<Command>) {
        let Session::In { generation, facts, .. } = &self.session else { return };
        let generation = *generation;
        match self.need(now, facts, call.goal) {
            Need::Nothing => self.let_go(id, call, generation, out),
            Need::Refresh => {
                if self.park(now, id, call, out) {
                    self.start(now, Cause::Ahead, out);
                }
            }
            Need::Unavailable => self.reject(id, AuthCode::RefreshFailed, out),
            Need::Login => {
                self.reject(id, SignOutReason::NoRefreshToken.code(), out);
                self.sign_out(SignOutReason::NoRefreshToken, true, out);
            }
        }
    }

    fn need(&self, now: Time, facts: &TokenFacts, goal: Goal) -> Need {
        let (wanted, required) = match goal {
            Goal::Send { .. } => (facts.refresh_at <= now, !facts.good_at(now)),
            Goal::Tokens { for_ms, force } => {
                let required = force || !facts.good_at(now.saturating_add(for_ms));
                (required, required)
            }
        };
        let possible = self.failure_streak.may_start(now, facts.expires_at) && !self.breaker.is_open(now);
        if !required {
            let worth_it = possible && self.failure_streak.may_start_ahead(now, self.config.pause);
            return if wanted && facts.refreshable && worth_it { Need::Refresh } else { Need::Nothing };
        }
        match (facts.refreshable, possible) {
            (true, true) => Need::Refresh,
            (true, false) => Need::Unavailable,
            // Without a refresh, the session lasts until its token expires.
            (false, _) if facts.good_at(now) => Need::Unavailable,
            (false, _) if self.config.tabs => Need::Refresh,
            (false, _) => Need::Login,
        }
    }

    fn let_go(&mut self, id: Id, call: Call, generation: Gen, out: &mut Vec<Command>) {
        if call.is_for_tokens() {
            self.deliver(id, out);
            return;
        }
        self.last_sent += 1;
        let send_no = SendNo(call.send_no.0 + 1);
        let place = Place::Flying(Flight { generation, sent: self.last_sent });
        self.calls.insert(id, Call { send_no, place, ..call });
        out.push(Command::Send { id, send_no, generation: Some(generation) });
    }
}
