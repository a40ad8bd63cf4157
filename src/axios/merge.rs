//! How a key of two configs becomes one: by the key alone, as axios' users know it.

/// What the value of a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Of the request alone: defaults do not count.
    Own,
    /// Merged to its depth, cycles being an error.
    Params,
    /// Merged by names whose case does not matter.
    Headers,
    /// The request's where it is named at all, be it as `undefined`.
    Named,
    /// The request's, else the default's, and never a copy: functions of a session know it by its identity.
    Same,
    /// The request's, else the default's.
    Default,
    /// Objects merged to their depth.
    Deep,
}

/// How many keys are known by their place in `KEYS` of `src/axios/config.js`.
pub const KNOWN: u32 = 32;

/// The rule of the key at a place of `KEYS`; for a key that is not among them, a place beyond.
pub const fn rule(place: u32) -> Rule {
    match place {
        0..=2 => Rule::Own,
        3 => Rule::Params,
        4 => Rule::Headers,
        5 => Rule::Named,
        6 => Rule::Same,
        7..KNOWN => Rule::Default,
        _ => Rule::Deep,
    }
}
