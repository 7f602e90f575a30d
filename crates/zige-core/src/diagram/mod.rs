//! Multi-valued decision diagrams: what makes a verdict exact.
//!
//! A check at a date is a function of finitely many *cells* (an option of a choice, a stretch of
//! dates between two thresholds). Its reduced, ordered diagram answers every question by walking
//! it: which classes are possible, which facts still matter, two completions that differ. A
//! point is a variable too, of which it is always known whether and how it was decided.

use crate::verdict::{Class, Possible};

mod arena;
mod bits;
mod build;
mod domain;
mod feasible;
mod link;
mod list;
mod points;
mod variable;

pub(crate) use arena::{Arena, FixedHasher, Key, Operator, Ref};
pub(crate) use bits::Bits;
pub(crate) use build::{
    Builder, Diagram, Nodes, Relaxed, build, build_relaxed, build_rule, comparisons, node_of,
};
pub(crate) use domain::{Domain, Domains, first_where};
pub(crate) use feasible::{confine, conjunction};
pub(crate) use link::{Link, Links, is_measured};
pub(crate) use list::ListCells;
pub(crate) use points::combine;
pub(crate) use variable::{
    Branches, Cells, Environment, Need, Subject, forms, moves, needs, resolved, value,
};

pub use build::EvaluatorError;
pub use link::ConstraintProblem;

/// Marks completions that break a constraint: no class at all.
pub(crate) const INFEASIBLE: i64 = i64::MIN;
/// The value of an ineligible completion.
pub(crate) const INELIGIBLE: i64 = 0;
/// The value of a discretionary completion.
pub(crate) const DISCRETIONARY: i64 = 1;
/// The value of an eligible completion.
pub(crate) const ELIGIBLE: i64 = 2;

/// The set of classes that a value of a diagram stands for.
pub(crate) fn classes(value: i64) -> Possible {
    match value {
        INFEASIBLE => Possible::NONE,
        INELIGIBLE => Possible::only(Class::Ineligible),
        DISCRETIONARY => Possible::only(Class::Discretionary),
        _ => Possible::only(Class::Eligible),
    }
}
