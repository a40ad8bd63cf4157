//! How JavaScript wakes the engine.

use wasm_bindgen::prelude::wasm_bindgen;

use super::handle;
use super::tasks::{self, Order};
use crate::boundary::{FromBits as _, Interruption, Signal};
use crate::platform::executor::{Settled, TaskId, Ticket};

/// Wakes the engine. What the numbers mean depends on the kind, a [`Signal`]:
///
/// | kind | `index` | `turn` | `number` |
/// |---|---|---|---|
/// | `Fulfilled`, `Rejected` | slot and turn of a wait's ticket | | what the promise has come to |
/// | `Interrupted` | slot and serial number of a task | | an [`Interruption`] |
/// | `TimerFired` | a session's number | | |
/// | `SessionNews` | a session's number | a refresh | what there is to say |
/// | `Online`, `PageLeft` | | | |
#[wasm_bindgen]
pub fn resume(index: u32, turn: u32, kind: u32, number: u32) {
    let ticket = Ticket { slot: index, turn };
    match Signal::from_number(kind) {
        Some(Signal::Fulfilled) => tasks::settle(ticket, Settled::Fulfilled(number)),
        Some(Signal::Rejected) => tasks::settle(ticket, Settled::Rejected),
        Some(Signal::Interrupted) => {
            let order = Order::Interrupt(Interruption::from_bits(number));
            tasks::tell(TaskId { serial: turn, slot: index }, order);
        }
        Some(Signal::TimerFired) => handle::tick(index),
        Some(Signal::SessionNews) => handle::tell(index, turn, number),
        Some(Signal::Online) => handle::come_online(),
        Some(Signal::PageLeft) => handle::leave_page(),
        None => {}
    }
}
