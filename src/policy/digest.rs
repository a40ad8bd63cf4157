//! Hashes that tell values apart, which is all that they have to do.

/// FNV-1a; as much of it as a number of JavaScript holds.
pub fn hash(text: &str) -> u64 {
    let whole = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3_u64)
    });
    whole >> 11
}
