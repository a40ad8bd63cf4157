//! Runs the rule of the fence. JavaScript calls it inside an `IndexedDB` transaction, so it has to answer synchronously.

use wasm_bindgen::prelude::wasm_bindgen;

use super::tokens::float;
use crate::boundary::{FenceAction, MarkNumber, SessionNews};
use crate::platform::number::whole;
use crate::policy::failure_streak::FailureStreak;
use crate::policy::fence::{self, Mark, Owner, TabId};

#[wasm_bindgen]
extern "C" {
    /// A mark as it is stored, and the way to change it. A mark that is not `put` stays as it is.
    pub type MarkChange;
    /// One of the mark's numbers, by [`MarkNumber`]; NaN if it has none.
    #[wasm_bindgen(method)]
    fn number(this: &MarkChange, which: u32) -> f64;
    /// Sets the mark. The owner is the number of a tab, [`SPENT`] or [`ENDED`]; NaN: it has no owner.
    #[wasm_bindgen(method)]
    fn put(this: &MarkChange, owner: f64, failures: u32, failed_at: f64, retry_at: f64);
}

/// The owner of tokens that were replaced. The numbers of tabs are greater.
const SPENT: f64 = 0.0;
/// The owner of tokens whose session has ended.
const ENDED: f64 = -1.0;

/// Carries out a tab's [`FenceAction`] on a mark. Returns the [`SessionNews`] for that tab as its number.
#[wasm_bindgen(js_name = changeMark)]
pub fn change_mark(change: &MarkChange, action: u32) -> u32 {
    let Some(action) = FenceAction::from_number(action) else { return SessionNews::Changed as u32 };
    let number = |which: MarkNumber| change.number(which as u32);
    let streak = |failures, at, retry_at| FailureStreak {
        failures: u32::try_from(whole(number(failures))).unwrap_or(u32::MAX),
        at: whole(number(at)),
        retry_at: whole(number(retry_at)),
    };
    let mut mark = Mark {
        owner: owner(number(MarkNumber::Owner)),
        failures: streak(MarkNumber::Failures, MarkNumber::FailedAt, MarkNumber::RetryAt),
    };
    let noted = streak(MarkNumber::NotedFailures, MarkNumber::NotedFailedAt, MarkNumber::NotedRetryAt);
    let tab = TabId(number(MarkNumber::Tab).to_bits());
    let news = fence::change(&mut mark, tab, action, noted);
    // Where the tab was refused, or has only looked, the mark does not change.
    if matches!(news, SessionNews::Won | SessionNews::Settled | SessionNews::Changed) {
        let FailureStreak { failures, at, retry_at } = mark.failures;
        change.put(number_of(mark.owner), failures, float(at), float(retry_at));
    }
    news as u32
}

fn owner(number: f64) -> Owner {
    if number > SPENT {
        Owner::Tab(TabId(number.to_bits()))
    } else if number <= ENDED {
        Owner::Ended
    } else if number <= SPENT {
        Owner::Spent
    } else {
        Owner::Nobody
    }
}

const fn number_of(owner: Owner) -> f64 {
    match owner {
        Owner::Nobody => f64::NAN,
        Owner::Tab(TabId(bits)) => f64::from_bits(bits),
        Owner::Spent => SPENT,
        Owner::Ended => ENDED,
    }
}
