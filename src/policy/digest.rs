//! Hashes that tell values apart. They are not cryptographic.

/// FNV-1a, cut to the 53 bits that a JavaScript number holds exactly.
pub fn hash(text: &str) -> u64 {
    let whole = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3_u64)
    });
    whole >> 11
}

/// The same for an owned text, which is dropped here and not at each caller, for the size of the code.
#[expect(clippy::needless_pass_by_value, reason = "it ends here")]
#[inline(never)]
pub fn hash_of(text: String) -> u64 {
    hash(&text)
}

#[cfg(test)]
mod tests {
    use super::hash;

    /// The 64 bits are those that the algorithm's authors publish for these texts.
    #[test]
    fn it_is_the_known_hash_without_its_lowest_bits() {
        for (text, whole) in [
            ("", 0xcbf2_9ce4_8422_2325_u64),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("b", 0xaf63_df4c_8601_f1a5),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(hash(text), whole >> 11, "{text}");
        }
    }
}
