//! Refreshes that have failed in a row, and how long that keeps the next one back.

use super::Engine;
use super::command::{Code, Command};
use super::ids::{Id, Millis, Time};
use super::state::{Call, Cause, Pair, Refresh, Session};

/// The pause after the second failure in a row. After each further one it is twice as long, up to the longest.
const FIRST_PAUSE: Millis = 1_000;
const LONGEST_PAUSE: Millis = 30_000;

/// For how long a server is left alone, at most, whatever it asks for.
const LONGEST_RETRY_AFTER: Millis = 600_000;

/// What is known of the failed refreshes of the tokens in use. Tabs leave it for each other in the fence, with the mark of
/// these tokens; a success or a login brings other tokens, of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Streak {
    /// How many have failed, one after the other. A refresh with all its tries is one.
    pub failures: u32,
    /// When the last of them did; 0: the pause that would follow has been ended.
    pub at: Time,
    /// Before this the server wants to be left alone (its `Retry-After`).
    pub retry_at: Time,
}

impl Streak {
    /// None has failed.
    pub const NONE: Self = Self { failures: 0, at: 0, retry_at: 0 };

    /// Another one has failed.
    pub(super) fn failed(self, now: Time, retry_after: Option<Millis>) -> Self {
        let retry_after = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
        Self { failures: self.failures.saturating_add(1), at: now, retry_at: now.saturating_add(retry_after) }
    }

    /// Whether a refresh of these tokens may start.
    pub fn may_start(&self, now: Time, pair: &Pair) -> bool {
        // Five doublings lead beyond the longest pause.
        let pause = if self.failures < 2 { 0 } else { FIRST_PAUSE << (self.failures - 2).min(5) };
        // What has failed ahead of the token's end does not put off the refresh that is needed then.
        let is_needed_anew = pair.good_at(self.at) && !pair.good_at(now);
        now >= self.retry_at && (is_needed_anew || self.age(now) >= pause.min(LONGEST_PAUSE))
    }

    /// Whether one may start that is not needed yet.
    pub(super) fn may_start_ahead(&self, now: Time, wait: Millis) -> bool {
        self.age(now) >= wait
    }

    /// How long ago the last failure was. It is never one to come.
    fn age(&self, now: Time) -> Millis {
        now.wrapping_sub(self.at)
    }
}

impl Engine {
    /// The tokens may be presented, and refreshes of them have failed before, in whatever tab. This one shares what came
    /// after its beginning, as it would have in one tab, and does not start before its time.
    pub(super) fn take_failures(&mut self, now: Time, told: Streak, out: &mut Vec<Command>) {
        let (Refresh::Busy(busy), Session::In { pair, .. }) = (&self.refresh, &self.session) else { return };
        if told.at > now {
            // The clock was set back since, and nobody knows how long ago it was.
            self.call(now, out);
            return;
        }
        self.streak = told;
        // Who wants to be sent has a good token, and nobody wants the tokens themselves.
        let is_early = matches!(busy.cause, Cause::Ahead)
            && pair.good_at(now)
            && self.calls.first_from(Id(0), Call::is_for_tokens).is_none();
        let is_in_time = !is_early || told.may_start_ahead(now, self.config.pause);
        if is_in_time && told.at <= busy.since && told.may_start(now, pair) {
            self.call(now, out);
        } else {
            self.end_in_failure(now, Code::RefreshFailed, out);
        }
    }

    /// The next refresh need not wait for the end of the pause, in whatever tab; what the server has asked for stays, unless
    /// all is to be forgotten.
    pub(super) fn end_pause(&mut self, forget: bool, out: &mut Vec<Command>) {
        let Session::In { pair, .. } = &self.session else { return };
        self.streak = if forget { Streak::NONE } else { Streak { at: 0, ..self.streak } };
        if self.config.tabs {
            out.push(Command::EndPause { key: pair.key, forget });
        }
    }
}
