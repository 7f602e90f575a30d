//! The npm package: checks for browsers and Node, with packs loaded at run time.
//!
//! Everything here is thin: what is said is worked out by `zige-core` and written by `zige-json`.
//! `js/index.d.ts` documents the package for its users.

#[cfg(not(feature = "widget"))]
mod board;
#[cfg(not(feature = "widget"))]
mod engine;
#[cfg(not(feature = "widget"))]
mod json;
#[cfg(not(feature = "widget"))]
mod prepared;
#[cfg(feature = "widget")]
mod widget;

#[cfg(not(feature = "widget"))]
pub use board::Board;
#[cfg(not(feature = "widget"))]
pub use engine::Engine;
#[cfg(not(feature = "widget"))]
pub use prepared::Prepared;
#[cfg(feature = "widget")]
pub use widget::{Widget, mount, watch};
