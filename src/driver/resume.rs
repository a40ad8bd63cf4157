//! How JavaScript wakes the engine.

use wasm_bindgen::prelude::wasm_bindgen;

use super::handle;
use crate::platform::executor::{self, Order, Settled, TaskId, Ticket};
use crate::platform::promise::{ABORTED, DONE, FAILED, ONLINE, TICK};

/// The ear. A promise that a task waits for was fulfilled, with this number, or rejected: `index` and `turn` are the wait's
/// ticket. Or a caller has given up (0), or an attempt's time is over (1): they are the task's slot and serial. Or a timer has fired: `index` is its host's. Or a host
/// hears from the tabs: what, of which refresh. Or the machine has come online.
#[wasm_bindgen]
pub fn resume(index: u32, turn: u32, kind: u32, number: u32) {
    let ticket = Ticket { slot: index, turn };
    match kind {
        DONE => executor::settle(ticket, Settled::Done(number)),
        FAILED => executor::settle(ticket, Settled::Failed),
        ABORTED => {
            let order = if number == 0 { Order::Abort } else { Order::Late };
            executor::tell(TaskId { serial: turn, slot: index }, order);
        }
        TICK => handle::tick(index),
        ONLINE => handle::come_online(),
        _ => handle::tell(index, turn, number),
    }
}
