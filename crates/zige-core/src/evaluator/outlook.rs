//! What each answer that is missing would leave possible, for all of them in one walk.

use crate::diagram::{Diagram, Key, Ref, Subject};
use crate::pack::Pack;

use super::restriction::Allowed;
use super::scope::{Case, Scope};

/// For each cell of each variable, the classes that are reached with the variable in that cell.
pub(super) struct Outlook {
    /// Where the cells of each variable begin.
    starts: Vec<usize>,
    /// Sets of classes, by variable and cell.
    cells: Vec<u8>,
    /// What is reached now.
    now: u8,
}

/// An expected number of classes ruled out, as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) gain: u64,
    pub(super) weight: u64,
}

impl Score {
    /// Nothing ruled out.
    pub(super) const NOTHING: Score = Score { gain: 0, weight: 1 };

    pub(super) fn cmp(&self, other: &Score) -> std::cmp::Ordering {
        let mine = u128::from(self.gain).saturating_mul(u128::from(other.weight));
        let theirs = u128::from(other.gain).saturating_mul(u128::from(self.weight));
        mine.cmp(&theirs)
    }
}

impl Outlook {
    /// Walks what is reached of a diagram, from the root down; what nodes reach must be known.
    pub(super) fn new(diagram: &Diagram, scope: &Scope) -> Outlook {
        let mut starts = Vec::with_capacity(diagram.variables.len());
        let mut length = 0_usize;
        for variable in &diagram.variables {
            starts.push(length);
            length = length.saturating_add(variable.cells.len());
        }
        let mut outlook = Outlook {
            starts,
            cells: vec![0; length],
            now: 0,
        };
        for case in scope.cases() {
            if !case.restriction.broken {
                outlook.look(diagram, case);
            }
        }
        outlook
    }

    fn look(&mut self, diagram: &Diagram, case: &Case) {
        let variables = diagram.variables.len();
        let reached = |node: Ref| case.reached(node).bits();
        // Where the variable of a node stands; values stand below all variables.
        let level = |node: Ref| {
            let top = diagram.arena.top(node);
            top.map_or(variables, |(variable, _)| usize::from(variable))
        };
        // What paths reach that do not look at a variable.
        let mut past = vec![0_u8; variables];
        let mut pass = |from: usize, node: Ref| {
            if let Some(skipped) = past.get_mut(from..level(node)) {
                skipped.iter_mut().for_each(|all| *all |= reached(node));
            }
        };
        self.now |= reached(diagram.root);
        pass(0, diagram.root);
        let mut open = vec![false; diagram.arena.len()];
        if let Some(root) = open.get_mut(diagram.root as usize) {
            *root = true;
        }
        // A node comes after its children.
        for node in (0..=diagram.root).rev() {
            let Key::Branch { variable, children } = diagram.arena.key(node) else {
                continue;
            };
            if open.get(node as usize) != Some(&true) {
                continue;
            }
            for cell in case.restriction.allowed(*variable).cells() {
                let Some(child) = children.get(cell).copied() else {
                    continue;
                };
                if let Some(all) = self.cell(*variable, cell) {
                    *all |= reached(child);
                }
                pass(usize::from(*variable).saturating_add(1), child);
                if let Some(place) = open.get_mut(child as usize) {
                    *place = true;
                }
            }
        }
        for (position, past) in past.into_iter().enumerate() {
            let variable = u16::try_from(position).unwrap_or(u16::MAX);
            for cell in case.restriction.allowed(variable).cells() {
                if let Some(all) = self.cell(variable, cell) {
                    *all |= past;
                }
            }
        }
    }

    fn cell(&mut self, variable: u16, cell: usize) -> Option<&mut u8> {
        let start = self.starts.get(usize::from(variable))?;
        self.cells.get_mut(start.saturating_add(cell))
    }

    /// How many classes the answer to a variable is expected to rule out, by the author's weights.
    pub(super) fn score(
        &self,
        pack: &Pack,
        diagram: &Diagram,
        variable: u16,
        allowed: Allowed,
    ) -> Score {
        let start = self.starts.get(usize::from(variable)).copied();
        let cells = start.and_then(|start| self.cells.get(start..));
        let weights = weights_of(pack, diagram, variable);
        let mut score = Score { gain: 0, weight: 0 };
        for cell in allowed.cells() {
            let left = cells
                .and_then(|cells| cells.get(cell))
                .copied()
                .unwrap_or(0);
            if left == 0 {
                continue;
            }
            let weight = if weights.is_empty() {
                1
            } else {
                u64::from(weights.get(cell).copied().unwrap_or(0))
            };
            let ruled_out = self.now.count_ones().saturating_sub(left.count_ones());
            score.gain = score
                .gain
                .saturating_add(weight.saturating_mul(u64::from(ruled_out)));
            score.weight = score.weight.saturating_add(weight);
        }
        score
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
