//! An engine on the bench: the test plays the host.

use wasm_api_fetch::boundary::{AuthCode, SignOutReason};
use wasm_api_fetch::engine::{
    Asker, CallOutcome, Claim, Command, Config, Engine, Event, Gen, Goal, Id, Key, Limits, Login, Millis,
    NEVER, Notice, Refresh, RefreshId, Route, SendNo, Session, Stage, Time, TokenFacts, User,
};
use wasm_api_fetch::policy::fence::Reuse;
use wasm_api_fetch::policy::verdict::Verdict;

pub(crate) const ADA: User = User(1);
pub(crate) const BOB: User = User(2);

/// The moment at which every test begins.
pub(crate) const START: Time = 1_000_000;

/// Ada's tokens that only a rejection ends.
pub(crate) fn facts(key: u64) -> TokenFacts {
    let (expires_at, refresh_at) = (NEVER, NEVER);
    TokenFacts { key: Key(key), user: ADA, login: Login(1), expires_at, refresh_at, refreshable: true }
}

/// Ada's tokens that the clock ends: good for `good` from the start on, to be refreshed `ahead` of that.
pub(crate) fn timed(key: u64, good: Millis, ahead: Millis) -> TokenFacts {
    let end = START + good;
    TokenFacts { expires_at: end, refresh_at: end - ahead, ..facts(key) }
}

pub(crate) fn send(id: Id, send_no: u32, generation: u32) -> Command {
    Command::Send { id, send_no: SendNo(send_no), generation: Some(Gen(generation)) }
}

pub(crate) fn cancel(id: Id, send_no: u32) -> Command {
    Command::Cancel { id, send_no: SendNo(send_no) }
}

pub(crate) fn deliver(id: Id) -> Command {
    Command::Deliver { id }
}

pub(crate) fn reject(id: Id, code: AuthCode) -> Command {
    Command::Reject { id, code }
}

pub(crate) fn call(refresh: u32, send_no: u32, generation: u32) -> Command {
    Command::Call { refresh: RefreshId(refresh), send_no: SendNo(send_no), generation: Gen(generation) }
}

pub(crate) fn save(refresh: u32) -> Command {
    Command::Save { refresh: Some(RefreshId(refresh)) }
}

pub(crate) fn unlock(refresh: u32) -> Command {
    Command::Unlock { refresh: RefreshId(refresh) }
}

pub(crate) fn claim(key: u64) -> Command {
    Command::Claim { refresh: RefreshId(1), key: Key(key), takes_over: false }
}

/// New tokens came for those with this key, which are good for nothing any more.
pub(crate) fn settle(key: u64) -> Command {
    Command::Settle { refresh: RefreshId(1), key: Key(key), reuse: Reuse::Never }
}

pub(crate) fn confirm(key: u64) -> Command {
    Command::Confirm { refresh: RefreshId(1), key: Key(key) }
}

/// What is known of the failed refreshes of these tokens is to be forgotten.
pub(crate) fn forgotten(key: u64) -> Command {
    Command::EndPause { key: Key(key), forget: true }
}

/// The pause before their next refresh is over.
pub(crate) fn pause_ended(key: u64) -> Command {
    Command::EndPause { key: Key(key), forget: false }
}

pub(crate) fn ended(key: u64) -> Command {
    Command::End { key: Key(key) }
}

/// Tokens of another login.
pub(crate) fn login(key: u64, user: User) -> TokenFacts {
    TokenFacts { user, login: Login(key), ..facts(key) }
}

pub(crate) fn drop_call(refresh: u32) -> Command {
    Command::Drop { refresh: RefreshId(refresh) }
}

pub(crate) const REFRESHED: Command = Command::Notify(Notice::Refreshed);

pub(crate) fn signed_out(reason: SignOutReason) -> Command {
    Command::Notify(Notice::SignedOut { reason })
}

pub(crate) fn tokens(facts: TokenFacts) -> CallOutcome {
    CallOutcome::Tokens { facts, reuse: Reuse::Never }
}

pub(crate) fn passing(after: Option<Millis>) -> CallOutcome {
    CallOutcome::Passing { after, answered: true }
}

pub(crate) const UNANSWERED: CallOutcome = CallOutcome::Passing { after: None, answered: false };

/// What the app has set.
pub(crate) const LIMITS: Limits = Limits {
    refresh_timeout: 10_000,
    retries: 2,
    withdraw: true,
    queue_limit: 10_000,
    queue_timeout: 30_000,
};

