//! An instance's part in a session: its own options, and the session that it shares with others.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::Host;
use crate::engine::Event;
use crate::options::SessionOptions;
use js_sys::Function;

thread_local! {
    /// The sessions of this page, so that instances with the same storage and key meet.
    static HOSTS: RefCell<Vec<Weak<Host>>> = const { RefCell::new(Vec::new()) };
    static LAST_NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// One instance in one session.
pub(crate) struct Member {
    number: u32,
    host: Rc<Host>,
    options: Rc<SessionOptions>,
    /// The instance's own `fetch`, with which it refreshes too.
    fetch: Option<Function>,
    bare_api: Function,
    is_disposed: Cell<bool>,
}

impl Member {
    /// Joins the session of that storage and key, or founds it.
    pub(crate) fn join(options: SessionOptions, fetch: Option<Function>, bare_api: Function) -> Rc<Self> {
        let host = HOSTS.with_borrow_mut(|hosts| {
            hosts.retain(|host| host.upgrade().is_some_and(|host| !host.is_closed()));
            let mut live = hosts.iter().filter_map(Weak::upgrade);
            live.find(|host| host.store.is_for(options.storage, &options.key)).unwrap_or_else(|| {
                let host = Host::new(&options);
                hosts.push(Rc::downgrade(&host));
                host
            })
        });
        let member = Self::enter(host, Rc::new(options), fetch, bare_api);
        member.host.listeners.join(member.number, &member.options.given);
        member
    }

    /// A child's part in its parent's session. The listeners that the options brought stay the parent's.
    pub(crate) fn child(&self) -> Rc<Self> {
        let (host, options) = (Rc::clone(&self.host), Rc::clone(&self.options));
        let child = Self::enter(host, options, self.fetch.clone(), self.bare_api.clone());
        child.is_disposed.set(self.is_disposed());
        child
    }

    fn enter(
        host: Rc<Host>,
        options: Rc<SessionOptions>,
        fetch: Option<Function>,
        bare_api: Function,
    ) -> Rc<Self> {
        let number = LAST_NUMBER.get() + 1;
        LAST_NUMBER.set(number);
        let member = Rc::new(Self { number, host, options, fetch, bare_api, is_disposed: Cell::new(false) });
        member.host.members.borrow_mut().push(Rc::downgrade(&member));
        member
    }

    pub(crate) fn host(&self) -> &Rc<Host> {
        &self.host
    }

    pub(crate) fn options(&self) -> &SessionOptions {
        &self.options
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn fetch(&self) -> Option<&Function> {
        self.fetch.as_ref()
    }

    /// Makes the `api` that a refresh function is given: the same instance, without the session.
    pub(super) fn bare_api(&self) -> &Function {
        &self.bare_api
    }

    pub(crate) fn is_disposed(&self) -> bool {
        self.is_disposed.get()
    }

    /// Leaves the session. The last one out ends it: whoever waits is told so.
    pub(super) fn dispose(&self) {
        if self.is_disposed.replace(true) {
            return;
        }
        self.host.listeners.remove_of(self.number);
        if self.host.first_member().is_none() {
            self.host.dispatch(Event::Dispose);
        }
    }
}
