//! How a body is made ready to be sent, once, as often as it may be sent.

use crate::policy::body::{self, Kind};
use crate::policy::method::Method;
use crate::request::call::{Call, Encoding, Facts, Shape};

/// What its body needs.
pub(super) fn encoding(call: &Call, facts: Facts) -> Encoding {
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
