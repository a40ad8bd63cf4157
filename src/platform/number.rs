//! Conversions of JavaScript's numbers.

/// A whole number that is not negative. A number that is too large becomes the largest, and NaN becomes 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and NaN becomes 0")]
pub(crate) fn whole(number: f64) -> u64 {
    number as u64
}

/// A moment, a key or a span of time, all of which are below 2^53.
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
