//! Many evaluations in a row: answers as plain numbers, no allocation.

use std::cell::RefCell;

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

/// A diagram as a row of numbers, to be followed without detours.
///
/// A place in the row is a node: all that it can reach, where its answer lies (or [`NOWHERE`]), its
/// number (or [`NOWHERE`] when a single path leads to it, so that nothing need be noted of it), its
/// variable, its kind, how many cells it has; for stretches the first value of each cell and the
/// last of all; then a child for each cell. A child is a place, or below zero a set of classes.
#[derive(Clone, Debug)]
struct Program {
    row: Vec<i32>,
    start: i32,
}

/// In a [`Program`]: no flat answer says it.
const NOWHERE: i32 = -1;

/// In a [`Program`]: an option for each cell.
const OPTIONS: i32 = 0;
/// In a [`Program`]: first open, then the outcomes.
const OUTCOMES: i32 = 1;
/// In a [`Program`]: stretches of numbers.
const STRETCHES: i32 = 2;

/// A node of a [`Program`] whose answer is not known.
struct Open<'a> {
    most: Possible,
    number: i32,
    variable: i32,
    children: &'a [i32],
}

/// Where known answers lead.
enum Descent<'a> {
    Settled(Possible),
    Open(Open<'a>),
}

impl Program {
    /// `None` when the diagram does not fit into numbers of 32 bits.
    fn new(pack: &Pack, diagram: &Diagram, root: Ref) -> Option<Program> {
        let mut program = Program {
            row: Vec::new(),
            start: 0,
        };
        let mut known = vec![None; diagram.arena.len()];
        let paths = paths(diagram, root);
        program.start = program.add(pack, diagram, root, &paths, &mut known)?;
        Some(program)
    }

    fn add(
        &mut self,
        pack: &Pack,
        diagram: &Diagram,
        node: Ref,
        paths: &[u32],
        known: &mut Vec<Option<i32>>,
    ) -> Option<i32> {
        if let Some(Some(place)) = known.get(node as usize) {
            return Some(*place);
        }
        let place = match diagram.arena.key(node) {
            Key::Value(value) => -1 - i32::from(classes(*value).bits()),
            Key::Branch { variable, children } => {
                let mut places = Vec::with_capacity(children.len());
                for child in children {
                    places.push(self.add(pack, diagram, *child, paths, known)?);
                }
                let place = i32::try_from(self.row.len()).ok()?;
                let own = diagram.variables.get(usize::from(*variable))?;
                let slot = match own.subject {
                    Subject::Fact(fact) => i32::from(fact.0),
                    Subject::Point(point) => {
                        let facts = i32::try_from(pack.vocabulary.facts.len()).ok()?;
                        facts.checked_add(i32::from(point.0))?
                    }
                    Subject::List(_) => NOWHERE,
                };
                let kind = match own.cells {
                    Cells::Options(_) => OPTIONS,
                    Cells::Outcomes(_) => OUTCOMES,
                    Cells::Stretches { .. } | Cells::Moments(_) => STRETCHES,
                };
                let number = match paths.get(node as usize) {
                    Some(0 | 1) => NOWHERE,
                    _ => i32::try_from(node).ok()?,
                };
                let count = i32::try_from(places.len()).ok()?;
                let most = places
                    .iter()
                    .fold(Possible::NONE, |most, child| most.union(self.most(*child)));
                let most = i32::from(most.bits());
                self.row
                    .extend([most, slot, number, i32::from(*variable), kind, count]);
                if let Cells::Stretches { starts, last } = &own.cells {
                    let least = i64::from(i32::MIN);
                    for value in starts.iter().chain([last]) {
                        let value = (*value).clamp(least, i64::from(i32::MAX));
                        self.row.push(i32::try_from(value).ok()?);
                    }
                }
                self.row.extend(places);
                place
            }
        };
        *known.get_mut(node as usize)? = Some(place);
        Some(place)
    }

    /// All that a place can reach.
    fn most(&self, place: i32) -> Possible {
        match usize::try_from(place) {
            Ok(at) => self
                .row
                .get(at)
                .map_or(Possible::ANY, |most| classes_of(*most)),
            Err(_) => settled(place),
        }
    }

