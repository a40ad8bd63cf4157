//! Rows that take minutes: more tabs, more requests, more faults. Only with `WASM_API_FETCH_LONG=1`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::chance::Chance;
use crate::exploration::{Order, explore};
use crate::family::{Family, GET, tabs, two_by_two};
use crate::matrix::rows;

/// The most that one row may take.
const CAP: Duration = Duration::from_mins(10);

/// One at a time: each of them takes both processors, and much memory.
static MEMORY: Mutex<()> = Mutex::new(());

fn explore_if_asked_to(name: &str, family: &Family) {
    if std::env::var("WASM_API_FETCH_LONG").is_ok_and(|wanted| wanted == "1") {
        let _turn = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        explore(name, family, Order::LittleMemory, CAP);
    }
}

rows! { explore_if_asked_to;
    long_three_requests_in_each_of_two_tabs_with_a_death_and_an_abort: tabs(2, &[GET, GET, GET])
        .with(Chance::Expiry, 1)
        .with(Chance::Death, 1)
        .with(Chance::Abort, 1);

    long_three_tabs_that_die: tabs(3, &[GET, GET]).with(Chance::Expiry, 1).with(Chance::Death, 2);

    long_three_tabs_without_locks: Family { locks: false, ..tabs(3, &[GET, GET]).with(Chance::Expiry, 1) };

    long_three_tabs_with_stale_reads: Family { stale: true, ..tabs(3, &[GET, GET]).with(Chance::Expiry, 1) };

    long_two_pages_that_are_put_aside: two_by_two().with(Chance::Aside, 2).with(Chance::Death, 1);

    long_two_expiries_with_a_death_and_a_timeout: two_by_two()
        .with(Chance::Expiry, 2)
        .with(Chance::Death, 1)
        .with(Chance::Timeout, 1);

    long_logins_a_sign_out_and_a_death: tabs(2, &[GET])
        .with(Chance::Expiry, 1)
        .with(Chance::OtherLogin, 1)
        .with(Chance::SameLogin, 1)
        .with(Chance::SignOut, 1)
        .with(Chance::Death, 1);
}
