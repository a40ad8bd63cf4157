//! The driver of one session.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::JsValue;

use super::clock::Clock;
use super::handle::SessionHandle;
use super::listeners::Listeners;
use super::refresh::{self, RunningCall};
use super::resources::SessionResources;
use super::store::Store;
use super::tabs::AmongTabs;
use super::tasks::{self, Order};
use super::tokens::{Rules, Tokens};
use crate::boundary::{SessionNews, Status, Warning};
use crate::engine::{Claim, Command, Engine, Event, Gen, NEVER, Notice, RefreshId, Time};
use crate::options::SessionOptions;
use crate::platform::timers;

/// One session: what all instances with the same storage and key share.
pub(crate) struct SessionDriver {
    /// By which JavaScript names it, e.g. when its timer fires. No number is used twice on a page, not even after a trap: an event for
    /// a driver of an engine that has trapped finds nobody.
    pub(super) number: u32,
    pub(super) resources: SessionResources,
    pub(super) engine: RefCell<Engine>,
    /// Events that wait until the commands of the current one are carried out: JavaScript may call back meanwhile.
    inbox: RefCell<Vec<Incoming>>,
    is_stepping: Cell<bool>,
    /// The buffer of commands, used again for each step to save allocations.
    commands: Cell<Vec<Command>>,
    /// The tokens that the last refresh call has brought, until the engine uses these or others.
    pub(super) arrived: RefCell<Option<Rc<Tokens>>>,
    /// The tokens of the engine's generation.
    pub(super) tokens: RefCell<Option<Rc<Tokens>>>,
    pub(super) rules: Rules,
    pub(super) store: Store,
    /// When the store was last read.
    pub(super) looked_at: Cell<Option<Time>>,
    /// Whether it is being read without a command of the engine.
    pub(super) is_reading: Cell<bool>,
    /// `None`: no other tab shares this session.
    pub(super) tabs: Option<AmongTabs>,
    /// The origin of the token endpoint, as a hash; `None` if no instance names one.
    pub(super) refresh_origin: Cell<Option<u64>>,
    /// Whether the app was warned that the tokens could not be stored.
    pub(super) is_unstored: Cell<bool>,
    pub(super) handles: RefCell<Vec<Weak<SessionHandle>>>,
    pub(super) listeners: Listeners,
    /// How many requests are in flight or waiting.
    pub(super) pending: Cell<u32>,
    pub(super) call: Cell<Option<RunningCall>>,
    /// Whether a refresh function of the app is being called: requests that it makes synchronously belong to the refresh.
    pub(super) in_refresh_function: Cell<bool>,
    /// Why the last refresh failed: the cause of the errors of those who waited for it.
    pub(super) refresh_error: RefCell<JsValue>,
    pub(super) clock: Clock,
    /// The generation of `tokens`.
    generation_of_tokens: Cell<Option<Gen>>,
    /// The status and the generation of which the listeners were notified last.
    last_change: Cell<(Status, Option<Gen>)>,
}

/// An event, and the tokens that it brings.
struct Incoming {
    event: Event,
    tokens: Option<Rc<Tokens>>,
}

impl SessionDriver {
    pub(super) fn new(options: &SessionOptions) -> Rc<Self> {
        let resources = options.settings.resources();
        let number = resources.begin();
        let store = Store::new(options, resources.records());
        let tabs = (options.cross_tab() && !store.is_private())
            .then(|| AmongTabs::new(resources.tabs(), !store.is_each_tab_s_own()));
        Rc::new(Self {
            number,
            engine: RefCell::new(Engine::new(options.engine(tabs.is_some()))),
            inbox: RefCell::default(),
            is_stepping: Cell::new(false),
            commands: Cell::default(),
            arrived: RefCell::default(),
            tokens: RefCell::default(),
            rules: Rules::from(options),
            store,
            looked_at: Cell::new(None),
            is_reading: Cell::new(false),
            tabs,
            refresh_origin: Cell::default(),
            is_unstored: Cell::new(false),
            handles: RefCell::default(),
            listeners: resources.listeners(),
            resources,
            pending: Cell::new(0),
            call: Cell::default(),
            in_refresh_function: Cell::new(false),
            refresh_error: RefCell::new(JsValue::UNDEFINED),
            clock: Clock::default(),
            generation_of_tokens: Cell::new(None),
            last_change: Cell::new((Status::Loading, None)),
        })
    }

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
                tasks::tell(id.into(), Order::Send { send_no, tokens, may_be_withdrawn });
            }
            Command::Cancel { id, .. } => tasks::tell(id.into(), Order::Cancel),
            Command::Deliver { id } => tasks::tell(id.into(), Order::Deliver(self.tokens())),
            Command::Reject { id, code } => tasks::tell(id.into(), Order::Reject(code)),
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

    /// Does something with the part that concerns other tabs, if there is one.
    pub(super) fn among_tabs(&self, act: impl FnOnce(&AmongTabs)) {
        if let Some(tabs) = &self.tabs {
            act(tabs);
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

    pub(super) fn notify(&self, notice: Notice) {
        match notice {
            Notice::Refreshed => self.listeners.refreshed(&self.snapshot()),
            Notice::SignedOut { reason } => {
                let error = self.cause_of(reason.code());
                self.listeners.signed_out(reason, &error);
            }
            // Once, until a write succeeds again. A missing storage has a warning of its own.
            Notice::NotStored if !self.is_unstored.replace(true) && !self.store.is_missing() => {
                self.listeners.warn(Warning::NotStored);
            }
            Notice::NotStored => {}
        }
    }
}

impl Drop for SessionDriver {
    fn drop(&mut self) {
        self.among_tabs(AmongTabs::close);
    }
}
