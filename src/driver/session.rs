//! The driver of one session.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::JsValue;

use super::clock::Clock;
use super::instance::Instance;
use super::listeners::Listeners;
use super::refresh_call::RunningCall;
use super::resources::SessionResources;
use super::store::Store;
use super::tabs::AmongTabs;
use super::tokens::{Rules, Tokens};
use crate::boundary::{Status, Warning};
use crate::engine::{Command, Engine, Event, Gen, Notice, Time};
use crate::options::SessionOptions;

/// One session: what all instances with the same storage and key share.
pub(crate) struct SessionDriver {
    /// By which JavaScript names it, e.g. when its timer fires. No number is used twice on a page, not even after a trap: an event for
    /// a driver of an engine that has trapped finds nobody.
    pub(super) number: u32,
    pub(super) resources: SessionResources,
    pub(super) engine: RefCell<Engine>,
    /// Events that wait until the commands of the current one are carried out: JavaScript may call back meanwhile.
    pub(super) inbox: RefCell<Vec<Incoming>>,
    pub(super) is_stepping: Cell<bool>,
    /// The buffer of commands, used again for each step to save allocations.
    pub(super) commands: Cell<Vec<Command>>,
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
    pub(super) instances: RefCell<Vec<Weak<Instance>>>,
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
    pub(super) generation_of_tokens: Cell<Option<Gen>>,
    /// The status and the generation of which the listeners were notified last.
    pub(super) last_change: Cell<(Status, Option<Gen>)>,
}

/// An event, and the tokens that it brings.
pub(super) struct Incoming {
    pub(super) event: Event,
    pub(super) tokens: Option<Rc<Tokens>>,
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
            instances: RefCell::default(),
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

    /// Does something with the part that concerns other tabs, if there is one.
    pub(super) fn among_tabs(&self, act: impl FnOnce(&AmongTabs)) {
        if let Some(tabs) = &self.tabs {
            act(tabs);
        }
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
