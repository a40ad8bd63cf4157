//! A request is made ready to be sent as often as need be: its body is encoded here, once.

use crate::policy::body::{self, Kind};
use crate::policy::method::Method;
use crate::web::call::{Call, Encoding, Facts, Shape};

/// Serialises the body, and fixes it, since the caller may change it while the request waits. False when it can not be sent.
pub(super) fn prepare(call: &Call, facts: Facts, may_wait: bool) -> bool {
    call.prepare(encoding(call, facts), may_wait)
}

fn encoding(call: &Call, facts: Facts) -> Encoding {
    if facts.shape() == Shape::Fetch || facts.method() != Method::Payload {
        return Encoding::AsIs;
    }
    match facts.body() {
        Kind::Stream => Encoding::Stream,
        Kind::Text => Encoding::Json,
        Kind::Plain if call.content_type().is_some_and(|given| body::is_form(&given)) => Encoding::ToForm,
        Kind::Plain => Encoding::ToJson,
        Kind::None | Kind::Form | Kind::Bytes | Kind::Other => Encoding::AsIs,
    }
}
