//! An instance's part in a session: its own options, and the session that it shares with others.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::Host;
use super::store::{CLEARING, Writing};
use crate::engine::{Event, Ticket};
use crate::options::SessionOptions;

thread_local! {
    /// The sessions of this page, so that instances with the same storage and key meet.
    static HOSTS: RefCell<Vec<Weak<Host>>> = const { RefCell::new(Vec::new()) };
}

/// The timer of a host has fired. One that is gone has nothing to do any more.
pub(crate) fn tick(number: u32) {
    if let Some(host) = find(number) {
        host.dispatch(Event::Tick);
    }
}

/// The machine has come online.
pub(crate) fn come_online() {
    let mut place = 0;
    while let Some(host) = HOSTS.with_borrow(|hosts| hosts.get(place).cloned()) {
        place += 1;
        if let Some(host) = host.upgrade() {
            host.dispatch(Event::Online);
        }
    }
}

/// Another tab, what stands between the tabs, or an asynchronous storage has something to say to a host.
pub(crate) fn tell(number: u32, ticket: u32, what: u32) {
    let Some(host) = find(number) else { return };
    match what {
        // What `records.js` has to say of an asynchronous storage.
        11 => host.hear_reading(ticket),
        12..=14 if ticket == CLEARING => host.hear_clearing(Writing::from(what - 12)),
        12..=14 => host.hear_writing((ticket > 0).then_some(Ticket(ticket)), Writing::from(what - 12)),
        _ => host.dispatch(host.event_of(ticket, what)),
    }
}

fn find(number: u32) -> Option<Rc<Host>> {
    HOSTS.with_borrow(|hosts| hosts.iter().filter_map(Weak::upgrade).find(|host| host.number == number))
}

/// One instance in one session.
pub(crate) struct Member {
    host: Rc<Host>,
    options: SessionOptions,
    is_disposed: Cell<bool>,
}

impl Member {
    /// Joins the session of these settings, or else that of the same storage and key, or founds it; `None` when that session's
    /// tokens belong to the server of another origin.
    pub(crate) fn join(options: SessionOptions, is_disposed: bool) -> Option<Rc<Self>> {
        let known = options.host();
        let host = HOSTS.with_borrow_mut(|hosts| {
            let mut live = hosts.iter().filter_map(Weak::upgrade);
            let is_it = |host: &Rc<Host>| {
                u64::from(host.number) == known
                    || (!host.is_closed() && host.store.is_for(options.storage, options.key))
            };
            live.find(is_it).unwrap_or_else(|| {
                let host = Host::new(&options);
                let place = Rc::downgrade(&host);
                // Those that are gone make way.
                match hosts.iter_mut().find(|host| host.strong_count() == 0) {
                    Some(free) => *free = place,
                    None => hosts.push(place),
                }
                host
            })
        });
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

    pub(crate) fn host(&self) -> &Rc<Host> {
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
