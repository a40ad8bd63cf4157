//! Faults on purpose, in what stands between the engine and its world.

use wasm_api_fetch::engine::{Command, Notice};

/// One way to break the bargain. Each has to be found by the property that it violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Every claim is won.
    ClaimIgnored,
    /// A 401 of an older generation starts a refresh of its own.
    LateRejectionRefreshes,
    /// Who is taken back from the wire is forgotten.
    WithdrawnForgotten,
    /// The engine is not told that a caller has given up.
    AbortUnheard,
    /// The timer is never set.
    TimerLost,
    /// The lock is never given back.
    LockKept,
    /// A session's end is told twice.
    SignOutTwice,
}

impl Mutation {
    /// What arrives of the commands, where the fault is one of passing them on.
    pub(crate) fn distort(self, commands: Vec<Command>) -> Vec<Command> {
        let copies = |command: &Command| match (self, command) {
            (Self::TimerLost, Command::Wake { .. }) | (Self::LockKept, Command::Unlock { .. }) => 0,
            (Self::SignOutTwice, Command::Notify(Notice::SignedOut { .. })) => 2,
            _ => 1,
        };
        commands.into_iter().flat_map(|command| std::iter::repeat_n(command, copies(&command))).collect()
    }
}
