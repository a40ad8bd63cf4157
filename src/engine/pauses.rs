//! The pause after failed refreshes, which tabs share by way of the fence.

use super::call::Call;
use super::command::Command;
use super::ids::{Id, Time};
use super::machine::Engine;
use super::refresh_state::{Cause, Refresh};
use super::session_state::Session;
use crate::boundary::AuthCode;
use crate::policy::failure_streak::FailureStreak;

impl Engine {
    /// The tokens may be presented, and refreshes of them have failed before, in whatever tab. This one shares what came
    /// after its beginning, as it would have in one tab, and does not start before its time.
    pub(super) fn take_failures(&mut self, now: Time, told: FailureStreak, out: &mut Vec<Command>) {
        let (Refresh::Busy(busy), Session::In { facts, .. }) = (&self.refresh, &self.session) else { return };
        if told.at > now {
            // The clock was set back since, and nobody knows how long ago it was.
            self.call(now, out);
            return;
        }
        self.failure_streak = told;
        // Who wants to be sent has a good token, and nobody wants the tokens themselves.
        let is_early = matches!(busy.cause, Cause::Ahead)
            && facts.good_at(now)
            && self.calls.first_from(Id(0), Call::is_for_tokens).is_none();
        let is_in_time = !is_early || told.may_start_ahead(now, self.config.pause);
        if is_in_time && told.at <= busy.since && told.may_start(now, facts.expires_at) {
            self.call(now, out);
        } else {
            self.end_in_failure(now, AuthCode::RefreshFailed, out);
        }
    }

    /// The next refresh need not wait for the end of the pause, in whatever tab; what the server has asked for stays, unless
    /// all is to be forgotten.
    pub(super) fn end_pause(&mut self, forget: bool, out: &mut Vec<Command>) {
        let Session::In { facts, .. } = &self.session else { return };
        self.failure_streak = if forget { FailureStreak::NONE } else { self.failure_streak.without_pause() };
        if self.config.tabs {
            out.push(Command::EndPause { key: facts.key, forget });
        }
    }
}
