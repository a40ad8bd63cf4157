//! The executor: one task for each call, in a slab. A task is polled synchronously, when it starts and in the callback that wakes it.
//!
//! There is one leaf future, a wait. It ends when its ticket is settled, or when the task gets an order, whatever it waits for. A ticket
//! is a slot and a turn. The turn rises with each wait, so that a late settlement can not reach a later wait or task in the same slot.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Waker};

/// An order to a task, which ends its current wait.
pub(crate) trait Order: 'static {
    /// Whether later orders do not replace it.
    fn is_final(&self) -> bool;
}

/// How a wait ended.
pub(crate) enum Wake<O> {
    /// The promise that was waited for has settled.
    Settled(Settled),
    /// An order came first.
    Order(O),
}

/// How a promise has settled. Its value stays in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Fulfilled, with a number whose meaning depends on the wait.
    Fulfilled(u32),
    /// Rejected.
    Rejected,
}

/// Identifies one wait of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) slot: u32,
    pub(crate) turn: u32,
}

/// Identifies one task as long as it runs. Later tasks have higher serial numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskId {
    pub(crate) serial: u32,
    pub(crate) slot: u32,
}

/// A task's future.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()>>>;

struct Slot<O> {
    serial: u32,
    turn: u32,
    waiting: bool,
    mail: Option<Settled>,
    order: Option<O>,
    task: Option<Task>,
}

/// The tasks of a page.
pub(crate) struct Executor<O> {
    slots: RefCell<Vec<Slot<O>>>,
    free: RefCell<Vec<u32>>,
    ready: RefCell<Vec<u32>>,
    last_serial: Cell<u32>,
    /// The slot whose task is being polled.
    polling: Cell<Option<u32>>,
}

impl<O> Slot<O> {
    const fn new() -> Self {
        Self { serial: 0, turn: 0, waiting: false, mail: None, order: None, task: None }
    }
}

impl<O: Order> Executor<O> {
    pub(crate) const fn new() -> Self {
        Self {
            slots: RefCell::new(Vec::new()),
            free: RefCell::new(Vec::new()),
            ready: RefCell::new(Vec::new()),
            last_serial: Cell::new(0),
            polling: Cell::new(None),
        }
    }

    fn slot<T>(&self, index: u32, act: impl FnOnce(&mut Slot<O>) -> T) -> Option<T> {
        self.slots.borrow_mut().get_mut(index as usize).map(act)
    }

    /// Reserves a slot for a task, which has to [begin](Self::begin) then.
    pub(crate) fn reserve(&self) -> TaskId {
        let serial = self.last_serial.get().wrapping_add(1);
        self.last_serial.set(serial);
        let free = self.free.borrow_mut().pop();
        let slot = free.unwrap_or_else(|| {
            let mut slots = self.slots.borrow_mut();
            slots.push(Slot::new());
            u32::try_from(slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.slot(slot, |slot| slot.serial = serial);
        TaskId { serial, slot }
    }

    /// Begins a wait of the task that is being polled. Outside of a poll, the ticket belongs to no task.
    pub(crate) fn open(&self) -> Ticket {
        let slot = self.polling.get().unwrap_or(u32::MAX);
        let turn = self.slot(slot, |slot| {
            slot.turn = slot.turn.wrapping_add(1);
            slot.waiting = true;
            slot.turn
        });
        Ticket { slot, turn: turn.unwrap_or(0) }
    }

    /// The result of a wait, if there is one. After that, later results are ignored. An order goes before a settlement: the engine has
    /// decided it later.
    pub(crate) fn take(&self, ticket: Ticket) -> Option<Wake<O>> {
        self.slot(ticket.slot, |slot| {
            if slot.turn != ticket.turn {
                return None;
            }
            let wake = slot.order.take().map(Wake::Order).or_else(|| slot.mail.take().map(Wake::Settled))?;
            slot.waiting = false;
            slot.mail = None;
            Some(wake)
        })?
    }

    /// Has a task polled: now, or, during another task's poll, right after that. The task that is being polled finds its result by
    /// itself before its poll ends.
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
        // The slab must not be borrowed while a task is polled or dropped, as both may start other tasks.
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

    /// Does something for the task that is being polled as if none were: the tasks that it wakes are polled at once.
    pub(crate) fn outside<T>(&self, act: impl FnOnce() -> T) -> T {
        let polling = self.polling.take();
        let result = act();
        self.polling.set(polling);
        result
    }

    /// Runs a task up to its first wait. During another task's poll, it starts right after that.
    pub(crate) fn begin(&self, id: TaskId, task: Task) {
        self.slot(id.slot, |slot| slot.task = Some(task));
        self.wake(id.slot);
    }

    /// Gives a task an order. If the task does not wait at the moment, the order is kept for its next wait.
    pub(crate) fn send_order(&self, id: TaskId, order: O) {
        let wake = self.slot(id.slot, |slot| {
            if slot.serial != id.serial || slot.order.as_ref().is_some_and(Order::is_final) {
                return false;
            }
            slot.order = Some(order);
            slot.waiting
        });
        if wake == Some(true) {
            self.wake(id.slot);
        }
    }

    /// Settles a wait. Does nothing if it is over already.
    pub(crate) fn settle(&self, ticket: Ticket, how: Settled) {
        let is_awaited = self.slot(ticket.slot, |slot| {
            let is_awaited = slot.turn == ticket.turn && slot.waiting && slot.mail.is_none();
            if is_awaited {
                slot.mail = Some(how);
            }
            is_awaited
        });
        if is_awaited == Some(true) {
            self.wake(ticket.slot);
        }
    }
}
