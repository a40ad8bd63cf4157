//! What may happen next.

use wasm_api_fetch::engine::{Event, Id, NEVER, User};
use wasm_api_fetch::policy::verdict::Verdict;

use crate::chance::Chance;
use crate::family::{ADA, BOB, Family};
use crate::world::{Call, Fate, Life, Tab, Whereabouts, World};

/// One thing that happens. A tab is its place, an inbox too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A tab makes a call, for what comes next among its goals, that a hook keeps waiting.
    Make { tab: usize },
    /// A tab asks for what comes next among its goals, or for what it has made before.
    Ask { tab: usize },
    /// A request is answered.
    Answer { tab: usize, id: Id, verdict: Verdict },
    /// The same, and later its tab hears it once more.
    AnswerTwice { tab: usize, id: Id, verdict: Verdict },
    /// A request fails without an answer.
    Fail { tab: usize, id: Id },
    /// The first who wants the lock is told that it has it.
    Grant { tab: usize },
    /// A tab is told something that has happened.
    Hear { tab: usize, index: usize },
    /// The same, and later once more.
    HearTwice { tab: usize, index: usize },
    /// A tab does not hear the news.
    MissNews { tab: usize, index: usize },
    /// A tab asks the fence whether what it has written may stay.
    Confirm { tab: usize },
    /// A tab sees the next of what others have written to the store.
    CatchUp { tab: usize },
    /// The refresh's call arrives at the server.
    Serve { tab: usize },
    /// The refresh's call is answered.
    Reply { tab: usize, reply: Reply },
    /// The same, and later its tab is told so once more.
    ReplyTwice { tab: usize },
    /// A tab's timer fires. Late, where others have fired before it.
    Timer { tab: usize },
    /// It does so before what is on its way has come.
    TooSlow { tab: usize },
    /// All access tokens given so far are dead from now on.
    Expire,
    /// The refresh's call, or its answer, is lost.
    Lose { tab: usize },
    /// A caller gives up.
    Abort { tab: usize, id: Id },
    /// The user signs out.
    SignOut { tab: usize },
    /// A user signs in.
    Login { tab: usize, user: User },
    /// A tab is gone.
    Die { tab: usize },
    /// Nobody uses a tab's session any more.
    Dispose { tab: usize },
    /// Somebody does again.
    Revive { tab: usize },
    /// A page goes into the back/forward cache.
    PutAside { tab: usize },
    /// It comes back.
    Return { tab: usize },
    /// The machine comes online.
    GoOnline,
    /// Another hand empties the store.
    Empty { is_told: bool },
}

/// How a refresh's call is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reply {
    /// By tokens, or by a refusal if these were presented before.
    Fair,
    Later,
    /// The same, and that the server wants to be left alone for longer than the refresh may take.
    MuchLater,
    Refused,
    /// Not at all, and the host notices.
    Nothing,
}

impl Step {
    /// What has to be left for it; `None`: it happens anyway.
    pub(crate) fn chance(self) -> Option<Chance> {
        Some(match self {
            Self::AnswerTwice { .. } | Self::HearTwice { .. } | Self::ReplyTwice { .. } => Chance::Duplicate,
            Self::Make { .. } => Chance::Hook,
            Self::Fail { .. } => Chance::Failure,
            Self::MissNews { .. } => Chance::LostNews,
            Self::Reply { reply: Reply::Later, .. } => Chance::Later,
            Self::Reply { reply: Reply::MuchLater, .. } => Chance::RetryAfter,
            Self::GoOnline => Chance::Online,
            Self::Reply { reply: Reply::Refused, .. } => Chance::Refusal,
            Self::Reply { reply: Reply::Nothing, .. } => Chance::Silence,
            Self::TooSlow { .. } => Chance::Timeout,
            Self::Expire => Chance::Expiry,
            Self::Lose { .. } => Chance::Hang,
            Self::Abort { .. } => Chance::Abort,
            Self::SignOut { .. } => Chance::SignOut,
            Self::Login { user: BOB, .. } => Chance::OtherLogin,
            Self::Login { .. } => Chance::SameLogin,
            Self::Die { .. } => Chance::Death,
            Self::Dispose { .. } => Chance::Dispose,
            Self::Revive { .. } => Chance::Revive,
            Self::PutAside { .. } => Chance::Aside,
            Self::Empty { .. } => Chance::Emptying,
            _ => return None,
        })
    }
}

impl World {
    /// Everything that may happen next.
    pub(crate) fn steps(&self, family: &Family, steps: &mut Vec<Step>) {
        self.answers(steps);
        let timers = if steps.is_empty() { |tab| Step::Timer { tab } } else { |tab| Step::TooSlow { tab } };
        steps.extend(self.timers().map(timers));
        steps.extend(self.calls_left(family));
        steps.extend(self.calls_left(family).filter_map(|step| match step {
            Step::Ask { tab } => {
                self.tabs.get(tab).filter(|host| host.made.is_none()).map(|_| Step::Make { tab })
            }
            _ => None,
        }));
        for (tab, host) in self.tabs.iter().enumerate().filter(|(_, host)| host.life != Life::Dead) {
            steps.push(Step::Die { tab });
            if host.life == Life::Aside {
                continue;
            }
            host.events(tab, steps);
            if let Some(call) = host.call.filter(|call| !call.is_lost) {
                self.fates(tab, call, family, steps);
            }
        }
        steps.push(Step::GoOnline);
        steps.extend((self.server.dead < self.server.newest()).then_some(Step::Expire));
        if self.store.is_some() {
            steps.extend([true, false].map(|is_told| Step::Empty { is_told }));
        }
        steps.retain(|step| step.chance().is_none_or(|chance| self.left.left(chance) > 0));
    }

