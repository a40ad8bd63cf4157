//! The rows of the matrix: small worlds, each with one family of faults.

use std::time::Duration;

use crate::chance::Chance;
use crate::exploration::{Order, explore};
use crate::family::{Family, GET, POST, WISH, tabs, two_by_two};

/// The most that one row may take.
const CAP: Duration = Duration::from_mins(2);

/// Makes each row a test of its own, so that a failure names what does not work.
macro_rules! rows {
    ($explore:ident; $($(#[$about:meta])* $name:ident: $family:expr;)*) => {
        $(
            $(#[$about])*
            #[test]
            fn $name() {
                $explore(stringify!($name), &$family);
            }
        )*
    };
}
pub(crate) use rows;

fn explore_all(name: &str, family: &Family) {
    explore(name, family, Order::ShortestFirst, CAP);
}

// Nothing goes wrong but the token, which dies at any moment.
rows! { explore_all;
    an_expiry: tabs(2, &[GET, GET, GET]).with(Chance::Expiry, 1);

    an_expiry_in_three_tabs: tabs(3, &[GET, GET]).with(Chance::Expiry, 1);

    /// The token dies again, right after the refresh or during it.
    two_expiries: two_by_two().with(Chance::Expiry, 2);

    /// One tab has nobody to ask.
    four_requests_of_one_tab_in_a_narrow_window: Family {
        window: 2,
        ..tabs(1, &[GET, POST, GET, WISH]).with(Chance::Expiry, 1)
    }
    .with(Chance::Abort, 2);

    /// What is not safe to be sent is not taken back.
    unsafe_methods: tabs(2, &[GET, POST]).with(Chance::Expiry, 1);

    /// `session.refresh()`, beside requests.
    wishes_for_tokens: tabs(2, &[GET, WISH]).with(Chance::Expiry, 1);

    /// The token may be refreshed ahead of its end, and may die before, or right after.
    ahead_of_expiry: Family { ahead: true, ..two_by_two() }.with(Chance::Later, 1);

    /// The store takes its time, and has not been read yet.
    a_cold_start_and_a_slow_store: Family { slow_store: true, ..two_by_two() }.with(Chance::Abort, 1);
}

// What becomes of a request, and of a refresh's call.
rows! { explore_all;
    answers_that_are_lost: two_by_two().with(Chance::Failure, 2);

    answers_that_come_twice: two_by_two().with(Chance::Duplicate, 1);

    /// The store says so twice too, but not what it holds: one reading answers one look.
    answers_that_come_twice_from_a_slow_store: Family { slow_store: true, ..tabs(2, &[GET]) }
        .with(Chance::Expiry, 2)
        .with(Chance::Duplicate, 2);

    aborts: two_by_two().with(Chance::Abort, 3);

    a_refresh_that_fails: two_by_two().with(Chance::Later, 2).with(Chance::Abort, 1);

    a_refresh_that_fails_in_three_tabs: tabs(3, &[GET]).with(Chance::Expiry, 1).with(Chance::Later, 2);

    /// The first is told, and it holds for all.
    a_server_that_wants_to_be_left_alone: two_by_two().with(Chance::RetryAfter, 1).with(Chance::Abort, 1);

    a_server_that_wants_to_be_left_alone_by_three_tabs: tabs(3, &[GET])
        .with(Chance::Expiry, 1)
        .with(Chance::RetryAfter, 1);

    /// Two failures in a row are followed by a pause, and coming online ends it.
    failures_in_a_row_and_coming_online: two_by_two().with(Chance::Later, 2).with(Chance::Online, 1);

    /// `session.refresh()` ends the pause, but not what the server has asked for.
    failures_in_a_row_and_wishes_for_tokens: tabs(2, &[GET, WISH])
        .with(Chance::Expiry, 1)
        .with(Chance::Later, 2)
        .with(Chance::RetryAfter, 1);

    failures_in_a_row_and_a_login: tabs(2, &[GET])
        .with(Chance::Expiry, 1)
        .with(Chance::Later, 2)
        .with(Chance::SameLogin, 1);

    /// A call that is answered "later" is repeated within the refresh.
    a_refresh_that_succeeds_at_the_second_try: Family { retries: 1, ..two_by_two() }
        .with(Chance::Later, 1)
        .with(Chance::Abort, 1);

    a_refused_refresh: two_by_two().with(Chance::Refusal, 1).with(Chance::Abort, 1);

    a_refresh_without_an_answer: Family { retries: 1, ..two_by_two() }.with(Chance::Silence, 2);

    a_refresh_that_hangs: two_by_two().with(Chance::Hang, 2).with(Chance::Abort, 1);

    /// A deadline passes while the answer is still on its way: of the lock, of the fence, of the server.
    an_answer_that_is_too_slow: two_by_two().with(Chance::Timeout, 2);

    /// The same, of the store too.
    a_store_that_is_too_slow: Family { slow_store: true, ..two_by_two() }.with(Chance::Timeout, 1);
}

// What becomes of a tab, of what it sees, and of what it hears.
rows! { explore_all;
    a_tab_that_dies: tabs(2, &[GET, GET, GET]).with(Chance::Expiry, 1).with(Chance::Death, 1);

    tabs_that_die: tabs(3, &[GET]).with(Chance::Expiry, 2).with(Chance::Death, 2);

    a_session_that_nobody_uses_any_more: two_by_two().with(Chance::Dispose, 2).with(Chance::Revive, 1);

    a_session_that_ends_with_a_slow_refresh: two_by_two().with(Chance::Dispose, 1).with(Chance::Timeout, 1);

    a_page_that_is_put_aside: two_by_two().with(Chance::Aside, 1);

    a_page_that_is_put_aside_and_thrown_away: two_by_two().with(Chance::Aside, 1).with(Chance::Death, 1);

    news_that_are_lost: tabs(3, &[GET]).with(Chance::Expiry, 2).with(Chance::LostNews, 2);

    stale_reads: Family { stale: true, ..two_by_two() }.with(Chance::Abort, 1);

    stale_reads_in_three_tabs: Family { stale: true, ..tabs(3, &[GET]).with(Chance::Expiry, 2) };

    stale_reads_and_a_death: Family { stale: true, ..two_by_two() }.with(Chance::Death, 1);

    an_emptied_store: Family { stale: true, ..two_by_two() }.with(Chance::Emptying, 1);
}

// Who is signed in.
rows! { explore_all;
    a_sign_out: Family { stale: true, ..two_by_two() }.with(Chance::SignOut, 1);

    a_sign_out_and_a_death: two_by_two().with(Chance::SignOut, 1).with(Chance::Death, 1);

    another_user_signs_in: Family { stale: true, ..two_by_two() }.with(Chance::OtherLogin, 1);

    another_user_signs_in_and_a_tab_dies: two_by_two().with(Chance::OtherLogin, 1).with(Chance::Death, 1);

    the_same_user_signs_in_again: Family { stale: true, ..two_by_two() }.with(Chance::SameLogin, 1);

    a_hook_that_waits_for_a_sign_out_and_another_user: tabs(2, &[GET])
        .with(Chance::Expiry, 1)
        .with(Chance::Hook, 2)
        .with(Chance::OtherLogin, 1)
        .with(Chance::SignOut, 1);

    a_hook_that_waits_before_the_store_is_read: Family { slow_store: true, ..tabs(2, &[GET]) }
        .with(Chance::Expiry, 1)
        .with(Chance::Hook, 2)
        .with(Chance::OtherLogin, 1);

    a_sign_out_before_the_store_is_read: Family { slow_store: true, ..tabs(2, &[GET]) }
        .with(Chance::Expiry, 1)
        .with(Chance::Hook, 2)
        .with(Chance::SignOut, 1);

    logins_and_a_sign_out: tabs(2, &[GET])
        .with(Chance::Expiry, 1)
        .with(Chance::OtherLogin, 1)
        .with(Chance::SameLogin, 1)
        .with(Chance::SignOut, 1);
}

// What a page may lack.
rows! { explore_all;
    /// The second look and the fence have to do.
    without_locks: Family { locks: false, ..two_by_two() }.with(Chance::Later, 1);

    without_locks_in_three_tabs: Family { locks: false, ..tabs(3, &[GET]).with(Chance::Expiry, 2) };

    without_locks_and_a_death: Family { locks: false, stale: true, ..two_by_two() }.with(Chance::Death, 1);

    without_locks_and_a_hang: Family { locks: false, ..two_by_two() }.with(Chance::Hang, 1);

    without_locks_and_a_sign_out: Family { locks: false, ..two_by_two() }.with(Chance::SignOut, 1);

    without_locks_and_a_login: Family { locks: false, ..tabs(2, &[GET]).with(Chance::Expiry, 2) }
        .with(Chance::SameLogin, 1);

    /// The lock and the second look have to do.
    without_a_fence: Family { fence: false, ..two_by_two() }.with(Chance::SignOut, 1);

    without_a_fence_and_a_login: Family { fence: false, ..two_by_two() }.with(Chance::SameLogin, 1);

    without_a_fence_and_a_death: Family { fence: false, ..two_by_two() }.with(Chance::Death, 1);

    /// The server sees the same tokens twice, and who comes second is signed out.
    each_tab_alone: Family { locks: false, fence: false, ..two_by_two() }.with(Chance::SignOut, 1);
}
