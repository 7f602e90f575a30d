//! What rules mention.

use std::collections::BTreeSet;

use zige_core::ids::{FactId, NodeId, PointId};
use zige_core::pack::{Node, Pack};

/// The facts (lists and facts of records included) and the points that a rule mentions.
#[must_use]
pub fn mentions(pack: &Pack, rule: NodeId) -> (BTreeSet<FactId>, BTreeSet<PointId>) {
    let mut facts = BTreeSet::new();
    let mut points = BTreeSet::new();
    for node in reach(pack, rule) {
        match &pack.nodes[node.index()] {
            Node::Fact(fact) => {
                facts.insert(*fact);
            }
            Node::Count { records, .. } => {
                facts.insert(*records);
            }
            Node::Point(point) => {
                points.insert(*point);
            }
            _ => {}
        }
    }
    (facts, points)
}

/// All nodes that a node uses, itself included.
#[must_use]
pub fn reach(pack: &Pack, node: NodeId) -> BTreeSet<NodeId> {
    let mut seen = BTreeSet::new();
    follow(pack, node, true, &mut seen);
    seen
}

/// The same, without the filters of counts.
#[must_use]
pub fn reach_outside_records(pack: &Pack, node: NodeId) -> BTreeSet<NodeId> {
    let mut seen = BTreeSet::new();
    follow(pack, node, false, &mut seen);
    seen
}

fn follow(pack: &Pack, node: NodeId, records: bool, seen: &mut BTreeSet<NodeId>) {
    if !seen.insert(node) {
        return;
    }
    for operand in operands(&pack.nodes[node.index()], records) {
        follow(pack, operand, records, seen);
    }
}

fn operands(node: &Node, records: bool) -> Vec<NodeId> {
    match node {
        Node::Constant(_) | Node::Today | Node::Fact(_) | Node::Point(_) | Node::Option(..) => {
            Vec::new()
        }
        Node::Not(a)
        | Node::OneOf(a, _)
        | Node::YearsSince(a)
        | Node::MonthsSince(a)
        | Node::YearsUntil(a)
        | Node::MonthsUntil(a)
        | Node::AddMonths(a, _)
        | Node::Schedule { born: a, .. } => vec![*a],
        Node::AtLeast(a, b) | Node::Add(a, b) => vec![*a, *b],
        Node::If(a, b, c) => vec![*a, *b, *c],
        Node::All(all) | Node::Any(all) => all.clone(),
        Node::Count { filter, .. } if records => vec![*filter],
        Node::Count { .. } => Vec::new(),
    }
}
