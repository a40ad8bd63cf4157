//! Faults on purpose, in what stands between the engine and its world.

/// One way to break the bargain. Each has to be found by the property that it violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Every claim is won.
    ClaimIgnored,
    /// A 401 of an older generation starts a refresh of its own.
    LateRejectionRefreshes,
    /// Who is taken back from the wire is forgotten.
    WithdrawnForgotten,
    /// The timer is never set.
    TimerLost,
    /// The engine is not told that a caller has given up.
    AbortUnheard,
    /// The end of a session is told twice.
    SignOutTwice,
}
