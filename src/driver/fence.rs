//! The rule of the fence, called by JavaScript in the midst of a transaction of `IndexedDB`.

use wasm_bindgen::prelude::wasm_bindgen;

use super::tokens::float;
use crate::boundary::{FenceWish, MarkNumber, SessionNews};
use crate::platform::number::whole;
use crate::policy::failure_streak::FailureStreak;
use crate::policy::fence::{self, Mark, Owner, TabId};

#[wasm_bindgen]
extern "C" {
    /// What stands at a mark, and what becomes of it. Where nothing is said, it stays as it is.
    pub type MarkChange;
    /// NaN: there is none.
    #[wasm_bindgen(method)]
    fn number(this: &MarkChange, which: u32) -> f64;
    /// What is to stand there. An owner is a tab, or [`SPENT`] or [`ENDED`]; NaN: nobody.
    #[wasm_bindgen(method)]
    fn put(this: &MarkChange, owner: f64, failures: u32, failed_at: f64, retry_at: f64);
}

/// The owner of tokens that were replaced. Those that are tabs are numbers above.
const SPENT: f64 = 0.0;
/// The owner of tokens whose session has ended.
const ENDED: f64 = -1.0;

/// Changes a mark as a tab wishes, and says what that tab is told: a number of [`SessionNews`].
#[wasm_bindgen(js_name = changeMark)]
pub fn change_mark(change: &MarkChange, wish: u32) -> u32 {
    let Some(wish) = FenceWish::from_number(wish) else { return SessionNews::Changed as u32 };
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
    let news = fence::change(&mut mark, tab, wish, noted);
    // Where the tab was refused, or has only looked, the mark is as it was.
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
