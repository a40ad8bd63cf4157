//! Request bodies: what a caller's value becomes on the wire.

/// What a body is. The numbers are those of `kindOf` in `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is none.
    None,
    /// A string: sent as it is.
    Text,
    /// A plain value: becomes JSON, or a form where the content type says so.
    Plain,
    /// `FormData` or `URLSearchParams`.
    Form,
    /// A buffer or a view on one.
    Bytes,
    /// A stream: it can be read once.
    Stream,
    /// Anything else is the platform's business, `Blob`s among it, which never change.
    Other,
}

impl From<u32> for Kind {
    fn from(number: u32) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Text,
            2 => Self::Plain,
            3 => Self::Form,
            4 => Self::Bytes,
            5 => Self::Stream,
            _ => Self::Other,
        }
    }
}

/// Whether a content type, given without parameters and in lower case, makes a plain value a form instead of JSON.
pub fn is_form(content_type: &str) -> bool {
    content_type == "application/x-www-form-urlencoded"
}
