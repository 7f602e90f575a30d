//! Why a verdict is what it is.

use std::cell::RefCell;

use crate::answers::Answers;
use crate::diagram::{
    Arena, Diagram, ELIGIBLE, INELIGIBLE, Key, Nodes, Operator, Ref, Subject, classes, combine,
    confine, node_of,
};
use crate::ids::ConditionId;
use crate::pack::{Pack, Requirement};
use crate::report::Because;
use crate::sorting::{sort, sort_by};
use crate::verdict::{Class, Possible};

use super::Evaluator;
use super::restriction::Restriction;

/// The conditions with the known answers put in: small enough to be combined many times.
struct Reduced<'a> {
    evaluator: &'a Evaluator,
    require: &'a Requirement,
    arena: RefCell<Arena>,
    raw: Nodes,
    feasible: Ref,
}

impl<'a> Reduced<'a> {
    fn new(
        evaluator: &'a Evaluator,
        pack: &Pack,
        answers: &Answers,
        require: &'a Requirement,
    ) -> Reduced<'a> {
        let scope = &mut *evaluator.scratch.borrow_mut();
        evaluator.restrict(pack, answers, scope);
        let diagram = &evaluator.diagram;
        let mut copy = Copy {
            diagram,
            hull: scope.hull(),
            arena: Arena::default(),
        };
        let mut copies = vec![None; diagram.arena.len()];
        let raw = diagram
            .raw
            .iter()
            .map(|(id, node)| (*id, copy.node(*node, scope.hull(), &mut copies)))
            .collect();
        let mut feasible = copy.arena.value(0);
        for case in scope.cases() {
            let own = &case.restriction;
            if !own.broken {
                let kept = copy.node(diagram.feasible, own, &mut vec![None; diagram.arena.len()]);
                let kept = copy.inside(own, kept);
                feasible = copy.arena.join(feasible, kept, &Operator::UNION);
            }
        }
        Reduced {
            evaluator,
            require,
            raw,
            feasible,
            arena: RefCell::new(copy.arena),
        }
    }

    /// What the requirement comes to when every condition outside a set is fixed to `others`.
    fn possible_with(&self, set: &[ConditionId], others: i64) -> Possible {
        let arena = &mut *self.arena.borrow_mut();
        let variables = &self.evaluator.diagram.variables;
        let fixed = arena.value(others);
        let required = combine(arena, variables, self.require, &|id| {
            if set.contains(&id) {
                node_of(&self.raw, id)
            } else {
                Some(fixed)
            }
        });
        let root = confine(arena, self.feasible, required);
        self.reach(arena, root, &mut vec![None; arena.len()])
    }

    fn reach(&self, arena: &Arena, node: Ref, memo: &mut Vec<Option<Possible>>) -> Possible {
        if let Some(Some(known)) = memo.get(node as usize) {
            return *known;
        }
        let possible = match arena.key(node) {
            Key::Value(value) => classes(*value),
            Key::Branch { variable, children } => {
                let left = match self.evaluator.subject(*variable) {
                    // A point that was decided is no longer here: its open cell is meant.
                    Some(Subject::Point(_)) => children.get(..1).unwrap_or(&[]),
                    _ => children,
                };
                left.iter().fold(Possible::NONE, |union, child| {
                    union.union(self.reach(arena, *child, memo))
                })
            }
        };
        if let Some(place) = memo.get_mut(node as usize) {
            *place = Some(possible);
        }
        possible
    }
}

/// Copies diagrams as far as the answers leave them; a branch keeps the cells that some case leaves.
struct Copy<'a> {
    diagram: &'a Diagram,
    hull: &'a Restriction,
    arena: Arena,
}

impl Copy<'_> {
    /// The copy of a node, 0 outside a restriction.
    fn node(&mut self, node: Ref, own: &Restriction, copies: &mut [Option<Ref>]) -> Ref {
        if let Some(Some(known)) = copies.get(node as usize) {
            return *known;
        }
        let copied = match self.diagram.arena.key(node) {
            Key::Value(value) => self.arena.value(*value),
            Key::Branch { variable, children } => {
                let (allowed, left) = (self.hull.allowed(*variable), own.allowed(*variable));
                let point = matches!(
                    self.diagram
                        .variables
                        .get(usize::from(*variable))
                        .map(|variable| variable.subject),
                    Some(Subject::Point(_))
                );
                let below: Vec<Ref> = match point && allowed.low == 0 {
                    true => children
                        .iter()
                        .map(|child| self.node(*child, own, copies))
                        .collect(),
                    false => allowed
                        .cells()
                        .filter_map(|cell| Some((cell, children.get(cell).copied()?)))
                        .map(|(cell, child)| match left.contains(cell) {
                            true => self.node(child, own, copies),
                            false => self.arena.value(0),
                        })
                        .collect(),
                };
                self.arena.branch(*variable, below)
            }
        };
        if let Some(place) = copies.get_mut(node as usize) {
            *place = Some(copied);
        }
        copied
    }

    /// The part of a diagram of 0 and 1 in which every variable is inside a restriction.
    fn inside(&mut self, own: &Restriction, node: Ref) -> Ref {
        let mut inside = node;
        for position in 0..self.diagram.variables.len() {
            let variable = u16::try_from(position).unwrap_or(u16::MAX);
            let (all, left) = (self.hull.allowed(variable), own.allowed(variable));
            if all.cells().all(|cell| left.contains(cell)) {
                continue;
            }
            let selected = all
                .cells()
                .map(|cell| self.arena.value(i64::from(left.contains(cell))))
                .collect();
            let selected = self.arena.branch(variable, selected);
            inside = self.arena.join(inside, selected, &Operator::AND);
        }
        inside
    }
}