/// An engine, its clock, and the id of the last call.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) engine: Engine,
    pub(crate) now: Time,
    last_id: u64,
}

impl Bench {
    /// Nothing has been read yet.
    pub(crate) fn cold(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(LIMITS, false);
        change(&mut config);
        Self { engine: Engine::new(config), now: START, last_id: 0 }
    }

    /// Signed in with `tokens`, as generation 1, from the store.
    pub(crate) fn stored(facts: TokenFacts, change: impl FnOnce(&mut Config)) -> Self {
        let mut bench = Self::cold(change);
        bench.news(Some(facts));
        bench
    }

    /// Signed in as Ada with key 1, alone.
    pub(crate) fn alone() -> Self {
        Self::stored(facts(1), |_| {})
    }

    /// The same, among tabs.
    pub(crate) fn among_tabs() -> Self {
        Self::stored(facts(1), |config| config.tabs = true)
    }

    /// One step. The timer is checked here and left out of the answer, so that tests of other things stay short.
    pub(crate) fn step(&mut self, event: Event) -> Vec<Command> {
        let before = self.engine.wake();
        let mut out = Vec::new();
        self.engine.step(self.now, event, &mut out);
        let set = out.extract_if(.., |command| matches!(command, Command::Wake { .. })).last();
        let host = match set {
            Some(Command::Wake { at }) => at,
            _ if event == Event::Tick => NEVER,
            _ => before,
        };
        assert_eq!(host, self.engine.wake(), "the host's timer is the engine's");
        out
    }

    /// Time passes.
    pub(crate) fn wait(&mut self, span: Millis) {
        self.now += span;
    }

    /// Time passes up to the timer, which fires.
    pub(crate) fn tick(&mut self) -> Vec<Command> {
        assert_ne!(self.engine.wake(), NEVER, "a timer is set");
        self.now = self.engine.wake().max(self.now);
        self.step(Event::Tick)
    }

    pub(crate) fn ask(&mut self, goal: Goal) -> (Id, Vec<Command>) {
        self.last_id += 1;
        let id = Id(self.last_id);
        let asker = self.engine.asker();
        (id, self.step(Event::Ask { id, goal, asker }))
    }

    /// A POST that was made before, and has waited for something of the app's.
    pub(crate) fn ask_as(&mut self, asker: Asker) -> (Id, Vec<Command>) {
        self.last_id += 1;
        let id = Id(self.last_id);
        (id, self.step(Event::Ask { id, goal: Goal::Send { safe: false }, asker }))
    }

    /// A GET.
    pub(crate) fn get(&mut self) -> Id {
        self.ask(Goal::Send { safe: true }).0
    }

    /// A POST.
    pub(crate) fn post(&mut self) -> Id {
        self.ask(Goal::Send { safe: false }).0
    }

    pub(crate) fn answer(&mut self, id: Id, verdict: Verdict, replayable: bool) -> Vec<Command> {
        self.answer_from(None, id, verdict, replayable)
    }

    /// The same for a request of which it is known where it went.
    pub(crate) fn answer_from(
        &mut self,
        route: Option<Route>,
        id: Id,
        verdict: Verdict,
        replayable: bool,
    ) -> Vec<Command> {
        let send_no =
            self.engine.flying().find(|(flying, _)| *flying == id).expect("it is on the wire").1.send_no;
        self.step(Event::Answered { id, send_no, verdict, replayable, route })
    }

    pub(crate) fn good(&mut self, id: Id) -> Vec<Command> {
        self.answer(id, Verdict::Good, true)
    }

    /// A 401 for a request that can be sent again.
    pub(crate) fn expired(&mut self, id: Id) -> Vec<Command> {
        self.answer(id, Verdict::Expired, true)
    }

    pub(crate) fn abort(&mut self, id: Id) -> Vec<Command> {
        self.step(Event::Aborted { id })
    }

    /// The answer to the refresh's call that is out.
    pub(crate) fn reply(&mut self, outcome: CallOutcome) -> Vec<Command> {
        let Some(Stage::Calling { send_no, .. }) = self.stage() else { panic!("a call is out") };
        let refresh = self.refresh();
        self.step(Event::Refreshed { refresh, send_no, outcome })
    }

    /// The call is refused, and the store holds what it held.
    pub(crate) fn refused(&mut self) -> Vec<Command> {
        assert_eq!(self.reply(CallOutcome::Refused), [Command::Load], "a last look");
        let Session::In { facts, .. } = *self.engine.session() else { panic!("signed in") };
        self.read(Some(facts))
    }

