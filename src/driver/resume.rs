//! The one function by which JavaScript reports to the engine that something has happened.

use wasm_bindgen::prelude::wasm_bindgen;

use super::handle;
use super::tasks::{self, Order};
use crate::boundary::{FromBits as _, Interruption, Signal};
use crate::platform::executor::{Settled, TaskId, Ticket};

/// Reports an event. The meaning of the numbers depends on the kind, a [`Signal`]:
///
/// | kind | `index` | `turn` | `number` |
/// |---|---|---|---|
/// | `Fulfilled`, `Rejected` | slot and turn of a wait's ticket | | the promise's value |
/// | `Interrupted` | slot and serial number of a task | | an [`Interruption`] |
/// | `TimerFired` | a session's number | | |
/// | `SessionNews` | a session's number | a refresh | a [`SessionNews`](crate::boundary::SessionNews) |
/// | `Online`, `PageLeft` | | | |
#[wasm_bindgen]
pub fn resume(index: u32, turn: u32, kind: u32, number: u32) {
    let ticket = Ticket { slot: index, turn };
    match Signal::from_number(kind) {
        Some(Signal::Fulfilled) => tasks::settle(ticket, Settled::Fulfilled(number)),
        Some(Signal::Rejected) => tasks::settle(ticket, Settled::Rejected),
        Some(Signal::Interrupted) => {
            let order = Order::Interrupt(Interruption::from_bits(number));
            tasks::send_order(TaskId { serial: turn, slot: index }, order);
        }
        Some(Signal::TimerFired) => handle::on_timer(index),
        Some(Signal::SessionNews) => handle::on_news(index, turn, number),
        Some(Signal::Online) => handle::on_online(),
        Some(Signal::PageLeft) => handle::on_page_left(),
        None => {}
    }
}
