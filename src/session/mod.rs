//! The host of the engine: what the engine commands is done here, and what happens is told to it.

mod handle;
mod listeners;
mod member;
mod refresh;
mod store;
mod tokens;
mod trace;

pub use handle::SessionHandle;
pub(crate) use listeners::Topic;
pub(crate) use member::Member;
pub(crate) use trace::{Step, Trace};

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::{Date, Function, Object};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};

use crate::engine::{Code, Command, Engine, Event, Gen, Id, Notice, Reason, Session, Status, Ticket, Time};
use crate::error::put;
use crate::options::SessionOptions;
use crate::task::{self, Order};
use crate::web::platform;
use listeners::Listeners;
use refresh::RunningCall;
use store::Store;
use tokens::{Rules, Tokens};

/// One session: what all instances with the same storage and key share.
pub(crate) struct Host {
    engine: RefCell<Engine>,
    /// What has happened and is not told yet. JavaScript may call back while commands are carried out.
    inbox: RefCell<VecDeque<Incoming>>,
    is_stepping: Cell<bool>,
    /// Used again for each step, so that the commonest ones allocate nothing.
    commands: RefCell<Vec<Command>>,
    tokens: RefCell<Option<Rc<Tokens>>>,
    rules: Rules,
    store: Store,
    members: RefCell<Vec<Weak<Member>>>,
    listeners: Listeners,
    /// How many requests are in flight or waiting.
    pending: Cell<u32>,
    timer: RefCell<Option<JsValue>>,
    tick: OnceCell<Function>,
    call: RefCell<Option<RunningCall>>,
    /// Whether a refresh function of the app is just being called: what it asks for at once belongs to the refresh.
    in_refresh_function: Cell<bool>,
    /// Why the last refresh failed; the cause of what its waiters are told.
    refresh_error: RefCell<JsValue>,
    /// What the listeners were last told of.
    told: Cell<(Status, Option<Gen>)>,
}

/// An event, and the tokens that it brings.
struct Incoming {
    event: Event,
    tokens: Option<Rc<Tokens>>,
}

impl Host {
    fn new(options: &SessionOptions) -> Rc<Self> {
        Rc::new(Self {
            engine: RefCell::new(Engine::new(options.engine.clone())),
            inbox: RefCell::default(),
            is_stepping: Cell::new(false),
            commands: RefCell::default(),
            tokens: RefCell::default(),
            rules: Rules::from(options),
            store: Store::new(options.storage, options.key.clone()),
            members: RefCell::default(),
            listeners: Listeners::default(),
            pending: Cell::new(0),
            timer: RefCell::default(),
            tick: OnceCell::new(),
            call: RefCell::default(),
            in_refresh_function: Cell::new(false),
            refresh_error: RefCell::new(JsValue::UNDEFINED),
            told: Cell::new((Status::Loading, None)),
        })
    }

