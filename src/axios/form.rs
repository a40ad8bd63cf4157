//! How nested values become the flat names of a form or a query.

use crate::boundary::{FormValue, FormVisit};

impl FormValue {
    /// What is done with it.
    pub fn visit(self) -> FormVisit {
        if self.is_top_object() && self.wants_json() {
            FormVisit::Json
        } else if self.is_top_object() && (self.is_flat() || self.is_listed()) {
            FormVisit::Each
        } else if self.is_open() {
            FormVisit::Descend
        } else {
            FormVisit::Append
        }
    }
}
