//! The fence among tabs: what stands at the mark of a set of tokens, and what becomes of it.
//!
//! A mark says whether its tokens may be presented to the server. Tabs look at it and change it in one transaction of `IndexedDB`, in
//! which [`change`] decides; the same function is explored by the model.

use super::failure_streak::FailureStreak;
use crate::boundary::{FenceWish, SessionNews};

/// A tab. No other has the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TabId(pub u64);

/// Who owns a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Nobody has claimed the tokens.
    Nobody,
    /// This tab presents them, or is about to, or did and is gone.
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

/// What stands at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Who owns it.
    pub owner: Owner,
    /// What is known of failed refreshes of these tokens.
    pub failures: FailureStreak,
}

impl Mark {
    /// Where nothing stands.
    pub const NOTHING: Self = Self::of(Owner::Nobody);

    const fn of(owner: Owner) -> Self {
        Self { owner, failures: FailureStreak::NONE }
    }
}

/// Changes a mark as a tab wishes, and gives what the tab is told; a claim that is won is told of the failures at the mark, too.
/// `noted` is what the tab itself knows of them by now, if that is something new.
pub fn change(mark: &mut Mark, tab: TabId, wish: FenceWish, noted: FailureStreak) -> SessionNews {
    match wish {
        FenceWish::Claim | FenceWish::TakeOver => match mark.owner {
            Owner::Spent | Owner::Ended => return SessionNews::Spent,
            Owner::Tab(by) if by != tab && wish == FenceWish::Claim => return SessionNews::Taken,
            Owner::Nobody | Owner::Tab(_) => {
                mark.owner = Owner::Tab(tab);
                return SessionNews::Won;
            }
        },
        FenceWish::Settle | FenceWish::SettleReusable => {
            if mark.owner.is_over() {
                return SessionNews::Superseded;
            }
            *mark = Mark::of(if wish == FenceWish::Settle { Owner::Spent } else { Owner::Nobody });
            return SessionNews::Settled;
        }
        FenceWish::Confirm if mark.owner == Owner::Ended => return SessionNews::Undone,
        FenceWish::Confirm => return SessionNews::Confirmed,
        FenceWish::GiveBack if mark.owner == Owner::Tab(tab) => {
            mark.owner = Owner::Nobody;
            if noted != FailureStreak::NONE {
                mark.failures = noted;
            }
        }
        FenceWish::Revoke if mark.owner == Owner::Ended => *mark = Mark::NOTHING,
        FenceWish::GiveBack | FenceWish::Revoke => {}
        // These two are set without a look at what stands there.
        FenceWish::Spend => *mark = Mark::of(Owner::Spent),
        FenceWish::End => *mark = Mark::of(Owner::Ended),
        FenceWish::EndPause => mark.failures = mark.failures.without_pause(),
        FenceWish::ForgetFailures => mark.failures = FailureStreak::NONE,
    }
    SessionNews::Changed
}

/// What tokens are still good for, once a refresh has replaced them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reuse {
    /// Nothing: the server has given another refresh token.
    Never,
    /// The refresh token has stayed. A copy of this tab has a copy of its `sessionStorage`, and its own use for it.
    ByCopies,
    /// The server has given the very same tokens again.
    ByAll,
}

impl Reuse {
    /// What is true of tokens in the place of which others have come.
    pub const fn of(are_same: bool, is_rotated: bool) -> Self {
        match (are_same, is_rotated) {
            (true, _) => Self::ByAll,
            (false, false) => Self::ByCopies,
            (false, true) => Self::Never,
        }
    }

    /// Whether they may be presented again, where all tabs have the same storage, or each one its own.
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
    use super::{FailureStreak, FenceWish, Mark, Owner, Reuse, SessionNews, TabId, change};

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

    fn noting(noted: FailureStreak, wish: FenceWish, found: Mark) -> (Mark, SessionNews) {
        let mut mark = found;
        let news = change(&mut mark, ME, wish, noted);
        (mark, news)
    }

    fn mine(wish: FenceWish, found: Mark) -> (Mark, SessionNews) {
        noting(NONE, wish, found)
    }

