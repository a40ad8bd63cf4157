//! The end of a request: its promise is settled here and nowhere else, but where its options could not be read.

use super::record::RequestRecord;
use crate::boundary::{Facts, Outcome, Settlement, Shape};

/// Tells the caller what has come of the request.
pub(super) fn settle(record: &RequestRecord, facts: Facts, outcome: Outcome) {
    record.end_tracking(outcome);
    let settlement = settlement(facts.shape(), outcome, || record.has_failed());
    let value = record.settlement(settlement);
    match settlement {
        Settlement::Data | Settlement::Response | Settlement::ResponseWithData => record.resolve(&value),
        Settlement::Error | Settlement::AnswerError | Settlement::RequestError => record.reject(&value),
    }
}

/// What settles the promise of a call that wants this. `has_failed`: whether the envelope of its answer tells of a failure.
fn settlement(shape: Shape, outcome: Outcome, has_failed: impl FnOnce() -> bool) -> Settlement {
    match (outcome, shape) {
        (Outcome::Answer, Shape::Fetch) => Settlement::Response,
        (Outcome::Status, _) => Settlement::AnswerError,
        (Outcome::Answer, _) if has_failed() => Settlement::AnswerError,
        (Outcome::Answer, Shape::Data) => Settlement::Data,
        (Outcome::Answer, Shape::Raw) => Settlement::ResponseWithData,
        // What `fetch` would reject with is passed on as it is.
        (Outcome::Thrown | Outcome::Denied, _) | (Outcome::Error | Outcome::Aborted, Shape::Fetch) => {
            Settlement::Error
        }
        (Outcome::Error | Outcome::Aborted, _) => Settlement::RequestError,
    }
}
