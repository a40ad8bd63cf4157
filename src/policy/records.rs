//! Stored records: which one counts, what it means for the session, and when one is written.

use crate::boundary::{PlainFacts, RecordFacts, RecordKind};

/// A storage that takes longer than this, in ms, is taken to have failed.
pub const PATIENCE: u32 = 10_000;

/// Which of two records counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// The one in the storage.
    Stored,
    /// The one that this page keeps in memory.
    Kept,
}

/// A record in memory counts while the storage still holds the record that it could not replace. Any other record there is newer.
#[inline]
pub fn counting(facts: RecordFacts) -> Counting {
    if facts.has_kept() && facts.is_outranked() { Counting::Kept } else { Counting::Stored }
}

/// What a record means for the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nobody is signed in.
    SignedOut,
    /// The tokens in the record, if there are any, are the session's.
    Tokens,
    /// There may be tokens in cookies, which count as valid until something is known of them.
    UnknownCookies,
}

/// What a record means for a session. With tokens in cookies, no record means that it was removed, if there has been one before, and else
/// that the session was never stored.
#[inline]
pub fn meaning(kind: RecordKind, facts: RecordFacts, is_shared_by_users: bool) -> Meaning {
    match kind {
        RecordKind::Ended => Meaning::SignedOut,
        RecordKind::Nothing if facts.in_cookies() && facts.had_record() => Meaning::SignedOut,
        RecordKind::Nothing | RecordKind::Foreign if facts.in_cookies() => {
            if is_shared_by_users {
                Meaning::SignedOut
            } else {
                Meaning::UnknownCookies
            }
        }
        RecordKind::Nothing | RecordKind::Foreign | RecordKind::Own => Meaning::Tokens,
    }
}

/// Whether a session would be shared by several users: if a browser's storage area is asked for on a server.
#[inline]
pub const fn is_shared_by_users(is_browsers_area: bool, is_on_server: bool) -> bool {
    is_browsers_area && is_on_server
}

/// Whether the record was removed while a refresh ran, so that the new tokens are not stored either. A record in this page's memory was
/// not in the storage, and so can not have been removed.
///
/// - `by_refresh`: whether the tokens of a refresh are to be stored;
/// - `has_tokens`: whether the record that counts holds tokens. Called only if it matters, as it may call functions of the app.
#[inline]
pub fn was_removed(by_refresh: bool, facts: RecordFacts, has_tokens: impl FnOnce() -> bool) -> bool {
    by_refresh && !facts.has_kept() && !has_tokens()
}

/// Whether the stored value is not removed. A foreign value without tokens belongs to other code, and is only overwritten when there are
/// tokens to store.
///
/// - `has_tokens`: whether the stored value holds tokens. Called only if it matters.
#[inline]
pub fn is_left_alone(kind: RecordKind, brings_tokens: bool, has_tokens: impl FnOnce() -> bool) -> bool {
    !brings_tokens && kind != RecordKind::Nothing && !has_tokens()
}

/// The result of a writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The record is stored.
    Done,
    /// The record, or a part of it, is only in this page's memory.
    Kept,
    /// Nothing was written, as the record was removed while the refresh ran.
    Emptied,
}

/// The result of a writing that was carried out.
///
/// - `is_stored`: whether the storage has accepted it;
/// - `is_whole`: whether JSON could hold all of the tokens' fields;
/// - `in_memory`: whether memory is the storage that the app has chosen.
#[inline]
pub const fn written(is_stored: bool, is_whole: bool, in_memory: bool) -> Writing {
    if in_memory || (is_stored && is_whole) { Writing::Done } else { Writing::Kept }
}

/// Which record is made of plain values under several names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belonging {
    /// None: they are being replaced, and the record that was read before counts.
    Before,
    /// One of the tokens and the other fields, which belong to the access token.
    WithRest,
    /// One of the tokens only: the other fields belong to another access token, which other code has replaced.
    Alone,
}