    #[test]
    fn free_tokens_are_claimed_by_whoever_comes_first_and_may_claim_them_again() {
        let won = (claimed(ME, NONE), SessionNews::Won);
        assert_eq!(mine(FenceWish::Claim, Mark::NOTHING), won);
        assert_eq!(mine(FenceWish::Claim, claimed(ME, NONE)), won);
        let others = claimed(OTHER, FAILED);
        assert_eq!(mine(FenceWish::Claim, others), (others, SessionNews::Taken));
    }

    #[test]
    fn whoever_claims_finds_word_of_failed_refreshes_and_leaves_it_at_the_mark() {
        for found in [free(FAILED), claimed(ME, FAILED)] {
            assert_eq!(mine(FenceWish::Claim, found), (claimed(ME, FAILED), SessionNews::Won));
        }
    }

    #[test]
    fn another_tab_s_claim_may_be_taken_over_but_never_tokens_that_are_replaced() {
        let won = (claimed(ME, FAILED), SessionNews::Won);
        assert_eq!(mine(FenceWish::TakeOver, claimed(OTHER, FAILED)), won);
        for over in [SPENT, ENDED] {
            for wish in [FenceWish::Claim, FenceWish::TakeOver] {
                assert_eq!(mine(wish, over), (over, SessionNews::Spent));
            }
        }
    }

    #[test]
    fn new_tokens_may_be_used_unless_the_old_ones_were_replaced_or_ended_meanwhile() {
        for found in MARKS {
            let is_over = [SPENT, ENDED].contains(&found);
            let with =
                |left| if is_over { (found, SessionNews::Superseded) } else { (left, SessionNews::Settled) };
            assert_eq!(mine(FenceWish::Settle, found), with(SPENT), "{found:?}");
            assert_eq!(mine(FenceWish::SettleReusable, found), with(Mark::NOTHING), "{found:?}");
        }
    }

    #[test]
    fn a_claim_that_is_given_back_leaves_word_of_failures_and_only_its_owner_gives_it_back() {
        assert_eq!(mine(FenceWish::GiveBack, claimed(ME, NONE)).0, Mark::NOTHING);
        assert_eq!(mine(FenceWish::GiveBack, claimed(ME, FAILED)).0, free(FAILED));
        assert_eq!(noting(WORSE, FenceWish::GiveBack, claimed(ME, FAILED)).0, free(WORSE));
        for found in MARKS.into_iter().filter(|found| found.owner != Owner::Tab(ME)) {
            assert_eq!(noting(WORSE, FenceWish::GiveBack, found), (found, SessionNews::Changed));
        }
    }

    #[test]
    fn what_was_written_stays_unless_the_session_was_ended_meanwhile() {
        for found in MARKS {
            let news = if found == ENDED { SessionNews::Undone } else { SessionNews::Confirmed };
            assert_eq!(mine(FenceWish::Confirm, found), (found, news));
        }
    }

    #[test]
    fn what_is_set_without_a_look_does_not_depend_on_what_stood_there() {
        for found in MARKS {
            assert_eq!(mine(FenceWish::Spend, found), (SPENT, SessionNews::Changed));
            assert_eq!(mine(FenceWish::End, found), (ENDED, SessionNews::Changed));
        }
    }

    #[test]
    fn an_end_is_taken_back_and_nothing_else_is() {
        for found in MARKS {
            let left = if found == ENDED { Mark::NOTHING } else { found };
            assert_eq!(mine(FenceWish::Revoke, found).0, left);
        }
    }

    #[test]
    fn a_pause_that_ends_leaves_what_the_server_has_asked_for() {
        let ended = FailureStreak { failures: 2, at: 0, retry_at: 50 };
        assert_eq!(mine(FenceWish::EndPause, free(FAILED)).0, free(ended));
        assert_eq!(mine(FenceWish::EndPause, claimed(OTHER, FAILED)).0, claimed(OTHER, ended));
        assert_eq!(mine(FenceWish::ForgetFailures, free(FAILED)).0, Mark::NOTHING);
        assert_eq!(mine(FenceWish::ForgetFailures, claimed(OTHER, FAILED)).0, claimed(OTHER, NONE));
        for found in [Mark::NOTHING, SPENT, ENDED] {
            assert_eq!(mine(FenceWish::EndPause, found).0, found);
            assert_eq!(mine(FenceWish::ForgetFailures, found).0, found);
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