    pub(crate) fn saved(&mut self, ok: bool) -> Vec<Command> {
        let refresh = self.refresh();
        self.step(Event::Saved { refresh: Some(refresh), ok })
    }

    /// The fence lets the new tokens be used.
    pub(crate) fn settled(&mut self) -> Vec<Command> {
        let refresh = self.refresh();
        self.step(Event::Settled { refresh })
    }

    /// The fence lets what was written stay.
    pub(crate) fn confirmed(&mut self) -> Vec<Command> {
        let refresh = self.refresh();
        self.step(Event::Confirmed { refresh })
    }

    /// The call succeeds and its tokens are stored.
    pub(crate) fn refresh_to(&mut self, facts: TokenFacts) -> Vec<Command> {
        let mut out = self.reply(tokens(facts));
        if matches!(self.stage(), Some(Stage::Settling { .. })) {
            out.extend(self.settled());
        }
        out.extend(self.saved(true));
        if self.stage() == Some(Stage::Confirming) {
            out.extend(self.confirmed());
        }
        out
    }

    pub(crate) fn read(&mut self, facts: Option<TokenFacts>) -> Vec<Command> {
        self.step(Event::Read { facts })
    }

    /// News, and the look at the store that follows.
    pub(crate) fn news(&mut self, facts: Option<TokenFacts>) -> Vec<Command> {
        assert_eq!(self.step(Event::News), [Command::Load]);
        self.read(facts)
    }

    pub(crate) fn locked(&mut self) -> Vec<Command> {
        let refresh = self.refresh();
        self.step(Event::Locked { refresh })
    }

    pub(crate) fn claimed(&mut self, claim: Claim) -> Vec<Command> {
        let refresh = self.refresh();
        self.step(Event::Claimed { refresh, claim })
    }

    pub(crate) fn refresh(&self) -> RefreshId {
        match self.engine.refresh() {
            Refresh::Busy(busy) => busy.refresh,
            Refresh::Idle => panic!("a refresh runs"),
        }
    }

    pub(crate) fn stage(&self) -> Option<Stage> {
        match self.engine.refresh() {
            Refresh::Busy(busy) => Some(busy.stage),
            Refresh::Idle => None,
        }
    }

    pub(crate) fn deadline(&self) -> Time {
        match self.engine.refresh() {
            Refresh::Busy(busy) => busy.deadline,
            Refresh::Idle => panic!("a refresh runs"),
        }
    }

    /// The key in use.
    pub(crate) fn key(&self) -> Option<u64> {
        match self.engine.session() {
            Session::In { facts, .. } => Some(facts.key.0),
            _ => None,
        }
    }

    pub(crate) fn waiting(&self) -> Vec<Id> {
        self.engine.parked().map(|(id, _)| id).collect()
    }

    pub(crate) fn on_the_wire(&self) -> Vec<Id> {
        self.engine.flying().map(|(id, _)| id).collect()
    }

    /// Nobody waits, nothing is out, no refresh runs, no timer is set.
    pub(crate) fn assert_quiet(&self) {
        assert_eq!(self.waiting(), [], "nobody waits");
        assert_eq!(self.on_the_wire(), [], "nothing is on the wire");
        assert_eq!(self.engine.refresh(), &Refresh::Idle, "no refresh runs");
        assert_eq!(self.engine.wake(), NEVER, "no timer is set");
    }
}

/// Among tabs, Ada's rejected GET (id 1) waits and the refresh is in each of its stages in turn.
pub(crate) fn every_stage() -> Vec<Bench> {
    let mut bench = Bench::among_tabs();
    let id = bench.get();
    bench.expired(id);
    let mut stages = vec![bench.clone()];
    let mut reach = |event: &dyn Fn(&mut Bench) -> Vec<Command>| {
        event(&mut bench);
        stages.push(bench.clone());
    };
    reach(&|bench| bench.locked());
    reach(&|bench| bench.read(Some(facts(1))));
    reach(&|bench| bench.claimed(Claim::Won));
    reach(&|bench| bench.reply(passing(None)));
    reach(&|bench| {
        bench.tick();
        bench.reply(CallOutcome::Refused)
    });
    let mut bench = stages[3].clone();
    let mut reach = |event: &dyn Fn(&mut Bench) -> Vec<Command>| {
        event(&mut bench);
        stages.push(bench.clone());
    };
    reach(&|bench| bench.reply(tokens(facts(2))));
    reach(&|bench| bench.settled());
    reach(&|bench| bench.saved(true));
    stages
}
