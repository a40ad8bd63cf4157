//! The rules, as pure functions: what a URL, a status, a header or a lifetime means.

pub mod admission;
pub mod body;
pub mod challenge;
pub mod digest;
pub mod failure_streak;
pub mod fence;
pub mod identity;
pub mod lifetime;
pub mod media;
pub mod method;
pub mod oauth;
pub mod records;
pub mod retry;
pub mod time;
pub mod url;
pub mod verdict;
