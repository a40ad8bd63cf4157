//! A long random walk: whatever comes, in whatever order, the books balance and nobody is left hanging.

use crate::bench::{ADA, BOB, LIMITS, START, tokens};
use crate::dice::Dice;
use std::collections::{BTreeMap, BTreeSet};
use wasm_api_fetch::engine::{
    Asker, Busy, Call, CallOutcome, Claim, Command, Config, Engine, Event, Goal, Id, Key, Limits, Login,
    NEVER, Refresh, RefreshId, SendNo, Session, Stage, Time, TokenFacts,
};
use wasm_api_fetch::policy::failure_streak::FailureStreak;
use wasm_api_fetch::policy::verdict::Verdict;

/// The host's books beside the engine.
#[derive(Clone)]
struct Walk {
    engine: Engine,
    now: Time,
    last_id: u64,
    last_key: u64,
    open: BTreeSet<Id>,
    wire: BTreeMap<Id, SendNo>,
    locks: BTreeSet<RefreshId>,
    calls: BTreeMap<RefreshId, SendNo>,
    unread: u32,
    /// What has been seen to happen, so that the walk proves something.
    seen: BTreeSet<String>,
}

impl Walk {
    fn new(tabs: bool) -> Self {
        let limits = Limits { queue_limit: 6, queue_timeout: 8_000, ..LIMITS };
        let config = Config { window: 4, ..Config::new(limits, tabs) };
        Self {
            engine: Engine::new(config),
            now: START,
            last_id: 0,
            last_key: 0,
            open: BTreeSet::new(),
            wire: BTreeMap::new(),
            locks: BTreeSet::new(),
            calls: BTreeMap::new(),
            unread: 0,
            seen: BTreeSet::new(),
        }
    }

    fn facts(&mut self, dice: &mut Dice) -> TokenFacts {
        // Now and then a key of the past, from a cache.
        let key =
            if dice.chance(15) { self.last_key.saturating_sub(dice.below(4)) } else { self.last_key + 1 };
        self.last_key = self.last_key.max(key);
        let expires_at = dice.chance(50).then(|| self.now + dice.below(60_000));
        TokenFacts {
            key: Key(key),
            user: if dice.chance(90) { ADA } else { BOB },
            login: Login(dice.below(4)),
            expires_at: expires_at.unwrap_or(NEVER),
            refresh_at: expires_at.map_or(NEVER, |end| end - dice.below(30_000).min(end)),
            refreshable: dice.chance(90),
        }
    }

    /// What another tab may have left in the fence, before or after the clock was set back.
    fn streak(&self, dice: &mut Dice) -> FailureStreak {
        let at = self.now + 1_000 - dice.below(40_000);
        let failures = u32::try_from(1 + dice.below(9)).unwrap();
        FailureStreak { failures, at, retry_at: at + dice.below(60_000) }
    }

    fn refresh(&self, dice: &mut Dice) -> RefreshId {
        match self.engine.refresh() {
            Refresh::Busy(busy) if dice.chance(80) => busy.refresh,
            _ => RefreshId(u32::try_from(dice.below(50)).unwrap()),
        }
    }

    fn request(&self, dice: &mut Dice) -> (Id, SendNo) {
        match self.wire.iter().nth(usize::try_from(dice.below(5)).unwrap()) {
            Some((id, send_no)) if dice.chance(90) => (*id, *send_no),
            _ => (Id(dice.below(self.last_id + 2)), SendNo(u32::try_from(dice.below(3)).unwrap())),
        }
    }

    /// Whether the refresh waits for the fence or for the storage, once its new tokens are here.
    fn refresh_waits(&self) -> bool {
        let stage = match self.engine.refresh() {
            Refresh::Busy(busy) => Some(busy.stage),
            Refresh::Idle => None,
        };
        matches!(stage, Some(Stage::Settling { .. } | Stage::Saving { .. } | Stage::Confirming))
    }

    /// What it waits for.
    fn due(&self, dice: &mut Dice) -> Event {
        let refresh = self.refresh(dice);
        match self.engine.refresh() {
            Refresh::Busy(Busy { stage: Stage::Settling { .. }, .. }) => {
                let settled = Event::Settled { refresh };
                dice.of(&[settled, settled, Event::Superseded { refresh }])
            }
            Refresh::Busy(Busy { stage: Stage::Confirming, .. }) => {
                dice.of(&[Event::Confirmed { refresh }, Event::Undone { refresh }])
            }
            _ => Event::Saved { refresh: Some(refresh), ok: dice.chance(80) },
        }
    }

