//! How nested values get flat names.

use wasm_api_fetch::axios::form::{FLAT, Facts, LISTED, OPEN, TOP_OBJECT, Visit, WANTS_JSON};

#[test]
fn a_value_is_gone_into_listed_or_named() {
    let cases = [
        (0, Visit::Append),
        (OPEN, Visit::Descend),
        (TOP_OBJECT, Visit::Append),
        (TOP_OBJECT | OPEN, Visit::Descend),
        (TOP_OBJECT | OPEN | FLAT, Visit::Each),
        (TOP_OBJECT | OPEN | LISTED, Visit::Each),
        (TOP_OBJECT | OPEN | WANTS_JSON, Visit::Json),
        (TOP_OBJECT | OPEN | WANTS_JSON | FLAT, Visit::Json),
        (WANTS_JSON | OPEN, Visit::Descend),
        (FLAT | OPEN, Visit::Descend),
        (LISTED, Visit::Append),
    ];
    for (facts, visit) in cases {
        assert_eq!(Facts(facts).visit(), visit, "{facts:#b}");
    }
}
