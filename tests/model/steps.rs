//! What may happen next, and how the world moves on.

use wasm_api_fetch::engine::{CallOutcome, Event, Goal, Id, Lock, NEVER, Pair, Session, User, Verdict};

use crate::commands::Host;
use crate::family::{BOB, pair};
use crate::mutation::Mutation;
use crate::world::{Call, Fate, Request, World};

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A tab asks for its next request.
    Ask { tab: usize },
    /// A request is answered.
    Answer { tab: usize, id: Id, verdict: Verdict },
    /// The first who wants the lock is told that it has it.
    Grant,
    /// A tab is told something that has happened: its inbox, by index.
    Hear { tab: usize, index: usize },
    /// The refresh's call is answered.
    Reply { tab: usize, reply: Reply },
    /// A tab's timer fires. Late, where others have fired before it.
    Timer { tab: usize },
    /// All access tokens given so far are dead from now on.
    Expire,
    /// The refresh's call is lost.
    Lose { tab: usize },
    /// A caller gives up.
    Abort { tab: usize, id: Id },
    /// The user signs out.
    SignOut { tab: usize },
    /// Another user signs in.
    Login { tab: usize },
}

/// How the server answers a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reply {
    Tokens,
    Later,
    Refused,
}

impl World {
    /// What has to happen sooner or later. When there is nothing, all is at rest.
    pub(crate) fn due(&self, requests: usize) -> Vec<Step> {
        let steps = self.answers_due(requests);
        if steps.is_empty() { self.timers() } else { steps }
    }

    fn answers_due(&self, requests: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        if !self.granted && !self.lock_queue.is_empty() {
            steps.push(Step::Grant);
        }
        for (tab, host) in self.tabs.iter().enumerate() {
            if host.requests.len() < requests {
                steps.push(Step::Ask { tab });
            }
            for (id, request) in numbered(&host.requests) {
                let Fate::Sent { key, good, .. } = request.fate else { continue };
                let verdicts = [(Verdict::Good, good), (Verdict::Expired, key <= self.server.dead)];
                let possible = verdicts.into_iter().filter(|(_, possible)| *possible);
                steps.extend(possible.map(|(verdict, _)| Step::Answer { tab, id, verdict }));
            }
            let is_reading = |event: &Event| matches!(event, Event::Read { .. });
            let first_reading = host.inbox.iter().position(is_reading);
            let audible = host
                .inbox
                .iter()
                .enumerate()
                .filter(|(index, event)| !is_reading(event) || Some(*index) == first_reading);
            steps.extend(audible.map(|(index, _)| Step::Hear { tab, index }));
            if let Some(call) = host.call.filter(|call| !call.lost) {
                let spent = self.server.spent.contains(&call.key);
                let reply = if spent { Reply::Refused } else { Reply::Tokens };
                steps.push(Step::Reply { tab, reply });
            }
        }
        steps
    }

    fn timers(&self) -> Vec<Step> {
        let set = self.tabs.iter().enumerate().filter(|(_, host)| host.timer != NEVER);
        set.map(|(tab, _)| Step::Timer { tab }).collect()
    }

    /// What may happen besides, or never.
    pub(crate) fn possible(&self, requests: usize) -> Vec<Step> {
        let (left, mut steps) = (&self.left, Vec::new());
        if left.timeouts > 0 && !self.answers_due(requests).is_empty() {
            steps.extend(self.timers());
        }
        if left.expiries > 0 && self.server.dead < self.server.newest {
            steps.push(Step::Expire);
        }
        for (tab, host) in self.tabs.iter().enumerate() {
            let signed_in = matches!(host.engine.session(), Session::In { .. });
            let fresh = |call: Call| !call.lost && !self.server.spent.contains(&call.key);
            let calling = host.call.is_some_and(fresh);
            let open = numbered(&host.requests).filter(|(_, request)| !request.fate.is_over());
            if left.aborts > 0 {
                steps.extend(open.map(|(id, _)| Step::Abort { tab, id }));
            }
            let rest = [
                (left.failures > 0 && calling, Step::Reply { tab, reply: Reply::Later }),
                (left.refusals > 0 && calling, Step::Reply { tab, reply: Reply::Refused }),
                (left.hangs > 0 && calling, Step::Lose { tab }),
                (left.sign_outs > 0 && signed_in, Step::SignOut { tab }),
                (left.logins > 0, Step::Login { tab }),
            ];
            steps.extend(rest.into_iter().filter(|(possible, _)| *possible).map(|(_, step)| step));
        }
        steps
    }
}

fn numbered(requests: &[Request]) -> impl Iterator<Item = (Id, &Request)> {
    (1..).map(Id).zip(requests)
}

