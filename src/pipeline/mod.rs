//! One request, from the call to the settled promise.
//!
//! merge options → the session's gate (wait, or refresh ahead of expiry) → attach → `fetch` → verdict →
//! (refresh, replay from *attach*) → parse → answer or throw.

mod exchange;
mod prepare;

use std::rc::Rc;

use crate::engine::Code;
use crate::instance::Instance;
use crate::policy::media;
use crate::policy::method::Method;
use crate::task::{self, TaskId, Wake};
use crate::web::call::{Call, End, Facts, Shape};

/// How a request ended.
enum Outcome {
    End(End),
    /// The session failed.
    Denied(Code),
    /// The caller has given up; the call holds the reason.
    Aborted,
}

/// Answers the caller. Each promise is settled here, or where its options are read, and nowhere else.
pub(crate) fn start(instance: Rc<Instance>, call: Call, is_of_refresh: bool) {
    task::spawn(move |id| async move {
        let facts = call.facts();
        match run(id, &instance, &call, facts, is_of_refresh).await {
            Outcome::End(end) => call.end(end),
            Outcome::Aborted => call.end(End::Error),
            Outcome::Denied(code) => {
                let cause = instance.session().map(|member| member.host().cause_of(code));
                call.deny(code, &cause.unwrap_or_default());
            }
        }
    });
}

async fn run(id: TaskId, instance: &Instance, call: &Call, facts: Facts, is_of_refresh: bool) -> Outcome {
    let member = if is_of_refresh { None } else { prepare::find_session(instance, call, facts) };
    if !prepare::encode(call, facts, member.is_some()) {
        return Outcome::End(End::Invalid);
    }
    let status = match exchange::run(id, member, call, facts).await {
        Ok(status) => status,
        Err(outcome) => return outcome,
    };
    if facts.shape() == Shape::Fetch {
        return Outcome::End(End::Answer);
    }
    let has_body = call.has_body() && !media::has_null_body(status) && facts.method() != Method::Head;
    if has_body {
        let wait = task::wait();
        call.read(call.reader(facts), wait.ticket().slot, wait.ticket().turn);
        if wait.await != Wake::Done(0) {
            return Outcome::End(End::Error);
        }
    }
    let has_failed = (400..600).contains(&status) && !facts.ignores_errors();
    Outcome::End(if has_failed { End::Status } else { End::Answer })
}
