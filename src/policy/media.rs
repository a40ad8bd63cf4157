//! Answers: how a content type is read.

/// How a body is read. The numbers are the places in `READERS` of `options.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Parsed as JSON; what is none stays text.
    Json = 0,
    /// As text.
    Text = 1,
    /// As a `Blob`.
    Blob = 2,
    /// Not at all: the stream itself.
    Stream = 6,
}

impl Reader {
    /// The reader that suits a content type; no type at all is taken for JSON.
    pub fn of(content_type: &str) -> Self {
        match essence(content_type).to_ascii_lowercase().as_str() {
            "" => Self::Json,
            "text/event-stream" => Self::Stream,
            "image/svg" | "application/xml" | "application/xhtml" | "application/html" => Self::Text,
            // `+json`: RFC 6839 §3.1.
            other if other == "application/json" || other.ends_with("+json") => Self::Json,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Blob,
        }
    }
}

/// A content type without its parameters.
pub(super) fn essence(content_type: &str) -> &str {
    let end = content_type.bytes().position(|byte| byte == b';').unwrap_or(content_type.len());
    content_type.get(..end).unwrap_or_default().trim_ascii()
}

/// Whether an answer of this status has no body (Fetch, "null body status").
pub fn has_null_body(status: u32) -> bool {
    matches!(status, 101 | 103 | 204 | 205 | 304)
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn content_types_are_read_by_their_essence() {
        for (content_type, expected) in [
            ("", Reader::Json),
            ("application/json", Reader::Json),
            ("Application/JSON; charset=utf-8", Reader::Json),
            ("application/problem+json", Reader::Json),
            ("application/jsonp", Reader::Blob),
            ("text/html; charset=utf-8", Reader::Text),
            ("text/event-stream", Reader::Stream),
            ("image/svg", Reader::Text),
            ("image/png", Reader::Blob),
        ] {
            assert_eq!(Reader::of(content_type), expected, "{content_type}");
        }
    }
}
