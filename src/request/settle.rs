//! The end of a request. Its promise is settled here, unless its options can not be read or the engine has trapped.

use super::record::RequestRecord;
use crate::boundary::{Facts, Outcome, Settlement, Shape};

/// Settles the caller's promise.
pub(super) fn settle(record: &RequestRecord, facts: Facts, outcome: Outcome) {
    let settlement = settlement(facts.shape(), outcome);
    let value = record.conclude(outcome, settlement);
    match settlement {
        Settlement::Data | Settlement::Response | Settlement::ResponseWithData => record.resolve(&value),
        Settlement::Error | Settlement::AnswerError | Settlement::RequestError => record.reject(&value),
    }
}

/// What settles the promise of a call of this shape.
fn settlement(shape: Shape, outcome: Outcome) -> Settlement {
    match (outcome, shape) {
        (Outcome::Answer, Shape::Fetch) => Settlement::Response,
        (Outcome::Status | Outcome::Failure, _) => Settlement::AnswerError,
        (Outcome::Answer, Shape::Data) => Settlement::Data,
        (Outcome::Answer, Shape::Raw) => Settlement::ResponseWithData,
        // `api.fetch` rejects with the same errors as `fetch` itself.
        (Outcome::Thrown | Outcome::Denied, _) | (Outcome::Error | Outcome::Aborted, Shape::Fetch) => {
            Settlement::Error
        }
        (Outcome::Error | Outcome::Aborted, _) => Settlement::RequestError,
    }
}
