//! Evaluation of one check at one date.

mod because;
mod changes;
mod flat;
mod next_steps;
mod outlook;
mod residual;
mod restriction;
mod scope;
mod truth;
mod witness;

use std::cell::{OnceCell, RefCell};

use crate::answers::{Answer, AnswerError, Answers};
use crate::date::Date;
use crate::diagram::{
    Diagram, Domain, Domains, Key, Links, Ref, Subject, build, build_rule, value,
};
use crate::ids::{CheckId, FactId, NodeId, PointId};
use crate::pack::{FactRole, Pack};
use crate::report::{Because, Changes, ConditionReport, Material, NextStep, Report};
use crate::sorting::sort;
use crate::verdict::{Class, Possible, Verdict};

pub use crate::diagram::{ConstraintProblem, EvaluatorError};
pub use flat::{NOT_ASKED, UNKNOWN};
pub use truth::truth;

use outlook::Outlook;
use residual::Residual;
use restriction::Status;
use scope::Scope;

/// A check at a date, ready to judge answers.
///
/// Building one costs a decision diagram (about a millisecond); judging answers only walks it.
/// It belongs to the pack it was built from: every method takes that same pack.
#[derive(Clone, Debug)]
pub struct Evaluator {
    check: CheckId,
    on: Date,
    diagram: Diagram,
    links: Links,
    full: Domains,
    scratch: RefCell<Scope>,
    /// Made when flat answers are first judged: most who ask questions never do.
    flat: OnceCell<(flat::FlatPlan, RefCell<flat::FlatScratch>)>,
}

impl Evaluator {
    /// Prepares a check of a pack for a date.
    ///
    /// # Errors
    /// When the pack has no such check, or its rules cannot be judged exactly with a diagram of
    /// bearable size.
    pub fn new(pack: &Pack, check: CheckId, on: Date) -> Result<Evaluator, EvaluatorError> {
        let links = links(pack, on)?;
        let full = Domains::full(pack);
        let diagram = build(pack, check, on, &full, &links)?;
        Ok(Evaluator {
            check,
            on,
            scratch: RefCell::new(Scope::new(&diagram, &full)),
            flat: OnceCell::new(),
            links,
            full,
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
        let by_itself = pack
            .constraints
            .iter()
            .position(|constraint| value(pack, constraint.rule, self.on, &domains) == Ok(0));
        let linked = || {
            let binds = |_, link: &crate::diagram::Link| {
                link.binds(pack, self.on, &self.known(answers)) == Some(true)
            };
            domains.narrow(pack, self.on, &self.links, &binds).err()
        };
        let broken = by_itself.or_else(linked).or_else(|| {
            self.possible(pack, answers)
                .is_empty()
                .then_some(usize::MAX)
        });
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

    fn known(&self, answers: &Answers) -> Domains {
        let mut domains = self.full.clone();
        domains.refill(&self.full, answers);
        domains
    }

    /// What the completions of the answers reach. Allocates nothing, unless rules count the records
    /// of a list or constraints depend on choices that are still open.
    #[must_use]
    pub fn possible(&self, pack: &Pack, answers: &Answers) -> Possible {
        let scope = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scope);
        scope.reach(&self.diagram, self.diagram.root)
    }

    /// The verdict on the answers.
    #[must_use]
    pub fn verdict(&self, pack: &Pack, answers: &Answers) -> Verdict {
        self.possible(pack, answers).verdict()
    }

    /// Verdict, conditions, missing facts and next question, with the witnesses of an incomplete
    /// verdict.
    #[must_use]
    pub fn report(&self, pack: &Pack, answers: &Answers) -> Report {
        let scope = &mut *self.scratch.borrow_mut();
        let mut report = self.report_in(pack, answers, scope);
        if report.possible.len() > 1 {
            report.witnesses = self.find_witnesses(pack, answers, scope, report.possible);
        }
        report
    }

    /// [`Evaluator::report`] without witnesses, which only somebody who checks the evaluator wants.
    #[must_use]
    pub fn report_without_witnesses(&self, pack: &Pack, answers: &Answers) -> Report {
        self.report_in(pack, answers, &mut self.scratch.borrow_mut())
    }

    fn report_in(&self, pack: &Pack, answers: &Answers, scope: &mut Scope) -> Report {
        self.restrict(pack, answers, scope);
        let possible = scope.reach(&self.diagram, self.diagram.root);
        let mut report = Report {
            on: self.on,
            programme: pack.programme.state(self.on),
            applications: pack.programme.applications(self.on),
            possible,
            witnesses: None,
            conditions: self.condition_reports(pack, answers, scope),
            missing: Vec::new(),
            blocked_by: Vec::new(),
        };
        if possible.len() > 1 {
            let residual = Residual::new(&self.diagram, scope);
            let essential = residual.essential();
            report.blocked_by = self.facts_with(pack, &essential, scope, Status::Null);
            let null = (0..self.diagram.variables.len()).any(|variable| {
                let variable = u16::try_from(variable).unwrap_or(u16::MAX);
                scope.hull().allowed(variable).status() == Status::Null
            });
            let (residual, essential) = match null {
                false => (residual, essential),
                true => {
                    let without = residual.without_unknown(&self.diagram, scope);
                    let essential = without.essential();
                    (without, essential)
                }
            };
            report.missing =
                residual.missing(pack, self.check, answers, &essential, &self.diagram, scope);
        }
        report
    }

    /// How much the answer to each missing fact is expected to tell: by how much the squares of the
    /// shares that the classes have of all completions grow on average, in parts of 2³⁰ (at most two
    /// thirds of that). Options count by the author's weights. Facts whose answer alone rules out no
    /// class are left out, as is everything once the verdict is definite.
    ///
    /// It compares questions across checks; inside one check, [`Report::missing`] says what to ask.
    #[must_use]
    pub fn gains(&self, pack: &Pack, answers: &Answers) -> Vec<(FactId, u32)> {
        let mut gains = Vec::new();
        if self.possible(pack, answers).len() < 2 {
            return gains;
        }
        let scope = self.scratch.borrow();
        let outlook = Outlook::new(pack, &self.diagram, &scope);
        for position in 0..self.diagram.variables.len() {
            let variable = u16::try_from(position).unwrap_or(u16::MAX);
            let allowed = scope.hull().allowed(variable);
            if allowed.status() != Status::Ask || !outlook.rules_out(variable, allowed) {
                continue;
            }
            if let Some(fact) = residual::asked_fact(&self.diagram, variable) {
                let gain = outlook.gain(variable, allowed);
                gains.push((fact, u32::try_from(gain).unwrap_or(u32::MAX)));
            }
        }
        gains
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
        let scope = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scope);
        self.diagram
            .conditions
            .iter()
            .map(|(_, node)| scope.reach(&self.diagram, *node))
            .collect()
    }

    /// What answers and constraints leave of a fact in each case.
    pub(crate) fn left_of(&self, pack: &Pack, answers: &Answers, fact: FactId) -> Vec<Domain> {
        let scope = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scope);
        scope
            .cases()
            .iter()
            .filter(|case| !case.restriction.broken)
            .map(|case| case.domains.get(fact))
            .collect()
    }

