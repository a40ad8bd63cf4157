//! An instance's part in a session: its own options, and the session that it shares with others.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::session::SessionDriver;
use crate::boundary::SessionNews;
use crate::engine::{Event, RefreshId};
use crate::options::{Place, SessionOptions};

thread_local! {
    /// The sessions of this page by the numbers of their hosts, which ascend, so that instances with the same storage and key meet.
    static HOSTS: RefCell<Vec<(u32, Weak<SessionDriver>)>> = const { RefCell::new(Vec::new()) };
}

/// The timer of a host has fired. One that is gone has nothing to do any more.
pub(crate) fn tick(number: u32) {
    if let Some(host) = find(number) {
        host.dispatch(Event::Tick);
    }
}

/// The machine has come online.
pub(crate) fn come_online() {
    seek(|host| {
        host.dispatch(Event::Online);
        false
    });
}

/// The page is left.
pub(crate) fn leave_page() {
    seek(|host| {
        host.hurry_storage();
        false
    });
}

/// Another tab, or what stands between the tabs, has something to say to a host.
pub(crate) fn tell(number: u32, ticket: u32, what: u32) {
    if let (Some(host), Some(news)) = (find(number), SessionNews::from_number(what)) {
        host.hear_tabs(RefreshId(ticket), news);
    }
}

/// The first host whose number is not below this one.
fn first_from(number: u32) -> Option<(u32, Weak<SessionDriver>)> {
    HOSTS.with_borrow(|hosts| hosts.get(hosts.partition_point(|(other, _)| *other < number)).cloned())
}

fn find(number: u32) -> Option<Rc<SessionDriver>> {
    first_from(number).filter(|(other, _)| *other == number)?.1.upgrade()
}

/// The first host, in the order of their numbers, of which `is_it` says so.
fn seek(is_it: impl Fn(&Rc<SessionDriver>) -> bool) -> Option<Rc<SessionDriver>> {
    let mut next = 0;
    while let Some((number, host)) = first_from(next) {
        next = number + 1;
        if let Some(host) = host.upgrade()
            && is_it(&host)
        {
            return Some(host);
        }
    }
    None
}

/// The session that others have at the same place. Memory belongs to one instance and its children: nobody is met there.
fn meet(options: &SessionOptions) -> Option<Rc<SessionDriver>> {
    if options.storage == Place::Memory {
        return None;
    }
    seek(|host| !host.is_closed() && host.store.is_for(options.storage, options.key))
}

fn found(options: &SessionOptions) -> Rc<SessionDriver> {
    let host = SessionDriver::new(options);
    HOSTS.with_borrow_mut(|hosts| {
        if hosts.len() == hosts.capacity() {
            // Those that are gone make way, and as many as are left may come before the others are looked through again.
            hosts.retain(|(_, host)| host.strong_count() > 0);
            hosts.reserve(hosts.len() + 1);
        }
        hosts.push((host.number, Rc::downgrade(&host)));
    });
    host
}

/// One instance in one session.
pub(crate) struct SessionHandle {
    host: Rc<SessionDriver>,
    options: SessionOptions,
    is_disposed: Cell<bool>,
}

impl SessionHandle {
    /// Joins the session of these settings, or else that of the same storage and key, or founds it; `None` when that session's
    /// tokens belong to the server of another origin.
    pub(crate) fn join(options: SessionOptions, is_disposed: bool) -> Option<Rc<Self>> {
        let host = find(options.host()).or_else(|| meet(&options)).unwrap_or_else(|| found(&options));
        if !host.agrees_on(options.refresh_origin()) {
            return None;
        }
        if host.members.borrow().is_empty() {
            // Where a trap has ended its requests, and that could not be told.
            host.listeners.busy(false);
        }
        let member = Rc::new(Self { host, options, is_disposed: Cell::new(is_disposed) });
        let host = &member.host;
        host.members.borrow_mut().push(Rc::downgrade(&member));
        if !is_disposed {
            host.dispatch(Event::Revive);
        } else if host.first_member().is_none() {
            host.dispatch(Event::Dispose);
        }
        Some(member)
    }

    pub(crate) fn driver(&self) -> &Rc<SessionDriver> {
        &self.host
    }

    pub(crate) fn options(&self) -> &SessionOptions {
        &self.options
    }

    pub(crate) fn is_disposed(&self) -> bool {
        self.is_disposed.get()
    }

    /// Leaves the session. The last one out ends it: whoever waits is told so.
    pub(crate) fn dispose(&self) {
        if !self.is_disposed.replace(true) && self.host.first_member().is_none() {
            self.host.dispatch(Event::Dispose);
        }
    }
}
