//! The authorization server, which rotates strictly: a refresh spends the token that it presents.

use std::collections::BTreeSet;

use wasm_api_fetch::engine::{CallOutcome, Key, Login, TokenFacts, User};
use wasm_api_fetch::policy::fence::Reuse;

use crate::family::facts;
use crate::host::Host;
use crate::world::{Call, Fault, Whereabouts};

/// What it knows. Keys are given out ascending, and so are logins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    /// By key, from 1.
    pub(crate) given: Vec<TokenFacts>,
    pub(crate) spent: BTreeSet<Key>,
    /// Access tokens of this key and those before it are rejected.
    pub(crate) dead: Key,
    /// How many refreshes have succeeded.
    pub(crate) refreshes: usize,
    /// Spent keys whose answer was lost, or came to a tab that died: nobody can know that they are spent.
    pub(crate) unknown: BTreeSet<Key>,
}

/// What it says to a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    Tokens(TokenFacts),
    Refusal,
}

impl Server {
    pub(crate) fn new(first: TokenFacts) -> Self {
        Self {
            given: vec![first],
            spent: BTreeSet::new(),
            dead: Key(0),
            refreshes: 0,
            unknown: BTreeSet::new(),
        }
    }

    pub(crate) fn newest(&self) -> Key {
        Key(self.given.len() as u64)
    }

    /// To whom it has given these tokens, whatever an engine makes of them.
    pub(crate) fn user_of(&self, key: Key) -> User {
        let given = self.given.iter().find(|facts| facts.key == key);
        given.expect("tokens come from the server").user
    }

    fn give(&mut self, user: User, login: Login) -> TokenFacts {
        let facts = facts(Key(self.newest().0 + 1), user, login);
        self.given.push(facts);
        facts
    }
}

impl Answer {
    /// What the host makes of it.
    pub(crate) fn outcome(self) -> CallOutcome {
        match self {
            Self::Tokens(facts) => CallOutcome::Tokens { facts, reuse: Reuse::Never },
            Self::Refusal => CallOutcome::Refused,
        }
    }
}

impl Host<'_> {
    /// A login's tokens, for the tab.
    pub(crate) fn log_in_at_server(&mut self, tab: usize, user: User) -> TokenFacts {
        let last = self.world.server.given.iter().map(|facts| facts.login).max();
        let login = Login(last.map_or(0, |login| login.0) + 1);
        self.give(tab, user, login)
    }

    fn give(&mut self, tab: usize, user: User, login: Login) -> TokenFacts {
        for (index, other) in self.world.tabs.iter_mut().enumerate() {
            other.is_newest = index == tab;
        }
        self.world.server.give(user, login)
    }

    /// The tab's call of the refresh arrives at the server, if it has not yet.
    pub(crate) fn serve(&mut self, tab: usize, call: Call) -> Answer {
        if let Whereabouts::Answered(answer) = call.whereabouts {
            return answer;
        }
        let TokenFacts { key, user, login, .. } = call.facts;
        let answer = if self.world.server.spent.insert(key) {
            self.world.server.refreshes += 1;
            Answer::Tokens(self.give(tab, user, login))
        } else {
            let is_known = !self.world.server.unknown.contains(&key);
            self.note(Fault::PresentedTwice, is_known);
            Answer::Refusal
        };
        self.tab(tab).call = Some(Call { whereabouts: Whereabouts::Answered(answer), ..call });
        answer
    }

    /// The tab gives up its call, or is gone.
    pub(crate) fn forget_call(&mut self, tab: usize) {
        self.lose_call(tab);
        self.tab(tab).call = None;
    }

    /// The tab will not hear of its call any more. If that was answered with tokens, nobody will ever know them.
    pub(crate) fn lose_call(&mut self, tab: usize) {
        let Some(call) = &mut self.tab(tab).call else { return };
        call.is_lost = true;
        let call = *call;
        if matches!(call.whereabouts, Whereabouts::Answered(Answer::Tokens(_))) {
            self.world.server.unknown.insert(call.facts.key);
        }
    }
}
