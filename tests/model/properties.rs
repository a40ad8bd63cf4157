//! What has to hold in every state, and what has to be possible.

use stateright::Property;
use wasm_api_fetch::engine::{Code, NEVER, Refresh, Session, Verdict};

use crate::checking::Exploration;
use crate::family::Family;
use crate::probe;
use crate::world::{Fate, Fault, Request, Tab, World};

type Condition = fn(&Exploration, &World) -> bool;

fn always(name: &'static str, condition: Condition) -> Property<Exploration> {
    Property::always(name, condition)
}

fn sometimes(name: &'static str, condition: Condition) -> Property<Exploration> {
    Property::sometimes(name, condition)
}

pub(crate) fn invariants() -> Vec<Property<Exploration>> {
    vec![
        always("no refresh token is presented twice", |_, world| world.server.reused == 0),
        always("one expiry, one refresh", |model, world| {
            world.server.refreshes <= model.family.refreshes_allowed(world.left.expiries)
        }),
        always("one call at a time", |_, world| {
            !world.faults.contains(&Fault::SecondCall)
                && world.tabs.iter().filter(|tab| tab.call.is_some()).count() <= 1
        }),
        always("each call is settled once and not named afterwards", |_, world| {
            !world.faults.contains(&Fault::NamedAfterEnd)
        }),
        always("engine and host agree on who waits and who is on the wire", |_, world| {
            world.tabs.iter().all(books_agree)
        }),
        always("who waits, waits for something", |_, world| {
            world.tabs.iter().all(|tab| tab.engine.waiting() == 0 || waits_for_something(tab))
        }),
        always("the timer is set when it is needed", |_, world| world.tabs.iter().all(timer_is_set)),
        always("a refresh is over after its deadline", |_, world| {
            world.tabs.iter().all(|tab| probe::ends_in_time(&tab.engine, world.now))
        }),
        always("nobody's request carries another user's token", |_, world| {
            !world.faults.contains(&Fault::WrongUser)
        }),
        always("what comes for the dead changes nothing", |model, world| {
            let requests = model.family.requests as u64;
            world.tabs.iter().all(|tab| probe::is_deaf_to_the_dead(&tab.engine, world.now, requests))
        }),
        always("a sign-out is told once, and only when a session has ended", |_, world| {
            !world.faults.contains(&Fault::WrongNotice)
        }),
        // One replay is enough, because the token dies at most once. (Refreshed ahead of that, a tab's own token and
        // the one that it adopts instead may die at once.)
        always("every answer that is handed over was to a good token", |model, world| {
            let good = |request: &Request| request.verdict == Some(Verdict::Good);
            model.family.ahead || requests(world).all(|request| !was_delivered(request) || good(request))
        }),
        always("at the end nothing is pending", |model, world| {
            !world.due(model.family.requests).is_empty() || is_settled(world)
        }),
    ]
}

/// Without these, an invariant might hold because nothing happens.
pub(crate) fn milestones(family: &Family) -> Vec<Property<Exploration>> {
    let milestones = [
        (
            true,
            sometimes("all requests of all tabs are delivered, after one refresh", |model, world| {
                world.server.refreshes == 1 && delivered(world) == all(model)
            }),
        ),
        (
            true,
            sometimes("a replay is delivered", |_, world| {
                requests(world).any(|request| request.rejected && was_delivered(request))
            }),
        ),
        (
            true,
            sometimes("a request that was taken back is delivered, never rejected", |_, world| {
                requests(world)
                    .any(|request| request.withdrawn && !request.rejected && was_delivered(request))
            }),
        ),
        (true, sometimes("a tab adopts another tab's tokens", |_, world| adopted(world))),
        (family.locks, sometimes("tabs queue for the lock", |_, world| world.lock_queue.len() > 1)),
        (
            family.aborts > 0,
            sometimes("a request is given up, the rest is delivered", |model, world| {
                let aborted = requests(world).filter(|request| request.fate == Fate::Aborted).count();
                aborted == 1 && delivered(world) == all(model) - 1
            }),
        ),
        (
            family.sign_outs > 0,
            sometimes("who waits is told of the sign-out", |_, world| was_told(world, Code::SignedOut)),
        ),
        (
            family.sign_outs > 0,
            sometimes("all tabs are signed out", |_, world| {
                world.tabs.iter().all(|tab| matches!(tab.engine.session(), Session::Out { .. }))
            }),
        ),
        (
            family.failures > family.retries && !family.ahead,
            sometimes("who waits is told of the failure", |_, world| was_told(world, Code::RefreshFailed)),
        ),
        (
            family.failures > 0,
            sometimes("a refresh succeeds after the failure", |model, world| {
                world.left.failures < model.family.failures && world.server.refreshes > 0
            }),
        ),
        (
            family.hangs > 0 || family.timeouts > 0,
            sometimes("who waits is told of the timeout", |_, world| was_told(world, Code::RefreshTimeout)),
        ),
        (
            family.refusals > 0,
            sometimes("who waits is told of the refusal", |_, world| was_told(world, Code::RefreshRejected)),
        ),
        (
            family.logins > 0,
            sometimes("who waits is told of the other user", |_, world| {
                was_told(world, Code::SessionChanged)
            }),
        ),
    ];
    milestones.into_iter().filter(|(possible, _)| *possible).map(|(_, milestone)| milestone).collect()
}

fn all(model: &Exploration) -> usize {
    model.family.tabs * model.family.requests
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

fn was_told(world: &World, code: Code) -> bool {
    requests(world).any(|request| request.fate == Fate::Rejected(code))
}

/// Whether a tab uses the newest tokens, which another tab was given.
fn adopted(world: &World) -> bool {
    let uses_newest = |tab: &Tab| match tab.engine.session() {
        Session::In { pair, .. } => pair.key == world.server.newest,
        _ => false,
    };
    let others = world.tabs.iter().enumerate().filter(|(tab, _)| Some(*tab) != world.server.given_to);
    world.server.given_to.is_some() && others.into_iter().any(|(_, tab)| uses_newest(tab))
}

fn books_agree(tab: &Tab) -> bool {
    let waiting = tab.requests.iter().filter(|request| request.fate == Fate::Waiting).count();
    let sent = tab.requests.iter().filter(|request| matches!(request.fate, Fate::Sent { .. })).count();
    waiting == tab.engine.waiting() && sent == tab.engine.flying().count()
}

fn waits_for_something(tab: &Tab) -> bool {
    let cold = *tab.engine.session() == Session::Cold;
    cold || *tab.engine.refresh() != Refresh::Idle || tab.engine.window_is_full()
}

fn timer_is_set(tab: &Tab) -> bool {
    let cold = *tab.engine.session() == Session::Cold && tab.engine.waiting() > 0;
    tab.timer == tab.engine.wake() && (tab.timer != NEVER) == (cold || *tab.engine.refresh() != Refresh::Idle)
}

fn is_settled(world: &World) -> bool {
    let tabs_rest = world.tabs.iter().all(|tab| *tab.engine.refresh() == Refresh::Idle && tab.call.is_none());
    tabs_rest && world.lock_queue.is_empty() && requests(world).all(|request| request.fate.is_over())
}
