//! The fewest questions, on average, that any way of asking needs for some people.
//!
//! Dynamic programming over what has been answered so far, as far as the check can tell answers
//! apart. Facts that stand alone (no rule links them to another fact, and failing one ends the check)
//! are only tried in order of their chance to end it: exchanging two neighbours never helps.

use std::collections::{BTreeMap, BTreeSet};

use zige_core::answers::{Answer, Answers};
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId, NodeId};
use zige_core::pack::{FactKind, Node, Pack, Requirement};
use zige_core::verdict::{Class, Possible};

use crate::mentions::mentions;
use crate::reference::Reference;

/// The most states that are gone through.
const MOST_STATES: usize = 400_000;

/// The mean number of questions of the best way of asking these people.
pub fn optimum(
    pack: &Pack,
    check: CheckId,
    evaluator: &Evaluator,
    reference: &Reference<'_>,
    people: &[Answers],
) -> Option<f64> {
    let facts = &pack.checks[check.index()].facts;
    let standing_alone = standing_alone(pack, check);
    let mut alone: Vec<Alone> = facts
        .iter()
        .filter(|fact| standing_alone.contains(fact))
        .map(|fact| Alone::new(pack, evaluator, *fact, people))
        .collect();
    alone.sort_by(|a, b| b.ends.total_cmp(&a.ends));
    let linked: Vec<FactId> = facts
        .iter()
        .copied()
        .filter(|fact| !standing_alone.contains(fact))
        .collect();
    let cells = |person: &Answers| -> Vec<u16> {
        linked
            .iter()
            .map(|fact| cell(pack, reference, *fact, person))
            .collect()
    };
    let people: Vec<(Vec<u16>, &Answers)> = people
        .iter()
        .map(|person| (cells(person), person))
        .collect();
    let mut search = Search {
        pack,
        evaluator,
        alone,
        linked,
        known: BTreeMap::new(),
    };
    let everyone: Vec<usize> = (0..people.len()).collect();
    let start = State {
        alone: 0,
        open: false,
        cells: vec![None; search.linked.len()],
    };
    search.fewest(&people, &everyone, start)
}

/// Which of the values that a check can tell apart a person's is.
fn cell(pack: &Pack, reference: &Reference<'_>, fact: FactId, person: &Answers) -> u16 {
    let Answer::Value(value) = person.get(fact) else {
        return 0;
    };
    let place = match pack.vocabulary.facts[fact.index()].kind {
        FactKind::YesNo | FactKind::Choice(_) => usize::try_from(*value).unwrap_or(0),
        // Both sides of each threshold are there, so cells begin at every second value.
        _ => reference
            .values(fact)
            .partition_point(|threshold| threshold <= value)
            .div_ceil(2),
    };
    u16::try_from(place).expect("few cells")
}

/// Facts that every rule and constraint that mentions them mentions alone, where all rules must hold.
fn standing_alone(pack: &Pack, check: CheckId) -> BTreeSet<FactId> {
    let check = &pack.checks[check.index()];
    let mut rules = Vec::new();
    if !conjuncts(pack, &check.require, &mut rules) {
        return BTreeSet::new();
    }
    rules.extend(pack.constraints.iter().map(|constraint| constraint.rule));
    let together: Vec<BTreeSet<FactId>> =
        rules.iter().map(|rule| mentions(pack, *rule).0).collect();
    // A point that two facts share links them, too.
    let points: Vec<_> = rules.iter().map(|rule| mentions(pack, *rule).1).collect();
    let alone = |fact: &FactId| {
        together.iter().zip(&points).all(|(facts, own)| {
            !facts.contains(fact)
                || facts.len() == 1
                    && together
                        .iter()
                        .zip(&points)
                        .all(|(others, theirs)| others == facts || own.is_disjoint(theirs))
        })
    };
    check.facts.iter().copied().filter(alone).collect()
}

/// The rules that must all hold; false when there are alternatives.
fn conjuncts(pack: &Pack, requirement: &Requirement, rules: &mut Vec<NodeId>) -> bool {
    match requirement {
        Requirement::Condition(condition) => {
            split(pack, pack.conditions[condition.index()].rule, rules);
            true
        }
        Requirement::All(parts) => parts.iter().all(|part| conjuncts(pack, part, rules)),
        Requirement::Any(_) => false,
    }
}

fn split(pack: &Pack, rule: NodeId, rules: &mut Vec<NodeId>) {
    match &pack.nodes[rule.index()] {
        Node::All(parts) => parts.iter().for_each(|part| split(pack, *part, rules)),
        _ => rules.push(rule),
    }
}

