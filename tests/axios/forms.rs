//! How nested values get flat names.

use wasm_api_fetch::boundary::{FormValue, FormVisit};

const TOP_OBJECT: u32 = FormValue::of([1, 0, 0, 0, 0]).0;
const WANTS_JSON: u32 = FormValue::of([0, 1, 0, 0, 0]).0;
const LISTED: u32 = FormValue::of([0, 0, 1, 0, 0]).0;
const FLAT: u32 = FormValue::of([0, 0, 0, 1, 0]).0;
const OPEN: u32 = FormValue::of([0, 0, 0, 0, 1]).0;

#[test]
fn a_value_is_gone_into_listed_or_named() {
    let cases = [
        (0, FormVisit::Append),
        (OPEN, FormVisit::Descend),
        (TOP_OBJECT, FormVisit::Append),
        (TOP_OBJECT | OPEN, FormVisit::Descend),
        (TOP_OBJECT | OPEN | FLAT, FormVisit::Each),
        (TOP_OBJECT | OPEN | LISTED, FormVisit::Each),
        (TOP_OBJECT | OPEN | WANTS_JSON, FormVisit::Json),
        (TOP_OBJECT | OPEN | WANTS_JSON | FLAT, FormVisit::Json),
        (WANTS_JSON | OPEN, FormVisit::Descend),
        (FLAT | OPEN, FormVisit::Descend),
        (LISTED, FormVisit::Append),
    ];
    for (facts, visit) in cases {
        assert_eq!(FormValue(facts).visit(), visit, "{facts:#b}");
    }
}
