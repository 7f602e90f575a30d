//! What each answer that is missing would tell, for all of them in one walk.
//!
//! Completions are weighed: an option by the author's weight, a stretch of dates or numbers evenly.
//! So each class has a share of what is still possible, and a question tells the more, the more
//! unequal its answers make the shares: the expected sum of their squares (a Gini impurity, as in
//! decision trees) is what questions are compared by.

use crate::diagram::{Diagram, Key, Ref, Subject, classes};
use crate::pack::Pack;
use crate::verdict::Class;

use super::restriction::{Allowed, Restriction};
use super::scope::{Case, Scope};

/// One, in the fixed-point numbers that shares are counted in.
const ONE: u64 = 1 << 30;

/// The shares of the classes, in parts of [`ONE`].
type Shares = [u64; Class::ALL.len()];

/// The shares of the classes for each cell of each variable.
pub(super) struct Outlook {
    /// Where the cells of each variable begin.
    starts: Vec<usize>,
    /// By variable and cell.
    cells: Vec<Shares>,
    /// Of everything that is possible.
    now: Shares,
}

impl Outlook {
    /// Walks what the answers leave of a diagram: up for the shares below each node, then down for
    /// the share that comes to it. What nodes reach must be known.
    pub(super) fn new(pack: &Pack, diagram: &Diagram, scope: &Scope) -> Outlook {
        let mut starts = Vec::with_capacity(diagram.variables.len());
        let mut length = 0_usize;
        for variable in &diagram.variables {
            starts.push(length);
            length = length.saturating_add(variable.cells.len());
        }
        let mut outlook = Outlook {
            starts,
            cells: vec![Shares::default(); length],
            now: Shares::default(),
        };
        for case in scope.cases() {
            if !case.restriction.broken {
                outlook.look(pack, diagram, case);
            }
        }
        outlook
    }

    fn look(&mut self, pack: &Pack, diagram: &Diagram, case: &Case) {
        let variables = diagram.variables.len();
        let parts = Parts::new(pack, diagram, &case.restriction);
        // Where the variable of a node stands; values stand below all variables.
        let level = |node: Ref| {
            let top = diagram.arena.top(node);
            top.map_or(variables, |(variable, _)| usize::from(variable))
        };
        let below = below(diagram, case, &parts);
        let of = |node: Ref| below.get(node as usize).copied().unwrap_or_default();
        // What comes by paths that do not look at a variable.
        let mut past = vec![Shares::default(); variables];
        let mut pass = |from: usize, node: Ref, share: u64| {
            for skipped in past.get_mut(from..level(node)).into_iter().flatten() {
                add(skipped, of(node), share);
            }
        };
        add(&mut self.now, of(diagram.root), ONE);
        pass(0, diagram.root, ONE);
        let mut above = vec![0_u64; below.len()];
        if let Some(root) = above.get_mut(diagram.root as usize) {
            *root = ONE;
        }
        // A node comes after its children.
        for node in (0..=diagram.root).rev() {
            let share = above.get(node as usize).copied().unwrap_or(0);
            let (true, Key::Branch { variable, children }) = (share > 0, diagram.arena.key(node))
            else {
                continue;
            };
            for cell in case.restriction.allowed(*variable).cells() {
                let Some(child) = children.get(cell).copied() else {
                    continue;
                };
                let share = times(share, parts.of(*variable, cell));
                if let Some(shares) = self.cell(*variable, cell) {
                    add(shares, of(child), share);
                }
                pass(usize::from(*variable).saturating_add(1), child, share);
                if let Some(place) = above.get_mut(child as usize) {
                    *place = place.saturating_add(share);
                }
            }
        }
        for (position, past) in past.into_iter().enumerate() {
            let variable = u16::try_from(position).unwrap_or(u16::MAX);
            for cell in case.restriction.allowed(variable).cells() {
                let part = parts.of(variable, cell);
                if let Some(shares) = self.cell(variable, cell) {
                    add(shares, past, part);
                }
            }
        }
    }

    fn cell(&mut self, variable: u16, cell: usize) -> Option<&mut Shares> {
        let start = self.starts.get(usize::from(variable))?;
        self.cells.get_mut(start.saturating_add(cell))
    }

    /// How much the answer to a variable is expected to tell, in parts of [`ONE`]: by how much the
    /// squares of the classes' shares grow on average. At most two thirds, for three equal classes
    /// that the answer tells apart.
    pub(super) fn gain(&self, variable: u16, allowed: Allowed) -> u64 {
        let told = self
            .left(variable, allowed)
            .fold(0_u64, |sum, shares| sum.saturating_add(squares(shares)));
        let gain = u128::from(told.saturating_sub(squares(&self.now)));
        let gain = gain
            .saturating_mul(u128::from(ONE))
            .checked_div(u128::from(sum(&self.now)));
        u64::try_from(gain.unwrap_or(0)).unwrap_or(u64::MAX)
    }

