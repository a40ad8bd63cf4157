//! What has to hold in every state.

use std::collections::BTreeSet;

use stateright::Property;
use wasm_api_fetch::engine::{Asker, Event, Login, NEVER, Refresh, Session};
use wasm_api_fetch::policy::verdict::Verdict;

use crate::chance::Chance;
use crate::exploration::Exploration;
use crate::family::{Family, WISH};
use crate::probe;
use crate::world::{Fate, Fault, Life, Request, Tab, World};

pub(crate) type Condition = fn(&Exploration, &World) -> bool;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invariant {
    NoTokenPresentedTwice,
    OneRefreshForOneExpiry,
    OneCallAtATime,
    SettledOnce,
    BooksAgree,
    WaitsForSomething,
    TimerIsSet,
    RefreshEnds,
    OwnTokens,
    DeafToTheDead,
    EndToldOnce,
    EndHasGrounds,
    RejectedIsReplayed,
    NothingPendingAtRest,
    AllAgreeAtRest,
    EndedStaysEnded,
    LoginStands,
    NoCallInPause,
    FailureIsShared,
    SettledBeforeStored,
    FenceIsHeeded,
}

impl Invariant {
    pub(crate) const ALL: [Self; 21] = [
        Self::NoTokenPresentedTwice,
        Self::OneRefreshForOneExpiry,
        Self::OneCallAtATime,
        Self::SettledOnce,
        Self::BooksAgree,
        Self::WaitsForSomething,
        Self::TimerIsSet,
        Self::RefreshEnds,
        Self::OwnTokens,
        Self::DeafToTheDead,
        Self::EndToldOnce,
        Self::EndHasGrounds,
        Self::RejectedIsReplayed,
        Self::NothingPendingAtRest,
        Self::AllAgreeAtRest,
        Self::EndedStaysEnded,
        Self::LoginStands,
        Self::NoCallInPause,
        Self::FailureIsShared,
        Self::SettledBeforeStored,
        Self::FenceIsHeeded,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoTokenPresentedTwice => "no refresh token is presented again, unless its answer was lost",
            Self::OneRefreshForOneExpiry => "one expiry, one refresh",
            Self::OneCallAtATime => "one call at a time for the same tokens",
            Self::SettledOnce => "each call is settled once and not named afterwards",
            Self::BooksAgree => "engine and host agree on who waits and who is on the wire",
            Self::WaitsForSomething => "who waits, waits for something",
            Self::TimerIsSet => "the timer is set when it is needed",
            Self::RefreshEnds => "a refresh is over after its deadlines",
            Self::OwnTokens => "nobody's request carries another user's tokens",
            Self::DeafToTheDead => "what comes for the dead, or out of turn, changes nothing",
            Self::EndToldOnce => "a session's end is told once, and only when it has come",
            Self::EndHasGrounds => "no session ends as refused unless there were grounds",
            Self::RejectedIsReplayed => "what was rejected is handed over only after a replay",
            Self::NothingPendingAtRest => "at rest nothing is pending: no call, no lock, no claim",
            Self::AllAgreeAtRest => "at rest all tabs use what the store holds",
            Self::EndedStaysEnded => "a login that has ended does not come back",
            Self::LoginStands => "a login stands until its session ends",
            Self::NoCallInPause => "no refresh is called before the time of which the fence knows",
            Self::FailureIsShared => "who stood in line when a refresh failed does not call as well",
            Self::SettledBeforeStored => {
                "new tokens are stored only when the old ones are marked as replaced"
            }
            Self::FenceIsHeeded => "what the fence has called superseded or undone is neither used nor kept",
        }
    }

    pub(crate) fn property(self) -> Property<Exploration> {
        Property::always(self.name(), self.condition())
    }

    /// Whether a world is good enough for it. The rest holds everywhere.
    pub(crate) fn is_promised(self, family: &Family) -> bool {
        match self {
            // Each of them presents the same tokens, and the server refuses all but the first.
            Self::NoTokenPresentedTwice | Self::OneRefreshForOneExpiry | Self::EndHasGrounds => {
                !family.is_each_tab_alone()
            }
            // After refreshes in a row whose tokens were rejected, there is no other for a while.
            Self::RejectedIsReplayed => !family.goals.contains(&WISH),
            // What a refresh has overwritten, only the tab of that login can put back.
            Self::LoginStands => !family.is_each_tab_alone() && !family.may_end_and_leave(),
            // Who has been taken for dead may still call, where no lock tells that it lives.
            Self::NoCallInPause | Self::FailureIsShared => family.locks,
            _ => true,
        }
    }

    fn condition(self) -> Condition {
        match self {
            Self::NoTokenPresentedTwice => |_, world| !world.faults.contains(&Fault::PresentedTwice),
            Self::OneRefreshForOneExpiry => {
                |model, world| world.server.refreshes <= refreshes_allowed(&model.family, world)
            }
            Self::OneCallAtATime => |model, world| {
                !world.faults.contains(&Fault::SecondCall)
                    && (model.family.is_each_tab_alone() || !is_called_twice(world))
            },
            Self::SettledOnce => |_, world| !world.faults.contains(&Fault::NamedAfterEnd),
            Self::BooksAgree => |_, world| world.living().all(books_agree),
            Self::WaitsForSomething => |_, world| world.living().all(waits_for_something),
            Self::TimerIsSet => |_, world| world.living().all(timer_is_set),
            Self::RefreshEnds => |model, world| {
                world.living().all(|tab| probe::ends_in_time(model.mutation, &tab.engine, world.now))
            },
            Self::OwnTokens => |_, world| !world.faults.contains(&Fault::WrongUser),
            Self::DeafToTheDead => |model, world| {
                let requests = model.family.goals.len() as u64;
                world
                    .living()
                    .all(|tab| probe::is_deaf_to_the_dead(model.mutation, &tab.engine, world.now, requests))
            },
            Self::EndToldOnce => |_, world| !world.faults.contains(&Fault::WrongNotice),
            Self::EndHasGrounds => |_, world| !world.faults.contains(&Fault::GroundlessEnd),
            Self::RejectedIsReplayed => {
                |_, world| world.living().flat_map(|tab| &tab.requests).all(was_replayed)
            }
            Self::NothingPendingAtRest => {
                |model, world| !world.is_at_rest(&model.family) || world.living().all(has_nothing_pending)
            }
            Self::AllAgreeAtRest => |model, world| {
                !world.is_at_rest(&model.family) || world.living().all(|tab| agrees(tab, world))
            },
            Self::EndedStaysEnded => |model, world| {
                !world.is_at_rest(&model.family) || !logins(world).any(|login| world.ended.contains(&login))
            },
            Self::NoCallInPause => |_, world| !world.faults.contains(&Fault::CalledInPause),
            Self::FailureIsShared => |_, world| !world.faults.contains(&Fault::FailureUnshared),
            Self::SettledBeforeStored => |_, world| !world.faults.contains(&Fault::StoredUnsettled),
            Self::FenceIsHeeded => |_, world| !world.faults.contains(&Fault::UsedAgainstTheFence),
            Self::LoginStands => |model, world| {
                !world.is_at_rest(&model.family) || has_ended_for_good(model, world) || login_stands(world)
            },
        }
    }
}

