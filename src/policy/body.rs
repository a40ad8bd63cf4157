//! Request bodies: how a caller's value is encoded.

use crate::boundary::{BodyKind, Encoding, Facts, Shape};

/// How a request's body is encoded. The content type is asked for only if it matters.
pub fn encoding(facts: Facts, content_type: impl FnOnce() -> Option<String>) -> Encoding {
    if facts.shape() == Shape::Fetch || !facts.method().has_payload() {
        return Encoding::AsIs;
    }
    match facts.body() {
        BodyKind::Stream => Encoding::Stream,
        BodyKind::Text => Encoding::Json,
        BodyKind::Plain if content_type().is_some_and(|given| is_form(&given)) => Encoding::ToForm,
        BodyKind::Plain => Encoding::ToJson,
        BodyKind::None | BodyKind::Form | BodyKind::Bytes | BodyKind::Other => Encoding::AsIs,
    }
}

/// Whether a content type, given without parameters and in lower case, makes a plain value a form instead of JSON.
fn is_form(content_type: &str) -> bool {
    content_type == "application/x-www-form-urlencoded"
}

#[cfg(test)]
mod tests {
    use super::encoding;
    use crate::boundary::{BodyKind, Encoding, Facts, Method, Shape};

    fn facts(shape: Shape, body: BodyKind, method: Method) -> Facts {
        let facts = Facts(shape as u32 | (body as u32) << 2 | (method as u32) << 5);
        assert_eq!((facts.shape(), facts.body(), facts.method()), (shape, body, method));
        facts
    }

    fn of(body: BodyKind, content_type: Option<&str>) -> Encoding {
        encoding(facts(Shape::Data, body, Method::Post), || content_type.map(str::to_owned))
    }

    #[test]
    fn plain_values_become_json_and_a_form_where_the_type_says_so() {
        assert_eq!(of(BodyKind::Plain, None), Encoding::ToJson);
        assert_eq!(of(BodyKind::Plain, Some("application/x-www-form-urlencoded")), Encoding::ToForm);
        assert_eq!(of(BodyKind::Plain, Some("application/vnd.api+json")), Encoding::ToJson);
        assert_eq!(of(BodyKind::Text, None), Encoding::Json);
    }

    #[test]
    fn what_the_platform_knows_is_left_to_it() {
        for body in [BodyKind::None, BodyKind::Form, BodyKind::Bytes, BodyKind::Other] {
            assert_eq!(of(body, None), Encoding::AsIs);
        }
        assert_eq!(of(BodyKind::Stream, None), Encoding::Stream);
    }

    #[test]
    fn only_a_payload_of_ours_is_encoded() {
        for method in [Method::Get, Method::Head, Method::Options, Method::Other] {
            assert_eq!(encoding(facts(Shape::Data, BodyKind::Plain, method), || None), Encoding::AsIs);
        }
        assert_eq!(encoding(facts(Shape::Fetch, BodyKind::Plain, Method::Put), || None), Encoding::AsIs);
    }
}