    /// Whether some answer to a variable alone rules out a class.
    pub(super) fn rules_out(&self, variable: u16, allowed: Allowed) -> bool {
        self.left(variable, allowed).any(|shares| {
            let mut classes = shares.iter().zip(&self.now);
            sum(shares) > 0 && classes.any(|(left, now)| *left == 0 && *now > 0)
        })
    }

    /// The shares that are left with a variable in each of its cells.
    fn left(&self, variable: u16, allowed: Allowed) -> impl Iterator<Item = &Shares> {
        let start = self.starts.get(usize::from(variable)).copied();
        let cells = start.and_then(|start| self.cells.get(start..));
        allowed
            .cells()
            .filter_map(move |cell| cells.and_then(|cells| cells.get(cell)))
    }
}

/// The sum of the squares of shares over their sum.
fn squares(shares: &Shares) -> u64 {
    let squares = shares.iter().fold(0_u64, |sum, share| {
        sum.saturating_add(share.saturating_mul(*share))
    });
    squares.checked_div(sum(shares)).unwrap_or(0)
}

fn sum(shares: &Shares) -> u64 {
    shares
        .iter()
        .fold(0, |sum, share| sum.saturating_add(*share))
}

fn times(share: u64, part: u64) -> u64 {
    share.saturating_mul(part) / ONE
}

/// Adds a part of other shares.
fn add(shares: &mut Shares, others: Shares, part: u64) {
    for (own, other) in shares.iter_mut().zip(others) {
        *own = own.saturating_add(times(other, part));
    }
}

/// The shares below each node that the root comes to; what nodes reach must be known.
fn below(diagram: &Diagram, case: &Case, parts: &Parts) -> Vec<Shares> {
    let mut below = vec![Shares::default(); (diagram.root as usize).saturating_add(1)];
    for node in 0..=diagram.root {
        if case.reached(node).is_empty() {
            continue;
        }
        let mut shares = Shares::default();
        match diagram.arena.key(node) {
            Key::Value(value) => {
                let reached = classes(*value);
                for (share, class) in shares.iter_mut().zip(Class::ALL) {
                    *share = if reached.contains(class) { ONE } else { 0 };
                }
            }
            Key::Branch { variable, children } => {
                for (cell, child) in children.iter().enumerate() {
                    let part = parts.of(*variable, cell);
                    if part > 0 {
                        add(
                            &mut shares,
                            below.get(*child as usize).copied().unwrap_or_default(),
                            part,
                        );
                    }
                }
            }
        }
        if let Some(place) = below.get_mut(node as usize) {
            *place = shares;
        }
    }
    below
}

/// The part that each cell has of what is allowed of its variable, by variable and cell.
struct Parts(Vec<Vec<u64>>);

impl Parts {
    fn new(pack: &Pack, diagram: &Diagram, restriction: &Restriction) -> Parts {
        let of = |(variable, cells): (u16, usize)| {
            let allowed = restriction.allowed(variable);
            let weights = weights_of(pack, diagram, variable);
            let weight = |cell: usize| match weights {
                [] => 1,
                weights => weights.get(cell).copied().map_or(0, u64::from),
            };
            let total = allowed
                .cells()
                .fold(0_u64, |sum, cell| sum.saturating_add(weight(cell)));
            let mut parts = vec![0; cells];
            for cell in allowed.cells() {
                if let Some(part) = parts.get_mut(cell) {
                    let share = weight(cell).saturating_mul(ONE).checked_div(total);
                    *part = share.unwrap_or(0);
                }
            }
            parts
        };
        let sizes = diagram
            .variables
            .iter()
            .map(|variable| variable.cells.len());
        Parts((0..).zip(sizes).map(of).collect())
    }

    fn of(&self, variable: u16, cell: usize) -> u64 {
        let parts = self.0.get(usize::from(variable));
        parts
            .and_then(|parts| parts.get(cell))
            .copied()
            .unwrap_or(0)
    }
}

fn weights_of<'a>(pack: &'a Pack, diagram: &Diagram, variable: u16) -> &'a [u16] {
    match diagram
        .variables
        .get(usize::from(variable))
        .map(|variable| variable.subject)
    {
        Some(Subject::Fact(fact)) => pack
            .vocabulary
            .facts
            .get(fact.index())
            .map_or(&[], |fact| fact.weights.as_slice()),
        _ => &[],
    }
}
