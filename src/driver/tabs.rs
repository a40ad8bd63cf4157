//! One session among the tabs of the origin.

use std::cell::Cell;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::tokens::float;
use crate::boundary::{FenceWish, SessionNews, StreakNumber, TabsCommand};
use crate::engine::{Claim, Command, Event, Key, Millis, RefreshId};
use crate::platform::number::whole;
use crate::policy::failure_streak::FailureStreak;

#[wasm_bindgen(module = "/src/driver/tabs.js")]
extern "C" {
    /// The lock, the fence and the channel of one session.
    #[derive(Clone)]
    pub type Tabs;
    #[wasm_bindgen(method)]
    fn act(this: &Tabs, command: u32, refresh: u32, key: f64, wish: u32);
    #[wasm_bindgen(method)]
    fn note(this: &Tabs, failures: u32, retry_after: f64);
    /// What the last claim has found of failed refreshes; NaN: nothing.
    #[wasm_bindgen(method, js_name = streakNumber)]
    fn streak_number(this: &Tabs, which: u32) -> f64;
    /// Why there is no refresh, where the failure itself was another tab's.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn error(this: &Tabs) -> JsValue;
}

/// Where no refresh waits for an answer.
const NOBODY: RefreshId = RefreshId(0);

/// The tabs, as the driver of a session sees them.
pub(super) struct AmongTabs {
    tabs: Tabs,
    /// Whether all tabs have the same storage. Each has a `sessionStorage` of its own.
    is_storage_shared: bool,
    /// Whether the lock that this tab has is one: there may be none here.
    has_lock: Cell<bool>,
}

impl AmongTabs {
    pub(super) const fn new(tabs: Tabs, is_storage_shared: bool) -> Self {
        Self { tabs, is_storage_shared, has_lock: Cell::new(false) }
    }

    /// Begins to listen.
    pub(super) fn open(&self) {
        self.act(TabsCommand::Open);
    }

    /// Listens no more, and holds nothing.
    pub(super) fn close(&self) {
        self.act(TabsCommand::Close);
    }

    /// Word of failed refreshes, left in the place of the claim when the lock is given back. Moments are of the engine's clock, which
    /// may be ahead of the machine's: a span is the same for all.
    pub(super) fn note(&self, FailureStreak { failures, at, retry_at }: FailureStreak) {
        let span: Millis = retry_at.saturating_sub(at);
        self.tabs.note(failures, float(span));
    }

    /// Does what the engine commands, where that is about tabs.
    pub(super) fn carry_out(&self, command: Command) {
        match command {
            Command::Announce => self.act(TabsCommand::Announce),
            Command::Lock { refresh, key } => self.ask(TabsCommand::Lock, refresh, key, FenceWish::Claim),
            Command::Unlock { .. } => self.act(TabsCommand::Unlock),
            Command::Claim { refresh, key, takes_over } => {
                let wish = if takes_over { FenceWish::TakeOver } else { FenceWish::Claim };
                self.ask(TabsCommand::Claim, refresh, key, wish);
            }
            Command::Settle { refresh, key, reuse } => {
                let is_reusable = reuse.is_allowed(self.is_storage_shared);
                let wish = if is_reusable { FenceWish::SettleReusable } else { FenceWish::Settle };
                self.ask(TabsCommand::Settle, refresh, key, wish);
            }
            Command::Confirm { refresh, key } => {
                self.ask(TabsCommand::Confirm, refresh, key, FenceWish::Confirm);
            }
            Command::EndPause { key, forget } => {
                let wish = if forget { FenceWish::ForgetFailures } else { FenceWish::EndPause };
                self.ask(TabsCommand::Change, NOBODY, key, wish);
            }
            Command::Spend { key } => self.mark(TabsCommand::Mark, key, FenceWish::Spend),
            Command::End { key } => self.mark(TabsCommand::Mark, key, FenceWish::End),
            Command::Revoke { key } => self.mark(TabsCommand::Change, key, FenceWish::Revoke),
            _ => {}
        }
    }

    /// A mark that stays is for tabs that have the same storage. Cookies that were never stored have none: whoever comes after the
    /// storage was cleared would meet it again.
    fn mark(&self, command: TabsCommand, key: Key, wish: FenceWish) {
        if self.is_storage_shared && key != Key::UNSTORED {
            self.ask(command, NOBODY, key, wish);
        }
    }

    fn act(&self, command: TabsCommand) {
        self.ask(command, NOBODY, Key::UNSTORED, FenceWish::Claim);
    }

    #[inline(never)]
    fn ask(&self, command: TabsCommand, refresh: RefreshId, key: Key, wish: FenceWish) {
        self.tabs.act(command as u32, refresh.0, float(key.0), wish as u32);
    }

    /// What the engine is told of what is heard of the tabs; `None`: nothing.
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
            _ => None,
        }
    }

    /// What the last claim has found of failed refreshes.
    fn streak(&self) -> FailureStreak {
        let number = |which: StreakNumber| whole(self.tabs.streak_number(which as u32));
        FailureStreak {
            failures: u32::try_from(number(StreakNumber::Failures)).unwrap_or(u32::MAX),
            at: number(StreakNumber::FailedAt),
            retry_at: number(StreakNumber::RetryAt),
        }
    }

    /// Why there is no refresh, where the failure itself was another tab's.
    pub(super) fn error(&self) -> JsValue {
        self.tabs.error()
    }
}
