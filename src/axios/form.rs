//! How nested values become the flat names of a form or a query.

/// What is known of one value on the way, as bits; `src/axios/form.js` gathers them.
#[derive(Clone, Copy, Debug)]
pub struct Facts(pub u32);

/// It is an object of any kind, an array included, and stands at the top.
pub const TOP_OBJECT: u32 = 1;
/// Its name ends with `{}`: it is wanted as JSON.
pub const WANTS_JSON: u32 = 1 << 1;
/// Its name ends with `[]`, or it is a list of files; and it can be read like an array.
pub const LISTED: u32 = 1 << 2;
/// It is an array that holds no objects.
pub const FLAT: u32 = 1 << 3;
/// It is a plain object or an array.
pub const OPEN: u32 = 1 << 4;

/// What is done with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// It gets a name, as it is.
    Append,
    /// It gets a name, as JSON.
    Json,
    /// Each of its elements gets a name.
    Each,
    /// What is in it is visited.
    Descend,
}

impl Facts {
    const fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }

    /// What is done with it.
    pub const fn visit(self) -> Visit {
        if self.has(TOP_OBJECT) && self.has(WANTS_JSON) {
            Visit::Json
        } else if self.has(TOP_OBJECT) && self.has(FLAT | LISTED) {
            Visit::Each
        } else if self.has(OPEN) {
            Visit::Descend
        } else {
            Visit::Append
        }
    }
}
