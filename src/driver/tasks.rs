//! The tasks of this page, one for each call and each refresh, and the orders that the engine gives them.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::tokens::Tokens;
use crate::boundary::{AuthCode, Interruption};
use crate::engine::{Id, SendNo};
use crate::platform::executor::{self, Executor, Settled, TaskId, Ticket};

/// An order to a task, of the engine or of the caller's signal.
pub(crate) enum Order {
    /// Send the request with these tokens; `None`: without a token, as nobody is signed in.
    Send {
        send_no: SendNo,
        tokens: Option<Rc<Tokens>>,
        /// Whether the engine may want it back before it is answered.
        may_be_withdrawn: bool,
    },
    /// Take the request back and wait.
    Cancel,
    /// Give the caller the answer that has come, or these tokens.
    Deliver(Option<Rc<Tokens>>),
    /// Reject the call: the session has failed.
    Reject(AuthCode),
    /// End the call before its answer.
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

/// Starts a task and runs it up to its first wait. While another task is being polled, it starts right after that.
pub(crate) fn spawn<F: Future<Output = ()> + 'static>(make: impl FnOnce(TaskId) -> F) -> TaskId {
    let id = TASKS.with(Executor::reserve);
    let task = Box::pin(make(id));
    TASKS.with(|tasks| tasks.begin(id, task));
    id
}

/// Gives a task an order, whatever it waits for.
pub(crate) fn send_order(id: TaskId, order: Order) {
    TASKS.with(|tasks| tasks.send_order(id, order));
}

/// Ends a wait. Does nothing if it is over already.
pub(crate) fn settle(ticket: Ticket, how: Settled) {
    TASKS.with(|tasks| tasks.settle(ticket, how));
}

/// Does something for the task that is being polled as if none were: the tasks that it wakes are polled at once.
pub(crate) fn outside<T>(act: impl FnOnce() -> T) -> T {
    TASKS.with(|tasks| tasks.outside(act))
}

/// Begins a wait of the task that is being polled: start something that will settle its ticket, then await it. A wait that was begun
/// has to be awaited.
pub(crate) fn wait() -> Wait {
    Wait(TASKS.with(Executor::open))
}

/// The one leaf future: resolves when its ticket is settled, or when the task gets an order.
pub(crate) struct Wait(Ticket);

impl Wait {
    /// By which this wait is settled.
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

// The engine knows a task's call by the same number. Later calls have higher numbers.

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
