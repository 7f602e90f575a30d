//! Many evaluations in a row: answers as plain numbers, no allocation.

use crate::answers::{Answer, Answers};
use crate::diagram::{
    Cells, Diagram, Domain, Domains, Environment, Key, Links, Ref, Subject, classes,
};
use crate::ids::{FactId, PointId};
use crate::pack::Pack;
use crate::verdict::{Class, Possible};

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
    /// What is left of the facts that links compare.
    domains: Domains,
    /// For each of them its variable.
    linked: Vec<(FactId, usize)>,
    /// For each variable the first and the last cell to look at while it is not known.
    ranges: Vec<(usize, usize)>,
    binding: Vec<bool>,
}

impl FlatScratch {
    pub(super) fn new(diagram: &Diagram, links: &Links, full: &Domains) -> FlatScratch {
        let nodes = diagram.arena.len();
        let position = |fact: FactId| {
            diagram
                .variables
                .iter()
                .position(|variable| variable.subject == Subject::Fact(fact))
        };
        FlatScratch {
            stamp: 0,
            stamps: vec![0; nodes],
            masks: vec![0; nodes],
            most: reachable(diagram),
            domains: full.clone(),
            linked: links
                .facts
                .iter()
                .filter_map(|fact| Some((*fact, position(*fact)?)))
                .collect(),
            ranges: diagram
                .variables
                .iter()
                .map(|variable| (0, variable.cells.len().saturating_sub(1)))
                .collect(),
            binding: vec![false; links.all.len()],
        }
    }

    /// Forgets the last evaluation.
    fn begin(&mut self) {
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
    Open(Ref, usize, &'a [Ref]),
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
        let alone = self.links.facts.is_empty()
            && matches!(
                self.diagram.arena.key(self.diagram.elsewhere),
                Key::Value(_)
            );
        if alone
            && let Descent::Settled(possible) = self.descend(self.diagram.root, &environment)?
        {
            return Some(possible);
        }
        let scratch = &mut *self.flat.borrow_mut();
        scratch.begin();
        let known = |fact: &FactId| environment.fact(*fact).is_some();
        if self.links.facts.iter().any(known) {
            if self.links.are_open(pack, self.on, &environment) {
                return self.possible_by_answers(pack, flat, facts);
            }
            if !self.narrow_flat(pack, &environment, scratch)? {
                return Some(Possible::NONE);
            }
        } else {
            self.forget_ranges(scratch);
        }
        if let Key::Branch { .. } = self.diagram.arena.key(self.diagram.elsewhere)
            && !self
                .reach_flat(self.diagram.elsewhere, &environment, scratch, Possible::ANY)?
                .contains(Class::Discretionary)
        {
            // In that diagram 1 stands for "kept".
            return Some(Possible::NONE);
        }
        let most = scratch.most;
        self.reach_flat(self.diagram.root, &environment, scratch, most)
    }

    /// Finds what links leave of the facts that they compare; whether something is left.
    fn narrow_flat(&self, pack: &Pack, flat: &Flat<'_>, scratch: &mut FlatScratch) -> Option<bool> {
        let FlatScratch {
            domains,
            linked,
            ranges,
            binding,
            ..
        } = scratch;
        for fact in &self.links.facts {
            domains.set(*fact, self.full.get(*fact));
            if let Some(value) = flat.fact(*fact) {
                domains.confine(*fact, value, value);
                if domains.get(*fact).is_empty() {
                    return None;
                }
            }
        }
        for (binds, link) in binding.iter_mut().zip(&self.links.all) {
            *binds = link.binds(pack, self.on, flat) == Some(true);
        }
        let narrowed = domains.narrow(pack, self.on, &self.links, &|index, _| {
            binding.get(index) == Some(&true)
        });
        if narrowed.is_err() {
            return Some(false);
        }
        for (fact, position) in linked {
            if let Domain::Interval { low, high } = domains.get(*fact)
                && let Some(variable) = self.diagram.variables.get(*position)
                && let Some(range) = ranges.get_mut(*position)
            {
                *range = (variable.cells.of(low), variable.cells.of(high));
            }
        }
        Some(true)
    }

    fn forget_ranges(&self, scratch: &mut FlatScratch) {
        for (_, position) in &scratch.linked {
            if let Some(variable) = self.diagram.variables.get(*position)
                && let Some(range) = scratch.ranges.get_mut(*position)
            {
                *range = (0, variable.cells.len().saturating_sub(1));
            }
        }
    }

    fn reach_flat(
        &self,
        start: Ref,
        flat: &Flat<'_>,
        scratch: &mut FlatScratch,
        most: Possible,
    ) -> Option<Possible> {
        match self.descend(start, flat)? {
            Descent::Settled(possible) => Some(possible),
            Descent::Open(node, variable, children) => {
                self.union(node, variable, children, flat, scratch, most)
            }
        }
    }

    /// Follows known answers: all the way, or to the first node whose answer is not known.
    fn descend(&self, start: Ref, flat: &Flat<'_>) -> Option<Descent<'_>> {
        let mut node = start;
        loop {
            let (variable, children) = match self.diagram.arena.key(node) {
                Key::Value(value) => return Some(Descent::Settled(classes(*value))),
                Key::Branch { variable, children } => (variable, children),
            };
            let position = usize::from(*variable);
            let variable = self.diagram.variables.get(position)?;
            let known = match variable.subject {
                Subject::Fact(fact) => flat.at(fact.index())?,
                Subject::Point(point) => {
                    match flat.at(flat.facts.saturating_add(point.index()))? {
                        NOT_ASKED | UNKNOWN => -1,
                        outcome => outcome,
                    }
                }
                Subject::List(_) => NOT_ASKED,
            };
            if known == NOT_ASKED || known == UNKNOWN {
                return Some(Descent::Open(node, position, children));
            }
            node = *children.get(cell(&variable.cells, i64::from(known))?)?;
        }
    }

    /// What the branches of a node reach together.
    fn union(
        &self,
        node: Ref,
        variable: usize,
        children: &[Ref],
        flat: &Flat<'_>,
        scratch: &mut FlatScratch,
        most: Possible,
    ) -> Option<Possible> {
        if scratch.stamps.get(node as usize) == Some(&scratch.stamp) {
            return scratch
                .masks
                .get(node as usize)
                .map(|mask| Possible::from_bits(*mask));
        }
        let mut union = Possible::NONE;
        let (first, last) = scratch.ranges.get(variable).copied()?;
        for child in children.get(first..=last)? {
            union = union.union(self.reach_flat(*child, flat, scratch, most)?);
            // There is nothing more to find.
            if union == most {
                break;
            }
        }
        *scratch.stamps.get_mut(node as usize)? = scratch.stamp;
        *scratch.masks.get_mut(node as usize)? = union.bits();
        Some(union)
    }

    /// Where a constraint depends on choices that are open, every case must be looked at.
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
        Cells::Moments(_) => None,
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
