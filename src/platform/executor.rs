//! The executor: one task a call, in a slab, polled at once when it starts and inside the callback that wakes it.
//!
//! There is one leaf future, [`Wait`]. It ends with what its ticket is settled with, or with an order of the engine,
//! which reaches a task at whatever it waits for. A ticket is a slot and a turn; the turn rises with each wait, so
//! that a wake-up that comes too late can not reach the slot's next tenant.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::boundary::AuthCode;
use crate::driver::Tokens;
use crate::engine::{Id, SendNo};

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
    /// The caller has given up.
    Abort,
    /// The time that one attempt may take is over.
    Late,
}

/// How a wait ended.
pub(crate) enum Wake {
    /// The promise that was waited for has settled.
    Settled(Settled),
    /// Something else came first.
    Told(Order),
}

/// How a promise has settled. Values stay in JavaScript, with those who asked for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Fulfilled; what this number says is between those who park and those who wait.
    Done(u32),
    /// Rejected.
    Failed,
}

/// Names one wait of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) slot: u32,
    pub(crate) turn: u32,
}

/// Names one task for as long as it runs. It is the engine's [`Id`] of the call too: later tasks have higher ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskId {
    pub(crate) serial: u32,
    pub(crate) slot: u32,
}

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

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Slot {
    serial: u32,
    turn: u32,
    waiting: bool,
    mail: Option<Settled>,
    order: Option<Order>,
    task: Option<Task>,
}

struct Executor {
    slots: RefCell<Vec<Slot>>,
    free: RefCell<Vec<u32>>,
    ready: RefCell<Vec<u32>>,
    last_serial: Cell<u32>,
    /// The slot whose task is being polled.
    polling: Cell<Option<u32>>,
}

thread_local! {
    static EXECUTOR: Executor = const { Executor::new() };
}

/// Starts a task and runs it up to its first wait. Inside another task's poll it starts right after that.
pub(crate) fn spawn<F: Future<Output = ()> + 'static>(make: impl FnOnce(TaskId) -> F) -> TaskId {
    let id = EXECUTOR.with(Executor::reserve);
    begin(id, Box::pin(make(id)));
    id
}

/// The part that is the same for all tasks, and there once.
#[inline(never)]
fn begin(id: TaskId, task: Task) {
    EXECUTOR.with(|executor| {
        executor.slot(id.slot, |slot| slot.task = Some(task));
        executor.wake(id.slot);
    });
}

/// Tells a task something, whatever it waits for. An order that comes while it does not wait is kept.
pub(crate) fn tell(id: TaskId, order: Order) {
    EXECUTOR.with(|executor| {
        let wake = executor.slot(id.slot, |slot| {
            if slot.serial != id.serial || matches!(slot.order, Some(Order::Abort)) {
                return false;
            }
            slot.order = Some(order);
            slot.waiting
        });
        if wake == Some(true) {
            executor.wake(id.slot);
        }
    });
}

/// Begins a wait of the task that is being polled: set something going under its ticket, then await it. A wait that is begun is
/// awaited to its end, as nothing here ever drops a task that has not ended.
pub(crate) fn wait() -> Wait {
    Wait(EXECUTOR.with(Executor::open))
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
        EXECUTOR.with(|executor| executor.take(self.0)).map_or(Poll::Pending, Poll::Ready)
    }
}

impl Executor {
    const fn new() -> Self {
        Self {
            slots: RefCell::new(Vec::new()),
            free: RefCell::new(Vec::new()),
            ready: RefCell::new(Vec::new()),
            last_serial: Cell::new(0),
            polling: Cell::new(None),
        }
    }

    fn slot<T>(&self, index: u32, act: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        self.slots.borrow_mut().get_mut(index as usize).map(act)
    }

    fn reserve(&self) -> TaskId {
        let serial = self.last_serial.get().wrapping_add(1);
        self.last_serial.set(serial);
        let free = self.free.borrow_mut().pop();
        let slot = free.unwrap_or_else(|| {
            let mut slots = self.slots.borrow_mut();
            slots.push(Slot::default());
            u32::try_from(slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.slot(slot, |slot| slot.serial = serial);
        TaskId { serial, slot }
    }

    /// Begins a wait of the task that is being polled. Elsewhere there is none, and its ticket is nobody's.
    fn open(&self) -> Ticket {
        let slot = self.polling.get().unwrap_or(u32::MAX);
        let turn = self.slot(slot, |slot| {
            slot.turn = slot.turn.wrapping_add(1);
            slot.waiting = true;
            slot.turn
        });
        Ticket { slot, turn: turn.unwrap_or(0) }
    }

    /// What a wait has come to, if it has: from then on what still comes for it is ignored. An order outranks an answer: the engine has
    /// moved on by then.
    fn take(&self, ticket: Ticket) -> Option<Wake> {
        self.slot(ticket.slot, |slot| {
            if slot.turn != ticket.turn {
                return None;
            }
            let wake = slot.order.take().map(Wake::Told).or_else(|| slot.mail.take().map(Wake::Settled))?;
            slot.waiting = false;
            slot.mail = None;
            Some(wake)
        })?
    }

    /// Sees to it that a task is polled: now, or, inside another's poll, right after that. A task that is being polled looks
    /// at its mail by itself, before its poll ends.
    fn wake(&self, slot: u32) {
        match self.polling.get() {
            Some(polled) if polled == slot => {}
            Some(_) => self.ready.borrow_mut().push(slot),
            None => {
                self.poll(slot);
                self.poll_ready();
            }
        }
    }

    fn poll_ready(&self) {
        loop {
            let ready = self.ready.take();
            if ready.is_empty() {
                return;
            }
            for slot in &ready {
                self.poll(*slot);
            }
        }
    }

    fn poll(&self, index: u32) {
        // The task is out of the slab while it is polled or dropped: both may start other tasks.
        let Some(mut task) = self.slot(index, |slot| slot.task.take()).flatten() else { return };
        self.polling.set(Some(index));
        if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            self.slot(index, |slot| slot.task = Some(task));
        } else {
            drop(task);
            self.slot(index, |slot| {
                slot.serial = 0;
                slot.waiting = false;
                slot.mail = None;
                slot.order = None;
            });
            self.free.borrow_mut().push(index);
        }
        self.polling.set(None);
    }
}

/// Ends a wait; one that is over already is nobody's.
pub(crate) fn settle(ticket: Ticket, how: Settled) {
    EXECUTOR.with(|executor| {
        let is_awaited = executor.slot(ticket.slot, |slot| {
            let is_awaited = slot.turn == ticket.turn && slot.waiting && slot.mail.is_none();
            if is_awaited {
                slot.mail = Some(how);
            }
            is_awaited
        });
        if is_awaited == Some(true) {
            executor.wake(ticket.slot);
        }
    });
}
