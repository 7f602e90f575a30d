//! Evaluation of one check at one date.

mod because;
mod changes;
mod flat;
mod next_steps;
mod residual;
mod restriction;
mod truth;
mod witness;

use std::cell::RefCell;

use crate::answers::{Answer, AnswerError, Answers};
use crate::date::Date;
use crate::diagram::{Diagram, Domains, Key, Link, Ref, Subject, build, classes, links};
use crate::ids::{CheckId, FactId, PointId};
use crate::pack::{FactRole, Pack};
use crate::report::{Because, Changes, ConditionReport, Material, NextStep, Report};
use crate::sorting::sort;
use crate::verdict::{Class, Possible, Verdict};

pub use crate::diagram::EvaluatorError;
pub use flat::{NOT_ASKED, UNKNOWN};
pub use truth::truth;

use residual::Residual;
use restriction::{Allowed, Restriction, Status};

/// A check at a date, ready to judge answers.
///
/// Building one costs a decision diagram (about a millisecond); judging answers only walks it.
/// It belongs to the pack it was built from: every method takes that same pack.
#[derive(Clone, Debug)]
pub struct Evaluator {
    check: CheckId,
    on: Date,
    diagram: Diagram,
    links: Vec<Link>,
    full: Domains,
    scratch: RefCell<Scratch>,
    flat: RefCell<flat::FlatScratch>,
}

#[derive(Clone, Debug)]
struct Scratch {
    domains: Domains,
    restriction: Restriction,
    masks: Vec<u8>,
}

impl Evaluator {
    /// Prepares a check of a pack for a date.
    ///
    /// # Errors
    /// When the pack has no such check, or its rules need too large a diagram.
    pub fn new(pack: &Pack, check: CheckId, on: Date) -> Result<Evaluator, EvaluatorError> {
        Evaluator::over(pack, check, on, Domains::full(pack))
    }

    /// Prepares a check for these very answers: cheaper to build, of no use for others.
    ///
    /// # Errors
    /// As [`Evaluator::new`].
    pub(crate) fn for_answers(
        pack: &Pack,
        check: CheckId,
        on: Date,
        answers: &Answers,
    ) -> Result<Evaluator, EvaluatorError> {
        Evaluator::over(pack, check, on, Domains::of(pack, answers))
    }

    fn over(
        pack: &Pack,
        check: CheckId,
        on: Date,
        domains: Domains,
    ) -> Result<Evaluator, EvaluatorError> {
        let diagram = build(pack, check, on, &domains)?;
        Ok(Evaluator {
            check,
            on,
            links: links(pack),
            scratch: RefCell::new(Scratch {
                restriction: Restriction::new(&diagram.variables),
                masks: vec![UNSEEN; diagram.arena.len()],
                domains: domains.clone(),
            }),
            flat: RefCell::default(),
            full: domains,
            diagram,
        })
    }

    /// The day for which the check is made.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }

    /// The check.
    #[must_use]
    pub fn check_id(&self) -> CheckId {
        self.check
    }

