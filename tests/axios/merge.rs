//! How the keys of two configs are merged.

use wasm_api_fetch::axios::merge::{KNOWN, Rule, rule};

#[test]
fn each_key_has_its_rule() {
    let rules: Vec<_> = (0..8).map(rule).collect();
    let expected = [
        Rule::Own,
        Rule::Own,
        Rule::Own,
        Rule::Params,
        Rule::Headers,
        Rule::Named,
        Rule::Same,
        Rule::Default,
    ];
    assert_eq!(rules, expected);
    assert_eq!(rule(KNOWN - 1), Rule::Default);
}

#[test]
fn a_key_of_the_apps_own_is_merged_to_its_depth() {
    assert_eq!(rule(KNOWN), Rule::Deep);
    assert_eq!(rule(u32::MAX), Rule::Deep, "what `indexOf` says of a key that is not there");
}
