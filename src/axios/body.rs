//! What becomes of a body, sent or received, where the app has no transformation of its own.

use crate::boundary::{BodyEncoding, ReadingWish, SentBody, TextReading};

impl SentBody {
    /// How it is sent.
    pub fn encoding(self) -> BodyEncoding {
        if self.is_form() {
            return if self.says_json() { BodyEncoding::FormAsJson } else { BodyEncoding::AsIs };
        }
        if self.is_raw() {
            BodyEncoding::AsIs
        } else if self.is_search() {
            BodyEncoding::Search
        } else if self.is_object() && self.says_query() {
            BodyEncoding::Query
        } else if self.is_files() {
            BodyEncoding::FileParts
        } else if self.is_object() && self.says_parts() {
            BodyEncoding::Parts
        } else if self.is_object() || self.says_json() {
            BodyEncoding::Json
        } else {
            BodyEncoding::AsIs
        }
    }
}

impl ReadingWish {
    /// How the text is read.
    pub fn reading(self) -> TextReading {
        if self.wants_json() && !self.is_silent() {
            TextReading::Strict
        } else if self.wants_json() || self.is_forced() && !self.is_typed() {
            TextReading::Lenient
        } else {
            TextReading::Text
        }
    }
}
