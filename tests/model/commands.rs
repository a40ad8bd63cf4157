//! The host: tells an engine what has happened, and does what it commands.

use wasm_api_fetch::engine::{
    Claim, Command, Event, Gen, Id, Key, Lock, Notice, Pair, Reason, Session, Ticket,
};

use crate::family::Family;
use crate::mutation::Mutation;
use crate::world::{Call, Fate, Fault, Presented, Request, Tab, World};

/// The world while it moves on.
pub(crate) struct Host<'a> {
    pub(crate) world: World,
    pub(crate) family: &'a Family,
    pub(crate) mutation: Option<Mutation>,
    /// What happens, for a reader.
    pub(crate) log: Option<&'a mut Vec<String>>,
}

impl Host<'_> {
    pub(crate) fn tab(&mut self, tab: usize) -> &mut Tab {
        self.world.tabs.get_mut(tab).expect("there is such a tab")
    }

    pub(crate) fn request(&mut self, tab: usize, id: Id) -> &mut Request {
        let index = usize::try_from(id.0 - 1).expect("ids are small");
        self.tab(tab).requests.get_mut(index).expect("there is such a request")
    }

    fn pair(&mut self, tab: usize) -> Option<(Gen, Pair)> {
        match self.tab(tab).engine.session() {
            Session::In { generation, pair, .. } => Some((*generation, *pair)),
            _ => None,
        }
    }

    /// Tells one engine of one event.
    pub(crate) fn tell(&mut self, tab: usize, event: Event) {
        let now = self.world.now;
        let mut commands = Vec::new();
        let before = self.pair(tab);
        self.tab(tab).engine.step(now, event, &mut commands);
        if let Some(mutation) = self.mutation {
            commands = mutation.distort(commands);
        }
        let ended = before.is_some() && matches!(self.tab(tab).engine.session(), Session::Out { .. });
        if let Some(log) = &mut self.log {
            log.push(format!("tab {tab}, at {now}: {event:?}"));
            log.extend(commands.iter().map(|command| format!("      → {command:?}")));
        }
        self.check_notices(event, &commands, ended);
        for command in commands {
            self.obey(tab, command);
        }
    }

    /// The end of a session is told once, and for the reason that there was.
    fn check_notices(&mut self, event: Event, commands: &[Command], ended: bool) {
        let reasons = commands.iter().filter_map(|command| match command {
            Command::Notify(Notice::SignedOut { reason }) => Some(*reason),
            _ => None,
        });
        let told: Vec<_> = reasons.collect();
        let right = match (ended, event) {
            (false, _) => told.is_empty(),
            (true, Event::SignOut) => told == [Reason::User],
            (true, Event::Read { pair: None }) => told == [Reason::OtherTab],
            // A refusal, after the look for a newer pair.
            (true, Event::Tick) => told == [Reason::Refused],
            (true, _) => false,
        };
        self.note(Fault::WrongNotice, !right);
    }

    fn obey(&mut self, tab: usize, command: Command) {
        match command {
            Command::Send { id, attempt, generation } => {
                self.check_name(tab, id);
                let fate = match generation {
                    None => Fate::SentBare,
                    Some(generation) => {
                        let Pair { key, user, .. } = self.current(tab, generation);
                        let own = self.request(tab, id).user.is_none_or(|asked| asked == user);
                        self.note(Fault::WrongUser, !own);
                        Fate::Sent { attempt, key, good: key > self.world.server.dead }
                    }
                };
                self.request(tab, id).fate = fate;
            }
            Command::Cancel { id, .. } => {
                self.check_name(tab, id);
                let request = self.request(tab, id);
                request.fate = Fate::Waiting;
                request.withdrawn = true;
                if self.mutation == Some(Mutation::WithdrawnForgotten) {
                    self.tell(tab, Event::Aborted { id });
                }
            }
            Command::Deliver { id } => {
                self.check_name(tab, id);
                self.request(tab, id).fate = Fate::Delivered;
            }
            Command::Reject { id, code } => {
                self.check_name(tab, id);
                self.request(tab, id).fate = Fate::Rejected(code);
            }
            Command::Load => {
                let pair = self.world.store;
                self.tab(tab).inbox.push(Event::Read { pair });
            }
            Command::Save { ticket } => self.save(tab, ticket),
            Command::Clear => self.world.store = None,
            Command::Lock { ticket } => {
                if self.family.locks {
                    self.world.lock_queue.push((tab, ticket));
                } else {
                    self.tab(tab).inbox.push(Event::Locked { ticket, lock: Lock::Unsupported });
                }
            }
            Command::Unlock { ticket } => self.unlock(tab, ticket),
            Command::Claim { ticket, key } => self.claim(tab, ticket, key),
            Command::Announce => {
                let others = self.world.tabs.iter_mut().enumerate().filter(|(other, _)| *other != tab);
                for (_, other) in others.filter(|(_, other)| !other.inbox.contains(&Event::News)) {
                    other.inbox.push(Event::News);
                }
            }
            Command::Call { ticket, attempt, generation } => {
                let Pair { key, user, .. } = self.current(tab, generation);
                let call = Call { ticket, attempt, key, user, lost: false };
                let second = self.tab(tab).call.replace(call).is_some();
                self.note(Fault::SecondCall, second);
            }
            Command::Drop { .. } => self.tab(tab).call = None,
            Command::Wake { at } => self.tab(tab).timer = at,
            Command::Notify(_) => {}
        }
    }

    fn note(&mut self, fault: Fault, happened: bool) {
        self.world.faults.extend(happened.then_some(fault));
    }

    /// A call that is over, or was given up, is not named again.
    fn check_name(&mut self, tab: usize, id: Id) {
        let over = self.request(tab, id).fate.is_over();
        self.note(Fault::NamedAfterEnd, over);
    }

    /// The tokens of a generation, which has to be the current one.
    fn current(&mut self, tab: usize, generation: Gen) -> Pair {
        let (current, pair) = self.pair(tab).expect("what carries tokens goes out while there are tokens");
        self.note(Fault::WrongUser, current != generation);
        pair
    }

    fn save(&mut self, tab: usize, ticket: Option<Ticket>) {
        self.world.store = self.pair(tab).map(|(_, pair)| pair);
        let Some(ticket) = ticket else { return };
        let own = Presented::Pending { tab, ticket };
        for presented in self.world.fence.values_mut().filter(|presented| **presented == own) {
            *presented = Presented::Done;
        }
        self.tab(tab).inbox.push(Event::Saved { ticket, ok: true });
    }

    fn claim(&mut self, tab: usize, ticket: Ticket, key: Key) {
        let free = self.mutation == Some(Mutation::ClaimIgnored) || !self.world.fence.contains_key(&key);
        if free {
            self.world.fence.insert(key, Presented::Pending { tab, ticket });
        }
        let claim = if free { Claim::Won } else { Claim::Spent };
        self.tab(tab).inbox.push(Event::Claimed { ticket, claim });
    }

    /// The lock goes to the next. A claim that came to nothing is taken back: its holder lives and says so.
    fn unlock(&mut self, tab: usize, ticket: Ticket) {
        if self.world.lock_queue.first() == Some(&(tab, ticket)) {
            self.world.granted = false;
        }
        self.world.lock_queue.retain(|entry| *entry != (tab, ticket));
        self.world.fence.retain(|_, presented| *presented != Presented::Pending { tab, ticket });
    }
}
