//! One sending of a request: the tokens are attached, and `fetch` is called.

use wasm_bindgen::prelude::JsValue;

use super::record::{self, RequestRecord};
use crate::boundary::{Facts, SendingStart};
use crate::platform::executor::Ticket;
use crate::platform::fetch::fetch;

/// Sends a request with these tokens, or, with `undefined`, without any. Only what may be sent twice unseen can be taken back.
///
/// Where the tokens take their time to be attached, which is told, the wait is for that, and then it is to be [launched](launch).
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

/// Sends it as the tokens have left it.
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
