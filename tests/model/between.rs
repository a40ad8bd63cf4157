//! What stands between the tabs: the lock and the fence. Of the fence only the transaction is imitated: what it changes, and what a
//! tab is told, is the shipped rule's word.

use wasm_api_fetch::boundary::{FenceAction, SessionNews};
use wasm_api_fetch::engine::{Claim, Event, Key, RefreshId};
use wasm_api_fetch::policy::failure_streak::FailureStreak;
use wasm_api_fetch::policy::fence::{self, Mark, Owner, Reuse, TabId};

use crate::host::Host;
use crate::world::{Life, Place, World};

impl World {
    /// What stands at the mark of these tokens.
    pub(crate) fn mark(&self, key: Key) -> Mark {
        let claims = (0..).zip(&self.tabs).filter_map(|(tab, host)| Some((TabId(tab), host.claimed?)));
        let claim = claims.into_iter().find(|(_, (claimed, _))| *claimed == key);
        claim.map_or_else(
            || self.marks.get(&key).copied().unwrap_or(Mark::NOTHING),
            |(by, (_, failures))| Mark { owner: Owner::Tab(by), failures },
        )
    }

    fn put_mark(&mut self, key: Key, mark: Mark) {
        for tab in &mut self.tabs {
            tab.claimed = tab.claimed.filter(|(claimed, _)| *claimed != key);
        }
        self.marks.remove(&key);
        if let Owner::Tab(by) = mark.owner {
            let owner = usize::try_from(by.0).ok().and_then(|tab| self.tabs.get_mut(tab));
            let owner = owner.expect("there is such a tab");
            assert_eq!(owner.claimed, None, "a tab has one claim at a time");
            owner.claimed = Some((key, mark.failures));
        } else if mark != Mark::NOTHING {
            self.marks.insert(key, mark);
        }
    }

    /// Whether nobody presents these tokens any more.
    pub(crate) fn is_over(&self, key: Key) -> bool {
        matches!(self.mark(key).owner, Owner::Spent | Owner::Ended)
    }
}

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

    /// A claim that came to nothing is given back, then the lock goes to the next.
    pub(crate) fn unlock(&mut self, tab: usize) {
        let host = self.tab(tab);
        host.later = None;
        // A page that is put aside has no time left to give its claim back.
        if host.is_running()
            && let Some((key, _)) = host.claimed
        {
            self.transact(tab, key, FenceAction::GiveBack);
        }
        self.tab(tab).noted = None;
        self.leave_queue(tab);
    }

    /// What the platform sees to when a tab is gone.
    pub(crate) fn leave_queue(&mut self, tab: usize) {
        let Some(left) = self.tab(tab).lock.take() else { return };
        for place in self.world.tabs.iter_mut().filter_map(|tab| tab.lock.as_mut()) {
            place.before -= usize::from(place.before > left.before);
        }
    }

    /// One transaction of the fence; `None`: there is no fence.
    pub(crate) fn transact(&mut self, tab: usize, key: Key, action: FenceAction) -> Option<SessionNews> {
        if !self.family.fence {
            return None;
        }
        let mut mark = self.world.mark(key);
        let noted = self.tab(tab).noted.unwrap_or(FailureStreak::NONE);
        let news = fence::change(&mut mark, TabId(tab as u64), action, noted);
        self.world.put_mark(key, mark);
        Some(news)
    }

    pub(crate) fn claim(&mut self, tab: usize, refresh: RefreshId, key: Key, takes_over: bool) {
        let action = if takes_over { FenceAction::TakeOver } else { FenceAction::Claim };
        let claim = match self.transact(tab, key, action) {
            Some(SessionNews::Won) => Claim::won(self.world.mark(key).failures),
            Some(SessionNews::Spent) => Claim::Spent,
            Some(SessionNews::Taken) => Claim::taken(self.family.locks),
            Some(news) => panic!("{news:?} is no answer to a claim"),
            None => Claim::Unsupported,
        };
        self.tab(tab).inbox.push(Event::Claimed { refresh, claim });
    }

    /// Word of failed refreshes, for when the claim is given back.
    pub(crate) fn leave_word(&mut self, tab: usize) {
        let failures = self.tab(tab).engine.failure_streak();
        self.tab(tab).noted = Some(failures);
    }

    /// New tokens have come for these.
    pub(crate) fn settle(&mut self, tab: usize, refresh: RefreshId, key: Key, reuse: Reuse) {
        let action = if reuse.is_allowed(true) { FenceAction::SettleReusable } else { FenceAction::Settle };
        let event = match self.transact(tab, key, action) {
            Some(SessionNews::Superseded) => Event::Superseded { refresh },
            _ => Event::Settled { refresh },
        };
        self.tab(tab).inbox.push(event);
    }

    /// The new tokens are written. Another tab may have ended the session between the settling and that.
    pub(crate) fn confirm(&mut self, tab: usize) {
        let Some((refresh, key)) = self.tab(tab).confirming.take() else { return };
        let event = match self.transact(tab, key, FenceAction::Confirm) {
            Some(SessionNews::Undone) => Event::Undone { refresh },
            _ => Event::Confirmed { refresh },
        };
        self.tab(tab).inbox.push(event);
    }

    /// Nobody answers a page that is left any more: new tokens that are just being settled are taken for good.
    pub(crate) fn leave(&mut self, tab: usize) {
        let is_settling = |event: &Event| matches!(event, Event::Settled { .. } | Event::Superseded { .. });
        let waiting: Vec<_> = self.tab(tab).inbox.extract_if(.., |event| is_settling(event)).collect();
        for event in waiting {
            if let Event::Settled { refresh } | Event::Superseded { refresh } = event {
                self.tell(tab, Event::Settled { refresh });
            }
        }
    }
}