    /// Tells the engine what has happened and carries out what follows. What happens meanwhile comes after it.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        self.take_in(Incoming { event, tokens: None });
    }

    /// The same for an event that brings tokens.
    fn dispatch_with(self: &Rc<Self>, event: Event, tokens: Rc<Tokens>) {
        self.take_in(Incoming { event, tokens: Some(tokens) });
    }

    fn take_in(self: &Rc<Self>, incoming: Incoming) {
        self.inbox.borrow_mut().push_back(incoming);
        if self.is_stepping.replace(true) {
            return;
        }
        loop {
            let Some(incoming) = self.inbox.borrow_mut().pop_front() else { break };
            self.step(incoming);
        }
        self.is_stepping.set(false);
    }

    fn step(self: &Rc<Self>, incoming: Incoming) {
        let mut commands = self.commands.take();
        let now = now();
        // The only place where the engine is borrowed to be changed; no JavaScript runs inside.
        self.engine.borrow_mut().step(now, incoming.event, &mut commands);
        let told = self.told.get();
        let news = (self.status(), self.generation());
        if news.1 != told.1 {
            *self.tokens.borrow_mut() = incoming.tokens.filter(|_| news.1.is_some());
        }
        for command in commands.drain(..) {
            self.carry_out(command);
        }
        self.commands.replace(commands);
        if news != told {
            self.told.set(news);
            self.announce_change();
        }
    }

    fn carry_out(self: &Rc<Self>, command: Command) {
        match command {
            Command::Send { id, attempt, generation } => {
                task::tell(id.into(), Order::Send { attempt, generation });
            }
            Command::Cancel { id, .. } => task::tell(id.into(), Order::Cancel),
            Command::Deliver { id } => task::tell(id.into(), Order::Deliver),
            Command::Reject { id, code } => task::tell(id.into(), Order::Reject(code)),
            Command::Load => self.load(),
            Command::Save { ticket } => self.save(ticket),
            Command::Clear => {
                self.store.write(None);
            }
            Command::Call { ticket, attempt, .. } => refresh::start(self, ticket, attempt),
            Command::Drop { .. } => {
                let call = self.call.take();
                if let Some(call) = call {
                    call.abort();
                }
            }
            Command::Wake { at } => self.set_timer(at),
            Command::Notify(notice) => self.notify(notice),
            // The engine asks for these only where it is told that there are other tabs.
            Command::Lock { .. } | Command::Unlock { .. } | Command::Claim { .. } | Command::Announce => {}
        }
    }

    /// Reads the store once, before anything else needs it.
    pub(crate) fn warm_up(self: &Rc<Self>) {
        if self.status() == Status::Loading {
            self.load();
        }
    }

    fn load(self: &Rc<Self>) {
        if self.store.is_missing() {
            self.warn("storage", "the storage is missing or access to it is denied: tokens stay in memory");
        }
        let stored = self.store.read().and_then(|record| Tokens::restore(&record, self.rules, now()));
        match stored.map(Rc::new) {
            Some(tokens) => self.dispatch_with(Event::Read { pair: Some(tokens.pair) }, tokens),
            None => self.dispatch(Event::Read { pair: None }),
        }
    }

    fn save(self: &Rc<Self>, ticket: Option<Ticket>) {
        let record = self.tokens().and_then(|tokens| tokens.record());
        let ok = record.is_some_and(|record| self.store.write(Some(record)));
        match ticket {
            Some(ticket) => self.dispatch(Event::Saved { ticket, ok }),
            None if !ok => self.notify(Notice::NotStored),
            None => {}
        }
    }

    fn set_timer(self: &Rc<Self>, at: Option<Time>) {
        if let Some(timer) = self.timer.take() {
            platform::stop_timer(&timer);
        }
        let Some(at) = at else { return };
        let tick = self.tick.get_or_init(|| {
            let host = Rc::downgrade(self);
            let tick = Closure::<dyn Fn()>::new(move || {
                if let Some(host) = host.upgrade() {
                    host.dispatch(Event::Tick);
                }
            });
            tick.into_js_value().unchecked_into()
        });
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let delay = at.saturating_sub(now()) as f64;
        *self.timer.borrow_mut() = Some(platform::start_timer(tick, delay));
    }

    fn notify(&self, notice: Notice) {
        match notice {
            Notice::Refreshed => {
                let tokens = self.snapshot();
                for member in self.live_members() {
                    if let Some(listener) = &member.options().on_refresh {
                        platform::tell(listener, &tokens);
                    }
                }
                self.listeners.tell(Topic::Refresh, &tokens);
            }
            Notice::SignedOut { reason } => {
                let event = Object::new();
                put(&event, "reason", &JsValue::from_str(reason_name(reason)));
                put(&event, "error", &self.refresh_error.borrow());
                for member in self.live_members() {
                    if let Some(listener) = &member.options().on_sign_out {
                        platform::tell(listener, &event);
                    }
                }
                self.listeners.tell(Topic::SignOut, &event);
            }
            Notice::NotStored => {
                self.warn("not-stored", "the tokens could not be stored: this page keeps them in memory");
            }
        }
    }

    fn warn(&self, code: &str, message: &str) {
        if self.listeners.any(Topic::Warning) {
            let warning = Object::new();
            put(&warning, "code", &JsValue::from_str(code));
            put(&warning, "message", &JsValue::from_str(message));
            self.listeners.tell(Topic::Warning, &warning);
        }
    }

    fn announce_change(&self) {
        if self.listeners.any(Topic::Change) {
            let change = Object::new();
            put(&change, "status", &JsValue::from_str(status_name(self.status())));
            put(&change, "tokens", &self.snapshot());
            self.listeners.tell(Topic::Change, &change);
        }
    }

    /// A request begins: in flight or waiting, whatever it is sent with.
    pub(crate) fn enter(&self) {
        self.pending.set(self.pending.get() + 1);
        if self.pending.get() == 1 {
            self.listeners.tell(Topic::Busy, &JsValue::TRUE);
        }
    }

    /// A request is answered.
    pub(crate) fn leave(&self) {
        self.pending.set(self.pending.get().saturating_sub(1));
        if self.pending.get() == 0 {
            self.listeners.tell(Topic::Busy, &JsValue::FALSE);
        }
    }

    /// The tokens in use.
    pub(crate) fn tokens(&self) -> Option<Rc<Tokens>> {
        self.tokens.borrow().clone()
    }

    /// What the app sees of them: an object, or `null`.
    fn snapshot(&self) -> JsValue {
        self.tokens.borrow().as_ref().map_or(JsValue::NULL, |tokens| tokens.object.clone())
    }

    /// What lies behind a code: the refresh's error, where it was the refresh that failed.
    pub(crate) fn cause_of(&self, code: Code) -> Option<JsValue> {
        let by_refresh = matches!(code, Code::RefreshRejected | Code::RefreshFailed);
        let error = self.refresh_error.borrow();
        (by_refresh && !error.is_undefined()).then(|| error.clone())
    }

    /// Whether a refresh function of the app is just being called.
    pub(crate) fn is_in_refresh_function(&self) -> bool {
        self.in_refresh_function.get()
    }

    /// Whether a call has to wait.
    pub(crate) fn is_waiting(&self, id: Id) -> bool {
        self.engine.borrow().parked().any(|(parked, _)| parked == id)
    }

    fn status(&self) -> Status {
        self.engine.borrow().status()
    }

    fn generation(&self) -> Option<Gen> {
        match self.engine.borrow().session() {
            Session::In { generation, .. } => Some(*generation),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    fn live_members(&self) -> Vec<Rc<Member>> {
        self.members.borrow().iter().filter_map(Weak::upgrade).collect()
    }
}

/// This machine's clock, in ms since the epoch.
fn now() -> Time {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and positive")]
    let now = Date::now() as Time;
    now
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Loading => "loading",
        Status::SignedOut => "signed-out",
        Status::Active => "active",
        Status::Refreshing => "refreshing",
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::User => "user",
        Reason::Refused => "refused",
        Reason::NoRefreshToken => "no-refresh-token",
        Reason::OtherTab => "other-tab",
    }
}
