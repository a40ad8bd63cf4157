//! What becomes of a body, sent or received, where the app has no transformation of its own.

/// What is known of a body that is to be sent, as bits; `src/axios/transform.js` gathers them.
#[derive(Clone, Copy, Debug)]
pub struct Facts(pub u32);

/// It is an object.
pub const OBJECT: u32 = 1;
/// `FormData`, or an HTML form that has become one.
pub const FORM: u32 = 1 << 1;
/// Bytes, a blob or a stream.
pub const RAW: u32 = 1 << 2;
/// `URLSearchParams`.
pub const SEARCH: u32 = 1 << 3;
/// A list of files.
pub const FILES: u32 = 1 << 4;
/// The content type says JSON.
pub const AS_JSON: u32 = 1 << 5;
/// The content type says a form in the manner of a query.
pub const AS_QUERY: u32 = 1 << 6;
/// The content type says a form in parts.
pub const AS_PARTS: u32 = 1 << 7;

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    AsIs,
    /// A form, told as JSON.
    FormAsJson,
    /// As a query, with the content type of one.
    Search,
    /// An object, told as a query.
    Query,
    /// An object, told as a form.
    Parts,
    /// Files, told as a form.
    FileParts,
    /// As JSON, with the content type of it.
    Json,
}

impl Facts {
    const fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }

    /// How it is sent.
    pub const fn encoding(self) -> Encoding {
        if self.has(FORM) {
            return if self.has(AS_JSON) { Encoding::FormAsJson } else { Encoding::AsIs };
        }
        if self.has(RAW) {
            Encoding::AsIs
        } else if self.has(SEARCH) {
            Encoding::Search
        } else if self.has(OBJECT) && self.has(AS_QUERY) {
            Encoding::Query
        } else if self.has(FILES) {
            Encoding::FileParts
        } else if self.has(OBJECT) && self.has(AS_PARTS) {
            Encoding::Parts
        } else if self.has(OBJECT | AS_JSON) {
            Encoding::Json
        } else {
            Encoding::AsIs
        }
    }
}

/// How the text of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Not at all.
    Text,
    /// As JSON if it is any.
    Lenient,
    /// As JSON, and what is none is an error.
    Strict,
}

/// What is known of a wish for an answer's text, as bits.
#[derive(Clone, Copy, Debug)]
pub struct Wish(pub u32);

/// The caller has said what it wants.
pub const TYPED: u32 = 1;
/// And that is JSON.
pub const WANTS_JSON: u32 = 1 << 1;
/// `transitional.forcedJSONParsing`
pub const FORCED: u32 = 1 << 2;
/// `transitional.silentJSONParsing`
pub const SILENT: u32 = 1 << 3;

impl Wish {
    /// How the text is read.
    pub const fn reading(self) -> Reading {
        let Self(bits) = self;
        if bits & WANTS_JSON != 0 && bits & SILENT == 0 {
            Reading::Strict
        } else if bits & WANTS_JSON != 0 || bits & (FORCED | TYPED) == FORCED {
            Reading::Lenient
        } else {
            Reading::Text
        }
    }
}
