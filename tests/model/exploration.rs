//! Runs the checker on one row of the matrix, prints what it has seen, and shows a counterexample as a story.

use std::collections::VecDeque;
use std::io::Write;
use std::time::{Duration, Instant};

use stateright::{Checker, Expectation, HasDiscoveries, Model, Path, Property};

use crate::family::Family;
use crate::host::Host;
use crate::invariants::Invariant;
use crate::milestones;
use crate::mutation::Mutation;
use crate::steps::Step;
use crate::words;
use crate::world::World;

/// One family, explored with the engine that ships or with a broken one.
pub(crate) struct Exploration {
    pub(crate) family: Family,
    pub(crate) mutation: Option<Mutation>,
    /// When there is no more time.
    end: Instant,
}

impl Model for Exploration {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(&self.family)]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        // The checker's own timeout is not noticed by a single thread.
        if Instant::now() < self.end {
            world.steps(&self.family, steps);
        }
    }

    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        Some(self.after(world, step, None).in_order())
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let promised = Invariant::ALL.into_iter().filter(|invariant| invariant.is_promised(&self.family));
        let mut properties: Vec<_> = promised.map(Invariant::property).collect();
        if self.mutation.is_none() {
            properties.extend(milestones::of(&self.family));
        }
        properties
    }
}

impl Exploration {
    fn new(family: Family, mutation: Option<Mutation>, cap: Duration) -> Self {
        Self { family, mutation, end: Instant::now() + cap }
    }

    fn after(&self, world: &World, step: Step, log: Option<&mut Vec<String>>) -> World {
        let mut host = Host {
            world: world.clone(),
            family: &self.family,
            mutation: self.mutation,
            at_once: VecDeque::new(),
            log,
        };
        host.take(step);
        host.world
    }

    /// What happens on a path: each step, and what the engine is told and says to that.
    fn story(&self, path: Path<World, Step>) -> String {
        let mut lines = Vec::new();
        for (number, (world, step)) in path.into_vec().into_iter().enumerate() {
            let Some(step) = step else { continue };
            lines.push(format!("{:>3}. {}", number + 1, words::step(&world, step)));
            let mut log = Vec::new();
            self.after(&world, step, Some(&mut log));
            lines.extend(log.into_iter().map(|line| format!("       {line}")));
        }
        lines.join("\n")
    }
}

/// In which order to walk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    /// Whatever is found is found on the shortest way.
    ShortestFirst,
    /// For large worlds: only the way to the present state is kept whole.
    LittleMemory,
}

/// Explores all of a family: every invariant holds in every state, and every milestone is reached. An exploration that
/// does not come to its end within `cap` proves nothing.
pub(crate) fn explore(name: &str, family: &Family, order: Order, cap: Duration) {
    let started = Instant::now();
    let checker =
        Exploration::new(family.clone(), None, cap).checker().finish_when(HasDiscoveries::AnyFailures);
    match order {
        Order::ShortestFirst => report(name, &checker.spawn_bfs().join(), started, cap),
        Order::LittleMemory => report(name, &checker.threads(2).spawn_dfs().join(), started, cap),
    }
}

fn report(name: &str, checker: &impl Checker<Exploration>, started: Instant, cap: Duration) {
    let (taken, family) = (started.elapsed(), &checker.model().family);
    // Not `println!`, which is only shown when a test fails.
    writeln!(
        std::io::stdout(),
        "row: {} | {} × {} | {} | {} states | {} deep | {:.1} s",
        name.replace('_', " "),
        family.tabs,
        family.goals.len(),
        family.words(),
        checker.unique_state_count(),
        checker.max_depth(),
        taken.as_secs_f64(),
    )
    .expect("there is an output");
    for property in checker.model().properties() {
        if property.expectation == Expectation::Always
            && let Some(path) = checker.discovery(property.name)
        {
            panic!("{name}: violated: {}\n{}", property.name, checker.model().story(path));
        }
    }
    assert!(taken < cap, "{name}: not explored within {cap:?}");
    for property in checker.model().properties() {
        let is_reached =
            property.expectation == Expectation::Always || checker.discovery(property.name).is_some();
        assert!(is_reached, "{name}: never: {}", property.name);
    }
}

/// Explores a family with a broken engine, and expects the checker to find out, by this invariant.
pub(crate) fn refute(family: &Family, mutation: Mutation, invariant: Invariant, cap: Duration) {
    assert!(invariant.is_promised(family), "the invariant is not looked at");
    let model = Exploration::new(family.clone(), Some(mutation), cap);
    let finish = HasDiscoveries::AllOf([invariant.name()].into());
    let checker = model.checker().finish_when(finish).spawn_bfs().join();
    let path = checker.discovery(invariant.name());
    let path = path.unwrap_or_else(|| panic!("{mutation:?} is not found by: {}", invariant.name()));
    println!("{mutation:?} violates: {}\n{}", invariant.name(), checker.model().story(path));
}
