//! How an answer is read, by its content type.

use crate::boundary::Reader;

impl Reader {
    /// The reader for a content type, which is given without parameters and in lower case. An empty one is read as JSON.
    pub fn of(content_type: &str) -> Self {
        match content_type {
            // A "JSON MIME type" (MIME Sniffing §4.6), as is the `+json` below; or none at all.
            "" | "application/json" | "text/json" => Self::Json,
            "text/event-stream" => Self::Stream,
            "image/svg" | "application/xml" | "application/xhtml" | "application/html" => Self::Text,
            // `+json`: RFC 6839 §3.1.
            other if other.ends_with("+json") => Self::Json,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Blob,
        }
    }
}

/// Whether an answer of this status has no body (Fetch, "null body status").
pub fn has_null_body(status: u32) -> bool {
    matches!(status, 101 | 103 | 204 | 205 | 304)
}

#[cfg(test)]
mod tests {
    use super::has_null_body;
    use crate::boundary::Reader;

    #[test]
    fn content_types_say_how_a_body_is_read() {
        for (content_type, expected) in [
            ("", Reader::Json),
            ("application/json", Reader::Json),
            ("application/problem+json", Reader::Json),
            ("application/jsonp", Reader::Blob),
            ("text/json", Reader::Json),
            ("text/html", Reader::Text),
            ("text/event-stream", Reader::Stream),
            ("image/svg", Reader::Text),
            ("application/xml", Reader::Text),
            ("application/xhtml", Reader::Text),
            ("application/html", Reader::Text),
            ("image/png", Reader::Blob),
        ] {
            assert_eq!(Reader::of(content_type), expected, "{content_type}");
        }
    }
    #[test]
    fn some_statuses_have_no_body() {
        for status in [101, 103, 204, 205, 304] {
            assert!(has_null_body(status), "{status}");
        }
        for status in [100, 200, 206, 301, 404] {
            assert!(!has_null_body(status), "{status}");
        }
    }
}
