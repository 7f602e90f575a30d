//! Multi-valued decision diagrams: what makes a verdict exact.
//!
//! A check at a date is a function of finitely many *cells* (an option of a choice, a stretch of
//! dates between two thresholds). Its reduced, ordered diagram answers every question by walking
//! it: which classes are possible, which facts still matter, two completions that differ. Facts
//! stand above points, because points are decided inside one completion.

mod arena;
mod build;
mod domain;
mod variable;

pub(crate) use arena::{Arena, FixedHasher, Key, Ref};
pub(crate) use build::{Diagram, build, build_rule, comparisons};
pub(crate) use domain::{Domain, Domains, Link, first_where, links};
pub(crate) use variable::{Cells, Environment, Subject, Variable, value, visit};

pub use build::EvaluatorError;

/// Marks completions that break a constraint: no class at all.
pub(crate) const INFEASIBLE: i64 = i64::MIN;
