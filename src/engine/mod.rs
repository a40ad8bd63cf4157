//! The state machine that decides which calls are sent, which wait, when the one refresh is made, and how each call ends.
//!
//! Events go in, commands come out. There is no clock, no I/O and no JavaScript type in here, and the state is
//! `Clone + Eq + Hash`, so that a model checker can explore the code that ships. The engine never sees the text of tokens: the
//! driver keeps it, and the engine knows tokens by their [`Key`].
//!
//! [`Engine::step`] is total: every event is legal in every state. An event for a sending or a refresh that is over changes nothing.

mod admission;
mod answers;
mod asker;
mod call;
mod calls;
mod circuit_breaker;
mod command;
mod config;
mod event;
mod ids;
mod machine;
mod pauses;
mod refresh;
mod refresh_state;
mod session;
mod session_state;
mod tabs;
mod token_facts;
mod waiting;

pub use asker::Asker;
pub use call::{Call, Flight, Goal, Place};
pub use command::{Command, Notice};
pub use config::{Config, Limits};
pub use event::{CallOutcome, Claim, Event};
pub use ids::{Gen, Id, Key, Login, Millis, NEVER, RefreshId, Route, SendNo, Time, User};
pub use machine::Engine;
pub use refresh_state::{Busy, Cause, Failure, Otherwise, Refresh, Stage};
pub use session_state::{Session, Trust};
pub use token_facts::TokenFacts;