    /// Follows known answers: all the way, or to the first node whose answer is not known. `None` for
    /// an answer outside its range.
    fn descend(&self, start: i32, flat: &[i32]) -> Option<Descent<'_>> {
        let mut place = start;
        loop {
            let Ok(at) = usize::try_from(place) else {
                return Some(Descent::Settled(settled(place)));
            };
            let [most, slot, number, variable, kind, count, rest @ ..] = self.row.get(at..)? else {
                return None;
            };
            let count = usize::try_from(*count).ok()?;
            let known = match usize::try_from(*slot) {
                Ok(slot) => *flat.get(slot)?,
                Err(_) => NOT_ASKED,
            };
            let before = match *kind {
                STRETCHES => count.checked_add(1)?,
                _ => 0,
            };
            let (starts, children) = rest.split_at_checked(before)?;
            let children = children.get(..count)?;
            let open = known == NOT_ASKED || known == UNKNOWN;
            if open && *kind != OUTCOMES {
                return Some(Descent::Open(Open {
                    most: classes_of(*most),
                    number: *number,
                    variable: *variable,
                    children,
                }));
            }
            let cell = match *kind {
                OPTIONS => usize::try_from(known).ok(),
                OUTCOMES if open => Some(0),
                OUTCOMES => usize::try_from(known).ok()?.checked_add(1),
                _ => {
                    let (last, starts) = starts.split_last()?;
                    let within = starts.first().is_some_and(|first| *first <= known);
                    let cell = starts.iter().rposition(|start| *start <= known);
                    // Larger values than 32 bits hold stand as the largest.
                    cell.filter(|_| within && known <= *last && known < i32::MAX)
                }
            };
            place = *children.get(cell?)?;
        }
    }
}

/// How many ways lead from a node to each node below a root.
fn paths(diagram: &Diagram, root: Ref) -> Vec<u32> {
    let mut paths = vec![0_u32; diagram.arena.len()];
    let mut reached = vec![false; diagram.arena.len()];
    if let Some(root) = reached.get_mut(root as usize) {
        *root = true;
    }
    // A node comes after its children.
    for node in (0..=root).rev() {
        let (Some(true), Key::Branch { children, .. }) =
            (reached.get(node as usize), diagram.arena.key(node))
        else {
            continue;
        };
        let mut before = None;
        for child in children {
            // Cells side by side that lead to one node are followed once.
            if before != Some(child)
                && let Some(paths) = paths.get_mut(*child as usize)
            {
                *paths = paths.saturating_add(1);
            }
            before = Some(child);
            if let Some(reached) = reached.get_mut(*child as usize) {
                *reached = true;
            }
        }
    }
    paths
}

/// The set of classes that a place below zero stands for.
fn settled(place: i32) -> Possible {
    classes_of(-1 - place)
}

/// In the diagram of constraints 1 stands for "kept".
fn keeps(reached: Possible) -> bool {
    reached.contains(Class::Discretionary)
}

fn classes_of(bits: i32) -> Possible {
    Possible::from_bits(u8::try_from(bits).unwrap_or(0))
}

/// What many evaluations in a row share.
#[derive(Clone, Debug)]
pub(super) struct FlatScratch {
    stamp: u32,
    stamps: Vec<u32>,
    masks: Vec<u8>,
    /// What is left of the facts that links compare.
    domains: Domains,
    /// For each variable the first and the last cell to look at while it is not known.
    ranges: Vec<(usize, usize)>,
    binding: Vec<bool>,
}

/// What of a diagram does not change from evaluation to evaluation.
#[derive(Clone, Debug)]
pub(super) struct FlatPlan {
    root: Option<Program>,
    /// The constraints elsewhere, where there are any.
    elsewhere: Option<Program>,
    /// The facts that links compare, each with its variable.
    linked: Vec<(FactId, usize)>,
}

impl FlatPlan {
    pub(super) fn new(pack: &Pack, diagram: &Diagram, links: &Links) -> FlatPlan {
        let position = |fact: FactId| {
            diagram
                .variables
                .iter()
                .position(|variable| variable.subject == Subject::Fact(fact))
        };
        let linked = links.facts.iter();
        FlatPlan {
            root: Program::new(pack, diagram, diagram.root),
            elsewhere: match diagram.arena.key(diagram.elsewhere) {
                Key::Value(value) if keeps(classes(*value)) => None,
                _ => Program::new(pack, diagram, diagram.elsewhere),
            },
            linked: linked
                .filter_map(|fact| Some((*fact, position(*fact)?)))
                .collect(),
        }
    }
}