    /// Whether nothing has to happen any more.
    pub(crate) fn is_at_rest(&self, family: &Family) -> bool {
        let mut steps = Vec::new();
        self.answers(&mut steps);
        steps.is_empty() && self.timers().next().is_none() && self.calls_left(family).next().is_none()
    }

    /// What has to happen sooner or later. Only when there is nothing, time goes on.
    fn answers(&self, steps: &mut Vec<Step>) {
        for (tab, host) in self.tabs.iter().enumerate() {
            if host.life == Life::Aside {
                steps.push(Step::Return { tab });
                continue;
            }
            if host.lock.is_some_and(|place| place.before == 0 && !place.is_granted) {
                steps.push(Step::Grant { tab });
            }
            for (id, request) in host.numbered() {
                let Fate::Sent { key, good, .. } = request.fate else { continue };
                let verdicts = [(Verdict::Good, good), (Verdict::Expired, key <= self.server.dead)];
                let possible = verdicts.into_iter().filter(|(_, is_possible)| *is_possible);
                steps.extend(possible.map(|(verdict, _)| Step::Answer { tab, id, verdict }));
            }
            steps.extend(host.audible().map(|index| Step::Hear { tab, index }));
            if host.confirming.is_some() {
                steps.push(Step::Confirm { tab });
            }
            if !host.coming.is_empty() {
                steps.push(Step::CatchUp { tab });
            }
            match host.call {
                Some(Call { is_lost: true, .. }) | None => {}
                Some(_) => steps.push(Step::Reply { tab, reply: Reply::Fair }),
            }
        }
    }

    /// What has not been asked for yet, however late that will be.
    fn calls_left(&self, family: &Family) -> impl Iterator<Item = Step> {
        let goals = family.goals.len();
        let are_left = move |host: &Tab| host.is_running() && host.requests.len() < goals;
        let tabs = self.tabs.iter().enumerate().filter(move |(_, host)| are_left(host));
        tabs.map(|(tab, _)| Step::Ask { tab })
    }

    fn timers(&self) -> impl Iterator<Item = usize> {
        self.tabs
            .iter()
            .enumerate()
            .filter(|(_, host)| host.is_running() && host.timer != NEVER)
            .map(|(tab, _)| tab)
    }

    /// What else may become of a refresh's call.
    fn fates(&self, tab: usize, call: Call, family: &Family, steps: &mut Vec<Step>) {
        let is_out = call.whereabouts == Whereabouts::Out;
        if is_out && family.may_lose_tokens() {
            steps.push(Step::Serve { tab });
        }
        if is_out && !self.server.spent.contains(&call.facts.key) {
            let replies = [Reply::Later, Reply::MuchLater, Reply::Refused];
            steps.extend(replies.map(|reply| Step::Reply { tab, reply }));
        }
        steps.extend([
            Step::ReplyTwice { tab },
            Step::Lose { tab },
            Step::Reply { tab, reply: Reply::Nothing },
        ]);
    }
}

impl Tab {
    /// What the engine may be told next: a store answers in the order in which it was asked.
    fn audible(&self) -> impl Iterator<Item = usize> {
        let is_of_store = |event: &Event| matches!(event, Event::Read { .. } | Event::Saved { .. });
        let first_of_store = self.inbox.iter().position(is_of_store);
        let indices = self.inbox.iter().enumerate();
        indices
            .filter(move |(index, event)| !is_of_store(event) || Some(*index) == first_of_store)
            .map(|(index, _)| index)
    }

    /// What may happen in a tab besides.
    fn events(&self, tab: usize, steps: &mut Vec<Step>) {
        for (id, request) in self.numbered().filter(|(_, request)| !request.fate.is_over()) {
            steps.push(Step::Abort { tab, id });
            if let Fate::Sent { good, .. } = request.fate {
                let verdict = if good { Verdict::Good } else { Verdict::Expired };
                steps.extend([Step::Fail { tab, id }, Step::AnswerTwice { tab, id, verdict }]);
            }
        }
        for (index, event) in self.inbox.iter().enumerate() {
            match event {
                Event::Read { .. } => {}
                Event::News => {
                    steps.extend([Step::MissNews { tab, index }, Step::HearTwice { tab, index }]);
                }
                _ => steps.push(Step::HearTwice { tab, index }),
            }
        }
        if self.life == Life::Disposed {
            if !self.engine.is_closed() {
                steps.push(Step::Revive { tab });
            }
            return;
        }
        steps.extend([Step::Dispose { tab }, Step::PutAside { tab }]);
        if self.facts().is_some() {
            steps.push(Step::SignOut { tab });
        }
        steps.extend([ADA, BOB].map(|user| Step::Login { tab, user }));
    }
}
