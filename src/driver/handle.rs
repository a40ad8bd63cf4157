//! The handle of one instance on a session that it may share with other instances.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::instance::Instance;
use super::session::SessionDriver;
use crate::boundary::SessionNews;
use crate::engine::{Event, RefreshId};
use crate::options::{Place, SessionOptions};

thread_local! {
    /// The drivers of all sessions of this page, with their numbers in ascending order: a new instance looks here for a session with
    /// the same storage and key.
    static SESSIONS: RefCell<Vec<(u32, Weak<SessionDriver>)>> = const { RefCell::new(Vec::new()) };
}

/// The timer of a driver has fired. Does nothing if the driver is gone.
pub(crate) fn on_timer(number: u32) {
    if let Some(driver) = find(number) {
        driver.dispatch(Event::Tick);
    }
}

/// The machine is online again.
pub(crate) fn on_online() {
    find_where(|driver| {
        driver.dispatch(Event::Online);
        false
    });
}

/// The page is being left.
pub(crate) fn on_page_left() {
    find_where(|driver| {
        driver.hurry_storage();
        false
    });
}

/// A driver gets news of other tabs, of its lock, or of its marks.
pub(crate) fn on_news(number: u32, ticket: u32, what: u32) {
    if let (Some(driver), Some(news)) = (find(number), SessionNews::from_number(what)) {
        driver.on_tabs_news(RefreshId(ticket), news);
    }
}

/// The first driver whose number is not below this one.
fn first_from(number: u32) -> Option<(u32, Weak<SessionDriver>)> {
    SESSIONS
        .with_borrow(|sessions| sessions.get(sessions.partition_point(|(other, _)| *other < number)).cloned())
}

fn find(number: u32) -> Option<Rc<SessionDriver>> {
    first_from(number).filter(|(other, _)| *other == number)?.1.upgrade()
}

/// The first driver, in the order of their numbers, that `matches`. Nothing is borrowed while `matches` runs: it may call JavaScript
/// that creates or disposes of instances.
fn find_where(matches: impl Fn(&Rc<SessionDriver>) -> bool) -> Option<Rc<SessionDriver>> {
    let mut next = 0;
    while let Some((number, driver)) = first_from(next) {
        next = number + 1;
        if let Some(driver) = driver.upgrade()
            && matches(&driver)
        {
            return Some(driver);
        }
    }
    None
}

/// The session that already exists at the same place. Memory is never shared with an instance that is not a child.
fn find_shared(options: &SessionOptions) -> Option<Rc<SessionDriver>> {
    if options.storage == Place::Memory {
        return None;
    }
    find_where(|driver| !driver.is_closed() && driver.store.is_for(options.storage, options.key))
}

fn create(options: &SessionOptions) -> Rc<SessionDriver> {
    let driver = SessionDriver::new(options);
    SESSIONS.with_borrow_mut(|sessions| {
        if sessions.len() == sessions.capacity() {
            // Removing the dead only when the list is full, and leaving room for as many again, keeps an insertion cheap.
            sessions.retain(|(_, driver)| driver.strong_count() > 0);
            sessions.reserve(sessions.len() + 1);
        }
        sessions.push((driver.number, Rc::downgrade(&driver)));
    });
    driver
}

/// One instance's handle on its session, with the options of that instance.
pub(crate) struct SessionHandle {
    driver: Rc<SessionDriver>,
    instance: Rc<Instance>,
}

impl SessionHandle {
    /// Joins the session of these settings, or else one with the same storage and key, or else creates one. `None` when that
    /// session's tokens belong to a server at another origin.
    pub(crate) fn join(options: SessionOptions, is_disposed: bool) -> Option<Rc<Self>> {
        let driver =
            find(options.driver()).or_else(|| find_shared(&options)).unwrap_or_else(|| create(&options));
        if !driver.agrees_on(options.refresh_origin()) {
            return None;
        }
        if driver.instances.borrow().is_empty() {
            // A trap may have ended the requests without anybody telling the listeners.
            driver.listeners.busy(false);
        }
        let instance = Rc::new(Instance::new(options, is_disposed));
        driver.instances.borrow_mut().push(Rc::downgrade(&instance));
        if !is_disposed {
            driver.dispatch(Event::Revive);
        } else if driver.first_instance().is_none() {
            driver.dispatch(Event::Dispose);
        }
        Some(Rc::new(Self { driver, instance }))
    }

    pub(crate) fn driver(&self) -> &Rc<SessionDriver> {
        &self.driver
    }

    pub(crate) fn is_disposed(&self) -> bool {
        self.instance.is_disposed()
    }

    /// Leaves the session. When the last instance leaves, the session ends, and calls that wait are rejected.
    pub(crate) fn dispose(&self) {
        if self.instance.dispose() && self.driver.first_instance().is_none() {
            self.driver.dispatch(Event::Dispose);
        }
    }
}
