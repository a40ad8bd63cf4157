//! What stands between the tabs: the lock and the fence.

use wasm_api_fetch::engine::{Claim, Event, Key, RefreshId};

use crate::host::Host;
use crate::world::{Life, Mark, Place};

impl Host<'_> {
    /// Joins the queue for the lock; where there are none, it is had at once.
    pub(crate) fn lock(&mut self, tab: usize, refresh: RefreshId) {
        if self.tab(tab).life == Life::Aside {
            self.tab(tab).later = Some(refresh);
        } else if self.family.locks {
            let before = self.world.tabs.iter().filter(|tab| tab.lock.is_some()).count();
            self.tab(tab).lock = Some(Place { before, refresh, is_granted: false });
        } else {
            self.tab(tab).inbox.push(Event::Locked { refresh });
        }
    }

    /// A claim that came to nothing is taken back, then the lock goes to the next.
    pub(crate) fn unlock(&mut self, tab: usize) {
        let host = self.tab(tab);
        host.later = None;
        // A page that is put aside has no time left to take its claim back.
        if host.is_running() {
            host.claimed = None;
        }
        self.leave_queue(tab);
    }

    /// What the platform sees to when a tab is gone.
    pub(crate) fn leave_queue(&mut self, tab: usize) {
        let Some(left) = self.tab(tab).lock.take() else { return };
        for place in self.world.tabs.iter_mut().filter_map(|tab| tab.lock.as_mut()) {
            place.before -= usize::from(place.before > left.before);
        }
    }

    pub(crate) fn claim(&mut self, tab: usize, refresh: RefreshId, key: Key, takes_over: bool) {
        let tabs = self.world.tabs.iter().enumerate();
        let is_foreign = tabs.into_iter().any(|(other, it)| other != tab && it.claimed == Some(key));
        let claim = match (is_foreign, takes_over) {
            _ if !self.family.fence => Claim::Unsupported,
            _ if self.world.marks.contains_key(&key) => Claim::Spent,
            (false, _) | (true, true) => {
                self.unmark(key);
                self.tab(tab).claimed = Some(key);
                self.world.streaks.get(&key).copied().map_or(Claim::Won, Claim::WonAfter)
            }
            (true, false) if self.family.locks => Claim::Orphaned,
            (true, false) => Claim::Taken,
        };
        self.tab(tab).inbox.push(Event::Claimed { refresh, claim });
    }

    /// Sets a mark that stays, whatever stands there.
    pub(crate) fn mark(&mut self, key: Key, mark: Mark) {
        if self.family.fence {
            self.unmark(key);
            self.world.streaks.remove(&key);
            self.world.marks.insert(key, mark);
        }
    }

    /// Word of the failed refreshes of the tokens that the tab has claimed.
    pub(crate) fn leave_word(&mut self, tab: usize) {
        let streak = self.tab(tab).engine.failure_streak();
        let noted = self.tab(tab).claimed.map(|key| (key, streak));
        self.world.streaks.extend(noted);
    }

    pub(crate) fn end_pause(&mut self, key: Key, forget: bool) {
        if forget {
            self.world.streaks.remove(&key);
        } else if let Some(streak) = self.world.streaks.get_mut(&key) {
            streak.at = 0;
        }
    }

    /// New tokens have come for these; false if they are not to be used.
    pub(crate) fn settle(&mut self, tab: usize, key: Key) -> bool {
        let is_free = !self.world.marks.contains_key(&key);
        if is_free {
            self.mark(key, Mark::Spent);
        }
        self.tab(tab).replaced = Some(key);
        is_free
    }

    /// The new tokens are written. Another tab may have ended the session between the settling and that.
    pub(crate) fn confirm(&mut self, tab: usize) {
        let Some((refresh, replaced)) = self.tab(tab).confirming.take() else { return };
        let is_undone = self.world.marks.get(&replaced) == Some(&Mark::Ended);
        let event = if is_undone { Event::Undone { refresh } } else { Event::Saved { refresh, ok: true } };
        self.tab(tab).inbox.push(event);
    }

    fn unmark(&mut self, key: Key) {
        for tab in &mut self.world.tabs {
            tab.claimed = tab.claimed.filter(|claimed| *claimed != key);
        }
    }
}