    fn event(&mut self, dice: &mut Dice) -> Event {
        let refresh = self.refresh(dice);
        match dice.below(100) {
            0..30 => {
                self.last_id += 1;
                let goal = match dice.below(10) {
                    0 => Goal::Tokens { for_ms: dice.below(40_000), force: dice.chance(30) },
                    _ => Goal::Send { safe: dice.chance(60) },
                };
                // Made now, or while somebody else, or nobody, was signed in.
                let now = self.engine.asker();
                let asker = dice.of(&[now, now, now, Asker::Unread, Asker::Nobody, Asker::User(ADA)]);
                Event::Ask { id: Id(self.last_id), goal, asker }
            }
            30..45 if self.refresh_waits() => self.due(dice),
            30..60 => {
                let (id, send_no) = self.request(dice);
                let verdict = dice.of(&[Verdict::Good, Verdict::Good, Verdict::Expired, Verdict::Other]);
                Event::Answered { id, send_no, verdict, replayable: dice.chance(90), route: None }
            }
            60..64 => {
                let (id, send_no) = self.request(dice);
                Event::Failed { id, send_no }
            }
            64..68 => Event::Aborted { id: Id(self.last_id.saturating_sub(dice.below(8))) },
            68..74 if self.unread > 0 => {
                Event::Read { facts: if dice.chance(80) { Some(self.facts(dice)) } else { None } }
            }
            74..76 => Event::Set { facts: self.facts(dice) },
            76 => Event::SignOut,
            77..82 => Event::Locked { refresh },
            82..86 => {
                let streak = self.streak(dice);
                let after = Claim::WonAfter(streak);
                let claims = [Claim::Won, Claim::Won, after, Claim::Spent, Claim::Orphaned, Claim::Taken];
                Event::Claimed { refresh, claim: dice.of(&claims) }
            }
            86..91 => {
                let send_no = match self.engine.refresh() {
                    Refresh::Busy(busy) => match busy.stage {
                        Stage::Calling { send_no, .. } if dice.chance(90) => send_no,
                        _ => SendNo(1),
                    },
                    Refresh::Idle => SendNo(1),
                };
                let facts = tokens(self.facts(dice));
                let after = dice.chance(20).then(|| dice.below(60_000));
                let passing = CallOutcome::Passing { after, answered: dice.chance(70) };
                let outcome = dice.of(&[
                    facts,
                    facts,
                    facts,
                    passing,
                    passing,
                    CallOutcome::Broken,
                    CallOutcome::Refused,
                ]);
                Event::Refreshed { refresh, send_no, outcome }
            }
            91..93 => Event::Saved { refresh: Some(refresh), ok: dice.chance(80) },
            93 => {
                let ok = dice.chance(80);
                dice.of(&[
                    Event::Saved { refresh: None, ok },
                    Event::Settled { refresh },
                    Event::Superseded { refresh },
                    Event::Confirmed { refresh },
                    Event::Undone { refresh },
                ])
            }
            94 => Event::News,
            95 => dice.of(&[Event::News, Event::Reading, Event::Online]),
            _ => {
                self.now += dice.below(4_000);
                Event::Tick
            }
        }
    }

    fn step(&mut self, event: Event) {
        let asked = match event {
            Event::Ask { id, .. } => Some(id),
            Event::Aborted { id } => {
                self.open.remove(&id);
                self.wire.remove(&id);
                None
            }
            Event::Answered { id, send_no, .. } | Event::Failed { id, send_no } => {
                if self.wire.get(&id) == Some(&send_no) {
                    self.wire.remove(&id);
                }
                None
            }
            Event::Reading => {
                self.unread += 1;
                None
            }
            Event::Read { .. } => {
                self.unread = self.unread.saturating_sub(1);
                None
            }
            Event::Refreshed { refresh, send_no, .. } => {
                if self.calls.get(&refresh) == Some(&send_no) {
                    self.calls.remove(&refresh);
                }
                None
            }
            _ => None,
        };
        self.open.extend(asked);
        let mut out = Vec::new();
        self.engine.step(self.now, event, &mut out);
        for command in out {
            self.note(command);
            self.keep_books(command);
        }
        self.check();
    }

    fn note(&mut self, command: Command) {
        let text = match command {
            Command::Reject { code, .. } => format!("{code:?}"),
            Command::Notify(notice) => format!("{notice:?}"),
            other => format!("{other:?}"),
        };
        self.seen.insert(text.split(' ').next().unwrap().to_owned());
        let replayed = self.engine.flying().any(|(_, flying)| flying.replayed);
        self.seen.extend(replayed.then(|| "replay".to_owned()));
    }

