//! How a key of two configs becomes one: by the key alone, as axios' users know it.

use crate::boundary::{ConfigKey, MergeRule};

/// The rule of a key.
pub const fn rule(key: ConfigKey) -> MergeRule {
    match key {
        ConfigKey::Url | ConfigKey::Method | ConfigKey::Data => MergeRule::Own,
        ConfigKey::Params => MergeRule::Params,
        ConfigKey::Headers => MergeRule::Headers,
        ConfigKey::ValidateStatus => MergeRule::Named,
        ConfigKey::Session => MergeRule::Same,
        ConfigKey::Other => MergeRule::Deep,
        _ => MergeRule::Default,
    }
}
