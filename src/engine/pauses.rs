//! The pause after failed refreshes, which tabs share through the fence.

use super::call::Call;
use super::command::Command;
use super::ids::{Id, Time};
use super::machine::Engine;
use super::refresh_state::{Cause, Refresh};
use super::session_state::Session;
use crate::boundary::AuthCode;
use crate::policy::failure_streak::FailureStreak;

impl Engine {
    /// The tokens may be presented, but refreshes of them have failed before, in this or in another tab. A failure since this refresh
    /// began counts as its own, as in one tab several calls share one refresh. After an earlier failure, the pause is kept.
    pub(super) fn take_failures(&mut self, now: Time, streak: FailureStreak, out: &mut Vec<Command>) {
        let (Refresh::Busy(busy), Session::In { facts, .. }) = (&self.refresh, &self.session) else { return };
        if streak.at > now {
            // The clock was set back since the failure, so that its age is not known.
            self.call(now, out);
            return;
        }
        self.failure_streak = streak;
        // The token is still valid and no call waits for new tokens: the refresh is only ahead of time.
        let is_early = matches!(busy.cause, Cause::Ahead)
            && facts.good_at(now)
            && self.calls.first_from(Id(0), Call::is_for_tokens).is_none();
        let is_in_time = !is_early || streak.may_start_ahead(now, self.config.pause);
        if is_in_time && streak.at <= busy.since && streak.may_start(now, facts.expires_at) {
            self.call(now, out);
        } else {
            self.end_in_failure(now, AuthCode::RefreshFailed, out);
        }
    }

    /// Ends the pause before the next refresh, for all tabs. The server's `Retry-After` still counts, unless `forget`.
    pub(super) fn end_pause(&mut self, forget: bool, out: &mut Vec<Command>) {
        let Session::In { facts, .. } = &self.session else { return };
        self.failure_streak = if forget { FailureStreak::NONE } else { self.failure_streak.without_pause() };
        if self.config.tabs {
            out.push(Command::EndPause { key: facts.key, forget });
        }
    }
}
