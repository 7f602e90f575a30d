//! Expressions: total, loop-free, statically typed.

use serde::{Deserialize, Serialize};

use crate::ids::{ChoiceId, FactId, NodeId, PointId, ScheduleId};

/// One node of an expression. Every value is a whole number: yes/no is 1/0, a choice is the
/// position of its option, a date is days since 1970-01-01, money is 分.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Node {
    /// A literal.
    Constant(i64),
    /// The day for which the check is made (`today`).
    Today,
    /// The value of a fact.
    Fact(FactId),
    /// The position of a point's outcome, 0 being the sternest.
    Point(PointId),
    /// Holds when the operand does not.
    Not(NodeId),
    /// Holds when all operands hold; with none, it holds.
    All(Vec<NodeId>),
    /// Holds when some operand holds; with none, it does not.
    Any(Vec<NodeId>),
    /// Holds when the first operand is at least the second.
    AtLeast(NodeId, NodeId),
    /// Holds when the operand, the position of an option, is one of the bits set.
    OneOf(NodeId, u64),
    /// The second operand where the first holds, else the third.
    If(NodeId, NodeId, NodeId),
    /// The sum of both operands.
    Add(NodeId, NodeId),
    /// Full years from a date to `today`: age, years of service.
    YearsSince(NodeId),
    /// Full months from a date to `today`.
    MonthsSince(NodeId),
    /// The largest n with `today` + n years not after the date.
    YearsUntil(NodeId),
    /// The largest n with `today` + n months not after the date.
    MonthsUntil(NodeId),
    /// A date moved by a number of months, clamped to the month's end.
    AddMonths(NodeId, i32),
    /// The day that a staged schedule sets for somebody born on the date, by row.
    Schedule {
        /// The schedule.
        schedule: ScheduleId,
        /// Its row.
        row: u16,
        /// The date of birth.
        born: NodeId,
    },
    /// How many records of a list satisfy the filter, which is evaluated on each record.
    Count {
        /// The list.
        records: FactId,
        /// A yes/no expression over the record's own facts and the person's.
        filter: NodeId,
    },
    /// The position of an option in a scale, for a comparison (a typed constant).
    Option(ChoiceId, u16),
}

impl Node {
    /// The nodes that this one is made of, in order; a count's filter is not among them, because
    /// it is evaluated on each record.
    #[must_use]
    pub fn operands(&self) -> Vec<NodeId> {
        match self {
            Node::Constant(_)
            | Node::Today
            | Node::Fact(_)
            | Node::Point(_)
            | Node::Option(..)
            | Node::Count { .. } => Vec::new(),
            Node::Not(inner)
            | Node::OneOf(inner, _)
            | Node::YearsSince(inner)
            | Node::MonthsSince(inner)
            | Node::YearsUntil(inner)
            | Node::MonthsUntil(inner)
            | Node::AddMonths(inner, _)
            | Node::Schedule { born: inner, .. } => vec![*inner],
            Node::All(parts) | Node::Any(parts) => parts.clone(),
            Node::AtLeast(a, b) | Node::Add(a, b) => vec![*a, *b],
            Node::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
        }
    }
}

/// Where a node stands in the pack's source document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Line, from 1; 0 for the vocabulary.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}
