//! What all attempts of a call have in common.

use std::rc::Rc;

use crate::driver::{Counted, SessionDriver, SessionHandle};
use crate::engine::{Asker, User};

/// The session and the user of a call. The user is fixed once, when it first matters, and stays the same whoever signs in or out
/// meanwhile.
pub(super) struct CallContext {
    handle: Option<Rc<SessionHandle>>,
    asker: Option<Asker>,
    /// Kept until the call ends, so that the call counts as pending while it waits for its next attempt.
    counted: Option<Counted>,
}

impl CallContext {
    /// `handle`: the session, if there is one; `asker`: the user, if that is known already.
    pub(super) fn new(handle: Option<Rc<SessionHandle>>, asker: Option<Asker>) -> Self {
        Self { handle, asker, counted: None }
    }

    /// The handle of the call's instance, if that has a session.
    pub(super) fn handle(&self) -> Option<&Rc<SessionHandle>> {
        self.handle.as_ref()
    }

    /// The user of the call: whoever is signed in when this is first asked.
    pub(super) fn asker(&mut self, driver: &Rc<SessionDriver>) -> Asker {
        let now = driver.asker();
        *self.asker.get_or_insert(now)
    }

    /// A call that was made for no user belongs to the user of the first token that it gets.
    pub(super) fn belongs_to(&mut self, user: User) {
        self.asker = Some(Asker::User(user));
    }

    /// Counts the call as pending from now on.
    pub(super) fn count(&mut self) {
        if let Some(handle) = &self.handle {
            self.counted.get_or_insert_with(|| handle.driver().count());
        }
    }
}
