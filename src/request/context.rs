//! Whose a call is.

use std::rc::Rc;

use crate::driver::{Counted, SessionDriver, SessionHandle};
use crate::engine::{Asker, User};

/// What holds for all attempts of a call: the session that it goes under, and whose it is. The latter is settled once, when it first
/// matters, and is the same at each sending, whoever has signed in or out meanwhile.
pub(super) struct CallContext {
    handle: Option<Rc<SessionHandle>>,
    asker: Option<Asker>,
    /// Kept to the end: the session is busy while a call waits for its next attempt.
    counted: Option<Counted>,
}

impl CallContext {
    /// A call under a session, if there is one; `asker`: whose it is, where that is known already.
    pub(super) fn new(handle: Option<Rc<SessionHandle>>, asker: Option<Asker>) -> Self {
        Self { handle, asker, counted: None }
    }

    /// The instance that the call is of, if that has a session.
    pub(super) fn handle(&self) -> Option<&Rc<SessionHandle>> {
        self.handle.as_ref()
    }

    /// Whose the call is: theirs who are signed in when this is first asked.
    pub(super) fn asker(&mut self, driver: &Rc<SessionDriver>) -> Asker {
        let now = driver.asker();
        *self.asker.get_or_insert(now)
    }

    /// From its first token on a call is that user's, also if nobody has made it.
    pub(super) fn belongs_to(&mut self, user: User) {
        self.asker = Some(Asker::User(user));
    }

    /// The call counts as pending from now on.
    pub(super) fn count(&mut self) {
        if let Some(handle) = &self.handle {
            self.counted.get_or_insert_with(|| handle.driver().count());
        }
    }
}
