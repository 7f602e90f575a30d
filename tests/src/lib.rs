//! What holds Zige to its contract (`SEMANTICS.md`): a slow evaluator that is easy to believe, and
//! the harness that compares the quick ones with it.
//!
//! Nothing here ships. A helper may stop where it stands.

pub mod agreement;
pub mod applicants;
pub mod cases;
pub mod corpus;
pub mod describe;
pub mod draws;
pub mod explanations;
pub mod mentions;
mod optimum;
pub mod packs;
pub mod papers;
pub mod partial_answers;
pub mod questions;
pub mod reference;
pub mod run;
pub mod shapes;
pub mod small_packs;
pub mod tiny_pack;