    /// How many nodes the check's diagram has; at most 4,096.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.diagram.arena.len()
    }

    /// Whether the answers can all be true together.
    ///
    /// # Errors
    /// [`AnswerError::Contradiction`] names the first constraint that they break and its facts.
    pub fn check(&self, pack: &Pack, answers: &Answers) -> Result<(), AnswerError> {
        let mut domains = self.full.clone();
        domains.refill(&self.full, answers);
        let broken = match domains.narrow(pack, self.on, &self.links) {
            Err(constraint) => Some(constraint),
            Ok(()) if self.possible(pack, answers).is_empty() => Some(usize::MAX),
            Ok(()) => None,
        };
        match broken {
            None => Ok(()),
            Some(constraint) => {
                let linked = pack.constraints.get(constraint).map_or_else(
                    || {
                        pack.constraints
                            .iter()
                            .flat_map(|constraint| constraint.facts.iter().copied())
                            .filter(|fact| *answers.get(*fact) != Answer::Absent)
                            .collect()
                    },
                    |constraint| constraint.facts.clone(),
                );
                let mut names: Vec<String> = Vec::new();
                for fact in linked {
                    if let Some(fact) = pack.vocabulary.facts.get(fact.index()) {
                        let name = format!("`{}`", fact.id);
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                }
                Err(AnswerError::Contradiction {
                    constraint,
                    facts: names.join(" and "),
                })
            }
        }
    }

    /// What the completions of the answers reach. Allocates nothing.
    #[must_use]
    pub fn possible(&self, pack: &Pack, answers: &Answers) -> Possible {
        let scratch = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scratch);
        if scratch.restriction.broken {
            return Possible::NONE;
        }
        self.mask(self.diagram.root, &scratch.restriction, &mut scratch.masks)
    }

    /// The verdict on the answers. Allocates nothing.
    #[must_use]
    pub fn verdict(&self, pack: &Pack, answers: &Answers) -> Verdict {
        self.possible(pack, answers).verdict()
    }

    /// Verdict, conditions, missing facts and next question.
    #[must_use]
    pub fn report(&self, pack: &Pack, answers: &Answers) -> Report {
        let scratch = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scratch);
        let Scratch {
            restriction,
            masks,
            domains,
        } = scratch;
        let possible = if restriction.broken {
            Possible::NONE
        } else {
            self.mask(self.diagram.root, restriction, masks)
        };
        let mut report = Report {
            on: self.on,
            programme: pack.programme.state(self.on),
            applications: pack.programme.applications(self.on),
            possible,
            witnesses: None,
            conditions: self.condition_reports(pack, answers, restriction, masks),
            missing: Vec::new(),
            blocked_by: Vec::new(),
        };
        if possible.len() > 1 {
            let residual = Residual::new(&self.diagram, restriction);
            let essential = residual.essential();
            report.blocked_by = self.facts_with(pack, &essential, restriction, Status::Null);
            report.missing = if report.blocked_by.is_empty() {
                residual.missing(
                    pack,
                    self.check,
                    answers,
                    &essential,
                    &self.diagram,
                    restriction,
                )
            } else {
                let without = residual.without_unknown(&self.diagram, restriction);
                let essential = without.essential();
                without.missing(
                    pack,
                    self.check,
                    answers,
                    &essential,
                    &self.diagram,
                    restriction,
                )
            };
            report.witnesses =
                self.find_witnesses(pack, answers, domains, restriction, masks, possible);
        }
        report
    }

    /// How much the answer to each missing fact is expected to tell: the classes that it rules out,
    /// in millionths of a class, by the author's weights (at most two classes, 2,000,000). Nothing
    /// once the verdict is definite.
    ///
    /// It compares questions across checks; inside one check, [`Report::missing`] says what to ask.
    #[must_use]
    pub fn gains(&self, pack: &Pack, answers: &Answers) -> Vec<(FactId, u32)> {
        if self.possible(pack, answers).len() < 2 {
            return Vec::new();
        }
        let scratch = self.scratch.borrow();
        let residual = Residual::new(&self.diagram, &scratch.restriction)
            .without_unknown(&self.diagram, &scratch.restriction);
        residual.gains(pack, &self.diagram, &scratch.restriction)
    }

    /// The minimal sets of conditions that fix the verdict; empty while it is incomplete.
    #[must_use]
    pub fn because(&self, pack: &Pack, answers: &Answers) -> Because {
        because::because(self, pack, answers)
    }

    /// What would make an ineligible or discretionary verdict better.
    #[must_use]
    pub fn changes(&self, pack: &Pack, answers: &Answers) -> Changes {
        changes::changes(self, pack, answers)
    }

    /// The proofs to bring, by the facts that the conditions used.
    #[must_use]
    pub fn materials(&self, pack: &Pack, answers: &Answers) -> Vec<Material> {
        next_steps::materials(self, pack, answers)
    }

    /// The routes of the check, with the cases that can apply to these answers.
    #[must_use]
    pub fn steps(&self, pack: &Pack, answers: &Answers) -> Vec<NextStep> {
        next_steps::steps(self, pack, answers)
    }

    /// What each condition of the check can come to, in author order.
    pub(crate) fn condition_masks(&self, pack: &Pack, answers: &Answers) -> Vec<Possible> {
        let scratch = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scratch);
        self.diagram
            .conditions
            .iter()
            .map(|(_, node)| {
                if scratch.restriction.broken {
                    Possible::NONE
                } else {
                    self.mask(*node, &scratch.restriction, &mut scratch.masks)
                }
            })
            .collect()
    }

    fn restrict(&self, pack: &Pack, answers: &Answers, scratch: &mut Scratch) {
        scratch.domains.refill(&self.full, answers);
        let narrowed = scratch.domains.narrow(pack, self.on, &self.links);
        scratch.restriction.fill(
            pack,
            self.on,
            answers,
            &scratch.domains,
            &self.diagram.variables,
        );
        scratch.restriction.broken |= narrowed.is_err();
        scratch.masks.fill(UNSEEN);
    }

    fn mask(&self, node: Ref, restriction: &Restriction, masks: &mut [u8]) -> Possible {
        mask(&self.diagram, node, restriction, masks)
    }

    fn condition_reports(
        &self,
        pack: &Pack,
        answers: &Answers,
        restriction: &Restriction,
        masks: &mut [u8],
    ) -> Vec<ConditionReport> {
        let mut reports = Vec::with_capacity(self.diagram.conditions.len());
        for (id, node) in &self.diagram.conditions {
            let Some(condition) = pack.conditions.get(id.index()) else {
                continue;
            };
            let possible = if restriction.broken {
                Possible::NONE
            } else {
                self.mask(*node, restriction, masks)
            };
            let mut points = Vec::new();
            if !condition.points.is_empty() && possible.contains(Class::Discretionary) {
                self.open_points(*node, restriction, masks, &mut points);
            }
            reports.push(ConditionReport {
                condition: *id,
                possible,
                facts: condition
                    .facts
                    .iter()
                    .copied()
                    .filter(|fact| *answers.get(*fact) != Answer::Absent)
                    .collect(),
                points,
                declared: !condition.facts.is_empty()
                    && condition.facts.iter().all(|fact| {
                        pack.vocabulary
                            .facts
                            .get(fact.index())
                            .is_some_and(|fact| fact.role == FactRole::Declaration)
                    }),
            });
        }
        reports
    }

    /// The open points on which some reachable completion depends.
    fn open_points(
        &self,
        node: Ref,
        restriction: &Restriction,
        masks: &mut [u8],
        points: &mut Vec<PointId>,
    ) {
        let mut seen = vec![false; self.diagram.arena.len()];
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match seen.get_mut(node as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let Key::Branch { variable, children } = self.diagram.arena.key(node) else {
                continue;
            };
            let allowed = restriction.allowed(*variable);
            if let Some(Subject::Point(point)) = self.subject(*variable)
                && allowed.low == 0
                && !points.contains(&point)
                && self
                    .mask(node, restriction, masks)
                    .contains(Class::Discretionary)
            {
                points.push(point);
            }
            open.extend(
                allowed
                    .cells()
                    .filter_map(|cell| children.get(cell).copied()),
            );
        }
        sort(points);
    }

    fn subject(&self, variable: u16) -> Option<Subject> {
        self.diagram
            .variables
            .get(usize::from(variable))
            .map(|variable| variable.subject)
    }

    /// The facts among some variables that have a status, in author order.
    fn facts_with(
        &self,
        pack: &Pack,
        variables: &[u16],
        restriction: &Restriction,
        status: Status,
    ) -> Vec<FactId> {
        let with: Vec<FactId> = variables
            .iter()
            .filter(|variable| restriction.allowed(**variable).status == status)
            .filter_map(|variable| residual::asked_fact(pack, &self.diagram, *variable))
            .collect();
        pack.checks
            .get(self.check.index())
            .map_or_else(Vec::new, |check| {
                check
                    .facts
                    .iter()
                    .copied()
                    .filter(|fact| with.contains(fact))
                    .collect()
            })
    }
}

/// The classes that a node reaches under a restriction.
fn mask(diagram: &Diagram, node: Ref, restriction: &Restriction, masks: &mut [u8]) -> Possible {
    if let Some(seen) = masks.get(node as usize)
        && *seen != UNSEEN
    {
        return Possible::from_bits(*seen);
    }
    let possible = match diagram.arena.key(node) {
        Key::Value(value) => classes(*value),
        Key::Branch { variable, children } => restriction
            .allowed(*variable)
            .cells()
            .filter_map(|cell| children.get(cell))
            .fold(Possible::NONE, |union, child| {
                union.union(mask(diagram, *child, restriction, masks))
            }),
    };
    if let Some(place) = masks.get_mut(node as usize) {
        *place = possible.bits();
    }
    possible
}

/// No mask has been worked out yet.
const UNSEEN: u8 = u8::MAX;

impl Allowed {
    /// The cells, ascending.
    fn cells(self) -> impl Iterator<Item = usize> {
        (usize::from(self.low)..=usize::from(self.high))
            .filter(move |cell| *cell >= 64 || self.bits & (1_u64 << cell) != 0)
    }
}
