//! Whether and when a failed request is attempted again.

use crate::boundary::{BodyKind, Method};

/// What the caller and the server say about another attempt; NaN: nothing.
#[derive(Clone, Copy, Debug)]
pub struct RetryInput {
    /// How many attempts after the first one the caller allows.
    pub retries: f64,
    /// Whether the caller's own list names the status: 1 or 0.
    pub is_listed: f64,
    /// The answer's `Retry-After` (RFC 9110 §10.2.3), in ms.
    pub retry_after: f64,
}

/// The longest `Retry-After` that is waited for, in ms. If the server asks for more, the caller gets the failure.
const PATIENCE: f64 = 60_000.0;

/// The status that stands for a failure without an answer.
pub const NO_STATUS: u32 = 500;

impl RetryInput {
    /// The least wait before another attempt, in ms; `None` if there is no other attempt. A request that changes something is sent again
    /// only if the caller has asked for that, and one with a stream as its body never.
    pub fn wait(self, method: Method, body: BodyKind, status: u32, retried: u32) -> Option<f64> {
        let by_default = if method.has_payload() { 0.0 } else { 1.0 };
        let most = if self.retries.is_nan() { by_default } else { self.retries };
        let is_passing = if self.is_listed.is_nan() { is_passing(status) } else { self.is_listed > 0.0 };
        let wait = self.retry_after.max(0.0);
        let may = body != BodyKind::Stream && f64::from(retried) < most && is_passing && wait <= PATIENCE;
        may.then_some(wait)
    }
}

/// Whether another attempt may succeed after this status. The list is ofetch's.
fn is_passing(status: u32) -> bool {
    matches!(status, 408 | 409 | 425 | 429 | 500 | 502 | 503 | 504)
}

#[cfg(test)]
mod tests {
    use super::RetryInput;
    use crate::boundary::{BodyKind, Method};

    const NOTHING: RetryInput = RetryInput { retries: f64::NAN, is_listed: f64::NAN, retry_after: f64::NAN };

    fn wait(wish: RetryInput, method: Method, status: u32, retried: u32) -> Option<f64> {
        wish.wait(method, BodyKind::None, status, retried)
    }

    #[test]
    fn what_only_reads_is_tried_once_more_by_default_and_what_changes_something_is_not() {
        for method in [Method::Get, Method::Head, Method::Options, Method::Other] {
            assert_eq!(wait(NOTHING, method, 503, 0), Some(0.0));
            assert_eq!(wait(NOTHING, method, 503, 1), None);
            assert_eq!(wait(NOTHING, method, 404, 0), None);
        }
        assert_eq!(wait(NOTHING, Method::Post, 503, 0), None);
    }

    #[test]
    fn the_caller_says_how_often_and_after_which_statuses() {
        let thrice = RetryInput { retries: 3.0, ..NOTHING };
        assert_eq!(wait(thrice, Method::Post, 500, 2), Some(0.0));
        assert_eq!(wait(thrice, Method::Post, 500, 3), None);
        assert_eq!(wait(RetryInput { retries: 0.0, ..NOTHING }, Method::Get, 500, 0), None);
        assert_eq!(wait(RetryInput { is_listed: 1.0, ..NOTHING }, Method::Get, 404, 0), Some(0.0));
        assert_eq!(wait(RetryInput { is_listed: 0.0, ..NOTHING }, Method::Get, 500, 0), None);
    }

    #[test]
    fn a_server_is_left_alone_as_long_as_it_wants_and_no_longer_than_a_minute() {
        let after = |retry_after| wait(RetryInput { retry_after, ..NOTHING }, Method::Get, 503, 0);
        assert_eq!(after(2_000.0), Some(2_000.0));
        assert_eq!(after(-5_000.0), Some(0.0));
        assert_eq!(after(60_001.0), None);
    }

    #[test]
    fn a_stream_is_never_sent_again() {
        let wish = RetryInput { retries: 3.0, ..NOTHING };
        assert_eq!(wish.wait(Method::Post, BodyKind::Stream, 503, 0), None);
    }
}
