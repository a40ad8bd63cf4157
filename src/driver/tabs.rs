//! One session's lock, marks and messages between the tabs of the origin.

use std::cell::Cell;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::float;
use crate::boundary::{FenceAction, SessionNews, StreakNumber, TabsCommand};
use crate::engine::{Claim, Command, Event, Key, Millis, RefreshId};
use crate::platform::number::whole;
use crate::policy::failure_streak::FailureStreak;

#[wasm_bindgen(module = "/src/driver/tabs.js")]
extern "C" {
    /// The lock, the fence and the channel of one session.
    #[derive(Clone)]
    pub type Tabs;
    #[wasm_bindgen(method)]
    fn act(this: &Tabs, command: u32, refresh: u32, key: f64, action: u32);
    #[wasm_bindgen(method)]
    fn note(this: &Tabs, failures: u32, retry_after: f64);
    /// The failed refreshes that the last claim has found in the mark, by [`StreakNumber`]; NaN if there are none.
    #[wasm_bindgen(method, js_name = streakNumber)]
    fn streak_number(this: &Tabs, which: u32) -> f64;
    /// An error for a refresh that is not made because another tab's has failed.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn error(this: &Tabs) -> JsValue;
}

/// For commands that no refresh waits for.
const NOBODY: RefreshId = RefreshId(0);

/// Carries out the commands that concern other tabs.
pub(super) struct AmongTabs {
    tabs: Tabs,
    /// Whether all tabs have the same storage; not so with `sessionStorage`, of which each tab has its own.
    is_storage_shared: bool,
    /// Whether this tab really holds a lock: where there are no Web Locks, it goes on without one.
    has_lock: Cell<bool>,
}

impl AmongTabs {
    pub(super) const fn new(tabs: Tabs, is_storage_shared: bool) -> Self {
        Self { tabs, is_storage_shared, has_lock: Cell::new(false) }
    }

    /// Begins to listen for news.
    pub(super) fn open(&self) {
        self.act(TabsCommand::Open);
    }

    /// Stops listening, and gives back lock and claim.
    pub(super) fn close(&self) {
        self.act(TabsCommand::Close);
    }

    /// Notes failed refreshes, which are written into the mark when the lock is given back. The engine's clock may be ahead of the
    /// machine's, so that only the time between failure and retry is passed on, and not the moments.
    pub(super) fn note(&self, FailureStreak { failures, at, retry_at }: FailureStreak) {
        let span: Millis = retry_at.saturating_sub(at);
        self.tabs.note(failures, float(span));
    }

    /// Carries out a command, if it concerns other tabs.
    pub(super) fn carry_out(&self, command: Command) {
        match command {
            Command::Announce => self.act(TabsCommand::Announce),
            Command::Lock { refresh, key } => self.ask(TabsCommand::Lock, refresh, key, FenceAction::Claim),
            Command::Unlock { .. } => self.act(TabsCommand::Unlock),
            Command::Claim { refresh, key, takes_over } => {
                let action = if takes_over { FenceAction::TakeOver } else { FenceAction::Claim };
                self.ask(TabsCommand::Claim, refresh, key, action);
            }
            Command::Settle { refresh, key, reuse } => {
                let is_reusable = reuse.is_allowed(self.is_storage_shared);
                let action = if is_reusable { FenceAction::SettleReusable } else { FenceAction::Settle };
                self.ask(TabsCommand::Settle, refresh, key, action);
            }
            Command::Confirm { refresh, key } => {
                self.ask(TabsCommand::Confirm, refresh, key, FenceAction::Confirm);
            }
            Command::EndPause { key, forget } => {
                let action = if forget { FenceAction::ForgetFailures } else { FenceAction::EndPause };
                self.ask(TabsCommand::Change, NOBODY, key, action);
            }
            Command::Spend { key } => self.mark(TabsCommand::Mark, key, FenceAction::Spend),
            Command::End { key } => self.mark(TabsCommand::Mark, key, FenceAction::End),
            Command::Revoke { key } => self.mark(TabsCommand::Change, key, FenceAction::Revoke),
            _ => {}
        }
    }

    /// Changes a mark that stays. Only tabs that have the same storage need one. Cookies that were never stored all have the same key:
    /// a mark of theirs would apply to the next user too, after the storage was cleared.
    fn mark(&self, command: TabsCommand, key: Key, action: FenceAction) {
        if self.is_storage_shared && key != Key::UNSTORED {
            self.ask(command, NOBODY, key, action);
        }
    }

    fn act(&self, command: TabsCommand) {
        self.ask(command, NOBODY, Key::UNSTORED, FenceAction::Claim);
    }

    #[inline(never)]
    fn ask(&self, command: TabsCommand, refresh: RefreshId, key: Key, action: FenceAction) {
        self.tabs.act(command as u32, refresh.0, float(key.0), action as u32);
    }

    /// The event for the engine; `None` if the news do not concern it.
    pub(super) fn event(&self, refresh: RefreshId, news: SessionNews) -> Option<Event> {
        let claimed = |claim| Some(Event::Claimed { refresh, claim });
        match news {
            SessionNews::Locked | SessionNews::NoLocks => {
                self.has_lock.set(news == SessionNews::Locked);
                Some(Event::Locked { refresh })
            }
            SessionNews::Won => claimed(Claim::won(self.streak())),
            SessionNews::Spent => claimed(Claim::Spent),
            SessionNews::Taken => claimed(Claim::taken(self.has_lock.get())),
            SessionNews::NoFence => claimed(Claim::Unsupported),
            SessionNews::Settled => Some(Event::Settled { refresh }),
            SessionNews::Superseded => Some(Event::Superseded { refresh }),
            SessionNews::Confirmed => Some(Event::Confirmed { refresh }),
            SessionNews::Undone => Some(Event::Undone { refresh }),
            SessionNews::PutAside => Some(Event::PutAside),
            SessionNews::StoreChanged => Some(Event::News),
            SessionNews::Changed => None,
        }
    }

    /// The failed refreshes that the last claim has found in the mark.
    fn streak(&self) -> FailureStreak {
        let number = |which: StreakNumber| whole(self.tabs.streak_number(which as u32));
        FailureStreak {
            failures: u32::try_from(number(StreakNumber::Failures)).unwrap_or(u32::MAX),
            at: number(StreakNumber::FailedAt),
            retry_at: number(StreakNumber::RetryAt),
        }
    }

    /// An error for a refresh that is not made because another tab's has failed.
    pub(super) fn error(&self) -> JsValue {
        self.tabs.error()
    }
}
