//! What is explored in one row of the matrix: how large a world, what it lacks, and what may happen in it.

use wasm_api_fetch::engine::{Config, Goal, Key, Limits, Login, NEVER, TokenFacts, User};

use crate::chance::{Chance, Chances};

pub(crate) const ADA: User = User(1);
pub(crate) const BOB: User = User(2);

pub(crate) const GET: Goal = Goal::Send { safe: true };
pub(crate) const POST: Goal = Goal::Send { safe: false };
/// `session.refresh()`
pub(crate) const WISH: Goal = Goal::Tokens { for_ms: 0, force: true };

/// A configuration of the world.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a dimension of the matrix, and free of the others"
)]
pub(crate) struct Family {
    pub(crate) tabs: usize,
    /// What each tab asks for, one after the other.
    pub(crate) goals: &'static [Goal],
    /// Whether there are locks among tabs.
    pub(crate) locks: bool,
    /// Whether there is a fence.
    pub(crate) fence: bool,
    /// Whether the store answers later, and not at once as the platform's do. Then the tabs have not read it yet either.
    pub(crate) slow_store: bool,
    /// Whether a tab may see what another has written only a while later.
    pub(crate) stale: bool,
    /// Whether the first tokens are to be refreshed from the start on.
    pub(crate) ahead: bool,
    /// How many calls more a refresh makes after one that came to nothing.
    pub(crate) retries: u8,
    /// How many requests of one tab may be on the wire at once.
    pub(crate) window: usize,
    pub(crate) chances: Chances,
}

/// So many tabs, each with these requests. All is well, and nothing happens but them.
pub(crate) const fn tabs(tabs: usize, goals: &'static [Goal]) -> Family {
    Family {
        tabs,
        goals,
        locks: true,
        fence: true,
        slow_store: false,
        stale: false,
        ahead: false,
        retries: 0,
        window: 256,
        chances: Chances::NONE,
    }
}

/// The commonest world: two tabs, two requests each, and an expiry.
pub(crate) const fn two_by_two() -> Family {
    tabs(2, &[GET, GET]).with(Chance::Expiry, 1)
}

impl Family {
    pub(crate) const fn with(self, chance: Chance, times: u8) -> Self {
        Self { chances: self.chances.with(chance, times), ..self }
    }

    pub(crate) fn may(&self, chance: Chance) -> bool {
        self.chances.left(chance) > 0
    }

    /// Whether nothing keeps two tabs from a refresh at the same time.
    pub(crate) fn is_each_tab_alone(&self) -> bool {
        !self.locks && !self.fence && self.tabs > 1
    }

    /// Whether the tab in which a login was ended may stop listening after that.
    pub(crate) fn may_end_and_leave(&self) -> bool {
        let any_of = |chances: &[Chance]| chances.iter().any(|chance| self.may(*chance));
        any_of(&[Chance::SignOut, Chance::OtherLogin, Chance::SameLogin])
            && any_of(&[Chance::Death, Chance::Dispose])
    }

    /// Whether it matters if the server has seen a call that comes to nothing.
    pub(crate) fn may_lose_tokens(&self) -> bool {
        [Chance::Silence, Chance::Hang, Chance::Timeout, Chance::Death, Chance::Aside]
            .into_iter()
            .any(|it| self.may(it))
    }

    /// The engine's settings: the shipping ones, with spans so short that few different moments arise.
    pub(crate) fn config(&self) -> Config {
        let limits = Limits {
            refresh_timeout: 10,
            retries: self.retries,
            withdraw: true,
            queue_limit: 10_000,
            queue_timeout: 1_000,
        };
        Config {
            lock_timeout: 100,
            backoff: 1,
            adoption: 2,
            refusal: 2,
            look_every: 1,
            window: self.window,
            ..Config::new(limits, true)
        }
    }

    /// What the store holds in the beginning.
    pub(crate) fn first_tokens(&self) -> TokenFacts {
        TokenFacts { refresh_at: if self.ahead { 0 } else { NEVER }, ..facts(Key(1), ADA, Login(1)) }
    }

    /// What sets this world apart, in words.
    pub(crate) fn words(&self) -> String {
        let traits = [
            (!self.locks, "no locks"),
            (!self.fence, "no fence"),
            (self.slow_store, "slow store"),
            (self.stale, "stale reads"),
            (self.ahead, "ahead of expiry"),
            (self.retries > 0, "retries"),
            (self.window < self.goals.len(), "narrow window"),
            (self.goals.contains(&POST), "unsafe methods"),
            (self.goals.contains(&WISH), "wishes for tokens"),
        ];
        let traits = traits.into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name.to_owned());
        let chances = Chance::ALL.into_iter().filter(|chance| self.may(*chance));
        let chances = chances.map(|chance| match self.chances.left(chance) {
            1 => chance.name().to_owned(),
            times => format!("{times} × {}", chance.name()),
        });
        traits.chain(chances).collect::<Vec<_>>().join(", ")
    }
}

/// Tokens that only a rejection ends.
pub(crate) fn facts(key: Key, user: User, login: Login) -> TokenFacts {
    TokenFacts { key, user, login, expires_at: NEVER, refresh_at: NEVER, refreshable: true }
}
