//! The tasks of this page: one for each call and each refresh, and what the engine tells them.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::tokens::Tokens;
use crate::boundary::{AuthCode, Interruption};
use crate::engine::{Id, SendNo};
use crate::platform::executor::{self, Executor, Settled, TaskId, Ticket};

/// What the engine, or the caller's signal, tells a task.
pub(crate) enum Order {
    /// Send the request, with these tokens; `None`: nobody is signed in, it goes without.
    Send {
        send_no: SendNo,
        tokens: Option<Rc<Tokens>>,
        /// Whether the engine may want it back before it is answered.
        may_be_withdrawn: bool,
    },
    /// Take the request back and wait.
    Cancel,
    /// What you have is the caller's answer, or these tokens are.
    Deliver(Option<Rc<Tokens>>),
    /// The session failed.
    Reject(AuthCode),
    /// Something has ended the call before its answer.
    Interrupt(Interruption),
}

impl executor::Order for Order {
    fn is_final(&self) -> bool {
        matches!(self, Self::Interrupt(Interruption::Aborted))
    }
}

/// How a wait of a task ended.
pub(crate) type Wake = executor::Wake<Order>;

thread_local! {
    static TASKS: Executor<Order> = const { Executor::new() };
}

/// Starts a task and runs it up to its first wait. Inside another task's poll it starts right after that.
pub(crate) fn spawn<F: Future<Output = ()> + 'static>(make: impl FnOnce(TaskId) -> F) -> TaskId {
    let id = TASKS.with(Executor::reserve);
    let task = Box::pin(make(id));
    TASKS.with(|tasks| tasks.begin(id, task));
    id
}

/// Tells a task something, whatever it waits for.
pub(crate) fn tell(id: TaskId, order: Order) {
    TASKS.with(|tasks| tasks.tell(id, order));
}

/// Ends a wait; one that is over already is nobody's.
pub(crate) fn settle(ticket: Ticket, how: Settled) {
    TASKS.with(|tasks| tasks.settle(ticket, how));
}

/// Begins a wait of the task that is being polled: set something going under its ticket, then await it. A wait that is begun is
/// awaited to its end, as nothing here ever drops a task that has not ended.
pub(crate) fn wait() -> Wait {
    Wait(TASKS.with(Executor::open))
}

/// The leaf future.
pub(crate) struct Wait(Ticket);

impl Wait {
    /// What names this wait to whom it waits for.
    pub(crate) fn ticket(&self) -> Ticket {
        self.0
    }
}

impl Future for Wait {
    type Output = Wake;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Wake> {
        TASKS.with(|tasks| tasks.take(self.0)).map_or(Poll::Pending, Poll::Ready)
    }
}

// A task is the engine's call too: later ones have higher numbers.

impl From<TaskId> for Id {
    fn from(task: TaskId) -> Self {
        Self(u64::from(task.serial) << 32 | u64::from(task.slot))
    }
}

impl From<Id> for TaskId {
    fn from(id: Id) -> Self {
        let (serial, slot) = (id.0 >> 32, id.0 & u64::from(u32::MAX));
        Self { serial: u32::try_from(serial).unwrap_or(0), slot: u32::try_from(slot).unwrap_or(0) }
    }
}
