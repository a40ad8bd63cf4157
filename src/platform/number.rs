//! Numbers as JavaScript has them.

/// A number that is whole and not negative: one that is too large becomes the largest, and NaN becomes 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and NaN becomes 0")]
pub(crate) fn whole(number: f64) -> u64 {
    number as u64
}

/// A moment, a mark or a span, all of which stay below 2^53.
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