    fn keep_books(&mut self, command: Command) {
        match command {
            Command::Send { id, send_no, generation } => {
                assert!(self.open.contains(&id), "only who is open is sent");
                assert_eq!(self.wire.get(&id), None, "and only once at a time");
                if generation.is_some() {
                    self.wire.insert(id, send_no);
                } else {
                    self.open.remove(&id);
                }
            }
            Command::Cancel { id, send_no } => assert_eq!(self.wire.remove(&id), Some(send_no)),
            Command::Deliver { id } | Command::Reject { id, .. } => {
                self.wire.remove(&id);
                assert!(self.open.remove(&id), "each call is settled once");
            }
            Command::Load => self.unread += 1,
            Command::Lock { refresh, .. } => {
                assert!(self.locks.insert(refresh) && self.locks.len() == 1, "one lock at a time");
            }
            Command::Unlock { refresh } => {
                assert!(self.locks.remove(&refresh), "what was locked is unlocked");
            }
            Command::Call { refresh, send_no, .. } => {
                self.calls.insert(refresh, send_no);
                assert_eq!(self.calls.len(), 1, "one call at a time");
            }
            Command::Drop { refresh } => {
                assert!(self.calls.remove(&refresh).is_some(), "what was called is dropped");
            }
            _ => {}
        }
    }

    fn check(&self) {
        let engine = &self.engine;
        let known: BTreeSet<_> = engine.parked().map(|(id, _)| id).chain(self.wire.keys().copied()).collect();
        assert_eq!(known, self.open, "every open call waits or is on the wire");
        let flying: BTreeMap<_, _> = engine.flying().map(|(id, flying)| (id, flying.send_no)).collect();
        assert_eq!(flying, self.wire, "the engine knows what is on the wire");
        assert!(flying.len() <= 4 && engine.waiting() <= 6);

        let (cold, busy) = (*engine.session() == Session::Cold, *engine.refresh() != Refresh::Idle);
        let waits = engine.waiting() > 0;
        let to_be_read = engine.parked().any(|(_, call)| call.asker == Asker::Unread);
        assert!(
            !waits || cold || busy || to_be_read || engine.window_is_full(),
            "who waits, waits for something"
        );
        assert!(!to_be_read || self.unread > 0, "what is to be read is being read");
        assert_eq!(
            engine.wake() != NEVER,
            busy || (cold && waits) || to_be_read,
            "the timer is set exactly when it is needed"
        );
        if let Session::In { generation, facts, .. } = engine.session() {
            let user = Asker::User(facts.user);
            let may_wait = |call: &Call| [user, Asker::Unread].contains(&call.asker);
            assert!(
                engine.parked().all(|(_, call)| may_wait(call)),
                "who waits is this user's, or not known yet"
            );
            let current = engine
                .flying()
                .filter(|(_, flying)| flying.flight().is_some_and(|flight| flight.generation == *generation));
            assert!(current.map(|(_, flying)| flying.asker).all(|asker| asker == user));
        } else {
            assert!(!busy && (cold || !waits), "without a session nothing waits for a refresh");
        }
    }

    /// From here on nothing goes well any more: answers are lost, only timers fire. Still everybody is told.
    fn settle(mut self) {
        for _ in 0..1_000 {
            while let Some((id, send_no)) = self.wire.first_key_value() {
                self.step(Event::Failed { id: *id, send_no: *send_no });
            }
            let at = self.engine.wake();
            if at == NEVER {
                break;
            }
            self.now = self.now.max(at);
            self.step(Event::Tick);
        }
        assert_eq!(self.open, BTreeSet::new(), "nobody is left hanging");
    }
}

#[test]
fn a_hundred_thousand_random_events_leave_nobody_hanging() {
    let mut seen = BTreeSet::new();
    for seed in 1..=4 {
        println!("seed {seed}");
        let (mut dice, mut walk) = (Dice(seed), Walk::new(seed % 2 == 0));
        for step in 0..25_000 {
            let event = walk.event(&mut dice);
            walk.step(event);
            if step % 50 == 0 {
                walk.clone().settle();
            }
        }
        seen.extend(walk.seen);
    }
    let commands = [
        "Send", "Cancel", "Deliver", "Load", "Save", "Clear", "Lock", "Unlock", "Claim", "Announce", "Call",
        "Note", "EndPause", "Settle", "Confirm", "Revoke",
    ];
    let codes =
        ["RefreshRejected", "RefreshFailed", "RefreshTimeout", "SignedOut", "SessionChanged", "QueueFull"];
    let rest = ["QueueTimeout", "Drop", "Wake", "Refreshed", "NotStored", "replay"];
    for happened in commands.into_iter().chain(codes).chain(rest) {
        assert!(seen.contains(happened), "{happened} never happened: {seen:?}");
    }
}
