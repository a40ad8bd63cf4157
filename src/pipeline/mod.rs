//! One request, from the call to the settled promise.
//!
//! merge options → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → answer or throw.

mod encoding;
mod exchange;

use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;

use crate::policy::media;
use crate::policy::method::Method;
use crate::session::Member;
use crate::task::{self, Settled, Wake};
use crate::web::call::{Call, End, Facts, Shape, Way, seen};
use encoding::encoding;
use exchange::{Exchange, Outcome};

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
pub(crate) fn start(member: Option<Rc<Member>>, call: Call, facts: Facts) {
    task::spawn(move |id| async move {
        if facts.has_base() {
            call.join();
        }
        let member = member.filter(|_| !facts.goes_without_session());
        // From here on the caller's signal bounds the whole, whatever `fetch` makes of it.
        let member = match call.prepare(encoding(&call, facts), member.is_some(), id) {
            Way::Ended => return,
            Way::Bare => None,
            Way::UnderSession => member,
        };
        let counted = member.as_ref().map(|member| member.host().count());
        let outcome = match &member {
            None => Outcome::Bare,
            Some(member) => Exchange::new(id, member.host(), &call, facts).run(member).await,
        };
        let outcome = if outcome == Outcome::Bare { bare(&call).await } else { outcome };
        match (outcome, &member) {
            (Outcome::Settled(Settled::Done(number)), _) => {
                call.end(finish(&call, facts, seen(number).status).await);
            }
            (Outcome::Aborted, _) => call.end(End::Abort),
            (Outcome::Denied(code), Some(member)) => member.host().deny(&call, code),
            _ => call.end(End::Error),
        }
        drop(counted);
    });
}

/// Sends a request that carries no token: the session has no part in it.
async fn bare(call: &Call) -> Outcome {
    let wait = task::wait();
    call.send(&JsValue::UNDEFINED, false, wait.ticket());
    match wait.await {
        Wake::Settled(how) => Outcome::Settled(how),
        Wake::Told(_) => Outcome::Aborted,
    }
}

/// Has the body read as the caller, or the content type, says, and judges the status.
async fn finish(call: &Call, facts: Facts, status: u32) -> End {
    if facts.shape() == Shape::Fetch {
        return End::Answer;
    }
    if facts.method() != Method::Head && !media::has_null_body(status) {
        let wait = task::wait();
        call.read(facts, wait.ticket());
        match wait.await {
            Wake::Settled(Settled::Done(_)) => {}
            Wake::Settled(Settled::Failed) => return End::Error,
            Wake::Told(_) => return End::Abort,
        }
    }
    if (400..600).contains(&status) && !facts.ignores_errors() { End::Status } else { End::Answer }
}