/// Each expiry is worth one refresh, and so is each wish; what was given and lost, another.
fn refreshes_allowed(family: &Family, world: &World) -> usize {
    let expiries = family.chances.left(Chance::Expiry) - world.left.left(Chance::Expiry);
    let wishes = family.goals.iter().filter(|goal| **goal == WISH).count() * family.tabs;
    usize::from(expiries) + usize::from(family.ahead) + wishes + world.server.unknown.len()
}

/// Whether two tabs present the same tokens now.
fn is_called_twice(world: &World) -> bool {
    let calls = world.tabs.iter().filter_map(|tab| tab.call).filter(|call| !call.is_lost);
    let mut keys = calls.map(|call| call.facts.key);
    let mut seen = BTreeSet::new();
    !keys.all(|key| seen.insert(key))
}

fn books_agree(tab: &Tab) -> bool {
    let waiting = tab.requests.iter().filter(|request| request.fate == Fate::Waiting).count();
    let sent = tab.requests.iter().filter(|request| matches!(request.fate, Fate::Sent { .. })).count();
    waiting == tab.engine.waiting() && sent == tab.engine.flying().count()
}

fn waits_for_something(tab: &Tab) -> bool {
    let is_cold = *tab.engine.session() == Session::Cold;
    tab.requests.iter().all(|request| request.fate != Fate::Waiting)
        || is_cold
        || *tab.engine.refresh() != Refresh::Idle
        || tab.engine.window_is_full()
        || has_to_be_read(tab)
}

/// Whether a call waits for what the store held before somebody signed in.
fn has_to_be_read(tab: &Tab) -> bool {
    tab.engine.parked().any(|(_, call)| call.asker == Asker::Unread)
        && tab.inbox.iter().any(|event| matches!(event, Event::Read { .. }))
}

fn timer_is_set(tab: &Tab) -> bool {
    let is_cold = *tab.engine.session() == Session::Cold && tab.engine.waiting() > 0;
    let is_needed = is_cold || *tab.engine.refresh() != Refresh::Idle || has_to_be_read(tab);
    tab.timer == tab.engine.wake() && (tab.timer != NEVER) == is_needed
}

fn was_replayed(request: &Request) -> bool {
    let is_rejection = request.fate == Fate::Delivered && request.verdict == Some(Verdict::Expired);
    !is_rejection || request.rejections > 1
}

fn has_nothing_pending(tab: &Tab) -> bool {
    *tab.engine.refresh() == Refresh::Idle
        && tab.call.is_none()
        && tab.lock.is_none()
        && tab.claimed.is_none()
        && tab.requests.iter().all(|request| request.fate.is_over())
}

/// Who was not told of a change learns of it with its next look.
fn agrees(tab: &Tab, world: &World) -> bool {
    tab.life != Life::Lives
        || tab.missed_news
        || *tab.engine.session() == Session::Cold
        || tab.facts() == world.store
}

/// The logins whose tokens are in use or stored. Who was not told learns of it with its next look.
fn logins(world: &World) -> impl Iterator<Item = Login> {
    let tabs = world.tabs.iter().filter(|tab| !tab.missed_news && tab.life == Life::Lives);
    tabs.filter_map(Tab::facts).chain(world.store).map(|facts| facts.login)
}

/// Whether there was a reason for a session to end that nobody wished for.
fn has_ended_for_good(model: &Exploration, world: &World) -> bool {
    let reasons = [Chance::Refusal, Chance::Emptying];
    !world.server.unknown.is_empty()
        || reasons.into_iter().any(|chance| world.has_seen(&model.family, chance))
}

fn login_stands(world: &World) -> bool {
    world.standing.is_none_or(|login| world.store.is_some_and(|facts| facts.login == login))
}
