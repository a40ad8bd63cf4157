//! `api.session.on(event, listener)`.

use std::cell::{Cell, RefCell};

use js_sys::Function;
use wasm_bindgen::prelude::JsValue;

use crate::web::platform;

/// What can be listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Change,
    Refresh,
    SignOut,
    Busy,
    Warning,
    Trace,
}

impl Topic {
    /// The topic of that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "change" => Self::Change,
            "refresh" => Self::Refresh,
            "signout" => Self::SignOut,
            "busy" => Self::Busy,
            "warning" => Self::Warning,
            "trace" => Self::Trace,
            _ => return None,
        })
    }
}

/// Names one listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListenerId(pub(super) u32);

#[derive(Clone)]
struct Listener {
    id: ListenerId,
    /// Whose it is: it goes when its instance is disposed of.
    member: u32,
    topic: Topic,
    function: Function,
}

/// The listeners of one session.
#[derive(Default)]
pub(crate) struct Listeners {
    list: RefCell<Vec<Listener>>,
    last: Cell<u32>,
}

impl Listeners {
    pub(crate) fn add(&self, member: u32, topic: Topic, function: Function) -> ListenerId {
        let id = ListenerId(self.last.get().wrapping_add(1));
        self.last.set(id.0);
        self.list.borrow_mut().push(Listener { id, member, topic, function });
        id
    }

    pub(crate) fn remove(&self, id: ListenerId) {
        self.list.borrow_mut().retain(|listener| listener.id != id);
    }

    pub(crate) fn remove_of(&self, member: u32) {
        self.list.borrow_mut().retain(|listener| listener.member != member);
    }

    /// Whether anybody listens, so that nothing is prepared for nobody.
    pub(crate) fn any(&self, topic: Topic) -> bool {
        self.list.borrow().iter().any(|listener| listener.topic == topic)
    }

    /// Tells all who listened when this began: a listener may add and remove others.
    pub(crate) fn tell(&self, topic: Topic, argument: &JsValue) {
        let list: Vec<Listener> =
            self.list.borrow().iter().filter(|listener| listener.topic == topic).cloned().collect();
        for listener in list {
            platform::tell(&listener.function, argument);
        }
    }
}
