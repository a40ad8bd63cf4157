//! Engines that are broken on purpose: one rule each, by what they hear and what they say.

use wasm_api_fetch::engine::{
    CallOutcome, Claim, Command, Engine, Event, Goal, Id, Login, Notice, SendNo, Session, Time, TokenFacts,
};
use wasm_api_fetch::policy::fence::Reuse;
use wasm_api_fetch::policy::verdict::Verdict;

use crate::family::ADA;

/// One rule that is broken. Each has to be found by the invariant that it violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Every claim is taken for a won one.
    EveryClaimIsWon,
    /// A 401 of an older generation starts a refresh of its own.
    LateRejectionRefreshes,
    /// A call of the refresh is not given up before the next one.
    CallNotDropped,
    /// Who is taken back from the wire is forgotten.
    WithdrawnForgotten,
    /// Whose token was rejected is not sent again after the refresh.
    ReplayForgotten,
    /// That a caller has given up is not heard.
    AbortUnheard,
    /// The timer is never set.
    TimerNotSet,
    /// The timer is not heard.
    TimerUnheard,
    /// The lock is never given back.
    LockKept,
    /// Everybody is taken for the same user.
    UsersConfused,
    /// Any answer is taken for that of the attempt that is out.
    AttemptsConfused,
    /// A session's end is told twice.
    EndToldTwice,
    /// "Later" is taken for a refusal.
    LaterIsRefusal,
    /// A rejected request is handed back.
    NothingReplayed,
    /// News are not heard.
    NewsUnheard,
    /// The fence is not told of an ended login, and this tab does not know it again.
    EndForgotten,
    /// That another tab has ended the session meanwhile is not heeded.
    UndoingUnheeded,
    /// That another tab has signed in or out before new tokens came is not heeded.
    SupersededUnheeded,
    /// New tokens are used without a word to the fence.
    SettleNotAsked,
    /// The fence is told that the tokens that were replaced may be presented again.
    ReplacedLeftFree,
    /// What was written stays without a word to the fence.
    ConfirmNotAsked,
    /// A login is not stored.
    LoginNotStored,
    /// A call is taken to be theirs who are signed in when it comes to the engine.
    AskerSettledAtTheGate,
    /// What other tabs have left word of is not heeded.
    FailuresUnheeded,
}

/// What the engine, or the broken one, does about an event.
pub(crate) fn step(mutation: Option<Mutation>, engine: &mut Engine, now: Time, event: Event) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(mutation) = mutation else {
        engine.step(now, event, &mut commands);
        return commands;
    };
    for event in mutation.hears(engine, event) {
        engine.step(now, event, &mut commands);
    }
    mutation.says(engine, now, commands)
}

impl Mutation {
    /// What the broken engine takes an event for.
    fn hears(self, engine: &Engine, event: Event) -> Vec<Event> {
        let event = match (self, event) {
            (Self::AbortUnheard, Event::Aborted { .. })
            | (Self::TimerUnheard, Event::Tick)
            | (Self::NewsUnheard, Event::News) => return Vec::new(),
            (Self::LateRejectionRefreshes, Event::Answered { id, verdict: Verdict::Expired, .. })
                if is_late(engine, id) =>
            {
                let goal = Goal::Tokens { for_ms: 0, force: true };
                return vec![Event::Aborted { id }, Event::Ask { id, goal, asker: engine.asker() }];
            }
            (Self::AskerSettledAtTheGate, Event::Ask { id, goal, .. }) => {
                Event::Ask { id, goal, asker: engine.asker() }
            }
            (Self::EveryClaimIsWon, Event::Claimed { refresh, .. })
            | (Self::FailuresUnheeded, Event::Claimed { refresh, claim: Claim::WonAfter(_) }) => {
                Event::Claimed { refresh, claim: Claim::Won }
            }
            (Self::UsersConfused, Event::Set { facts }) => {
                Event::Set { facts: TokenFacts { user: ADA, ..facts } }
            }
            (Self::UsersConfused, Event::Read { facts: Some(facts) }) => {
                Event::Read { facts: Some(TokenFacts { user: ADA, ..facts }) }
            }
            (Self::AttemptsConfused, Event::Answered { id, send_no, verdict, replayable, route }) => {
                Event::Answered {
                    id,
                    send_no: attempt_of(engine, id).unwrap_or(send_no),
                    verdict,
                    replayable,
                    route,
                }
            }
            (
                Self::LaterIsRefusal,
                Event::Refreshed { refresh, send_no, outcome: CallOutcome::Passing { .. } },
            ) => Event::Refreshed { refresh, send_no, outcome: CallOutcome::Refused },
            (Self::NothingReplayed, Event::Answered { id, send_no, verdict, route, .. }) => {
                Event::Answered { id, send_no, verdict, replayable: false, route }
            }
            (Self::EndForgotten, Event::Read { facts: Some(facts) }) if is_out(engine) => {
                Event::Read { facts: Some(TokenFacts { login: Login(0), ..facts }) }
            }
            (Self::UndoingUnheeded, Event::Undone { refresh }) => Event::Confirmed { refresh },
            (Self::SupersededUnheeded, Event::Superseded { refresh }) => Event::Settled { refresh },
            (_, event) => event,
        };
        vec![event]
    }

    /// What becomes of its commands.
    fn says(self, engine: &mut Engine, now: Time, commands: Vec<Command>) -> Vec<Command> {
        let mut said = Vec::new();
        for command in commands {
            let command = match (self, command) {
                (Self::ReplacedLeftFree, Command::Settle { refresh, key, .. }) => {
                    Command::Settle { refresh, key, reuse: Reuse::ByAll }
                }
                _ => command,
            };
            let times = match (self, command) {
                (Self::CallNotDropped, Command::Drop { .. })
                | (Self::TimerNotSet, Command::Wake { .. })
                | (Self::LockKept, Command::Unlock { .. })
                | (Self::EndForgotten, Command::End { .. })
                | (Self::SettleNotAsked, Command::Settle { .. })
                | (Self::ConfirmNotAsked, Command::Confirm { .. })
                | (Self::LoginNotStored, Command::Save { refresh: None })
                | (Self::ReplayForgotten, Command::Send { send_no: SendNo(2), .. }) => 0,
                (Self::EndToldTwice, Command::Notify(Notice::SignedOut { .. })) => 2,
                _ => 1,
            };
            said.extend(std::iter::repeat_n(command, times));
            if let (Self::WithdrawnForgotten, Command::Cancel { id, .. }) = (self, command) {
                engine.step(now, Event::Aborted { id }, &mut said);
            }
            if let (Self::SettleNotAsked, Command::Settle { refresh, .. }) = (self, command) {
                engine.step(now, Event::Settled { refresh }, &mut said);
            }
            if let (Self::ConfirmNotAsked, Command::Confirm { refresh, .. }) = (self, command) {
                engine.step(now, Event::Confirmed { refresh }, &mut said);
            }
        }
        said
    }
}

fn is_out(engine: &Engine) -> bool {
    matches!(engine.session(), Session::Out { .. })
}

fn attempt_of(engine: &Engine, id: Id) -> Option<SendNo> {
    engine.flying().find(|(flying, _)| *flying == id).map(|(_, call)| call.send_no)
}

/// Whether a request carries other tokens than those in use.
fn is_late(engine: &Engine, id: Id) -> bool {
    let Session::In { generation, .. } = engine.session() else { return false };
    let flights = engine.flying().filter(|(flying, _)| *flying == id);
    flights.filter_map(|(_, call)| call.flight()).any(|flight| flight.generation != *generation)
}
