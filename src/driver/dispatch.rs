//! Reports events to the engine, and carries out its commands.

use std::rc::Rc;

use super::refresh;
use super::session::{Incoming, SessionDriver};
use super::tabs::AmongTabs;
use super::tasks::{self, Order};
use super::tokens::Tokens;
use crate::boundary::SessionNews;
use crate::engine::{Claim, Command, Event, NEVER, RefreshId, Time};
use crate::platform::timers;

impl SessionDriver {
    /// Reports an event to the engine and carries out its commands. Events that happen meanwhile come after it.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        self.take_in(event, None);
    }

    /// The same for an event that may bring tokens.
    pub(super) fn take_in(self: &Rc<Self>, event: Event, tokens: Option<Rc<Tokens>>) {
        let incoming = Incoming { event, tokens };
        if self.is_stepping.replace(true) {
            self.inbox.borrow_mut().push(incoming);
            return;
        }
        self.step(incoming);
        loop {
            let meanwhile = self.inbox.take();
            if meanwhile.is_empty() && !self.notify_change() {
                break;
            }
            for incoming in meanwhile {
                self.step(incoming);
            }
        }
        self.is_stepping.set(false);
        if self.is_closed() {
            self.among_tabs(AmongTabs::close);
        }
    }

    /// Notifies the listeners if the status or the tokens have changed. Returns whether they have.
    fn notify_change(&self) -> bool {
        let change = (self.status(), self.generation());
        let is_change = change != self.last_change.replace(change);
        if is_change {
            self.listeners.change(change.0, &self.snapshot());
        }
        is_change
    }

    fn step(self: &Rc<Self>, incoming: Incoming) {
        let mut commands = self.commands.take();
        let now = self.now();
        // The only place where the engine is borrowed to be changed; no JavaScript runs inside.
        self.engine.borrow_mut().step(now, incoming.event, &mut commands);
        let generation = self.generation();
        if generation != self.generation_of_tokens.replace(generation) {
            // The tokens of a refresh are used only after the fence has settled them; that later event holds no tokens itself.
            let arrived = self.arrived.take();
            self.tokens.replace(incoming.tokens.or(arrived).filter(|_| generation.is_some()));
        }
        for command in &commands {
            self.carry_out(*command);
        }
        commands.clear();
        self.commands.set(commands);
    }

    fn carry_out(self: &Rc<Self>, command: Command) {
        match command {
            // The tokens are taken now, so that they are those of the command's generation whatever a listener does before the task
            // runs.
            Command::Send { id, send_no, generation } => {
                let tokens = generation.and_then(|_| self.tokens());
                let may_be_withdrawn = self.engine.borrow().may_withdraw();
                tasks::send_order(id.into(), Order::Send { send_no, tokens, may_be_withdrawn });
            }
            Command::Cancel { id, .. } => tasks::send_order(id.into(), Order::Cancel),
            Command::Deliver { id } => tasks::send_order(id.into(), Order::Deliver(self.tokens())),
            Command::Reject { id, code } => tasks::send_order(id.into(), Order::Reject(code)),
            Command::Load => self.load(),
            Command::Save { refresh } => self.save(refresh),
            Command::Clear => self.clear(),
            Command::Note => {
                let failures = self.engine.borrow().failure_streak();
                self.among_tabs(|tabs| tabs.note(failures));
            }
            Command::Call { refresh, send_no, .. } => refresh::start(self, refresh, send_no),
            Command::Drop { .. } => {
                if let Some(call) = self.call.take() {
                    call.abort();
                }
            }
            Command::Wake { at } => self.set_timer(at),
            Command::Notify(notice) => self.notify(notice),
            among_tabs => self.among_tabs(|tabs| tabs.carry_out(among_tabs)),
        }
    }

    /// News of a refresh's lock or marks, or of the store. From other tabs, or from this tab's own platform.
    pub(super) fn on_tabs_news(self: &Rc<Self>, refresh: RefreshId, news: SessionNews) {
        let Some(tabs) = &self.tabs else { return };
        let Some(event) = tabs.event(refresh, news) else { return };
        if matches!(event, Event::Claimed { claim: Claim::WonAfter(_), .. }) {
            self.set_refresh_error(tabs.error());
        }
        self.dispatch(event);
    }

    fn set_timer(&self, at: Time) {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let delay = if at == NEVER { f64::INFINITY } else { at.saturating_sub(self.now()) as f64 };
        timers::set_timer(self.number, delay);
    }
}