/// The other fields are written before the access token. Until that one changes, the refresh token may be the old or the new one.
#[inline]
pub fn belonging(facts: PlainFacts) -> Belonging {
    let is_of_token = facts.is_of_token();
    let is_complete = is_of_token && facts.is_by_refresh();
    let is_being_replaced = facts.has_token() && facts.was_token() && !is_complete;
    if is_being_replaced && facts.has_before() {
        Belonging::Before
    } else if is_of_token {
        Belonging::WithRest
    } else {
        Belonging::Alone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HAS_KEPT: u32 = 1;
    const IS_OUTRANKED: u32 = 1 << 1;
    const IN_COOKIES: u32 = 1 << 2;
    const HAD_RECORD: u32 = 1 << 3;
    const KINDS: [RecordKind; 4] =
        [RecordKind::Nothing, RecordKind::Foreign, RecordKind::Own, RecordKind::Ended];

    #[test]
    fn memory_outranks_only_the_record_over_which_it_could_not_be_written() {
        let of = |bits| counting(RecordFacts(bits));
        assert_eq!(of(HAS_KEPT | IS_OUTRANKED), Counting::Kept);
        assert_eq!(of(HAS_KEPT), Counting::Stored, "another hand has written since");
        assert_eq!(of(IS_OUTRANKED), Counting::Stored);
        assert_eq!(of(0), Counting::Stored);
    }

    #[test]
    fn any_record_may_hold_tokens_but_one_that_says_that_the_session_has_ended() {
        for facts in [RecordFacts(0), RecordFacts(HAD_RECORD)] {
            for is_shared in [false, true] {
                let meanings = KINDS.map(|kind| meaning(kind, facts, is_shared));
                let tokens = Meaning::Tokens;
                assert_eq!(meanings, [tokens, tokens, tokens, Meaning::SignedOut]);
            }
        }
    }

    #[test]
    fn cookies_are_good_until_something_is_known_of_them() {
        let (unknown, known) = (RecordFacts(IN_COOKIES), RecordFacts(IN_COOKIES | HAD_RECORD));
        for facts in [unknown, known] {
            assert_eq!(meaning(RecordKind::Foreign, facts, false), Meaning::UnknownCookies);
            assert_eq!(meaning(RecordKind::Own, facts, false), Meaning::Tokens);
            assert_eq!(meaning(RecordKind::Ended, facts, false), Meaning::SignedOut);
        }
        assert_eq!(meaning(RecordKind::Nothing, unknown, false), Meaning::UnknownCookies);
        assert_eq!(meaning(RecordKind::Nothing, known, false), Meaning::SignedOut, "it was removed");
    }

    #[test]
    fn on_a_server_nobody_is_known_by_cookies_that_are_not_stored() {
        let facts = RecordFacts(IN_COOKIES);
        assert_eq!(meaning(RecordKind::Nothing, facts, true), Meaning::SignedOut);
        assert_eq!(meaning(RecordKind::Foreign, facts, true), Meaning::SignedOut);
        assert_eq!(meaning(RecordKind::Own, facts, true), Meaning::Tokens);
        assert!(is_shared_by_users(true, true));
        assert!(!is_shared_by_users(false, true), "memory, or a storage of the app's own");
        assert!(!is_shared_by_users(true, false), "a browser has one user");
    }

    #[test]
    fn what_a_refresh_brings_goes_with_the_record_that_was_removed_meanwhile() {
        let (stored, kept) = (RecordFacts(HAD_RECORD), RecordFacts(HAD_RECORD | HAS_KEPT));
        assert!(was_removed(true, stored, || false));
        assert!(!was_removed(true, stored, || true), "it is still there");
        assert!(!was_removed(true, kept, || false), "it could not be stored, and was never there");
        assert!(!was_removed(false, stored, || false), "a login makes a record");
    }

    #[test]
    fn what_is_somebody_elses_is_left_alone_until_there_are_tokens() {
        assert!(is_left_alone(RecordKind::Foreign, false, || false));
        assert!(is_left_alone(RecordKind::Ended, false, || false));
        assert!(!is_left_alone(RecordKind::Foreign, true, || false), "a login takes its place");
        assert!(
            !is_left_alone(RecordKind::Foreign, false, || true),
            "another app's tokens are the session's"
        );
        assert!(!is_left_alone(RecordKind::Nothing, false, || false));
    }

    #[test]
    fn a_writing_is_done_when_all_of_it_is_where_it_belongs() {
        assert_eq!(written(true, true, false), Writing::Done);
        assert_eq!(written(true, false, false), Writing::Kept);
        assert_eq!(written(false, true, false), Writing::Kept);
        assert_eq!(written(false, true, true), Writing::Done);
        assert_eq!(written(false, false, true), Writing::Done, "memory holds what JSON can not");
    }

    const HAS_TOKEN: u32 = 1;
    const HAS_BEFORE: u32 = 1 << 1;
    const IS_OF_TOKEN: u32 = 1 << 2;
    const IS_BY_REFRESH: u32 = 1 << 3;
    const WAS_TOKEN: u32 = 1 << 4;

    fn of(bits: u32) -> Belonging {
        belonging(PlainFacts(bits))
    }

    #[test]
    fn the_rest_belongs_to_the_access_token_that_it_names() {
        assert_eq!(of(HAS_TOKEN | HAS_BEFORE | IS_OF_TOKEN | IS_BY_REFRESH), Belonging::WithRest);
        assert_eq!(of(HAS_TOKEN | HAS_BEFORE | IS_BY_REFRESH), Belonging::Alone);
        assert_eq!(
            of(HAS_TOKEN | IS_OF_TOKEN),
            Belonging::WithRest,
            "another hand has replaced the refresh token"
        );
    }

    #[test]
    fn while_the_values_are_replaced_one_by_one_the_record_before_counts() {
        let replacing = HAS_TOKEN | WAS_TOKEN;
        assert_eq!(of(replacing | HAS_BEFORE), Belonging::Before);
        assert_eq!(of(replacing | HAS_BEFORE | IS_BY_REFRESH), Belonging::Before);
        assert_eq!(of(replacing), Belonging::Alone, "nobody has read it before");
        // A refresh that leaves the access token as it is: the refresh token tells that it is done.
        assert_eq!(of(replacing | HAS_BEFORE | IS_OF_TOKEN), Belonging::Before);
        assert_eq!(of(replacing | HAS_BEFORE | IS_OF_TOKEN | IS_BY_REFRESH), Belonging::WithRest);
        assert_eq!(
            of(WAS_TOKEN | HAS_BEFORE),
            Belonging::Alone,
            "without an access token there is nothing to wait for"
        );
    }
}
