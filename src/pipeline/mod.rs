//! One request, from the call to the settled promise.
//!
//! merge options → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → answer or throw.

mod exchange;
mod prepare;

use std::rc::Rc;

use crate::engine::Code;
use crate::instance::Instance;
use crate::policy::media::{self, Reader};
use crate::policy::method::Method;
use crate::task::{self, Wake};
use crate::web::call::{Call, End, Facts, Shape};
use exchange::{Exchange, Outcome};

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
pub(crate) fn start(instance: Rc<Instance>, call: Call, is_of_refresh: bool) {
    task::spawn(move |id| async move {
        let facts = call.facts();
        let asked = prepare::join(&call, facts);
        let member = if is_of_refresh { None } else { prepare::find_session(&instance, facts, &asked) };
        if !prepare::encode(&call, facts, member.is_some()) {
            call.end(End::Invalid);
            return;
        }
        // The caller's signal bounds the whole, whatever `fetch` makes of it.
        if !call.watch(id.slot, id.serial) {
            call.end(End::Error);
            return;
        }
        let counted = member.map(|member| member.host().count());
        let outcome = match member {
            None => bare(&call).await,
            Some(member) => Exchange::new(id, member.host(), &call, facts).run(member).await,
        };
        match outcome {
            Outcome::Status(status) => {
                let is_read = match reader(&call, facts, status) {
                    Some(reader) => read(&call, reader).await,
                    None => true,
                };
                call.end(if is_read { judge(facts, status) } else { End::Error });
            }
            Outcome::Failed | Outcome::Aborted => call.end(End::Error),
            Outcome::Denied(code) => call.deny(code, &cause(&instance, code)),
        }
        call.unwatch();
        drop(counted);
    });
}

/// Sends a request that carries no token: the session has no part in it.
async fn bare(call: &Call) -> Outcome {
    let wait = task::wait();
    call.send(None, false, wait.ticket().slot, wait.ticket().turn);
    match wait.await {
        Wake::Done(status) => Outcome::Status(status),
        Wake::Failed => Outcome::Failed,
        Wake::Told(_) => {
            call.abort();
            Outcome::Aborted
        }
    }
}

/// How the body is to be read: as the caller, or the content type, says. `None`: there is none, or the caller reads it.
fn reader(call: &Call, facts: Facts, status: u32) -> Option<u32> {
    if facts.shape() == Shape::Fetch || facts.method() == Method::Head || media::has_null_body(status) {
        return None;
    }
    let reader = call.reader(facts);
    // No text is no JSON: there it makes no difference whether there is a body.
    (reader == Reader::Json as u32 || call.has_body()).then_some(reader)
}

async fn read(call: &Call, reader: u32) -> bool {
    let wait = task::wait();
    call.read(reader, wait.ticket().slot, wait.ticket().turn);
    match wait.await {
        Wake::Done(_) => true,
        Wake::Failed => false,
        Wake::Told(_) => call.abort(),
    }
}

fn judge(facts: Facts, status: u32) -> End {
    let is_error = (400..600).contains(&status) && facts.shape() != Shape::Fetch;
    if is_error && !facts.ignores_errors() { End::Status } else { End::Answer }
}

/// What lies behind a denial.
fn cause(instance: &Instance, code: Code) -> wasm_bindgen::JsValue {
    instance.session().map(|member| member.host().cause_of(code)).unwrap_or_default()
}
