//! One diagram for all days on which the same comparisons of known values hold.

use crate::answers::Answers;
use crate::diagram::{Arena, Key, Ref, Relaxed, Subject, classes, confine, conjunction};
use crate::ids::FactId;
use crate::verdict::{Class, Possible};

use super::tied::{Kept, Ties};
use super::{Moment, View};

/// The diagram, and what it came to so far.
pub(super) struct Judged {
    diagram: Relaxed,
    axes: Vec<FactId>,
    /// For each axis what comparisons say of each of its cells.
    kinds: Vec<Vec<Vec<bool>>>,
    known: Vec<(Left, Possible)>,
}

/// What a day leaves of a diagram: all that what is possible depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Left {
    /// For each variable its cells.
    cells: Vec<Vec<usize>>,
    kept: Vec<Kept>,
}

impl Judged {
    pub(super) fn new(diagram: Relaxed, axes: Vec<FactId>, kinds: Vec<Vec<Vec<bool>>>) -> Judged {
        Judged {
            diagram,
            axes,
            kinds,
            known: Vec::new(),
        }
    }

    /// What is possible at a moment.
    pub(super) fn possible(
        &mut self,
        moment: &Moment,
        answers: &Answers,
        ties: &Ties<'_>,
    ) -> Possible {
        moment.views.iter().fold(Possible::NONE, |union, view| {
            let left = self.left(moment, view, answers, ties);
            let known = self.known.iter().find(|(own, _)| *own == left);
            let possible = match known {
                Some((_, possible)) => *possible,
                None => {
                    let possible = self.reach(&left);
                    self.known.push((left, possible));
                    possible
                }
            };
            union.union(possible)
        })
    }

    fn left(&self, moment: &Moment, view: &View, answers: &Answers, ties: &Ties<'_>) -> Left {
        let cells = self
            .diagram
            .variables
            .iter()
            .map(|variable| match variable.subject {
                Subject::Point(point) => vec![
                    answers
                        .outcome(point)
                        .map_or(0, |outcome| usize::from(outcome).saturating_add(1)),
                ],
                Subject::List(list) => {
                    let counts = moment.lists.iter().find(|own| own.list == list);
                    let left = counts.map(|counts| counts.left(answers.get(list)));
                    (0..variable.cells.len())
                        .filter(|cell| left.is_none_or(|left| left.contains(*cell)))
                        .collect()
                }
                Subject::Fact(fact) => match self.axes.iter().position(|own| *own == fact) {
                    Some(axis) => self.kinds_of(axis, view),
                    None => variable.cells.within(view.domains.get(fact)).collect(),
                },
            })
            .collect();
        let axes: Vec<_> = self
            .axes
            .iter()
            .zip(&view.cells)
            .map(|(fact, cells)| (*fact, cells.as_slice()))
            .collect();
        Left {
            cells,
            kept: ties.kept(view.case, moment.day, &view.domains, &axes),
        }
    }

    /// The diagram's cells that the cells of an axis are.
    fn kinds_of(&self, axis: usize, view: &View) -> Vec<usize> {
        let (Some(kinds), Some(cells)) = (self.kinds.get(axis), view.cells.get(axis)) else {
            return Vec::new();
        };
        cells
            .iter()
            .filter_map(|cell| kinds.iter().position(|kind| *kind == cell.after))
            .collect()
    }

    fn reach(&mut self, left: &Left) -> Possible {
        let kept: Vec<Ref> = left
            .kept
            .iter()
            .map(|kept| self.kept_node(kept, left))
            .collect();
        let arena = &mut self.diagram.arena;
        let (mut feasible, mut root) = (self.diagram.feasible, self.diagram.root);
        if !kept.is_empty() {
            let together = conjunction(arena, kept.into_iter());
            feasible = conjunction(arena, [feasible, together].into_iter());
            root = confine(arena, together, root);
        }
        let mut masks = vec![None; arena.len()];
        // In that diagram 1 stands for "kept".
        match reach(arena, feasible, &left.cells, &mut masks).contains(Class::Discretionary) {
            true => reach(arena, root, &left.cells, &mut masks),
            false => Possible::NONE,
        }
    }

    /// 1 where two cells can be kept together.
    fn kept_node(&mut self, kept: &Kept, left: &Left) -> Ref {
        let [a, b] = kept.axes;
        let place = |axis: usize| {
            let fact = self.axes.get(axis)?;
            let variables = &self.diagram.variables;
            variables
                .iter()
                .position(|variable| variable.subject == Subject::Fact(*fact))
        };
        let (Some(first), Some(second)) = (place(a), place(b)) else {
            return self.diagram.arena.value(1);
        };
        let cells = |place: usize| left.cells.get(place).cloned().unwrap_or_default();
        let (first_cells, second_cells) = (cells(first), cells(second));
        let count = |place: usize| {
            let variable = self.diagram.variables.get(place);
            variable.map_or(0, |variable| variable.cells.len())
        };
        // For each pair of the diagram's cells whether both are there and can be kept.
        let together = |x: usize, y: usize| {
            let x = first_cells.iter().position(|own| *own == x)?;
            let y = second_cells.iter().position(|own| *own == y)?;
            let (from, to) = (*kept.cells.get(x)?)?;
            let alive = kept.alive.get(y).copied()?;
            Some(alive && (from..=to).contains(&y))
        };
        let (first_count, second_count) = (count(first), count(second));
        let (upper, lower, swapped) = match first < second {
            true => (first, second, false),
            false => (second, first, true),
        };
        let (uppers, lowers) = match swapped {
            false => (first_count, second_count),
            true => (second_count, first_count),
        };
        let arena = &mut self.diagram.arena;
        let mut children = Vec::with_capacity(uppers);
        for x in 0..uppers {
            let below = (0..lowers)
                .map(|y| {
                    let pair = match swapped {
                        false => together(x, y),
                        true => together(y, x),
                    };
                    arena.value(i64::from(pair == Some(true)))
                })
                .collect();
            children.push(arena.branch(u16::try_from(lower).unwrap_or(u16::MAX), below));
        }
        arena.branch(u16::try_from(upper).unwrap_or(u16::MAX), children)
    }
}

/// The classes that a node reaches inside some cells.
fn reach(
    arena: &Arena,
    node: Ref,
    cells: &[Vec<usize>],
    masks: &mut [Option<Possible>],
) -> Possible {
    if let Some(Some(known)) = masks.get(node as usize) {
        return *known;
    }
    let possible = match arena.key(node) {
        Key::Value(value) => classes(*value),
        Key::Branch { variable, children } => cells
            .get(usize::from(*variable))
            .into_iter()
            .flatten()
            .filter_map(|cell| children.get(*cell))
            .fold(Possible::NONE, |union, child| {
                union.union(reach(arena, *child, cells, masks))
            }),
    };
    if let Some(place) = masks.get_mut(node as usize) {
        *place = Some(possible);
    }
    possible
}
