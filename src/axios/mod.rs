//! What decides in the axios facade: pure functions on numbers. The values (configs, headers, bodies, errors) are
//! JavaScript's, in the `.js` files beside; what both know by a number stands in [`boundary`](crate::boundary).
//!
//! It is compiled as a module of its own, without the engine: `scripts/lib/package.js`.

pub mod body;
pub mod chain;
pub mod failure;
pub mod form;
pub mod merge;
pub mod url;

#[cfg(target_family = "wasm")]
pub mod exports;
