//! Calls that are made while another one is at work.

use std::cell::RefCell;
use std::rc::Rc;

use super::watched::Watched;

/// The calls that were made from inside.
#[derive(Clone, Default)]
pub(crate) struct Inner(Rc<RefCell<Vec<Watched>>>);

impl Inner {
    pub(crate) fn add(&self, call: Watched) {
        self.0.borrow_mut().push(call);
    }

    /// There were some, and every one of them is answered; gives their number.
    pub(crate) async fn assert_answered(&self) -> usize {
        let calls = self.0.take();
        assert!(!calls.is_empty(), "nothing was asked for from inside");
        for call in &calls {
            assert_eq!(call.value().await, "answered");
        }
        calls.len()
    }
}
