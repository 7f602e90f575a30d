//! Points: what a diagram comes to while some of them are open.

use crate::ids::ConditionId;
use crate::pack::Requirement;
use crate::sorting::sort;

use super::arena::{Operator, support};
use super::variable::{Cells, Variable};
use super::{Arena, DISCRETIONARY, ELIGIBLE, INELIGIBLE, Key, Ref};

/// The worse of two classes.
const WORST: Operator = Operator {
    neutral: ELIGIBLE,
    absorbing: Some(INELIGIBLE),
    of: i64::min,
};
/// The better of two classes.
const BEST: Operator = Operator {
    neutral: INELIGIBLE,
    absorbing: Some(ELIGIBLE),
    of: i64::max,
};

/// Conditions combined as a check requires, all their points settled.
///
/// Both "all" and "any" work on classes (the worst, the best of them) where the parts share no
/// open point. A point is therefore settled in the smallest part that holds all its uses; until
/// then the parts are combined for each of its outcomes.
pub(crate) fn combine(
    arena: &mut Arena,
    variables: &[Variable],
    requirement: &Requirement,
    condition: &dyn Fn(ConditionId) -> Option<Ref>,
) -> Ref {
    let mut uses = vec![0; variables.len()];
    count_uses(arena, variables, requirement, condition, &mut uses);
    let mut combination = Combination {
        arena,
        variables,
        condition,
        uses,
    };
    let (node, _) = combination.part(requirement);
    node
}

struct Combination<'a> {
    arena: &'a mut Arena,
    variables: &'a [Variable],
    condition: &'a dyn Fn(ConditionId) -> Option<Ref>,
    /// In how many places each variable is used, where it is a point.
    uses: Vec<usize>,
}

impl Combination<'_> {
    /// A part, with its uses of points that are not settled in it.
    fn part(&mut self, requirement: &Requirement) -> (Ref, Vec<usize>) {
        let mut inside = vec![0; self.variables.len()];
        let node = match requirement {
            Requirement::Condition(id) => {
                let node = (self.condition)(*id).unwrap_or_else(|| self.arena.value(INELIGIBLE));
                for point in points(self.arena, self.variables, node) {
                    count(&mut inside, point, 1);
                }
                node
            }
            Requirement::All(parts) => self.parts(parts, &WORST, &mut inside),
            Requirement::Any(parts) => self.parts(parts, &BEST, &mut inside),
        };
        let mut settled = node;
        for (point, (inside, all)) in (0..).zip(inside.iter_mut().zip(&self.uses)) {
            if *inside > 0 && inside == all {
                settled = settle(self.arena, self.variables, settled, point);
                *inside = 0;
            }
        }
        (settled, inside)
    }

    fn parts(&mut self, parts: &[Requirement], operator: &Operator, inside: &mut [usize]) -> Ref {
        let mut all = self.arena.value(operator.neutral);
        for part in parts {
            let (node, uses) = self.part(part);
            all = self.arena.join(all, node, operator);
            for (point, uses) in (0..).zip(uses) {
                count(inside, point, uses);
            }
        }
        all
    }
}

fn count(uses: &mut [usize], point: u16, more: usize) {
    if let Some(total) = uses.get_mut(usize::from(point)) {
        *total = total.saturating_add(more);
    }
}

fn count_uses(
    arena: &Arena,
    variables: &[Variable],
    requirement: &Requirement,
    condition: &dyn Fn(ConditionId) -> Option<Ref>,
    uses: &mut [usize],
) {
    match requirement {
        Requirement::Condition(id) => {
            for point in condition(*id)
                .map(|node| points(arena, variables, node))
                .unwrap_or_default()
            {
                count(uses, point, 1);
            }
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            for part in parts {
                count_uses(arena, variables, part, condition, uses);
            }
        }
    }
}

/// The points among the variables of a diagram, ascending.
fn points(arena: &Arena, variables: &[Variable], node: Ref) -> Vec<u16> {
    let mut points: Vec<u16> = support(arena, node)
        .into_iter()
        .filter(|variable| {
            variables
                .get(usize::from(*variable))
                .is_some_and(|variable| matches!(variable.cells, Cells::Outcomes(_)))
        })
        .collect();
    sort(&mut points);
    points
}

/// Settles every point of a diagram.
pub(crate) fn settle_all(arena: &mut Arena, variables: &[Variable], node: Ref) -> Ref {
    points(arena, variables, node)
        .into_iter()
        .fold(node, |node, point| settle(arena, variables, node, point))
}

/// Says what a diagram comes to while a point is open: eligible if it is under all outcomes,
/// ineligible if it is under all, else discretionary.
fn settle(arena: &mut Arena, variables: &[Variable], node: Ref, point: u16) -> Ref {
    let cells = variables
        .get(usize::from(point))
        .map_or(0, |variable| variable.cells.len());
    let decided: Vec<Ref> = (1..cells)
        .map(|cell| cofactor(arena, node, point, cell))
        .collect();
    let open = arena.apply(&decided, &|classes| {
        let least = classes.iter().copied().min().unwrap_or(INELIGIBLE);
        let most = classes.iter().copied().max().unwrap_or(INELIGIBLE);
        if least == most { least } else { DISCRETIONARY }
    });
    let selector: Vec<Ref> = (0..cells)
        .map(|cell| arena.value(i64::try_from(cell).unwrap_or(0)))
        .collect();
    let selector = arena.branch(point, selector);
    let mut operands = vec![selector, open];
    operands.extend(decided);
    arena.apply(&operands, &|values| match values.split_first() {
        Some((cell, classes)) => usize::try_from(*cell)
            .ok()
            .and_then(|cell| classes.get(cell))
            .copied()
            .unwrap_or(INELIGIBLE),
        None => INELIGIBLE,
    })
}

/// The diagram with one variable fixed to a cell.
fn cofactor(arena: &mut Arena, node: Ref, variable: u16, cell: usize) -> Ref {
    let mut memo = vec![None; arena.len()];
    cofactor_memo(arena, node, variable, cell, &mut memo)
}

fn cofactor_memo(
    arena: &mut Arena,
    node: Ref,
    variable: u16,
    cell: usize,
    memo: &mut Vec<Option<Ref>>,
) -> Ref {
    if let Some(Some(known)) = memo.get(node as usize) {
        return *known;
    }
    let fixed = match arena.key(node).clone() {
        Key::Branch {
            variable: own,
            children,
        } if own < variable => {
            let children = children
                .iter()
                .map(|child| cofactor_memo(arena, *child, variable, cell, memo))
                .collect();
            arena.branch(own, children)
        }
        Key::Branch { variable: own, .. } if own == variable => arena.child(node, variable, cell),
        _ => node,
    };
    if let Some(place) = memo.get_mut(node as usize) {
        *place = Some(fixed);
    }
    fixed
}
