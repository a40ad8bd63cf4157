//! Calls in the order of their ids.

use std::collections::VecDeque;

use super::ids::Id;

/// Ids ascend, so a newcomer goes to the end, and the first to be let go stands at the front. A ring does both
/// without asking for memory once it has grown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Line<T>(VecDeque<(Id, T)>);

impl<T> Line<T> {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    /// Where `id` stands, or would have to stand.
    fn find(&self, id: Id) -> Result<usize, usize> {
        match self.0.back() {
            Some((last, _)) if id <= *last => self.0.binary_search_by_key(&id, |(other, _)| *other),
            _ => Err(self.0.len()),
        }
    }

    /// Puts a call in its place. One of the same id makes way.
    pub(super) fn insert(&mut self, id: Id, value: T) {
        let at = match self.find(id) {
            Ok(at) => {
                self.0.remove(at);
                at
            }
            Err(at) => at,
        };
        self.0.insert(at, (id, value));
    }

    pub(super) fn get(&self, id: Id) -> Option<&T> {
        let (_, value) = self.0.get(self.find(id).ok()?)?;
        Some(value)
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<T> {
        let (_, value) = self.0.remove(self.find(id).ok()?)?;
        Some(value)
    }

    pub(super) fn pop_first(&mut self) -> Option<(Id, T)> {
        self.0.pop_front()
    }

    /// Keeps those of whom `keep` says so, and asks it in their order.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(Id, &mut T) -> bool) {
        self.0.retain_mut(|(id, value)| keep(*id, value));
    }

    pub(super) fn drain(&mut self) -> impl Iterator<Item = (Id, T)> {
        self.0.drain(..)
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (Id, &T)> {
        self.0.iter().map(|(id, value)| (*id, value))
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
