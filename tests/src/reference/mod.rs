//! The slow, obvious evaluator.
//!
//! It shares the pack types and the answer types with `zige-core`, and nothing else: it has its own
//! calendar ([`calendar`]), walks the expression of one complete person ([`Person`]), and finds
//! what some answers can still come to by trying the completions one after another ([`Reference`]).

pub mod calendar;
mod explain;
mod person;
mod representatives;
mod search;

pub use explain::{allowed, because, changes};
pub use person::{Need, Person, Row};
pub use search::{Goal, Reference, TooMany};
