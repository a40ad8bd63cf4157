//! What has to be possible: without these, an invariant might hold because nothing happens.

use stateright::Property;
use wasm_api_fetch::boundary::AuthCode;
use wasm_api_fetch::engine::{Otherwise, Refresh, Session, Stage};

use crate::chance::{Chance, Chances};
use crate::exploration::Exploration;
use crate::family::{Family, GET};
use crate::invariants::Condition;
use crate::world::{Fate, Life, Request, Tab, World};

type Milestone = (bool, &'static str, Condition);

pub(crate) fn of(family: &Family) -> Vec<Property<Exploration>> {
    let milestones = [of_requests(family), of_tabs(family), of_faults(family), of_the_end(family)].concat();
    let possible = milestones.into_iter().filter(|(is_possible, ..)| *is_possible);
    possible.map(|(_, name, condition)| Property::sometimes(name, condition)).collect()
}

fn of_requests(family: &Family) -> Vec<Milestone> {
    let expires = family.may(Chance::Expiry);
    let gets = family.goals.iter().filter(|goal| **goal == GET).count();
    vec![
        (true, "whatever may happen has happened, and all is at rest", |model, world| {
            world.left == Chances::NONE && world.is_at_rest(&model.family)
        }),
        (expires, "all requests of all tabs are delivered, after one refresh", |model, world| {
            world.server.refreshes == 1 && delivered(world) == all(model)
        }),
        (expires, "a replay is delivered", |_, world| {
            requests(world).any(|request| request.rejections > 0 && was_delivered(request))
        }),
        (
            expires && gets > 1 && family.window > 1,
            "a request that was taken back is delivered, never rejected",
            |_, world| {
                requests(world)
                    .any(|request| request.withdrawn && request.rejections == 0 && was_delivered(request))
            },
        ),
        (family.may(Chance::Abort), "a request is given up, the rest is delivered", |model, world| {
            let aborted = requests(world).filter(|request| request.fate == Fate::Aborted).count();
            aborted == 1 && delivered(world) == all(model) - 1
        }),
    ]
}

fn of_tabs(family: &Family) -> Vec<Milestone> {
    let is_shared = family.tabs > 1;
    vec![
        (is_shared, "a tab adopts another tab's tokens", |_, world| {
            world.living().any(|tab| !tab.is_newest && uses_newest(tab, world))
                && world.tabs.iter().any(|tab| tab.is_newest)
        }),
        (is_shared && family.locks, "tabs queue for the lock", |_, world| {
            world.tabs.iter().filter(|tab| tab.lock.is_some()).count() > 1
        }),
        (
            is_shared && family.fence && family.stale,
            "a claim finds out that the tokens are spent",
            |_, world| waits_for(world, Otherwise::SignOut),
        ),
        (
            is_shared && family.fence && (family.may(Chance::Death) || !family.locks),
            "a claim is found that another tab has made",
            |_, world| waits_for(world, Otherwise::TakeOver),
        ),
        (
            family.may(Chance::Death) && is_shared,
            "a tab dies, and those that live are answered after a refresh",
            |model, world| {
                world.living().count() < model.family.tabs
                    && world.server.refreshes == 1
                    && delivered(world) == all(model) - model.family.goals.len()
                    && world.living().flat_map(|tab| &tab.requests).any(|request| request.rejections > 0)
            },
        ),
        (
            family.may(Chance::Death) && is_shared,
            "a tab dies with the only new tokens, and another is told",
            |_, world| was_told(world, AuthCode::RefreshRejected),
        ),
    ]
}

fn of_faults(family: &Family) -> Vec<Milestone> {
    let hangs = family.may(Chance::Hang) || family.may(Chance::Timeout);
    let fails = family.may(Chance::Later) || family.may(Chance::RetryAfter);
    vec![
        (
            fails && family.tabs > 1 && family.locks && family.fence && family.retries == 0 && !family.ahead,
            "one failure is told to all tabs",
            |model, world| {
                let chances = [Chance::Later, Chance::RetryAfter];
                let used = chances.map(|it| model.family.chances.left(it) - world.left.left(it));
                used.iter().sum::<u8>() == 1
                    && world.tabs.iter().all(|tab| was_told_in(tab, AuthCode::RefreshFailed))
            },
        ),
        (
            family.may(Chance::Online),
            "a refresh succeeds after a pause that coming online has ended",
            |model, world| {
                let has_seen = |chance| world.has_seen(&model.family, chance);
                has_seen(Chance::Online) && world.left.left(Chance::Later) == 0 && world.server.refreshes > 0
            },
        ),
        (
            family.chances.left(Chance::Later) > family.retries && !family.ahead,
            "who waits is told of the failure",
            |_, world| was_told(world, AuthCode::RefreshFailed),
        ),
        (family.may(Chance::Later), "a refresh succeeds after the failure", |model, world| {
            world.has_seen(&model.family, Chance::Later) && world.server.refreshes > 0
        }),
        (hangs, "who waits is told of the timeout", |_, world| was_told(world, AuthCode::RefreshTimeout)),
        (family.may(Chance::Refusal), "who waits is told of the refusal", |_, world| {
            was_told(world, AuthCode::RefreshRejected)
        }),
        (family.may(Chance::Failure), "a request fails", |_, world| {
            requests(world).any(|request| was_delivered(request) && request.verdict.is_none())
        }),
    ]
}

fn of_the_end(family: &Family) -> Vec<Milestone> {
    let is_expiring = family.may(Chance::Expiry);
    vec![
        (
            is_expiring && (family.may(Chance::SignOut) || family.may(Chance::Emptying)),
            "who waits is told of the sign-out",
            |_, world| was_told(world, AuthCode::SignedOut),
        ),
        (family.may(Chance::SignOut), "all tabs are signed out", |_, world| {
            world.tabs.iter().all(|tab| matches!(tab.engine.session(), Session::Out { .. }))
        }),
        (is_expiring && family.may(Chance::OtherLogin), "who waits is told of the other user", |_, world| {
            was_told(world, AuthCode::SessionChanged)
        }),
        (family.may(Chance::SameLogin), "all tabs use the new login's tokens", |_, world| {
            world.tabs.iter().all(|tab| tab.facts().is_some_and(|facts| facts.login.0 > 1))
        }),
        (
            is_expiring && family.may(Chance::Dispose),
            "what a refresh brings after the end is stored",
            |_, world| {
                world.tabs.iter().any(|tab| tab.engine.is_closed() && tab.is_newest)
                    && world.store.is_some_and(|facts| facts.key == world.server.newest())
            },
        ),
        (family.may(Chance::Revive), "a session goes on that was about to end", |model, world| {
            world.has_seen(&model.family, Chance::Revive)
                && world.tabs.iter().all(|tab| tab.life == Life::Lives && uses_newest(tab, world))
                && world.server.refreshes > 0
        }),
    ]
}

fn all(model: &Exploration) -> usize {
    model.family.tabs * model.family.goals.len()
}

fn requests(world: &World) -> impl Iterator<Item = &Request> {
    world.tabs.iter().flat_map(|tab| &tab.requests)
}

fn was_delivered(request: &Request) -> bool {
    request.fate == Fate::Delivered
}

fn delivered(world: &World) -> usize {
    requests(world).filter(|request| was_delivered(request)).count()
}

fn was_told_in(tab: &Tab, code: AuthCode) -> bool {
    tab.requests.iter().any(|request| request.fate == Fate::Rejected(code))
}

fn was_told(world: &World, code: AuthCode) -> bool {
    requests(world).any(|request| request.fate == Fate::Rejected(code))
}

fn uses_newest(tab: &Tab, world: &World) -> bool {
    tab.facts().is_some_and(|facts| facts.key == world.server.newest())
}

/// Whether a refresh waits for another tab's tokens, with this in mind.
fn waits_for(world: &World, what: Otherwise) -> bool {
    world.tabs.iter().any(|tab| match tab.engine.refresh() {
        Refresh::Busy(busy) => {
            matches!(busy.stage, Stage::Adopting { otherwise, .. } if otherwise == what)
        }
        Refresh::Idle => false,
    })
}
