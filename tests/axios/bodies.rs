//! What becomes of bodies.

use wasm_api_fetch::boundary::{BodyEncoding, ReadingWish, SentBody, TextReading};

const OBJECT: u32 = SentBody::of([1, 0, 0, 0, 0, 0, 0, 0]).0;
const FORM: u32 = SentBody::of([0, 1, 0, 0, 0, 0, 0, 0]).0;
const RAW: u32 = SentBody::of([0, 0, 1, 0, 0, 0, 0, 0]).0;
const SEARCH: u32 = SentBody::of([0, 0, 0, 1, 0, 0, 0, 0]).0;
const FILES: u32 = SentBody::of([0, 0, 0, 0, 1, 0, 0, 0]).0;
const AS_JSON: u32 = SentBody::of([0, 0, 0, 0, 0, 1, 0, 0]).0;
const AS_QUERY: u32 = SentBody::of([0, 0, 0, 0, 0, 0, 1, 0]).0;
const AS_PARTS: u32 = SentBody::of([0, 0, 0, 0, 0, 0, 0, 1]).0;

const TYPED: u32 = ReadingWish::of([1, 0, 0, 0]).0;
const WANTS_JSON: u32 = ReadingWish::of([0, 1, 0, 0]).0;
const FORCED: u32 = ReadingWish::of([0, 0, 1, 0]).0;
const SILENT: u32 = ReadingWish::of([0, 0, 0, 1]).0;

#[test]
fn a_body_is_sent_as_its_kind_and_its_content_type_say() {
    let cases = [
        (0, BodyEncoding::AsIs),
        (AS_JSON, BodyEncoding::Json),
        (AS_QUERY, BodyEncoding::AsIs),
        (AS_PARTS, BodyEncoding::AsIs),
        (OBJECT, BodyEncoding::Json),
        (OBJECT | AS_JSON, BodyEncoding::Json),
        (OBJECT | AS_QUERY, BodyEncoding::Query),
        (OBJECT | AS_PARTS, BodyEncoding::Parts),
        (OBJECT | FORM, BodyEncoding::AsIs),
        (OBJECT | FORM | AS_JSON, BodyEncoding::FormAsJson),
        (OBJECT | FORM | AS_QUERY, BodyEncoding::AsIs),
        (OBJECT | RAW, BodyEncoding::AsIs),
        (OBJECT | RAW | AS_JSON, BodyEncoding::AsIs),
        (OBJECT | SEARCH, BodyEncoding::Search),
        (OBJECT | SEARCH | AS_JSON, BodyEncoding::Search),
        (OBJECT | FILES, BodyEncoding::FileParts),
        (OBJECT | FILES | AS_PARTS, BodyEncoding::FileParts),
        (OBJECT | FILES | AS_QUERY, BodyEncoding::Query),
    ];
    for (facts, encoding) in cases {
        assert_eq!(SentBody(facts).encoding(), encoding, "{facts:#b}");
    }
}

#[test]
fn a_text_is_read_as_the_caller_wants_it() {
    let cases = [
        (0, TextReading::Text),
        (FORCED, TextReading::Lenient),
        (FORCED | SILENT, TextReading::Lenient),
        (FORCED | SILENT | TYPED, TextReading::Text),
        (SILENT, TextReading::Text),
        (TYPED | WANTS_JSON, TextReading::Strict),
        (TYPED | WANTS_JSON | FORCED, TextReading::Strict),
        (TYPED | WANTS_JSON | SILENT, TextReading::Lenient),
    ];
    for (wish, reading) in cases {
        assert_eq!(ReadingWish(wish).reading(), reading, "{wish:#b}");
    }
}
