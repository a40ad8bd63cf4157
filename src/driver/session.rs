//! The driver of one session.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::clock::Clock;
use super::handle::SessionHandle;
use super::listeners::Listeners;
use super::refresh::{self, RunningCall};
use super::resources::SessionResources;
use super::store::Store;
use super::tabs::AmongTabs;
use super::tasks::{self, Order};
use super::tokens::{Rules, Tokens};
use crate::boundary::{AuthCode, SessionNews, Status, Warning};
use crate::engine::{Asker, Claim, Command, Engine, Event, Gen, Id, NEVER, Notice, RefreshId, Session, Time};
use crate::options::SessionOptions;
use crate::platform::promise::Deferred;
use crate::platform::timers;

#[wasm_bindgen(module = "/src/error/errors.js")]
extern "C" {
    /// An `AuthError`, by the number of its [`AuthCode`].
    #[wasm_bindgen(js_name = authError)]
    fn auth_error(code: u32, cause: &JsValue) -> JsValue;
}

/// One session: what all instances with the same storage and key share.
pub(crate) struct SessionDriver {
    /// Its number, by which its timer finds it. No other host on this page ever has the same, nor had it in an engine that has
    /// trapped: what still comes for that one is nobody's.
    pub(super) number: u32,
    pub(super) resources: SessionResources,
    pub(super) engine: RefCell<Engine>,
    /// What has happened and is not told yet. JavaScript may call back while commands are carried out.
    inbox: RefCell<Vec<Incoming>>,
    is_stepping: Cell<bool>,
    /// Used again for each step, so that the commonest ones allocate nothing.
    commands: Cell<Vec<Command>>,
    /// The tokens that the last call of the refresh has brought, until the engine uses them or others.
    pub(super) arrived: RefCell<Option<Rc<Tokens>>>,
    /// The tokens of the engine's generation.
    pub(super) tokens: RefCell<Option<Rc<Tokens>>>,
    pub(super) rules: Rules,
    pub(super) store: Store,
    /// When the store was last read.
    pub(super) looked_at: Cell<Option<Time>>,
    /// Whether it is just being read without the engine's word.
    pub(super) is_reading: Cell<bool>,
    /// `None`: this session is nobody else's.
    pub(super) tabs: Option<AmongTabs>,
    /// Where its instances refresh, as a hash, if an endpoint does it.
    pub(super) refresh_origin: Cell<Option<u64>>,
    /// Whether the app knows that the tokens could not be stored.
    pub(super) is_unstored: Cell<bool>,
    pub(super) members: RefCell<Vec<Weak<SessionHandle>>>,
    pub(super) listeners: Listeners,
    /// How many requests are in flight or waiting.
    pending: Cell<u32>,
    pub(super) call: Cell<Option<RunningCall>>,
    /// Whether a refresh function of the app is just being called: what it asks for at once belongs to the refresh.
    pub(super) in_refresh_function: Cell<bool>,
    /// Why the last refresh failed; the cause of what its waiters are told.
    refresh_error: RefCell<JsValue>,
    pub(super) clock: Clock,
    /// The generation that the tokens are of.
    kept: Cell<Option<Gen>>,
    /// What the listeners were last told of.
    told: Cell<(Status, Option<Gen>)>,
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
            members: RefCell::default(),
            listeners: resources.listeners(),
            resources,
            pending: Cell::new(0),
            call: Cell::default(),
            in_refresh_function: Cell::new(false),
            refresh_error: RefCell::new(JsValue::UNDEFINED),
            clock: Clock::default(),
            kept: Cell::new(None),
            told: Cell::new((Status::Loading, None)),
        })
    }

    /// Tells the engine what has happened and carries out what follows. What happens meanwhile comes after it.
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
            if meanwhile.is_empty() && !self.tell_change() {
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
            // What a refresh has brought is used with the fence's word, which brings nothing itself.
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
            // Carried out at once, so that these are the tokens of the engine's word, whatever a listener does before the task
            // gets to it.
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

    /// The engine asks for it only where it is told that there are other tabs.
    pub(super) fn among_tabs(&self, act: impl FnOnce(&AmongTabs)) {
        if let Some(tabs) = &self.tabs {
            act(tabs);
        }
    }

    /// What the tabs have to say of a refresh, or of the store.
    pub(super) fn hear_tabs(self: &Rc<Self>, refresh: RefreshId, news: SessionNews) {
        let Some(tabs) = &self.tabs else { return };
        let Some(event) = tabs.event(refresh, news) else { return };
        if matches!(event, Event::Claimed { claim: Claim::WonAfter(_), .. }) {
            self.set_refresh_error(tabs.error());
        }
        self.dispatch(event);
    }

    /// Whose a call is that is made now.
    pub(crate) fn asker(self: &Rc<Self>) -> Asker {
        self.look();
        self.engine.borrow().asker()
    }

    /// What a call gets instead of being sent, as whoever made it is not signed in any more.
    pub(crate) fn session_mismatch(self: &Rc<Self>, asker: Asker) -> Option<AuthCode> {
        self.look();
        self.engine.borrow().session_mismatch(asker)
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
            // Once, until a write goes well again; of a storage that is missing another warning has told.
            Notice::NotStored if !self.is_unstored.replace(true) && !self.store.is_missing() => {
                self.listeners.warn(Warning::NotStored);
            }
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

    /// The tokens in use.
    pub(super) fn tokens(&self) -> Option<Rc<Tokens>> {
        self.tokens.borrow().clone()
    }

    /// What the app sees of them: an object, or `null`.
    pub(super) fn snapshot(&self) -> JsValue {
        self.tokens().map_or(JsValue::NULL, |tokens| tokens.object.clone())
    }

    /// What lies behind a code: the refresh's error, where it was the refresh that failed.
    pub(crate) fn cause_of(&self, code: AuthCode) -> JsValue {
        match code {
            AuthCode::RefreshRejected | AuthCode::RefreshFailed => self.refresh_error.borrow().clone(),
            _ => JsValue::UNDEFINED,
        }
    }

    /// Tells a caller that the session has failed.
    pub(crate) fn deny(&self, caller: &Deferred, code: AuthCode) {
        caller.reject(&auth_error(code as u32, &self.cause_of(code)));
    }

    /// How many requests are in flight or waiting.
    pub(crate) fn pending(&self) -> u32 {
        self.pending.get()
    }

    /// How many calls wait.
    pub(crate) fn waiting(&self) -> u32 {
        u32::try_from(self.engine.borrow().waiting()).unwrap_or(u32::MAX)
    }

    /// Whether tokens of many users could meet here.
    pub(crate) fn is_shared_by_users(&self) -> bool {
        self.store.is_shared_by_users()
    }

    /// What of it outlives the engine, as the shell knows it.
    pub(crate) fn resources(&self) -> JsValue {
        self.resources.clone().into()
    }

    pub(super) fn set_refresh_error(&self, error: JsValue) {
        self.refresh_error.replace(error);
    }

    /// Whether a refresh function of the app is just being called.
    pub(crate) fn is_in_refresh_function(&self) -> bool {
        self.in_refresh_function.get()
    }

    /// Whether the engine wants to know where requests have gone.
    pub(crate) fn needs_routes(&self) -> bool {
        self.engine.borrow().needs_routes()
    }

    /// Whether a call has to wait.
    pub(crate) fn is_waiting(&self, id: Id) -> bool {
        self.engine.borrow().is_parked(id)
    }

    pub(super) fn now(&self) -> Time {
        self.clock.now().engine
    }

    pub(super) fn status(&self) -> Status {
        self.engine.borrow().status()
    }

    fn generation(&self) -> Option<Gen> {
        match self.engine.borrow().session() {
            Session::In { generation, .. } => Some(*generation),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    /// The first instance that lives: its refresh is the one that runs.
    pub(super) fn first_member(&self) -> Option<Rc<SessionHandle>> {
        self.members.borrow().iter().filter_map(Weak::upgrade).find(|member| !member.is_disposed())
    }

    /// Whether a refresh at this origin is this session's too; `None` where it is not known beforehand.
    pub(super) fn agrees_on(&self, origin: Option<u64>) -> bool {
        let known = self.refresh_origin.get();
        if known.is_none() {
            self.refresh_origin.set(origin);
        }
        known.is_none() || origin.is_none() || known == origin
    }

    /// Whether the last instance has left.
    pub(super) fn is_closed(&self) -> bool {
        self.engine.borrow().is_closed()
    }
}

impl Drop for SessionDriver {
    fn drop(&mut self) {
        self.among_tabs(AmongTabs::close);
    }
}

/// A request that counts as pending.
pub(crate) struct Counted(Rc<SessionDriver>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.pending.set(self.0.pending.get().saturating_sub(1));
        if self.0.pending.get() == 0 {
            self.0.listeners.busy(false);
        }
    }
}
