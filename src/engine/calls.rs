//! The calls that the engine knows, in the order of their ids.

use std::collections::VecDeque;

use super::ids::Id;
use super::state::{Call, Place};

/// Ids ascend, so a newcomer goes to the end, and the first to be let go stands at the front. A ring does both
/// without asking for memory once it has grown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Calls {
    list: VecDeque<(Id, Call)>,
    flying: usize,
}

impl Calls {
    pub(super) const fn new() -> Self {
        Self { list: VecDeque::new(), flying: 0 }
    }

    /// Where `id` stands, or would have to stand.
    fn find(&self, id: Id) -> Result<usize, usize> {
        match self.list.back() {
            Some((last, _)) if id <= *last => self.list.binary_search_by_key(&id, |(other, _)| *other),
            _ => Err(self.list.len()),
        }
    }

    /// Puts a call in its place. One of the same id makes way.
    pub(super) fn insert(&mut self, id: Id, call: Call) {
        let (Ok(at) | Err(at)) = self.find(id);
        self.remove(id);
        self.flying += usize::from(call.is_flying());
        self.list.insert(at, (id, call));
    }

    pub(super) fn get(&self, id: Id) -> Option<&Call> {
        let (_, call) = self.list.get(self.find(id).ok()?)?;
        Some(call)
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Call> {
        self.take(self.find(id).ok()?).map(|(_, call)| call)
    }

    /// Takes the first out of whom `is_it` says so.
    pub(super) fn take_first(&mut self, is_it: fn(&Call) -> bool) -> Option<(Id, Call)> {
        self.take(self.list.iter().position(|(_, call)| is_it(call))?)
    }

    fn take(&mut self, at: usize) -> Option<(Id, Call)> {
        let taken = self.list.remove(at)?;
        self.flying -= usize::from(taken.1.is_flying());
        Some(taken)
    }

    /// Keeps those of whom `keep` says so, and asks it in their order; it may change them too.
    pub(super) fn retain(&mut self, keep: &mut dyn FnMut(Id, &mut Call) -> bool) {
        self.flying = 0;
        let flying = &mut self.flying;
        self.list.retain_mut(|(id, call)| {
            let stays = keep(*id, call);
            *flying += usize::from(stays && call.is_flying());
            stays
        });
    }

    /// The same for those alone who wait.
    pub(super) fn retain_parked(&mut self, keep: &mut dyn FnMut(Id, &mut Call) -> bool) {
        self.retain(&mut |id, call| matches!(call.place, Place::Flying(_)) || keep(id, call));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Id, &Call)> {
        self.list.iter().map(|(id, call)| (*id, call))
    }

    /// How many are on the wire.
    pub(super) fn flying(&self) -> usize {
        self.flying
    }

    /// How many wait.
    pub(super) fn parked(&self) -> usize {
        self.list.len() - self.flying
    }
}
