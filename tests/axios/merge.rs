//! How the keys of two configs are merged.

use wasm_api_fetch::axios::merge::rule;
use wasm_api_fetch::boundary::{ConfigKey, FromBits as _, MergeRule};

const KNOWN: u32 = ConfigKey::Other as u32;

/// The rule of the key of a number.
fn rule_of(number: u32) -> MergeRule {
    rule(ConfigKey::from_bits(number))
}

#[test]
fn each_key_has_its_rule() {
    let rules: Vec<_> = (0..8).map(rule_of).collect();
    let expected = [
        MergeRule::Own,
        MergeRule::Own,
        MergeRule::Own,
        MergeRule::Params,
        MergeRule::Headers,
        MergeRule::Named,
        MergeRule::Same,
        MergeRule::Default,
    ];
    assert_eq!(rules, expected);
    assert_eq!(rule_of(KNOWN - 1), MergeRule::Default);
}

#[test]
fn a_key_of_the_apps_own_is_merged_to_its_depth() {
    assert_eq!(rule_of(KNOWN), MergeRule::Deep);
    assert_eq!(rule_of(u32::MAX), MergeRule::Deep, "what `indexOf` says of a key that is not there");
}
