//! A request is made ready to be sent as often as need be: its URL is joined and its body encoded here, once.

use crate::instance::Instance;
use crate::policy::body::{self, Kind};
use crate::policy::method::Method;
use crate::policy::url::Joint;
use crate::session::Member;
use crate::web::call::{Call, Facts, Shape};

/// Joins the URL to its base; gives it as it is asked for now.
pub(super) fn join(call: &Call, facts: Facts) -> String {
    let asked = call.url();
    if !facts.has_base() {
        return asked;
    }
    let base = call.base_url();
    let Some(joint) = Joint::of(&base, &asked) else { return asked };
    // What to cut is told, not the result: a string that crosses into JavaScript is dear.
    call.join(joint.cut_base, joint.cut_request, joint.has_slash);
    joint.join(&base, &asked)
}

/// The session, unless the request goes without: by wish, to a foreign origin, or with credentials of its own.
pub(super) fn find_session<'a>(instance: &'a Instance, facts: Facts, asked: &str) -> Option<&'a Member> {
    let member = instance.session()?;
    (!facts.goes_without_session() && instance.may_send_tokens_to(asked, facts.is_at_home()))
        .then_some(member)
}

/// Serialises the body, and fixes it, since the caller may change it while the request waits. False when it can not be sent.
pub(super) fn encode(call: &Call, facts: Facts, may_wait: bool) -> bool {
    let kind = facts.body();
    if facts.shape() != Shape::Fetch && facts.method() == Method::Payload {
        match kind {
            Kind::Stream => call.mark_stream(),
            Kind::Text => call.mark_json(),
            Kind::Plain => {
                let as_form = call.content_type().is_some_and(|given| body::is_form(&given));
                if !call.encode(as_form) {
                    return false;
                }
                call.mark_json();
            }
            Kind::None | Kind::Form | Kind::Bytes | Kind::Other => {}
        }
    }
    !may_wait || call.hold()
}
