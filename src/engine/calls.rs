//! The calls that the engine knows, in the order of their ids.

use std::hash::{Hash, Hasher};

use super::call::Call;
use super::ids::Id;

/// A list sorted by id. Ids ascend, so that a new call is appended, and the first one to be sent is at the front. Removing a call leaves
/// a gap; once more than half of the list are gaps, it is compacted.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    list: Vec<(Id, Option<Call>)>,
    gaps: usize,
    flying: usize,
    /// No call before this id may be sent. So the calls at the front that have to wait are skipped once, and not in each search.
    ready: u64,
}

impl Calls {
    /// The position of `id`, or the one where it would be inserted.
    fn find(&self, id: Id) -> Result<usize, usize> {
        match self.list.last() {
            Some((last, _)) if id <= *last => self.list.binary_search_by_key(&id, |(other, _)| *other),
            _ => Err(self.list.len()),
        }
    }

    /// Inserts a call, or replaces the one with the same id.
    pub(super) fn insert(&mut self, id: Id, call: Call) {
        let at = self.find(id).unwrap_or_else(|at| {
            // Nearly always at the end: ids ascend, and a call that is sent or parked again keeps its position.
            self.list.insert(at, (id, None));
            self.gaps += 1;
            at
        });
        let Some((_, place)) = self.list.get_mut(at) else { return };
        self.flying += usize::from(call.is_flying());
        self.ready = self.ready.min(id.0);
        match place.replace(call) {
            Some(old) => self.flying -= usize::from(old.is_flying()),
            None => self.gaps -= 1,
        }
    }

    pub(super) fn get(&self, id: Id) -> Option<&Call> {
        self.list.get(self.find(id).ok()?)?.1.as_ref()
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Call> {
        let at = self.find(id).ok()?;
        let call = self.list.get_mut(at)?.1.take()?;
        self.gaps += 1;
        self.flying -= usize::from(call.is_flying());
        if self.gaps * 2 > self.list.len() {
            self.retain(&mut |_, _| true);
        }
        Some(call)
    }

    /// The first call from `id` on that `matches`.
    pub(super) fn first_from(&self, id: Id, matches: fn(&Call) -> bool) -> Option<(Id, Call)> {
        let (Ok(at) | Err(at)) = self.find(id);
        self.list.get(at..)?.iter().find_map(|(id, place)| Some((*id, place.filter(matches)?)))
    }

    /// The first call that may be sent or given tokens.
    pub(super) fn first_ready(&mut self) -> Option<(Id, Call)> {
        let first = self.first_from(Id(self.ready), Call::may_be_let_go);
        self.ready = first.map_or(u64::MAX, |(id, _)| id.0);
        first
    }

    /// Keeps the calls for which `keep` returns true, in order. `keep` may change them.
    pub(super) fn retain(&mut self, keep: &mut dyn FnMut(Id, &mut Call) -> bool) {
        (self.gaps, self.flying, self.ready) = (0, 0, 0);
        let flying = &mut self.flying;
        self.list.retain_mut(|(id, place)| {
            let Some(call) = place else { return false };
            let stays = keep(*id, call);
            *flying += usize::from(stays && call.is_flying());
            stays
        });
    }

    /// The same for parked calls only.
    pub(super) fn retain_parked(&mut self, keep: &mut dyn FnMut(Id, &mut Call) -> bool) {
        self.retain(&mut |id, call| call.is_flying() || keep(id, call));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Id, &Call)> {
        self.list.iter().filter_map(|(id, place)| Some((*id, place.as_ref()?)))
    }

    /// How many are in flight.
    pub(super) fn flying(&self) -> usize {
        self.flying
    }

    /// How many are parked.
    pub(super) fn parked(&self) -> usize {
        self.list.len() - self.gaps - self.flying
    }
}

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Calls {}

impl Hash for Calls {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.list.len() - self.gaps).hash(state);
        for call in self.iter() {
            call.hash(state);
        }
    }
}
