//! The host: tells an engine what has happened, and does what it commands.

use std::collections::VecDeque;

use wasm_api_fetch::boundary::{FenceAction, SignOutReason};
use wasm_api_fetch::engine::{
    Command, Engine, Event, Gen, Id, Key, Notice, Refresh, Session, Stage, TokenFacts,
};
use wasm_api_fetch::policy::failure_streak::FailureStreak;

use crate::chance::Chance;
use crate::family::Family;
use crate::mutation::{Mutation, step};
use crate::words;
use crate::world::{Call, Fate, Fault, Request, Tab, Whereabouts, World};

/// The world while it moves on.
pub(crate) struct Host<'a> {
    pub(crate) world: World,
    pub(crate) family: &'a Family,
    pub(crate) mutation: Option<Mutation>,
    /// What the engine is told before anything else happens.
    pub(crate) at_once: VecDeque<Event>,
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

    pub(crate) fn note(&mut self, fault: Fault, happened: bool) {
        self.world.faults.extend(happened.then_some(fault));
    }

    /// Tells one engine of one event, and of what its store answers to that.
    pub(crate) fn tell(&mut self, tab: usize, event: Event) {
        self.at_once.push_back(event);
        while let Some(event) = self.at_once.pop_front() {
            self.tell_only(tab, event);
        }
    }

    fn tell_only(&mut self, tab: usize, event: Event) {
        let now = self.world.now;
        let (was_in, before) = (self.tab(tab).facts().is_some(), self.tab(tab).engine.clone());
        let mutation = self.mutation;
        let commands = step(mutation, &mut self.tab(tab).engine, now, event);
        let has_ended = was_in && matches!(self.tab(tab).engine.session(), Session::Out { .. });
        if let Some(log) = &mut self.log {
            log.push(words::event(event));
            log.extend(commands.iter().map(|command| format!("  → {}", words::command(*command))));
        }
        self.check_notices(event, &commands, has_ended);
        self.check_fence(tab, event, &before);
        for command in commands {
            self.obey(tab, command);
        }
    }

    /// The end of a session is told once, and for the reason that there was.
    fn check_notices(&mut self, event: Event, commands: &[Command], has_ended: bool) {
        let reasons = commands.iter().filter_map(|command| match command {
            Command::Notify(Notice::SignedOut { reason }) => Some(*reason),
            _ => None,
        });
        let told: Vec<_> = reasons.collect();
        let is_right = match (has_ended, event) {
            (false, _) => told.is_empty(),
            (true, Event::SignOut) => told == [SignOutReason::User],
            (true, Event::Read { facts: None } | Event::Undone { .. }) => told == [SignOutReason::OtherTab],
            // After the last look for a newer tokens. A request notices too that the time for that is over.
            (true, Event::Tick | Event::Ask { .. } | Event::Read { .. }) => {
                told == [SignOutReason::Refused] || told == [SignOutReason::OtherTab]
            }
            (true, _) => false,
        };
        self.note(Fault::WrongNotice, !is_right);
        let is_grounded = self.has_grounds_for_refusal();
        self.note(Fault::GroundlessEnd, told.contains(&SignOutReason::Refused) && !is_grounded);
    }

    fn has_grounds_for_refusal(&self) -> bool {
        !self.world.server.unknown.is_empty() || self.world.has_seen(self.family, Chance::Refusal)
    }

    fn obey(&mut self, tab: usize, command: Command) {
        match command {
            Command::Send { id, send_no, generation } => {
                self.check_name(tab, id);
                let fate = match generation {
                    None => {
                        // What a user has asked for does not go out as nobody's.
                        let was_somebodys = self.request(tab, id).user.is_some();
                        self.note(Fault::WrongUser, was_somebodys);
                        Fate::SentBare
                    }
                    Some(generation) => {
                        let key = self.tokens_of(tab, generation).key;
                        let user = self.world.server.user_of(key);
                        let is_own = self.request(tab, id).user.is_none_or(|asked| asked == user);
                        self.note(Fault::WrongUser, !is_own);
                        Fate::Sent { send_no, key, good: key > self.world.server.dead }
                    }
                };
                let request = self.request(tab, id);
                request.fate = fate;
                request.verdict = None;
            }
            Command::Cancel { id, .. } => {
                self.check_name(tab, id);
                let request = self.request(tab, id);
                request.fate = Fate::Waiting;
                request.withdrawn = true;
            }
            Command::Deliver { id } => {
                self.check_name(tab, id);
                self.request(tab, id).fate = Fate::Delivered;
            }
            Command::Reject { id, code } => {
                self.check_name(tab, id);
                self.request(tab, id).fate = Fate::Rejected(code);
            }
            Command::Load => self.load(tab),
            Command::Save { refresh } => self.save(tab, refresh),
            Command::Clear => self.write(tab, None),
            Command::Lock { refresh, .. } => self.lock(tab, refresh),
            Command::Unlock { .. } => self.unlock(tab),
            Command::Claim { refresh, key, takes_over } => self.claim(tab, refresh, key, takes_over),
            Command::Settle { refresh, key, reuse } => self.settle(tab, refresh, key, reuse),
            Command::Confirm { refresh, key } => self.tab(tab).confirming = Some((refresh, key)),
            Command::Note => self.leave_word(tab),
            Command::EndPause { key, forget: false } => self.change_mark(tab, key, FenceAction::EndPause),
            Command::EndPause { key, forget: true } => {
                self.change_mark(tab, key, FenceAction::ForgetFailures);
            }
            Command::Spend { key } => self.change_mark(tab, key, FenceAction::Spend),
            Command::End { key } => self.change_mark(tab, key, FenceAction::End),
            Command::Revoke { key } => self.change_mark(tab, key, FenceAction::Revoke),
            Command::Announce => self.announce(tab),
            Command::Call { refresh, send_no, generation } => {
                let facts = self.tokens_of(tab, generation);
                self.check_streak(tab, &facts);
                let call = Call { refresh, send_no, facts, whereabouts: Whereabouts::Out, is_lost: false };
                let is_second = self.tab(tab).call.replace(call).is_some();
                self.note(Fault::SecondCall, is_second);
            }
            Command::Drop { .. } => self.forget_call(tab),
            Command::Wake { at } => self.tab(tab).timer = at,
            Command::Notify(_) => {}
        }
    }

    /// A call that is over, or was given up, is not named again.
    fn check_name(&mut self, tab: usize, id: Id) {
        let is_over = self.request(tab, id).fate.is_over();
        self.note(Fault::NamedAfterEnd, is_over);
    }

    /// What the fence knows of failures holds for whoever calls.
    fn check_streak(&mut self, tab: usize, facts: &TokenFacts) {
        let streak = self.world.mark(facts.key).failures;
        if streak == FailureStreak::NONE {
            return;
        }
        let Refresh::Busy(busy) = self.tab(tab).engine.refresh() else { return };
        let is_unshared = streak.at > busy.since;
        self.note(Fault::FailureUnshared, is_unshared);
        self.note(Fault::CalledInPause, !streak.may_start(self.world.now, facts.expires_at));
    }

    /// What is stored has replaced tokens that nobody presents any more.
    pub(crate) fn check_settled(&mut self, tab: usize) {
        let Refresh::Busy(busy) = self.tab(tab).engine.refresh() else { return };
        let Stage::Saving { replaced } = busy.stage else { return };
        let is_marked = self.world.is_over(replaced);
        self.note(Fault::StoredUnsettled, self.family.fence && !is_marked);
    }

    /// Has the fence do what nobody waits for.
    fn change_mark(&mut self, tab: usize, key: Key, action: FenceAction) {
        self.transact(tab, key, action);
    }

    /// New tokens that are being settled are used or lost with this event, and what is stored stays if the fence says so.
    fn check_fence(&mut self, tab: usize, event: Event, before: &Engine) {
        let (Refresh::Busy(busy), Session::In { facts: presented, .. }) =
            (before.refresh(), before.session())
        else {
            return;
        };
        let (id, stage, presented) = (busy.refresh, busy.stage, presented.key);
        match stage {
            Stage::Settling { facts } => {
                let host = self.tab(tab);
                let is_settling = matches!(host.engine.refresh(), Refresh::Busy(now) if now.stage == stage);
                let is_used = host.facts().is_some_and(|used| used.key == facts.key);
                let is_superseded = event == Event::Superseded { refresh: id };
                self.note(Fault::UsedAgainstTheFence, is_superseded && is_used);
                if !is_settling && !is_used && !is_superseded {
                    self.world.server.unknown.insert(presented);
                }
            }
            Stage::Confirming => {
                let is_kept = *self.tab(tab).engine.refresh() == Refresh::Idle;
                let is_undone = event == Event::Undone { refresh: id };
                self.note(Fault::UsedAgainstTheFence, is_undone && is_kept);
            }
            _ => {}
        }
    }

    /// The tokens of a generation, which has to be the current one.
    fn tokens_of(&mut self, tab: usize, wanted: Gen) -> TokenFacts {
        let Session::In { generation, facts, .. } = *self.tab(tab).engine.session() else {
            panic!("what carries tokens goes out while there are tokens")
        };
        self.note(Fault::WrongUser, generation != wanted);
        facts
    }
}
