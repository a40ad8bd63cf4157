//! The session among the tabs of the origin.

use wasm_bindgen::prelude::wasm_bindgen;

use super::session::SessionDriver;
use super::tokens::float;
use crate::engine::{Claim, Event, Key, RefreshId};
use crate::platform::source::Source;
use crate::policy::failure_streak::FailureStreak;

#[wasm_bindgen(module = "/src/driver/tabs.js")]
extern "C" {
    /// The lock, the fence and the channel of one session.
    #[wasm_bindgen(extends = Source)]
    #[derive(Clone)]
    pub type Tabs;
    /// Does a thing, by its place in `COMMANDS`.
    #[wasm_bindgen(method)]
    fn act(this: &Tabs, command: u32, refresh: u32, key: f64);
}

/// What tabs do for the engine. The numbers are the places in `COMMANDS` of `tabs.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Open = 0,
    Close = 1,
    Announce = 2,
    Lock = 3,
    Unlock = 4,
    Claim = 5,
    TakeOver = 6,
    Spend = 7,
    End = 8,
    Confirm = 9,
    Revoke = 10,
    Note = 11,
    EndPause = 12,
}

// The places of what a claim has found of failed refreshes.
const FAILURES: u32 = 0;
const AT: u32 = 1;
const RETRY_AT: u32 = 2;

impl Tabs {
    pub(crate) fn carry_out(&self, act: Act, refresh: RefreshId, key: Key) {
        self.act(act as u32, refresh.0, float(key.0));
    }
}

impl SessionDriver {
    /// What the tabs tell, by the numbers of `tabs.js`.
    pub(super) fn event_of(&self, refresh: u32, what: u32) -> Event {
        let refresh = RefreshId(refresh);
        let claim = match what {
            0 => return Event::Locked { refresh },
            1 => self.claim_won(),
            2 => Claim::Spent,
            3 => Claim::Orphaned,
            4 => Claim::Taken,
            5 => Claim::Unsupported,
            6 => return Event::Saved { refresh, ok: true },
            7 => return Event::Undone { refresh },
            8 => return Event::PutAside,
            9 => return Event::Arrived { refresh },
            _ => return Event::News,
        };
        Event::Claimed { refresh, claim }
    }

    /// A claim is won.
    fn claim_won(&self) -> Claim {
        let Some(tabs) = self.tabs.as_ref().filter(|tabs| tabs.whole(FAILURES) > 0) else {
            return Claim::Won;
        };
        self.set_refresh_error(tabs.error());
        Claim::WonAfter(FailureStreak {
            failures: u32::try_from(tabs.whole(FAILURES)).unwrap_or(u32::MAX),
            at: tabs.whole(AT),
            retry_at: tabs.whole(RETRY_AT),
        })
    }
}
