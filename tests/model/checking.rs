//! Runs the checker, prints what it has seen, and shows a counterexample as a story.

use std::io::Write;
use std::time::Instant;

use stateright::{Checker, Expectation, HasDiscoveries, Model, Path, Property};

use crate::commands::Host;
use crate::family::Family;
use crate::mutation::Mutation;
use crate::properties;
use crate::steps::Step;
use crate::world::World;

/// One family, explored with or without a mutation.
pub(crate) struct Exploration {
    pub(crate) family: Family,
    pub(crate) mutation: Option<Mutation>,
}

impl Model for Exploration {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(&self.family)]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        steps.extend(world.due(self.family.requests));
        steps.extend(world.possible(self.family.requests));
    }

    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        Some(self.step(world, step, None))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = properties::invariants();
        if self.mutation.is_none() {
            properties.extend(properties::milestones(&self.family));
        }
        properties
    }
}

impl Exploration {
    fn step(&self, world: &World, step: Step, log: Option<&mut Vec<String>>) -> World {
        let mut host = Host { world: world.clone(), family: &self.family, mutation: self.mutation, log };
        host.take(step);
        host.world
    }

    /// What happens on a path, event by event and command by command.
    fn story(&self, path: Path<World, Step>) -> String {
        let mut lines = Vec::new();
        for (world, step) in path.into_vec() {
            let Some(step) = step else { continue };
            lines.push(format!("- {step:?}"));
            let mut log = Vec::new();
            self.step(&world, step, Some(&mut log));
            lines.extend(log.into_iter().map(|line| format!("    {line}")));
        }
        lines.join("\n")
    }
}

/// Explores a whole family: every invariant holds in every state, and every milestone is reached.
pub(crate) fn explore(family: &Family) {
    let started = Instant::now();
    let model = Exploration { family: family.clone(), mutation: None };
    let checker = model.checker().threads(2).spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    // Not `println!`, which is only shown when a test fails.
    writeln!(std::io::stdout(), "{}: {states} states, {depth} deep, {:.1?}", family.name, started.elapsed())
        .expect("there is an output");
    for property in checker.model().properties() {
        let wanted = property.expectation == Expectation::Sometimes;
        match checker.discovery(property.name) {
            None if wanted => panic!("{}: never: {}", family.name, property.name),
            Some(path) if !wanted => {
                panic!("{}: violated: {}\n{}", family.name, property.name, checker.model().story(path))
            }
            _ => {}
        }
    }
}

/// Breaks the bargain and expects the checker to find out, by the property of that name.
pub(crate) fn refute(family: &Family, mutation: Mutation, name: &'static str) {
    let model = Exploration { family: family.clone(), mutation: Some(mutation) };
    let checker = model.checker().finish_when(HasDiscoveries::AllOf([name].into())).spawn_bfs().join();
    let Some(path) = checker.discovery(name) else { panic!("{mutation:?} was not found by: {name}") };
    println!("{mutation:?} violates: {name}\n{}", checker.model().story(path));
}
