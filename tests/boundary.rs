//! JavaScript's copy of `src/boundary.rs` is what the Rust of today says. With `UPDATE_BOUNDARY` set it is written instead.
#![cfg(not(target_family = "wasm"))]

use std::fmt::Write as _;

use wasm_api_fetch::boundary::{BITS, Bits, NUMBERS, Numbers};

const HEADING: &str = "// Generated of boundary.rs by `npm run boundary`. Do not edit.\n";

/// `SignOutReason` as `SIGN_OUT_REASON`.
fn upper_snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_uppercase());
    }
    snake
}

/// The words of an enum, if it has any. After the last word there may be variants without one, never between two.
fn words(numbers: &Numbers) -> Option<Vec<String>> {
    let words = numbers.variants.iter().map(|(_, word)| *word);
    let last = words.clone().rposition(|word| word.is_some())?;
    let text = |word: Option<&str>| word.map_or("undefined".to_owned(), |word| format!("'{word}'"));
    Some(words.take(last + 1).map(text).collect())
}

/// The modules, in JavaScript and as declarations.
fn modules() -> (String, String) {
    let (mut code, mut types) = (HEADING.to_owned(), HEADING.to_owned());
    let mut constant = |name: &str, value: &str, kind: &str| {
        let _ = writeln!(code, "export const {name} = {value};");
        let _ = writeln!(types, "export const {name}: {kind};");
    };
    for numbers in NUMBERS {
        let prefix = upper_snake(numbers.name);
        for (number, (variant, _)) in numbers.variants.iter().enumerate() {
            constant(&format!("{prefix}_{}", upper_snake(variant)), &number.to_string(), &number.to_string());
        }
        if let Some(words) = words(numbers) {
            let list = format!("[{}]", words.join(", "));
            constant(&format!("{prefix}_WORDS"), &list, &format!("readonly {list}"));
        }
    }
    for Bits { name, fields } in BITS {
        let prefix = upper_snake(name);
        let mut place = 0;
        for (field, width) in *fields {
            let field = format!("{prefix}_{}", field.to_uppercase());
            let mask = (1_u32 << width) - 1;
            constant(&field, &place.to_string(), &place.to_string());
            constant(&format!("{field}_MASK"), &mask.to_string(), &mask.to_string());
            place += width;
        }
    }
    (code, types)
}

#[test]
fn javascript_has_the_same_numbers_and_words() -> std::io::Result<()> {
    let (code, types) = modules();
    for (file, text) in [("src/boundary.js", code), ("src/boundary.d.ts", types)] {
        if std::env::var_os("UPDATE_BOUNDARY").is_some() {
            std::fs::write(file, &text)?;
        }
        let copy = std::fs::read_to_string(file)?;
        assert!(copy == text, "{file} is not what src/boundary.rs says: run `npm run boundary`");
    }
    Ok(())
}
