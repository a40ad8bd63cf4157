//! The calls that the engine knows, in the order of their ids.

use std::hash::{Hash, Hasher};

use super::ids::Id;
use super::state::Call;

/// Ids ascend, so a newcomer goes to the end, and the first to be let go stands at the front. Most who leave stand near the
/// front: those before them move up, and the room that this leaves is given back in one go.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    list: Vec<(Id, Call)>,
    /// Where the list begins.
    first: usize,
    flying: usize,
}

impl Calls {
    fn live(&self) -> &[(Id, Call)] {
        self.list.get(self.first..).unwrap_or_default()
    }

    /// Where `id` stands, or would have to stand, among those who are there.
    fn find(&self, id: Id) -> Result<usize, usize> {
        let live = self.live();
        match live.last() {
            Some((last, _)) if id <= *last => live.binary_search_by_key(&id, |(other, _)| *other),
            _ => Err(live.len()),
        }
    }

    /// Puts a call in its place. One of the same id makes way.
    pub(super) fn insert(&mut self, id: Id, call: Call) {
        let place = self.find(id);
        let (Ok(at) | Err(at)) = place;
        let at = self.first + at;
        self.flying += usize::from(call.is_flying());
        if place.is_err() {
            let last = self.list.len();
            self.list.push((id, call));
            // Hardly ever: ids ascend, and a call that moves between queue and wire keeps its place.
            self.list.copy_within(at..last, at + 1);
        } else if self.list.get(at).is_some_and(|(_, old)| old.is_flying()) {
            self.flying -= 1;
        }
        if let Some(place) = self.list.get_mut(at) {
            *place = (id, call);
        }
    }

    pub(super) fn get(&self, id: Id) -> Option<&Call> {
        let (_, call) = self.live().get(self.find(id).ok()?)?;
        Some(call)
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Call> {
        let at = self.first + self.find(id).ok()?;
        let (_, call) = *self.list.get(at)?;
        self.list.copy_within(self.first..at, self.first + 1);
        self.first += 1;
        self.flying -= usize::from(call.is_flying());
        if self.first * 2 > self.list.len() {
            self.compact();
        }
        Some(call)
    }

    fn compact(&mut self) {
        self.list.copy_within(self.first.., 0);
        self.list.truncate(self.list.len() - self.first);
        self.first = 0;
    }

    /// The first of whom `is_it` says so.
    pub(super) fn first(&self, is_it: fn(&Call) -> bool) -> Option<(Id, Call)> {
        self.live().iter().find(|(_, call)| is_it(call)).copied()
    }

    /// Keeps those of whom `keep` says so, and asks it in their order; it may change them too.
    pub(super) fn retain(&mut self, keep: &mut dyn FnMut(Id, &mut Call) -> bool) {
        self.compact();
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
        self.retain(&mut |id, call| call.is_flying() || keep(id, call));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Id, &Call)> {
        self.live().iter().map(|(id, call)| (*id, call))
    }

    /// How many are on the wire.
    pub(super) fn flying(&self) -> usize {
        self.flying
    }

    /// How many wait.
    pub(super) fn parked(&self) -> usize {
        self.live().len() - self.flying
    }
}

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        self.live() == other.live()
    }
}

impl Eq for Calls {}

impl Hash for Calls {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.live().hash(state);
    }
}
