//! How the world moves on.

use wasm_api_fetch::engine::{Asker, CallOutcome, Engine, Event, Id, Millis, NEVER, User};
use wasm_api_fetch::policy::verdict::Verdict;

use crate::host::Host;
use crate::steps::{Reply, Step};
use crate::world::{Fate, Life, Request, Tab};

/// A call that fails takes its time: who has begun before that is told from who begins after.
const A_MOMENT: Millis = 1;

impl Host<'_> {
    /// Lets one thing happen, with all that follows from it at once.
    pub(crate) fn take(&mut self, step: Step) {
        if let Some(chance) = step.chance() {
            self.world.left.take(chance);
        }
        match step {
            Step::Make { tab } => {
                let made = self.make(tab);
                self.tab(tab).made = Some(made);
            }
            Step::Ask { tab } => self.ask(tab),
            Step::Answer { tab, id, verdict } => {
                self.answer(tab, id, verdict);
            }
            Step::AnswerTwice { tab, id, verdict } => {
                let answered = self.answer(tab, id, verdict);
                self.tab(tab).inbox.extend(answered);
            }
            Step::Fail { tab, id } => {
                let Fate::Sent { send_no, .. } = self.request(tab, id).fate else { return };
                self.request(tab, id).fate = Fate::Waiting;
                self.tell(tab, Event::Failed { id, send_no });
            }
            Step::Grant { tab } => self.grant(tab),
            Step::Hear { tab, index } => {
                let event = self.tab(tab).inbox.remove(index);
                self.tell(tab, event);
            }
            Step::HearTwice { tab, index } => {
                let event = self.tab(tab).inbox.get(index).copied();
                self.tell(tab, event.expect("there is such an event"));
            }
            Step::MissNews { tab, index } => {
                self.tab(tab).inbox.remove(index);
                self.tab(tab).missed_news = true;
            }
            Step::Confirm { tab } => self.confirm(tab),
            Step::CatchUp { tab } => self.catch_up(tab),
            Step::Serve { tab } => {
                let call = self.tab(tab).call.expect("a call is out");
                self.serve(tab, call);
            }
            Step::Reply { tab, reply } => {
                self.reply(tab, reply);
            }
            Step::ReplyTwice { tab } => {
                let refreshed = self.reply(tab, Reply::Fair);
                self.tab(tab).inbox.extend(refreshed);
            }
            Step::Timer { tab } | Step::TooSlow { tab } => {
                let at = std::mem::replace(&mut self.tab(tab).timer, NEVER);
                self.world.now = self.world.now.max(at);
                self.tell(tab, Event::Tick);
            }
            Step::Expire => self.world.server.dead = self.world.server.newest(),
            Step::Lose { tab } => self.lose_call(tab),
            Step::Abort { tab, id } => {
                self.request(tab, id).fate = Fate::Aborted;
                self.tell(tab, Event::Aborted { id });
            }
            Step::SignOut { tab } => {
                self.end_login(tab);
                self.world.standing = None;
                self.tell(tab, Event::SignOut);
            }
            Step::Login { tab, user } => self.log_in(tab, user),
            Step::Die { tab } => self.die(tab),
            Step::Dispose { tab } => {
                self.tab(tab).life = Life::Disposed;
                self.tell(tab, Event::Dispose);
            }
            Step::Revive { tab } => {
                self.tab(tab).life = Life::Lives;
                self.tell(tab, Event::Revive);
            }
            Step::PutAside { tab } => {
                self.tab(tab).life = Life::Aside;
                self.tell(tab, Event::PutAside);
                self.leave(tab);
            }
            Step::Return { tab } => self.come_back(tab),
            Step::GoOnline => self.go_online(),
            Step::Empty { is_told } => self.empty(is_told),
        }
    }

    fn ask(&mut self, tab: usize) {
        let goals = self.family.goals;
        let host = self.tab(tab);
        let goal = goals.get(host.requests.len()).copied().expect("there is more to ask for");
        let made = host.made.take();
        let (asker, user) = made.unwrap_or_else(|| self.make(tab));
        let request = Request { user, fate: Fate::Waiting, verdict: None, rejections: 0, withdrawn: false };
        self.tab(tab).requests.push(request);
        let id = Id(self.tab(tab).requests.len() as u64);
        self.tell(tab, Event::Ask { id, goal, asker });
    }

    /// Whose a call is that is made now: as the engine sees it, and as it is.
    fn make(&mut self, tab: usize) -> (Asker, Option<User>) {
        let host = self.tab(tab);
        let asker = host.engine.asker();
        let key = host.facts().map(|facts| facts.key);
        (asker, key.map(|key| self.world.server.user_of(key)))
    }

    fn answer(&mut self, tab: usize, id: Id, verdict: Verdict) -> Option<Event> {
        let request = self.request(tab, id);
        let Fate::Sent { send_no, .. } = request.fate else { return None };
        request.fate = Fate::Waiting;
        request.verdict = Some(verdict);
        request.rejections += u8::from(verdict == Verdict::Expired);
        let answered = Event::Answered { id, send_no, verdict, replayable: true, route: None };
        self.tell(tab, answered);
        Some(answered)
    }

    fn grant(&mut self, tab: usize) {
        let Some(place) = &mut self.tab(tab).lock else { return };
        place.is_granted = true;
        let refresh = place.refresh;
        self.tell(tab, Event::Locked { refresh });
    }

    /// The refresh's call comes back to its host.
    fn reply(&mut self, tab: usize, reply: Reply) -> Option<Event> {
        let call = self.tab(tab).call?;
        let outcome = match reply {
            Reply::Fair => self.serve(tab, call).outcome(),
            Reply::Later => {
                self.world.now += A_MOMENT;
                CallOutcome::Passing { after: None, answered: true }
            }
            Reply::MuchLater => {
                self.world.now += A_MOMENT;
                CallOutcome::Passing { after: Some(1_000), answered: true }
            }
            Reply::Refused => {
                self.world.server.spent.insert(call.facts.key);
                CallOutcome::Refused
            }
            Reply::Nothing => {
                self.world.now += A_MOMENT;
                self.forget_call(tab);
                CallOutcome::Passing { after: None, answered: false }
            }
        };
        self.tab(tab).call = None;
        let refreshed = Event::Refreshed { refresh: call.refresh, send_no: call.send_no, outcome };
        self.tell(tab, refreshed);
        Some(refreshed)
    }

    fn go_online(&mut self) {
        for tab in self.world.tabs.iter_mut().filter(|tab| tab.is_running()) {
            tab.inbox.push(Event::Online);
        }
    }

    /// The login that the tab knows of is over, for all tabs. The host looks at the store before: what is to end is what is
    /// there by now.
    fn end_login(&mut self, tab: usize) {
        self.look(tab);
        let login = self.tab(tab).facts().map(|facts| facts.login);
        self.world.ended.extend(login);
    }

    fn log_in(&mut self, tab: usize, user: User) {
        self.end_login(tab);
        let facts = self.log_in_at_server(tab, user);
        self.world.standing = Some(facts.login);
        self.tell(tab, Event::Set { facts });
    }

    /// A page asks for the lock that its refresh still needs, and looks at the store.
    fn come_back(&mut self, tab: usize) {
        let host = self.tab(tab);
        host.life = Life::Lives;
        let later = host.later.take();
        if let Some(refresh) = later {
            self.lock(tab, refresh);
        }
        self.tell(tab, Event::News);
    }

    /// Nobody will ever know the new tokens that only this tab has.
    fn lose_settling(&mut self, tab: usize) {
        let host = self.tab(tab);
        let Some(presented) = host.facts().filter(|_| host.is_settling()) else { return };
        self.world.server.unknown.insert(presented.key);
    }

    /// What a tab has written, marked and sent stays; the rest goes with it.
    fn die(&mut self, tab: usize) {
        self.forget_call(tab);
        self.lose_settling(tab);
        self.leave_queue(tab);
        let mut engine = Engine::new(self.family.config());
        engine.step(0, Event::Dispose, &mut Vec::new());
        let gone = self.tab(tab);
        *gone = Tab {
            life: Life::Dead,
            engine,
            requests: Vec::new(),
            inbox: Vec::new(),
            timer: NEVER,
            made: None,
            later: None,
            confirming: None,
            noted: None,
            view: None,
            coming: Vec::new(),
            missed_news: false,
            ..gone.clone()
        };
    }
}