impl FlatScratch {
    pub(super) fn new(diagram: &Diagram, links: &Links, full: &Domains) -> FlatScratch {
        let nodes = diagram.arena.len();
        FlatScratch {
            stamp: 0,
            stamps: vec![0; nodes],
            masks: vec![0; nodes],
            domains: full.clone(),
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

    /// What a program reaches from a place.
    fn reach(&mut self, program: &Program, start: i32, flat: &[i32]) -> Option<Possible> {
        match program.descend(start, flat)? {
            Descent::Settled(possible) => Some(possible),
            Descent::Open(open) => self.spread(program, &open, flat),
        }
    }

    /// What the cells of a node reach whose answer is not known.
    fn spread(&mut self, program: &Program, open: &Open<'_>, flat: &[i32]) -> Option<Possible> {
        let Open {
            most,
            number,
            variable,
            children,
        } = *open;
        let noted = usize::try_from(number).ok();
        if let Some(number) = noted
            && self.stamps.get(number) == Some(&self.stamp)
        {
            return self
                .masks
                .get(number)
                .map(|mask| Possible::from_bits(*mask));
        }
        let (mut union, mut before) = (Possible::NONE, i32::MIN);
        let (first, last) = *self.ranges.get(usize::try_from(variable).ok()?)?;
        for child in children.get(first..=last)? {
            if *child == before {
                continue;
            }
            before = *child;
            let further = program.most(*child);
            if union.union(further) == union {
                continue;
            }
            union = union.union(match child {
                ..0 => further,
                _ => self.reach(program, *child, flat)?,
            });
            // There is nothing more to find.
            if union == most {
                break;
            }
        }
        if let Some(number) = noted {
            *self.stamps.get_mut(number)? = self.stamp;
            *self.masks.get_mut(number)? = union.bits();
        }
        Some(union)
    }
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
        let (plan, scratch) = self.flat_side(pack);
        let root = plan.root.as_ref()?;
        let unlinked = self.links.facts.is_empty();
        let alone = unlinked && plan.elsewhere.is_none();
        let descent = match alone {
            true => Some(root.descend(root.start, flat)?),
            false => None,
        };
        if let Some(Descent::Settled(possible)) = descent {
            return Some(possible);
        }
        let scratch = &mut *scratch.borrow_mut();
        scratch.begin();
        if let Some(Descent::Open(open)) = descent {
            return scratch.spread(root, &open, flat);
        }
        if !unlinked {
            let environment = Flat { flat };
            let known = |fact: &FactId| environment.fact(*fact).is_some();
            if !self.links.facts.iter().any(known) {
                self.forget_ranges(plan, scratch);
            } else if self.links.are_open(pack, self.on, &environment) {
                return self.possible_by_answers(pack, flat, facts);
            } else if !self.narrow_flat(pack, &environment, plan, scratch)? {
                return Some(Possible::NONE);
            }
        }
        if let Some(elsewhere) = &plan.elsewhere {
            let kept = scratch.reach(elsewhere, elsewhere.start, flat)?;
            if !keeps(kept) {
                return Some(Possible::NONE);
            }
        }
        scratch.reach(root, root.start, flat)
    }

    fn flat_side(&self, pack: &Pack) -> &(FlatPlan, RefCell<FlatScratch>) {
        self.flat.get_or_init(|| {
            (
                FlatPlan::new(pack, &self.diagram, &self.links),
                RefCell::new(FlatScratch::new(&self.diagram, &self.links, &self.full)),
            )
        })
    }

    /// Finds what links leave of the facts that they compare; whether something is left.
    fn narrow_flat(
        &self,
        pack: &Pack,
        flat: &Flat<'_>,
        plan: &FlatPlan,
        scratch: &mut FlatScratch,
    ) -> Option<bool> {
        let FlatScratch {
            domains,
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
        for (fact, position) in &plan.linked {
            if let Domain::Interval { low, high } = domains.get(*fact)
                && let Some(variable) = self.diagram.variables.get(*position)
                && let Some(range) = ranges.get_mut(*position)
            {
                *range = (variable.cells.of(low), variable.cells.of(high));
            }
        }
        Some(true)
    }

    fn forget_ranges(&self, plan: &FlatPlan, scratch: &mut FlatScratch) {
        for (_, position) in &plan.linked {
            if let Some(variable) = self.diagram.variables.get(*position)
                && let Some(range) = scratch.ranges.get_mut(*position)
            {
                *range = (0, variable.cells.len().saturating_sub(1));
            }
        }
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

struct Flat<'a> {
    flat: &'a [i32],
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
