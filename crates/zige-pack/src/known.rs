//! What is known to hold where a fact is used, for guards.

use zige_core::ids::{FactId, NodeId};
use zige_core::pack::Node;

use crate::lower::Arena;

/// Things that hold at one place of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// For yes/no facts and choices the options that are left, as bits.
    options: Vec<(FactId, u64)>,
    holding: Vec<NodeId>,
}

impl Known {
    /// What is known where a node holds (or, without `positive`, where it does not) as well.
    pub(crate) fn and(&self, arena: &Arena, node: NodeId, positive: bool) -> Known {
        let mut known = self.clone();
        known.learn(arena, node, positive);
        known
    }

    fn learn(&mut self, arena: &Arena, node: NodeId, positive: bool) {
        if positive {
            self.holding.push(node);
        }
        match (arena.node(node), positive) {
            (Node::All(parts), true) | (Node::Any(parts), false) => {
                for part in parts {
                    self.learn(arena, *part, positive);
                }
            }
            (Node::Not(inner), _) => self.learn(arena, *inner, !positive),
            _ => {
                if let Some((fact, bits)) = options(arena, node) {
                    let bits = if positive { bits } else { !bits };
                    match self.options.iter_mut().find(|(own, _)| *own == fact) {
                        Some((_, left)) => *left &= bits,
                        None => self.options.push((fact, bits)),
                    }
                }
            }
        }
    }

    /// Whether a node surely holds.
    pub(crate) fn implies(&self, arena: &Arena, node: NodeId) -> bool {
        self.implied(arena, node, true)
    }

    fn implied(&self, arena: &Arena, node: NodeId, positive: bool) -> bool {
        if positive && self.holding.contains(&node) {
            return true;
        }
        match (arena.node(node), positive) {
            (Node::Constant(value), _) => (*value != 0) == positive,
            (Node::All(parts), true) | (Node::Any(parts), false) => parts
                .iter()
                .all(|part| self.implied(arena, *part, positive)),
            (Node::Any(parts), true) | (Node::All(parts), false) => parts
                .iter()
                .any(|part| self.implied(arena, *part, positive)),
            (Node::Not(inner), _) => self.implied(arena, *inner, !positive),
            _ => options(arena, node).is_some_and(|(fact, bits)| {
                let wanted = if positive { bits } else { !bits };
                self.options
                    .iter()
                    .any(|(own, left)| *own == fact && left & !wanted == 0)
            }),
        }
    }
}

/// A node as a set of options of one fact.
fn options(arena: &Arena, node: NodeId) -> Option<(FactId, u64)> {
    match arena.node(node) {
        Node::Fact(fact) => Some((*fact, 0b10)),
        Node::OneOf(inner, bits) => match arena.node(*inner) {
            Node::Fact(fact) => Some((*fact, *bits)),
            _ => None,
        },
        _ => None,
    }
}
