//! Request bodies: what a caller's value becomes on the wire.

/// What a body is. The numbers are those of `bodyKind` in `platform.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string: sent as it is.
    Text,
    /// A plain value: becomes JSON, or a form where the content type says so.
    Plain,
    /// `URLSearchParams`.
    Params,
    /// `FormData`.
    Form,
    /// `Blob` or `File`, which never change.
    Blob,
    /// A buffer or a view on one.
    Bytes,
    /// A stream: it can be read once.
    Stream,
    /// Anything else is the platform's business.
    Other,
}

impl From<u32> for Kind {
    fn from(number: u32) -> Self {
        match number {
            1 => Self::Text,
            2 => Self::Plain,
            3 => Self::Params,
            4 => Self::Form,
            5 => Self::Blob,
            6 => Self::Bytes,
            7 => Self::Stream,
            _ => Self::Other,
        }
    }
}

impl Kind {
    /// Whether the same bytes can be sent a second time.
    pub fn is_replayable(self) -> bool {
        self != Self::Stream
    }

    /// Whether it gets JSON's `content-type` and `accept`, unless the caller has said otherwise.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Text | Self::Plain)
    }
}

/// Whether a plain value becomes a form instead of JSON.
pub fn wants_form(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|given| {
        let essence = given.split(';').next().unwrap_or(given).trim();
        essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    })
}