    fn restrict(&self, pack: &Pack, answers: &Answers, scope: &mut Scope) {
        scope.fill(pack, answers, &self.diagram, &self.links, &self.full);
    }

    fn condition_reports(
        &self,
        pack: &Pack,
        answers: &Answers,
        scope: &mut Scope,
    ) -> Vec<ConditionReport> {
        let mut reports = Vec::with_capacity(self.diagram.conditions.len());
        for (id, node) in &self.diagram.conditions {
            let Some(condition) = pack.conditions.get(id.index()) else {
                continue;
            };
            let possible = scope.reach(&self.diagram, *node);
            let mut points = Vec::new();
            if !condition.points.is_empty() && possible.contains(Class::Discretionary) {
                self.open_points(*node, scope, &mut points);
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
    fn open_points(&self, node: Ref, scope: &mut Scope, points: &mut Vec<PointId>) {
        for case in scope.cases_mut() {
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
                let allowed = case.restriction.allowed(*variable);
                if let Some(Subject::Point(point)) = self.subject(*variable)
                    && allowed.low == 0
                    && !points.contains(&point)
                    && case
                        .reach(&self.diagram, node)
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
        scope: &Scope,
        status: Status,
    ) -> Vec<FactId> {
        let with: Vec<FactId> = variables
            .iter()
            .filter(|variable| scope.hull().allowed(**variable).status() == status)
            .filter_map(|variable| residual::asked_fact(&self.diagram, *variable))
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

/// Whether a rule can be judged exactly, together with the constraints of its pack.
///
/// # Errors
/// When it cannot; the compiler refuses such packs.
pub fn judgeable(pack: &Pack, rule: NodeId, on: Date) -> Result<(), EvaluatorError> {
    build_rule(pack, rule, on, &Domains::full(pack), &links(pack, on)?).map(|_| ())
}

/// The links of a pack.
pub(crate) fn links(pack: &Pack, on: Date) -> Result<Links, EvaluatorError> {
    Links::new(pack, on).map_err(|(constraint, problem)| EvaluatorError::Constraint {
        constraint: pack
            .constraints
            .get(constraint)
            .map_or_else(String::new, |constraint| constraint.id.clone()),
        problem,
    })
}
