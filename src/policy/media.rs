//! Answers: how a content type is read.

/// The body reader of a `Response` that suits a content type; no type at all is taken for JSON.
pub fn reader(content_type: &str) -> &'static str {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "" => "json",
        "text/event-stream" => "stream",
        "image/svg" | "application/xml" | "application/xhtml" | "application/html" => "text",
        other if is_json(other) => "json",
        other if other.starts_with("text/") => "text",
        _ => "blob",
    }
}

/// `application/json` and the `+json` suffix (RFC 6839 §3.1).
fn is_json(essence: &str) -> bool {
    essence.strip_prefix("application/").is_some_and(|sub| sub == "json" || sub.ends_with("+json"))
}

/// Whether an answer of this status has no body (Fetch, "null body status").
pub fn has_null_body(status: u16) -> bool {
    matches!(status, 101 | 103 | 204 | 205 | 304)
}

#[cfg(test)]
mod tests {
    use super::reader;

    #[test]
    fn content_types_are_read_by_their_essence() {
        for (content_type, expected) in [
            ("", "json"),
            ("application/json", "json"),
            ("Application/JSON; charset=utf-8", "json"),
            ("application/problem+json", "json"),
            ("application/jsonp", "blob"),
            ("text/html; charset=utf-8", "text"),
            ("text/event-stream", "stream"),
            ("image/svg", "text"),
            ("image/png", "blob"),
        ] {
            assert_eq!(reader(content_type), expected, "{content_type}");
        }
    }
}
