//! The host of the engine: what the engine commands is done here, and what happens is told to it.

mod handle;
mod listeners;
mod member;
mod refresh;
mod store;
mod tokens;
mod trace;

pub use handle::SessionHandle;
pub(crate) use member::Member;
pub(crate) use trace::{Step, Trace};

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Date, Function};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};

use crate::engine::{Code, Command, Engine, Event, Gen, Id, Notice, Session, Status, Ticket, Time};
use crate::options::SessionOptions;
use crate::task::{self, Order};
use crate::web::task as web;
use listeners::{Listeners, Warning};
use refresh::RunningCall;
use store::Store;
use tokens::{Rules, Tokens};

/// One session: what all instances with the same storage and key share.
pub(crate) struct Host {
    engine: RefCell<Engine>,
    /// What has happened and is not told yet. JavaScript may call back while commands are carried out.
    inbox: RefCell<Vec<Incoming>>,
    is_stepping: Cell<bool>,
    /// Used again for each step, so that the commonest ones allocate nothing.
    commands: RefCell<Vec<Command>>,
    /// The tokens in use, and those before them that a request is still to be sent with: a listener may change the session
    /// between the engine's order and the sending.
    vault: RefCell<Vec<(Gen, Rc<Tokens>)>>,
    rules: Rules,
    store: Store,
    /// Calls that want the tokens themselves, and what they get.
    askers: RefCell<Vec<(Id, JsValue)>>,
    /// Whether the app knows that the tokens could not be stored.
    is_unstored: Cell<bool>,
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
    /// The latest moment that the engine has seen, and how far its clock is ahead of the machine's, which was set back.
    latest: Cell<Time>,
    ahead: Cell<Time>,
    /// The generation that the vault was last brought up to.
    kept: Cell<Option<Gen>>,
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
            vault: RefCell::default(),
            rules: Rules::from(options),
            store: Store::new(options.storage, options.key.clone()),
            askers: RefCell::default(),
            is_unstored: Cell::new(false),
            members: RefCell::default(),
            listeners: Listeners::new(),
            pending: Cell::new(0),
            timer: RefCell::default(),
            tick: OnceCell::new(),
            call: RefCell::default(),
            in_refresh_function: Cell::new(false),
            refresh_error: RefCell::new(JsValue::UNDEFINED),
            latest: Cell::new(0),
            ahead: Cell::new(0),
            kept: Cell::new(None),
            told: Cell::new((Status::Loading, None)),
        })
    }

    /// Tells the engine what has happened and carries out what follows. What happens meanwhile comes after it.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        self.take_in(event, None);
    }

    /// The same for an event that may bring tokens.
    fn take_in(self: &Rc<Self>, event: Event, tokens: Option<Rc<Tokens>>) {
        let incoming = Incoming { event, tokens };
        if self.is_stepping.replace(true) {
            self.inbox.borrow_mut().push(incoming);
            return;
        }
        self.step(incoming);
        loop {
            let meanwhile = self.inbox.take();
            if meanwhile.is_empty() && !self.tell_change() {
                break;
            }
            for incoming in meanwhile {
                self.step(incoming);
            }
        }
        self.is_stepping.set(false);
    }

    /// Tells the listeners what has come of it all; false when they know.
    fn tell_change(&self) -> bool {
        let news = (self.status(), self.generation());
        let is_news = news != self.told.replace(news);
        if is_news {
            self.listeners.change(news.0, &self.snapshot());
        }
        is_news
    }

    fn step(self: &Rc<Self>, incoming: Incoming) {
        let mut commands = self.commands.take();
        let now = self.now();
        // The only place where the engine is borrowed to be changed; no JavaScript runs inside.
        self.engine.borrow_mut().step(now, incoming.event, &mut commands);
        let generation = self.generation();
        if generation != self.kept.replace(generation) {
            self.keep(generation.zip(incoming.tokens));
        }
        for command in commands.drain(..) {
            self.carry_out(command);
        }
        self.commands.replace(commands);
    }

    fn carry_out(self: &Rc<Self>, command: Command) {
        match command {
            Command::Send { id, attempt, generation } => {
                task::tell(id.into(), Order::Send { attempt, generation });
            }
            Command::Cancel { id, .. } => task::tell(id.into(), Order::Cancel),
            Command::Deliver { id } => {
                self.hand_out(id);
                task::tell(id.into(), Order::Deliver);
            }
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
        let stored = self.store.read().and_then(|record| Tokens::restore(&record, self.rules, self.clock()));
        let pair = stored.as_ref().map(|tokens| tokens.pair);
        self.take_in(Event::Read { pair }, stored.map(Rc::new));
        // After the reading: a listener may ask for the session at once.
        if self.store.is_missing() {
            self.listeners.warn(Warning::Storage);
        }
    }

    fn save(self: &Rc<Self>, ticket: Option<Ticket>) {
        let record = self.tokens().and_then(|tokens| tokens.record());
        let ok = record.is_some_and(|record| self.store.write(Some(record)));
        if ok {
            self.is_unstored.set(false);
        }
        match ticket {
            Some(ticket) => self.dispatch(Event::Saved { ticket, ok }),
            None if !ok => self.notify(Notice::NotStored),
            None => {}
        }
    }

    fn set_timer(self: &Rc<Self>, at: Option<Time>) {
        if let Some(timer) = self.timer.take() {
            web::stop_timer(&timer);
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
        let delay = at.saturating_sub(self.now()) as f64;
        *self.timer.borrow_mut() = Some(web::start_timer(tick, delay));
    }

    fn notify(&self, notice: Notice) {
        match notice {
            Notice::Refreshed => self.listeners.refreshed(&self.snapshot()),
            Notice::SignedOut { reason } => {
                let error = self.refresh_error.borrow().clone();
                self.listeners.signed_out(reason, &error);
            }
            // Once, until a write goes well again.
            Notice::NotStored if !self.is_unstored.replace(true) => self.listeners.warn(Warning::NotStored),
            Notice::NotStored => {}
        }
    }

    /// Counts a request, in flight or waiting, until the result is dropped.
    pub(crate) fn count(self: &Rc<Self>) -> Counted {
        self.pending.set(self.pending.get() + 1);
        if self.pending.get() == 1 {
            self.listeners.busy(true);
        }
        Counted(Rc::clone(self))
    }

    /// Puts new tokens into the vault, and throws out what nobody needs any more.
    fn keep(&self, new: Option<(Gen, Rc<Tokens>)>) {
        let engine = self.engine.borrow();
        let mut vault = self.vault.borrow_mut();
        vault.retain(|(old, _)| engine.flying().any(|(_, request)| request.generation == *old));
        vault.extend(new);
    }

    /// The tokens of a generation.
    pub(crate) fn tokens_of(&self, generation: Gen) -> Option<Rc<Tokens>> {
        self.vault.borrow().iter().find(|(kept, _)| *kept == generation).map(|(_, tokens)| Rc::clone(tokens))
    }

    /// The tokens in use.
    fn tokens(&self) -> Option<Rc<Tokens>> {
        self.tokens_of(self.generation()?)
    }

    /// A call that wants the tokens themselves gets those of the engine's word, whatever a listener does meanwhile.
    fn hand_out(&self, id: Id) {
        for (_, tokens) in self.askers.borrow_mut().iter_mut().filter(|(asker, _)| *asker == id) {
            *tokens = self.snapshot();
        }
    }

    /// What the app sees of them: an object, or `null`.
    fn snapshot(&self) -> JsValue {
        self.tokens().map_or(JsValue::NULL, |tokens| tokens.object.clone())
    }

    /// What lies behind a code: the refresh's error, where it was the refresh that failed.
    pub(crate) fn cause_of(&self, code: Code) -> JsValue {
        match code {
            Code::RefreshRejected | Code::RefreshFailed => self.refresh_error.borrow().clone(),
            _ => JsValue::UNDEFINED,
        }
    }

    fn set_refresh_error(&self, error: JsValue) {
        self.refresh_error.replace(error);
    }

    /// Whether a refresh function of the app is just being called.
    pub(crate) fn is_in_refresh_function(&self) -> bool {
        self.in_refresh_function.get()
    }

    /// Whether a call has to wait.
    pub(crate) fn is_waiting(&self, id: Id) -> bool {
        self.engine.borrow().is_parked(id)
    }

    /// What time it is.
    fn clock(&self) -> Clock {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and positive")]
        let wall = Date::now() as Time;
        let engine = wall + self.ahead.get();
        if engine < self.latest.get() {
            self.ahead.set(self.latest.get() - wall);
        }
        self.latest.set(wall + self.ahead.get());
        Clock { wall, engine: self.latest.get() }
    }

    fn now(&self) -> Time {
        self.clock().engine
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

    /// The first instance that lives: its refresh is the one that runs.
    fn first_member(&self) -> Option<Rc<Member>> {
        self.members.borrow().iter().filter_map(Weak::upgrade).find(|member| !member.is_disposed())
    }

    /// Whether the last instance has left.
    fn is_closed(&self) -> bool {
        matches!(self.engine.borrow().session(), Session::Closed)
    }
}

/// A request that counts as pending.
pub(crate) struct Counted(Rc<Host>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.pending.set(self.0.pending.get().saturating_sub(1));
        if self.0.pending.get() == 0 {
            self.0.listeners.busy(false);
        }
    }
}

/// This machine's clock, and the engine's, in ms since the epoch. The engine's never goes back, or its deadlines would.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    wall: Time,
    engine: Time,
}