/// The most sets that an explanation holds.
const MOST_SETS: usize = 64;

type Sets = Vec<Vec<ConditionId>>;

pub(super) fn because(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Because {
    let Some(check) = pack.checks.get(evaluator.check.index()) else {
        return Because::default();
    };
    let Some(class) = evaluator.possible(pack, answers).single() else {
        return Because::default();
    };
    let masks = evaluator.condition_masks(pack, answers);
    let results: Vec<(ConditionId, Possible)> = evaluator
        .diagram
        .conditions
        .iter()
        .map(|(id, _)| *id)
        .zip(masks)
        .collect();
    let reduced = Reduced::new(evaluator, pack, answers, &check.require);
    let decided = |others: i64, fits: &dyn Fn(Possible) -> bool| {
        let apart = sets(&check.require, &results, fits, others == INELIGIBLE);
        complete(apart, &results, &|set| {
            fits(reduced.possible_with(set, others))
        })
    };
    let at_most = |class: Class| decided(ELIGIBLE, &|mask| worst_only(mask, class));
    let at_least = |class: Class| decided(INELIGIBLE, &|mask| best_only(mask, class));
    match class {
        Class::Ineligible => Because {
            sets: at_most(Class::Ineligible),
            still: Vec::new(),
        },
        Class::Eligible => Because {
            sets: at_least(Class::Eligible),
            still: Vec::new(),
        },
        Class::Discretionary => Because {
            sets: at_most(Class::Discretionary),
            still: at_least(Class::Discretionary),
        },
    }
}

/// All minimal sets, from those that decide condition by condition.
///
/// Conditions that share facts or points can also decide only together, or fail to. A set that
/// was not found yet leaves out some condition of each set that was: so, while one exists, the
/// conditions without a minimal hitting set of those found contain it.
fn complete(
    apart: Sets,
    results: &[(ConditionId, Possible)],
    decides: &dyn Fn(&[ConditionId]) -> bool,
) -> Sets {
    let all: Vec<ConditionId> = results.iter().map(|(id, _)| *id).collect();
    let without = |left_out: &[ConditionId]| -> Vec<ConditionId> {
        all.iter()
            .copied()
            .filter(|id| !left_out.contains(id))
            .collect()
    };
    let mut found: Sets = apart.into_iter().filter(|set| decides(set)).collect();
    while found.len() < MOST_SETS {
        let further = hitting_sets(&found)
            .into_iter()
            .map(|left_out| without(&left_out))
            .find(|set| decides(set));
        match further {
            Some(set) => found.push(shrink(set, decides)),
            None => break,
        }
    }
    minimal(found)
}

/// The set less each condition that can go.
fn shrink(set: Vec<ConditionId>, decides: &dyn Fn(&[ConditionId]) -> bool) -> Vec<ConditionId> {
    let mut smaller = set.clone();
    for id in set {
        let without: Vec<ConditionId> = smaller.iter().copied().filter(|own| *own != id).collect();
        if decides(&without) {
            smaller = without;
        }
    }
    smaller
}

/// The minimal sets that share a condition with each of the sets.
fn hitting_sets(sets: &Sets) -> Sets {
    let mut hitting: Sets = vec![Vec::new()];
    for set in sets {
        let mut next = Vec::new();
        for hit in hitting {
            if hit.iter().any(|id| set.contains(id)) {
                next.push(hit);
            } else {
                next.extend(set.iter().map(|id| union(&hit, &[*id])));
            }
        }
        hitting = minimal(next);
    }
    hitting
}

/// Whether no class above `limit` is possible.
fn worst_only(mask: Possible, limit: Class) -> bool {
    !mask.is_empty() && mask.classes().all(|class| class <= limit)
}

/// Whether no class below `limit` is possible.
fn best_only(mask: Possible, limit: Class) -> bool {
    !mask.is_empty() && mask.classes().all(|class| class >= limit)
}

/// The minimal sets of conditions, each of which `decides`, that decide the requirement.
///
/// To hold, "all" needs every part and "any" one; to fail, the other way round.
fn sets(
    requirement: &Requirement,
    results: &[(ConditionId, Possible)],
    decides: &dyn Fn(Possible) -> bool,
    hold: bool,
) -> Sets {
    match requirement {
        Requirement::Condition(id) => {
            let decided = results
                .iter()
                .any(|(own, mask)| own == id && decides(*mask));
            if decided { vec![vec![*id]] } else { Vec::new() }
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            let parts = parts.iter().map(|part| sets(part, results, decides, hold));
            let every = matches!(requirement, Requirement::All(_)) == hold;
            if every {
                parts.fold(vec![Vec::new()], |product, part| {
                    minimal(
                        product
                            .iter()
                            .flat_map(|left| part.iter().map(move |right| union(left, right)))
                            .collect(),
                    )
                })
            } else {
                minimal(parts.flatten().collect())
            }
        }
    }
}

fn union(left: &[ConditionId], right: &[ConditionId]) -> Vec<ConditionId> {
    let mut union = [left, right].concat();
    sort(&mut union);
    union.dedup();
    union
}

/// The sets that contain no other, smallest first, ties by author order.
fn minimal(mut sets: Sets) -> Sets {
    sort_by(&mut sets, &|a, b| (a.len(), a) < (b.len(), b));
    let mut kept: Sets = Vec::new();
    for set in sets {
        if kept.len() < MOST_SETS
            && !kept
                .iter()
                .any(|smaller| smaller.iter().all(|id| set.contains(id)))
        {
            kept.push(set);
        }
    }
    kept
}
