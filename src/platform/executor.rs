//! The executor: one task a call, in a slab, polled at once when it starts and inside the callback that wakes it.
//!
//! There is one leaf future: a wait. It ends with what its ticket is settled with, or with an order, which reaches a task at whatever
//! it waits for. A ticket is a slot and a turn; the turn rises with each wait, so that a wake-up that comes too late can not reach the
//! slot's next tenant.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Waker};

/// What a task may be told, whatever it waits for.
pub(crate) trait Order: 'static {
    /// Whether no later order takes its place.
    fn is_final(&self) -> bool;
}

/// How a wait ended.
pub(crate) enum Wake<O> {
    /// The promise that was waited for has settled.
    Settled(Settled),
    /// Something else came first.
    Told(O),
}

/// How a promise has settled. Values stay in JavaScript, with those who asked for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Fulfilled; what this number says is between those who park and those who wait.
    Fulfilled(u32),
    /// Rejected.
    Rejected,
}

/// Names one wait of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) slot: u32,
    pub(crate) turn: u32,
}

/// Names one task for as long as it runs. Later tasks have higher serial numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskId {
    pub(crate) serial: u32,
    pub(crate) slot: u32,
}

/// What a task is made of.
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

    /// Names a task that is to begin.
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

    /// Begins a wait of the task that is being polled. Elsewhere there is none, and its ticket is nobody's.
    pub(crate) fn open(&self) -> Ticket {
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
    pub(crate) fn take(&self, ticket: Ticket) -> Option<Wake<O>> {
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

    /// Runs a task up to its first wait. Inside another task's poll it starts right after that.
    pub(crate) fn begin(&self, id: TaskId, task: Task) {
        self.slot(id.slot, |slot| slot.task = Some(task));
        self.wake(id.slot);
    }

    /// Tells a task something. An order that comes while it does not wait is kept.
    pub(crate) fn tell(&self, id: TaskId, order: O) {
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

    /// Ends a wait; one that is over already is nobody's.
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