/// A fact that stands alone.
struct Alone {
    fact: FactId,
    /// The share of the people whose answer ends the check.
    ends: f64,
    /// The share whose answer leaves an open point.
    opens: f64,
    /// An answer that leaves no open point, and one that does.
    answers: [Option<Answer>; 2],
}

impl Alone {
    fn new(pack: &Pack, evaluator: &Evaluator, fact: FactId, people: &[Answers]) -> Alone {
        let (mut ends, mut opens) = (0, 0);
        let mut answers = [None, None];
        for person in people {
            let mut said = Answers::new(pack);
            said.set(pack, fact, person.get(fact).clone())
                .expect("an answer to the fact");
            let report = evaluator.report(pack, &said);
            if report.possible == Possible::only(Class::Ineligible) {
                ends += 1;
            } else if report
                .conditions
                .iter()
                .any(|own| own.possible == Possible::only(Class::Discretionary))
            {
                opens += 1;
                answers[1] = Some(person.get(fact).clone());
            } else {
                answers[0] = Some(person.get(fact).clone());
            }
        }
        let share = |count: i32| f64::from(count) / people.len() as f64;
        Alone {
            fact,
            ends: share(ends),
            opens: share(opens),
            answers,
        }
    }
}

/// What has been answered: the first so many facts that stand alone, whether one of them left a point
/// open, and the cells of the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    alone: usize,
    open: bool,
    cells: Vec<Option<u16>>,
}

struct Search<'a> {
    pack: &'a Pack,
    evaluator: &'a Evaluator,
    alone: Vec<Alone>,
    linked: Vec<FactId>,
    known: BTreeMap<State, f64>,
}

impl Search<'_> {
    /// The fewest further questions, on average over those of the people who gave these answers.
    fn fewest(
        &mut self,
        people: &[(Vec<u16>, &Answers)],
        here: &[usize],
        state: State,
    ) -> Option<f64> {
        if let Some(known) = self.known.get(&state) {
            return Some(*known);
        }
        if self.known.len() >= MOST_STATES {
            return None;
        }
        let report = self
            .evaluator
            .report(self.pack, &self.said(people[*here.first()?].1, &state));
        let mut fewest = if report.possible.single().is_some() {
            0.0
        } else {
            f64::INFINITY
        };
        let missing: Vec<FactId> = report.missing.iter().map(|missing| missing.fact).collect();
        if fewest > 0.0 {
            if let Some(next) = (state.alone..self.alone.len())
                .find(|next| missing.contains(&self.alone[*next].fact))
            {
                fewest = self.ask_alone(people, here, &state, next)?;
            }
            for position in 0..self.linked.len() {
                if missing.contains(&self.linked[position]) {
                    fewest = fewest.min(self.ask_linked(people, here, &state, position)?);
                }
            }
        }
        self.known.insert(state, fewest);
        Some(fewest)
    }

    fn ask_alone(
        &mut self,
        people: &[(Vec<u16>, &Answers)],
        here: &[usize],
        state: &State,
        next: usize,
    ) -> Option<f64> {
        let Alone { ends, opens, .. } = self.alone[next];
        let mut mean = 1.0;
        for (share, open) in [(1.0 - ends - opens, state.open), (opens, true)] {
            if share > 1e-12 {
                let after = State {
                    alone: next + 1,
                    open,
                    cells: state.cells.clone(),
                };
                mean += share * self.fewest(people, here, after)?;
            }
        }
        Some(mean)
    }

    fn ask_linked(
        &mut self,
        people: &[(Vec<u16>, &Answers)],
        here: &[usize],
        state: &State,
        position: usize,
    ) -> Option<f64> {
        let mut groups: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for person in here {
            groups
                .entry(people[*person].0[position])
                .or_default()
                .push(*person);
        }
        let mut mean = 1.0;
        for (cell, group) in groups {
            let mut after = state.clone();
            after.cells[position] = Some(cell);
            let share = group.len() as f64 / here.len() as f64;
            mean += share * self.fewest(people, &group, after)?;
        }
        Some(mean)
    }

    /// What somebody in this state has said.
    fn said(&self, person: &Answers, state: &State) -> Answers {
        let mut said = Answers::new(self.pack);
        let mut open = state.open;
        for alone in self.alone.iter().take(state.alone) {
            let place = usize::from(open && alone.answers[1].is_some());
            open &= place == 0;
            let answer = alone.answers[place]
                .clone()
                .or_else(|| alone.answers[1].clone());
            said.set(self.pack, alone.fact, answer.unwrap_or_default())
                .expect("an answer to the fact");
        }
        for (fact, cell) in self.linked.iter().zip(&state.cells) {
            if cell.is_some() {
                said.set(self.pack, *fact, person.get(*fact).clone())
                    .expect("an answer to the fact");
            }
        }
        said
    }
}
