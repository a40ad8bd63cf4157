//! The fence between tabs: who may present a set of tokens, as its mark says.
//!
//! A mark says whether its tokens may be presented to the server. A tab reads and changes it in one transaction of `IndexedDB`, inside
//! which [`change`] decides. The model calls the same function.

use super::failure_streak::FailureStreak;
use crate::boundary::{FenceAction, SessionNews};

/// The number of a tab, which no other tab has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TabId(pub u64);

/// Who owns a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Nobody has claimed the tokens.
    Nobody,
    /// This tab has claimed them: it presents them now or soon, or did so and is gone.
    Tab(TabId),
    /// They have been replaced.
    Spent,
    /// Their session has ended.
    Ended,
}

impl Owner {
    /// Whether nobody presents the tokens any more.
    const fn is_over(self) -> bool {
        matches!(self, Self::Spent | Self::Ended)
    }
}

/// The mark of a set of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Who owns it.
    pub owner: Owner,
    /// The failed refreshes of these tokens.
    pub failures: FailureStreak,
}

impl Mark {
    /// The same as no mark at all.
    pub const NOTHING: Self = Self::of(Owner::Nobody);

    const fn of(owner: Owner) -> Self {
        Self { owner, failures: FailureStreak::NONE }
    }
}

/// Carries out a tab's action on a mark, and returns the news for that tab. `noted` are the failed refreshes that the tab knows of;
/// they are written when it gives the mark back.
pub fn change(mark: &mut Mark, tab: TabId, action: FenceAction, noted: FailureStreak) -> SessionNews {
    match action {
        FenceAction::Claim | FenceAction::TakeOver => match mark.owner {
            Owner::Spent | Owner::Ended => return SessionNews::Spent,
            Owner::Tab(by) if by != tab && action == FenceAction::Claim => return SessionNews::Taken,
            Owner::Nobody | Owner::Tab(_) => {
                mark.owner = Owner::Tab(tab);
                return SessionNews::Won;
            }
        },
        FenceAction::Settle | FenceAction::SettleReusable => {
            if mark.owner.is_over() {
                return SessionNews::Superseded;
            }
            *mark = Mark::of(if action == FenceAction::Settle { Owner::Spent } else { Owner::Nobody });
            return SessionNews::Settled;
        }
        FenceAction::Confirm if mark.owner == Owner::Ended => return SessionNews::Undone,
        FenceAction::Confirm => return SessionNews::Confirmed,
        FenceAction::GiveBack if mark.owner == Owner::Tab(tab) => {
            mark.owner = Owner::Nobody;
            if noted != FailureStreak::NONE {
                mark.failures = noted;
            }
        }
        FenceAction::Revoke if mark.owner == Owner::Ended => *mark = Mark::NOTHING,
        FenceAction::GiveBack | FenceAction::Revoke => {}
        // These two do not depend on what the mark was before.
        FenceAction::Spend => *mark = Mark::of(Owner::Spent),
        FenceAction::End => *mark = Mark::of(Owner::Ended),
        FenceAction::EndPause => mark.failures = mark.failures.without_pause(),
        FenceAction::ForgetFailures => mark.failures = FailureStreak::NONE,
    }
    SessionNews::Changed
}

/// Who may still present tokens that a refresh has replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reuse {
    /// Nobody: the server has given another refresh token.
    Never,
    /// The refresh token has stayed the same. A duplicate of this tab has a copy of its `sessionStorage`, and may refresh with it.
    ByCopies,
    /// Everybody: the server has given the same tokens again.
    ByAll,
}

impl Reuse {
    /// Decides by whether the new tokens are the same as the old ones, and whether the refresh token is another one.
    pub const fn of(are_same: bool, is_rotated: bool) -> Self {
        match (are_same, is_rotated) {
            (true, _) => Self::ByAll,
            (false, false) => Self::ByCopies,
            (false, true) => Self::Never,
        }
    }

