//! Many evaluations in a row: answers as plain numbers, no allocation.

use crate::answers::{Answer, Answers};
use crate::diagram::{Cells, Diagram, Environment, Key, Ref, Subject, classes, value};
use crate::ids::{FactId, PointId};
use crate::pack::Pack;
use crate::verdict::Possible;

use super::Evaluator;

/// In flat answers: not asked; for a point: open.
pub const NOT_ASKED: i32 = i32::MIN;
/// In flat answers: asked, and the person does not know.
pub const UNKNOWN: i32 = i32::MIN + 1;

/// Results for nodes below an unknown fact, valid where the stamp is of this evaluation.
#[derive(Clone, Debug)]
pub(super) struct FlatScratch {
    stamp: u32,
    stamps: Vec<u32>,
    masks: Vec<u8>,
    /// All that any answers can reach.
    most: Possible,
}

impl Default for FlatScratch {
    fn default() -> FlatScratch {
        FlatScratch {
            stamp: 0,
            stamps: Vec::new(),
            masks: Vec::new(),
            most: Possible::NONE,
        }
    }
}

impl FlatScratch {
    /// Forgets the last evaluation. Allocates only the first time.
    fn begin(&mut self, diagram: &Diagram) {
        let nodes = diagram.arena.len();
        if self.stamps.len() != nodes {
            *self = FlatScratch {
                stamp: 0,
                stamps: vec![0; nodes],
                masks: vec![0; nodes],
                most: reachable(diagram),
            };
        }
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.stamps.fill(0);
            self.stamp = 1;
        }
    }
}

fn reachable(diagram: &Diagram) -> Possible {
    let mut seen = vec![false; diagram.arena.len()];
    let mut open = vec![diagram.root];
    let mut most = Possible::NONE;
    while let Some(node) = open.pop() {
        match seen.get_mut(node as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match diagram.arena.key(node) {
            Key::Value(value) => most = most.union(classes(*value)),
            Key::Branch { children, .. } => open.extend(children.iter().copied()),
        }
    }
    most
}

/// Where known answers lead.
enum Descent<'a> {
    Settled(Possible),
    Open(Ref, &'a [Ref]),
}

impl Evaluator {
    /// What the completions of flat answers reach.
    ///
    /// The answers are one number for each fact of the pack in the order of its vocabulary, then one for
    /// each point: yes/no as 1/0, a choice or outcome by position, a date in days since 1970,
    /// money in 分, [`NOT_ASKED`], [`UNKNOWN`]. Lists and dates known to the month cannot be said
    /// this way. `None` when the slice is too short or a value that matters outside its fact's range.
    #[must_use]
    pub fn possible_flat(&self, pack: &Pack, flat: &[i32]) -> Option<Possible> {
        let facts = pack.vocabulary.facts.len();
        if flat.len() < facts.saturating_add(pack.points.len()) {
            return None;
        }
        let environment = Flat { flat, facts };
        for link in &self.links {
            match value(pack, link.rule(), self.on, &environment) {
                Ok(0) => return Some(Possible::NONE),
                Ok(_) => {}
                Err(_) => return self.possible_by_answers(pack, flat, facts),
            }
        }
        let (open, children) = match self.descend(self.diagram.root, &environment)? {
            Descent::Settled(possible) => return Some(possible),
            Descent::Open(open, children) => (open, children),
        };
        let scratch = &mut *self.flat.borrow_mut();
        scratch.begin(&self.diagram);
        self.union(open, children, &environment, scratch)
    }

    /// Follows known answers: all the way, or to the first node whose answer is not known.
    fn descend(&self, start: Ref, flat: &Flat<'_>) -> Option<Descent<'_>> {
        let mut node = start;
        loop {
            let (variable, children) = match self.diagram.arena.key(node) {
                Key::Value(value) => return Some(Descent::Settled(classes(*value))),
                Key::Branch { variable, children } => (variable, children),
            };
            let variable = self.diagram.variables.get(usize::from(*variable))?;
            let known = match variable.subject {
                Subject::Fact(fact) => flat.at(fact.index())?,
                Subject::Point(point) => {
                    match flat.at(flat.facts.saturating_add(point.index()))? {
                        NOT_ASKED | UNKNOWN => -1,
                        outcome => outcome,
                    }
                }
                Subject::Count(_) => NOT_ASKED,
            };
            if known == NOT_ASKED || known == UNKNOWN {
                return Some(Descent::Open(node, children));
            }
            node = *children.get(cell(&variable.cells, i64::from(known))?)?;
        }
    }

    /// What the branches of a node reach together.
    fn union(
        &self,
        node: Ref,
        children: &[Ref],
        flat: &Flat<'_>,
        scratch: &mut FlatScratch,
    ) -> Option<Possible> {
        if scratch.stamps.get(node as usize) == Some(&scratch.stamp) {
            return scratch
                .masks
                .get(node as usize)
                .map(|mask| Possible::from_bits(*mask));
        }
        let mut union = Possible::NONE;
        for child in children {
            union = union.union(match self.descend(*child, flat)? {
                Descent::Settled(possible) => possible,
                Descent::Open(open, children) => self.union(open, children, flat, scratch)?,
            });
            // There is nothing more to find.
            if union == scratch.most {
                break;
            }
        }
        *scratch.stamps.get_mut(node as usize)? = scratch.stamp;
        *scratch.masks.get_mut(node as usize)? = union.bits();
        Some(union)
    }

    /// Where a constraint links a known fact with an unknown one, intervals must be narrowed.
    fn possible_by_answers(&self, pack: &Pack, flat: &[i32], facts: usize) -> Option<Possible> {
        let mut answers = Answers::new(pack);
        for (index, known) in flat.iter().enumerate() {
            let index = match index.checked_sub(facts) {
                None => {
                    let answer = match *known {
                        NOT_ASKED => continue,
                        UNKNOWN => Answer::Unknown,
                        known => Answer::Value(i64::from(known)),
                    };
                    let fact = FactId(u16::try_from(index).ok()?);
                    answers.set(pack, fact, answer).ok()?;
                    continue;
                }
                Some(index) => index,
            };
            if *known != NOT_ASKED && *known != UNKNOWN && index < pack.points.len() {
                let point = PointId(u16::try_from(index).ok()?);
                let outcome = u16::try_from(*known).ok()?;
                answers.set_outcome(pack, point, Some(outcome)).ok()?;
            }
        }
        Some(self.possible(pack, &answers))
    }
}

fn cell(cells: &Cells, value: i64) -> Option<usize> {
    match cells {
        Cells::Options(options) => usize::try_from(value)
            .ok()
            .filter(|option| *option < usize::from(*options)),
        Cells::Outcomes(outcomes) => usize::try_from(value.saturating_add(1))
            .ok()
            .filter(|cell| *cell <= usize::from(*outcomes)),
        Cells::Stretches { starts, last } => {
            let within = starts.first().is_some_and(|first| *first <= value) && value <= *last;
            within.then(|| cells.of(value))
        }
    }
}

struct Flat<'a> {
    flat: &'a [i32],
    facts: usize,
}

impl Flat<'_> {
    fn at(&self, index: usize) -> Option<i32> {
        self.flat.get(index).copied()
    }
}

impl Environment for Flat<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.at(fact.index())
            .filter(|known| *known != NOT_ASKED && *known != UNKNOWN)
            .map(i64::from)
    }
}
