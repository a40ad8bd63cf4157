//! The store that all tabs share, what each of them sees of it, and the news of its changes.

use wasm_api_fetch::engine::{Event, RefreshId, TokenFacts};

use crate::host::Host;
use crate::world::Life;

impl Host<'_> {
    pub(crate) fn load(&mut self, tab: usize) {
        self.tab(tab).missed_news = false;
        let facts = self.tab(tab).view;
        self.answer_of_store(tab, Event::Read { facts });
    }

    /// The host reads it without the engine's word.
    pub(crate) fn look(&mut self, tab: usize) {
        let answer = Event::Read { facts: self.tab(tab).view };
        self.tell(tab, Event::Reading);
        if self.family.slow_store {
            self.tab(tab).inbox.push(answer);
        } else {
            self.tell(tab, answer);
        }
    }

    pub(crate) fn save(&mut self, tab: usize, refresh: Option<RefreshId>) {
        if refresh.is_some() && self.tab(tab).view.is_none() {
            // Emptied while the refresh ran: what it has brought goes as well.
            self.answer_of_store(tab, Event::Read { facts: None });
            return;
        }
        self.check_settled(tab);
        let facts = self.tab(tab).facts();
        self.write(tab, facts);
        self.answer_of_store(tab, Event::Saved { refresh, ok: true });
    }

    fn answer_of_store(&mut self, tab: usize, answer: Event) {
        if self.family.slow_store {
            self.tab(tab).inbox.push(answer);
        } else {
            self.at_once.push_back(answer);
        }
    }

    /// A tab writes, and sees that itself at once, whatever others have written just before. The platform tells those
    /// others when they see it too.
    pub(crate) fn write(&mut self, writer: usize, facts: Option<TokenFacts>) {
        let is_change = self.world.store != facts;
        self.world.store = facts;
        for index in 0..self.world.tabs.len() {
            let is_stale = self.family.stale;
            let tab = self.tab(index);
            if index == writer {
                tab.view = facts;
                tab.coming.clear();
            } else if tab.life != Life::Dead && is_change {
                tab.coming.push(facts);
                if !is_stale {
                    self.catch_up(index);
                }
            }
        }
    }

    /// A tab sees the next of what others have written.
    pub(crate) fn catch_up(&mut self, tab: usize) {
        self.tab(tab).view = self.tab(tab).coming.remove(0);
        self.bring_news(tab);
    }

    /// Another hand empties the store. The script that does so in one of these pages is not told of it by the platform.
    pub(crate) fn empty(&mut self, is_told: bool) {
        self.world.store = None;
        for index in 0..self.world.tabs.len() {
            let tab = self.tab(index);
            tab.view = None;
            tab.coming.clear();
            if is_told {
                self.bring_news(index);
            } else {
                tab.missed_news = true;
            }
        }
    }

    /// Word goes to the other tabs, which may get there before they see the change.
    pub(crate) fn announce(&mut self, from: usize) {
        for tab in (0..self.world.tabs.len()).filter(|tab| *tab != from) {
            self.bring_news(tab);
        }
    }

    fn bring_news(&mut self, tab: usize) {
        let tab = self.tab(tab);
        if !tab.is_running() {
            tab.missed_news = true;
        } else if !tab.inbox.contains(&Event::News) {
            tab.inbox.push(Event::News);
        }
    }
}