    /// Whether the tokens may be presented again. With a shared storage, all tabs get the new tokens; else each has its own copies.
    pub const fn is_allowed(self, is_storage_shared: bool) -> bool {
        match self {
            Self::Never => false,
            Self::ByCopies => !is_storage_shared,
            Self::ByAll => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FailureStreak, FenceAction, Mark, Owner, Reuse, SessionNews, TabId, change};

    const ME: TabId = TabId(1);
    const OTHER: TabId = TabId(2);
    const NONE: FailureStreak = FailureStreak::NONE;
    const FAILED: FailureStreak = FailureStreak { failures: 2, at: 30, retry_at: 50 };
    const WORSE: FailureStreak = FailureStreak { failures: 3, at: 40, retry_at: 90 };

    const fn free(failures: FailureStreak) -> Mark {
        Mark { owner: Owner::Nobody, failures }
    }

    const fn claimed(by: TabId, failures: FailureStreak) -> Mark {
        Mark { owner: Owner::Tab(by), failures }
    }

    const SPENT: Mark = Mark::of(Owner::Spent);
    const ENDED: Mark = Mark::of(Owner::Ended);

    const MARKS: [Mark; 8] = [
        Mark::NOTHING,
        free(FAILED),
        claimed(ME, NONE),
        claimed(ME, FAILED),
        claimed(OTHER, NONE),
        claimed(OTHER, FAILED),
        SPENT,
        ENDED,
    ];

    fn noting(noted: FailureStreak, action: FenceAction, found: Mark) -> (Mark, SessionNews) {
        let mut mark = found;
        let news = change(&mut mark, ME, action, noted);
        (mark, news)
    }

    fn mine(action: FenceAction, found: Mark) -> (Mark, SessionNews) {
        noting(NONE, action, found)
    }

    #[test]
    fn free_tokens_are_claimed_by_whoever_comes_first_and_may_claim_them_again() {
        let won = (claimed(ME, NONE), SessionNews::Won);
        assert_eq!(mine(FenceAction::Claim, Mark::NOTHING), won);
        assert_eq!(mine(FenceAction::Claim, claimed(ME, NONE)), won);
        let others = claimed(OTHER, FAILED);
        assert_eq!(mine(FenceAction::Claim, others), (others, SessionNews::Taken));
    }

    #[test]
    fn whoever_claims_finds_word_of_failed_refreshes_and_leaves_it_at_the_mark() {
        for found in [free(FAILED), claimed(ME, FAILED)] {
            assert_eq!(mine(FenceAction::Claim, found), (claimed(ME, FAILED), SessionNews::Won));
        }
    }

    #[test]
    fn another_tab_s_claim_may_be_taken_over_but_never_tokens_that_are_replaced() {
        let won = (claimed(ME, FAILED), SessionNews::Won);
        assert_eq!(mine(FenceAction::TakeOver, claimed(OTHER, FAILED)), won);
        for over in [SPENT, ENDED] {
            for action in [FenceAction::Claim, FenceAction::TakeOver] {
                assert_eq!(mine(action, over), (over, SessionNews::Spent));
            }
        }
    }

    #[test]
    fn new_tokens_may_be_used_unless_the_old_ones_were_replaced_or_ended_meanwhile() {
        for found in MARKS {
            let is_over = [SPENT, ENDED].contains(&found);
            let with =
                |left| if is_over { (found, SessionNews::Superseded) } else { (left, SessionNews::Settled) };
            assert_eq!(mine(FenceAction::Settle, found), with(SPENT), "{found:?}");
            assert_eq!(mine(FenceAction::SettleReusable, found), with(Mark::NOTHING), "{found:?}");
        }
    }

    #[test]
    fn a_claim_that_is_given_back_leaves_word_of_failures_and_only_its_owner_gives_it_back() {
        assert_eq!(mine(FenceAction::GiveBack, claimed(ME, NONE)).0, Mark::NOTHING);
        assert_eq!(mine(FenceAction::GiveBack, claimed(ME, FAILED)).0, free(FAILED));
        assert_eq!(noting(WORSE, FenceAction::GiveBack, claimed(ME, FAILED)).0, free(WORSE));
        for found in MARKS.into_iter().filter(|found| found.owner != Owner::Tab(ME)) {
            assert_eq!(noting(WORSE, FenceAction::GiveBack, found), (found, SessionNews::Changed));
        }
    }

    #[test]
    fn what_was_written_stays_unless_the_session_was_ended_meanwhile() {
        for found in MARKS {
            let news = if found == ENDED { SessionNews::Undone } else { SessionNews::Confirmed };
            assert_eq!(mine(FenceAction::Confirm, found), (found, news));
        }
    }

    #[test]
    fn what_is_set_without_a_look_does_not_depend_on_what_stood_there() {
        for found in MARKS {
            assert_eq!(mine(FenceAction::Spend, found), (SPENT, SessionNews::Changed));
            assert_eq!(mine(FenceAction::End, found), (ENDED, SessionNews::Changed));
        }
    }

    #[test]
    fn an_end_is_taken_back_and_nothing_else_is() {
        for found in MARKS {
            let left = if found == ENDED { Mark::NOTHING } else { found };
            assert_eq!(mine(FenceAction::Revoke, found).0, left);
        }
    }

    #[test]
    fn a_pause_that_ends_leaves_what_the_server_has_asked_for() {
        let ended = FailureStreak { failures: 2, at: 0, retry_at: 50 };
        assert_eq!(mine(FenceAction::EndPause, free(FAILED)).0, free(ended));
        assert_eq!(mine(FenceAction::EndPause, claimed(OTHER, FAILED)).0, claimed(OTHER, ended));
        assert_eq!(mine(FenceAction::ForgetFailures, free(FAILED)).0, Mark::NOTHING);
        assert_eq!(mine(FenceAction::ForgetFailures, claimed(OTHER, FAILED)).0, claimed(OTHER, NONE));
        for found in [Mark::NOTHING, SPENT, ENDED] {
            assert_eq!(mine(FenceAction::EndPause, found).0, found);
            assert_eq!(mine(FenceAction::ForgetFailures, found).0, found);
        }
    }

    #[test]
    fn a_refresh_token_that_stays_is_good_for_a_copied_tab_and_the_same_tokens_for_all() {
        for (are_same, is_rotated, is_shared, is_allowed) in [
            (true, false, true, true),
            (true, true, true, true),
            (false, false, true, false),
            (false, false, false, true),
            (false, true, false, false),
        ] {
            assert_eq!(Reuse::of(are_same, is_rotated).is_allowed(is_shared), is_allowed);
        }
    }
}
