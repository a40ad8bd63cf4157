//! One sending of a request: attaches the tokens, and calls `fetch`.

use wasm_bindgen::prelude::JsValue;

use super::record::{self, RequestRecord};
use crate::boundary::{Facts, SendingStart};
use crate::platform::executor::Ticket;
use crate::platform::fetch::fetch;

/// Sends a request with these tokens, or, with `undefined`, without any. `is_revocable`: whether it may have to be withdrawn.
///
/// Returns true if attaching the tokens is asynchronous. Then the ticket's wait is for that, and [`launch`] has to be called after it.
pub(super) fn begin(
    record: &RequestRecord,
    facts: Facts,
    tokens: &JsValue,
    is_revocable: bool,
    ticket: Ticket,
) -> bool {
    match record.begin_sending(tokens, ticket) {
        SendingStart::Ready => launch(record, facts, is_revocable, ticket),
        SendingStart::Attaching => return true,
        SendingStart::TakenBack => {}
    }
    false
}

/// Calls `fetch` for a request whose tokens are attached.
pub(super) fn launch(record: &RequestRecord, facts: Facts, is_revocable: bool, ticket: Ticket) {
    let input = record::build_sending(record, is_revocable, ticket.turn);
    let sent = if input.is_undefined() {
        Err(record.error())
    } else {
        let own = if facts.has_own_fetch() { record.own_fetch() } else { None };
        fetch(own.as_ref(), &input, &record.fetch_init())
    };
    record.await_answer(sent, ticket);
}