impl Host<'_> {
    /// Lets one thing happen, with all that follows from it at once.
    pub(crate) fn take(&mut self, step: Step) {
        match step {
            Step::Ask { tab } => self.ask(tab, Goal::Send { safe: true }),
            Step::Answer { tab, id, verdict } => self.answer(tab, id, verdict),
            Step::Grant => {
                self.world.granted = true;
                if let Some((tab, ticket)) = self.world.lock_queue.first().copied() {
                    self.tell(tab, Event::Locked { ticket, lock: Lock::Held });
                }
            }
            Step::Hear { tab, index } => {
                let event = self.tab(tab).inbox.remove(index);
                self.tell(tab, event);
            }
            Step::Reply { tab, reply } => self.reply(tab, reply),
            Step::Timer { tab } => {
                if !self.world.answers_due(self.family.requests).is_empty() {
                    self.world.left.timeouts -= 1;
                }
                let at = std::mem::replace(&mut self.tab(tab).timer, NEVER);
                self.world.now = self.world.now.max(at);
                self.tell(tab, Event::Tick);
            }
            Step::Expire => {
                self.world.left.expiries -= 1;
                self.world.server.dead = self.world.server.newest;
            }
            Step::Lose { tab } => {
                self.world.left.hangs -= 1;
                if let Some(call) = &mut self.tab(tab).call {
                    call.lost = true;
                }
            }
            Step::Abort { tab, id } => {
                self.world.left.aborts -= 1;
                self.request(tab, id).fate = Fate::Aborted;
                if self.mutation != Some(Mutation::AbortUnheard) {
                    self.tell(tab, Event::Aborted { id });
                }
            }
            Step::SignOut { tab } => {
                self.world.left.sign_outs -= 1;
                self.tell(tab, Event::SignOut);
            }
            Step::Login { tab } => {
                self.world.left.logins -= 1;
                let pair = self.issue(tab, BOB);
                self.tell(tab, Event::Set { pair });
            }
        }
    }

    fn ask(&mut self, tab: usize, goal: Goal) {
        let user = match self.tab(tab).engine.session() {
            Session::In { pair, .. } => Some(pair.user),
            _ => None,
        };
        let request = Request { user, fate: Fate::Waiting, verdict: None, rejected: false, withdrawn: false };
        self.tab(tab).requests.push(request);
        let id = Id(self.tab(tab).requests.len() as u64);
        self.tell(tab, Event::Ask { id, goal });
    }

    fn answer(&mut self, tab: usize, id: Id, verdict: Verdict) {
        let request = self.request(tab, id);
        let Fate::Sent { attempt, .. } = request.fate else { return };
        request.fate = Fate::Waiting;
        request.verdict = Some(verdict);
        request.rejected |= verdict == Verdict::Expired;
        let late = self.is_of_an_older_generation(tab, id);
        self.tell(tab, Event::Answered { id, attempt, verdict, replayable: true });
        if self.mutation == Some(Mutation::LateRejectionRefreshes) && late && verdict == Verdict::Expired {
            self.ask(tab, Goal::Tokens { for_ms: 0, force: true });
        }
    }

    fn is_of_an_older_generation(&mut self, tab: usize, id: Id) -> bool {
        let engine = &self.tab(tab).engine;
        let carried = engine
            .flying()
            .find(|(flying, _)| *flying == id)
            .and_then(|(_, call)| call.flight())
            .map(|flight| flight.generation);
        match engine.session() {
            Session::In { generation, .. } => carried != Some(*generation),
            _ => false,
        }
    }

    fn reply(&mut self, tab: usize, reply: Reply) {
        let Some(call) = self.tab(tab).call.take() else { return };
        let outcome = match reply {
            Reply::Tokens => {
                self.world.server.spent.insert(call.key);
                self.world.server.refreshes += 1;
                CallOutcome::Pair(self.issue(tab, call.user))
            }
            Reply::Later => {
                self.world.left.failures -= 1;
                CallOutcome::Passing { after: None, answered: true }
            }
            Reply::Refused => {
                if self.world.server.spent.insert(call.key) {
                    self.world.left.refusals -= 1;
                } else {
                    self.world.server.reused += 1;
                }
                CallOutcome::Refused
            }
        };
        self.tell(tab, Event::Refreshed { ticket: call.ticket, attempt: call.attempt, outcome });
    }

    /// The server's next tokens.
    fn issue(&mut self, tab: usize, user: User) -> Pair {
        let server = &mut self.world.server;
        server.newest.0 += 1;
        server.given_to = Some(tab);
        pair(server.newest, user)
    }
}
