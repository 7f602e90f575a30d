//! What holds Zige to its contract (`SEMANTICS.md`): a slow evaluator that is easy to believe, and
//! the harness that compares the quick ones with it.
//!
//! Nothing here ships. A helper may stop where it stands.

pub mod reference;
