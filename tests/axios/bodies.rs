//! What becomes of bodies.

use wasm_api_fetch::axios::body::{
    AS_JSON, AS_PARTS, AS_QUERY, Encoding, FILES, FORCED, FORM, Facts, OBJECT, RAW, Reading, SEARCH, SILENT,
    TYPED, WANTS_JSON, Wish,
};

#[test]
fn a_body_is_sent_as_its_kind_and_its_content_type_say() {
    let cases = [
        (0, Encoding::AsIs),
        (AS_JSON, Encoding::Json),
        (AS_QUERY, Encoding::AsIs),
        (AS_PARTS, Encoding::AsIs),
        (OBJECT, Encoding::Json),
        (OBJECT | AS_JSON, Encoding::Json),
        (OBJECT | AS_QUERY, Encoding::Query),
        (OBJECT | AS_PARTS, Encoding::Parts),
        (OBJECT | FORM, Encoding::AsIs),
        (OBJECT | FORM | AS_JSON, Encoding::FormAsJson),
        (OBJECT | FORM | AS_QUERY, Encoding::AsIs),
        (OBJECT | RAW, Encoding::AsIs),
        (OBJECT | RAW | AS_JSON, Encoding::AsIs),
        (OBJECT | SEARCH, Encoding::Search),
        (OBJECT | SEARCH | AS_JSON, Encoding::Search),
        (OBJECT | FILES, Encoding::FileParts),
        (OBJECT | FILES | AS_PARTS, Encoding::FileParts),
        (OBJECT | FILES | AS_QUERY, Encoding::Query),
    ];
    for (facts, encoding) in cases {
        assert_eq!(Facts(facts).encoding(), encoding, "{facts:#b}");
    }
}

#[test]
fn a_text_is_read_as_the_caller_wants_it() {
    let cases = [
        (0, Reading::Text),
        (FORCED, Reading::Lenient),
        (FORCED | SILENT, Reading::Lenient),
        (FORCED | SILENT | TYPED, Reading::Text),
        (SILENT, Reading::Text),
        (TYPED | WANTS_JSON, Reading::Strict),
        (TYPED | WANTS_JSON | FORCED, Reading::Strict),
        (TYPED | WANTS_JSON | SILENT, Reading::Lenient),
    ];
    for (wish, reading) in cases {
        assert_eq!(Wish(wish).reading(), reading, "{wish:#b}");
    }
}
