//! Each invariant finds the engine that breaks its rule.

use std::time::Duration;

use crate::chance::Chance;
use crate::exploration::refute;
use crate::family::{Family, two_by_two};
use crate::invariants::Invariant;
use crate::mutation::Mutation;

/// The most that one may take to be found.
const CAP: Duration = Duration::from_secs(30);

/// Each is a test of its own; together they are the list of what was refuted.
macro_rules! refutations {
    ($($name:ident: $mutation:ident in $family:expr, found by $($invariant:ident),+;)*) => {
        $(
            #[test]
            fn $name() {
                $(refute(&$family, Mutation::$mutation, Invariant::$invariant, CAP);)+
            }
        )*

        const FINDERS: &[Invariant] = &[$($(Invariant::$invariant),+),*];
    };
}

refutations! {
    a_claim_that_is_taken_for_won: EveryClaimIsWon in Family { locks: false, ..two_by_two() },
        found by NoTokenPresentedTwice, OneCallAtATime;
    a_late_401_that_starts_another_refresh: LateRejectionRefreshes in two_by_two(),
        found by OneRefreshForOneExpiry;
    a_call_that_is_not_given_up: CallNotDropped in two_by_two().with(Chance::Timeout, 1),
        found by OneCallAtATime;
    an_abort_that_is_not_heard: AbortUnheard in two_by_two().with(Chance::Abort, 1),
        found by SettledOnce;
    a_withdrawn_request_that_is_forgotten: WithdrawnForgotten in two_by_two(),
        found by BooksAgree, NothingPendingAtRest;
    a_replay_that_is_forgotten: ReplayForgotten in two_by_two(),
        found by WaitsForSomething;
    a_timer_that_is_not_set: TimerNotSet in two_by_two().with(Chance::Hang, 1),
        found by TimerIsSet, NothingPendingAtRest;
    a_timer_that_is_not_heard: TimerUnheard in two_by_two(),
        found by RefreshEnds;
    a_lock_that_is_kept: LockKept in two_by_two(),
        found by NothingPendingAtRest;
    users_that_are_confused: UsersConfused in two_by_two().with(Chance::OtherLogin, 1),
        found by OwnTokens;
    a_user_who_is_settled_at_the_gate: AskerSettledAtTheGate
        in two_by_two().with(Chance::Hook, 1).with(Chance::OtherLogin, 1),
        found by OwnTokens;
    attempts_that_are_confused: AttemptsConfused in two_by_two(),
        found by DeafToTheDead;
    an_end_that_is_told_twice: EndToldTwice in two_by_two().with(Chance::SignOut, 1),
        found by EndToldOnce;
    a_later_that_is_taken_for_a_refusal: LaterIsRefusal in two_by_two().with(Chance::Later, 1),
        found by EndHasGrounds, LoginStands;
    a_rejected_request_that_is_handed_back: NothingReplayed in two_by_two(),
        found by RejectedIsReplayed;
    news_that_are_not_heard: NewsUnheard in two_by_two(),
        found by AllAgreeAtRest;
    an_end_that_is_forgotten: EndForgotten
        in Family { stale: true, ..two_by_two() }.with(Chance::SignOut, 1),
        found by EndedStaysEnded;
    an_undoing_that_is_not_heeded: UndoingUnheeded
        in Family { stale: true, ..two_by_two() }.with(Chance::SignOut, 1).with(Chance::Death, 1),
        found by EndedStaysEnded, FenceIsHeeded;
    new_tokens_of_which_the_fence_is_not_told: SettleNotAsked in Family { stale: true, ..two_by_two() },
        found by SettledBeforeStored, NoTokenPresentedTwice;
    replaced_tokens_that_are_left_free: ReplacedLeftFree in Family { stale: true, ..two_by_two() },
        found by SettledBeforeStored, NoTokenPresentedTwice;
    a_superseding_that_is_not_heeded: SupersededUnheeded in two_by_two().with(Chance::SameLogin, 1),
        found by FenceIsHeeded;
    what_was_stored_and_is_not_looked_after: ConfirmNotAsked
        in Family { stale: true, ..two_by_two() }.with(Chance::SignOut, 1).with(Chance::Death, 1),
        found by EndedStaysEnded;
    a_login_that_is_not_stored: LoginNotStored in two_by_two().with(Chance::SameLogin, 1),
        found by LoginStands;
    failures_that_are_not_heeded: FailuresUnheeded in two_by_two().with(Chance::RetryAfter, 1),
        found by NoCallInPause, FailureIsShared;
}

#[test]
fn no_invariant_is_without_a_broken_engine_that_it_finds() {
    for invariant in Invariant::ALL {
        assert!(FINDERS.contains(&invariant), "{invariant:?} has never failed");
    }
}
