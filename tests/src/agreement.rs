//! The quick evaluator held against the slow one.

use std::collections::BTreeSet;

use zige_core::answers::{Answer, Answers};
use zige_core::evaluator::{Evaluator, NOT_ASKED, UNKNOWN};
use zige_core::ids::{FactId, PointId};
use zige_core::pack::{FactKind, Pack};
use zige_core::verdict::{Class, Possible};

use crate::mentions::mentions;
use crate::reference::{Goal, Reference};

/// What a comparison looked at and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Whether every completion was tried.
    pub exact: bool,
    /// Completions that were drawn because not all could be tried.
    pub drawn: usize,
    /// Witnesses that were replayed.
    pub replayed: usize,
    /// Whether the missing facts could be compared.
    pub missing_compared: bool,
    /// What differs; empty when all agrees.
    pub differences: Vec<Difference>,
}

/// One disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A completion reaches a class that the evaluator rules out.
    Contradicted(String),
    /// The evaluator thinks a class possible that no completion reaches.
    Missed(String),
    /// Anything else: conditions, missing facts, witnesses.
    Other(String),
}

/// How much work a comparison may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Steps for trying the completions of one goal.
    pub steps: usize,
    /// Steps for finding the missing facts.
    pub missing_steps: usize,
    /// Completions drawn where they are too many to be tried.
    pub draws: usize,
}

/// Compares verdict, conditions, missing facts and witnesses for some answers.
pub fn compare(
    pack: &Pack,
    evaluator: &Evaluator,
    reference: &Reference<'_>,
    answers: &Answers,
    effort: Effort,
    below: &mut dyn FnMut(usize) -> usize,
) -> Comparison {
    let mut comparison = Comparison::default();
    let report = evaluator.report(pack, answers);
    if report.possible != evaluator.possible(pack, answers) {
        comparison.other("`report` and `possible` differ".to_owned());
    }
    if let Some(flat) = flat(pack, answers) {
        let found = evaluator.possible_flat(pack, &flat);
        if found != Some(report.possible) {
            comparison.other(format!(
                "flat answers come to {:?}, not {}",
                found.map(named),
                named(report.possible)
            ));
        }
    }
    match reference.possible(answers, Goal::Check, effort.steps) {
        Ok(expected) => {
            comparison.exact = true;
            comparison.hold("the check", report.possible, expected);
            let accepted = evaluator.check(pack, answers).is_ok();
            if accepted == expected.is_empty() {
                comparison.other(format!(
                    "`check` accepts: {accepted}, but possible is {}",
                    named(expected)
                ));
            }
        }
        Err(_) => {
            for _ in 0..effort.draws {
                let Some(person) = reference.draw(answers, below) else {
                    continue;
                };
                comparison.drawn += 1;
                let class = reference
                    .class(&person, Goal::Check)
                    .expect("a complete person");
                if !report.possible.contains(class) {
                    comparison
                        .differences
                        .push(Difference::Contradicted(format!("{class:?} by {person:?}")));
                }
            }
        }
    }
    for condition in &report.conditions {
        let goal = Goal::Condition(condition.condition);
        if let Ok(expected) = reference.possible(answers, goal, effort.steps) {
            comparison.hold(
                &format!("{:?}", condition.condition),
                condition.possible,
                expected,
            );
        }
    }
    compare_witnesses(pack, reference, answers, &report, effort, &mut comparison);
    if !has_lists(pack, reference) && !excuse_unknown(pack, answers) {
        compare_missing(reference, answers, &report, effort, &mut comparison);
    }
    comparison
}

impl Comparison {
    fn other(&mut self, text: String) {
        self.differences.push(Difference::Other(text));
    }

    fn hold(&mut self, what: &str, found: Possible, expected: Possible) {
        let text = format!(
            "{what}: evaluator {}, reference {}",
            named(found),
            named(expected)
        );
        if expected.classes().any(|class| !found.contains(class)) {
            self.differences.push(Difference::Contradicted(text));
        } else if found != expected {
            self.differences.push(Difference::Missed(text));
        }
    }
}

/// Which of the records of a list to ask for is not compared: the reference asks whole facts.
fn has_lists(pack: &Pack, reference: &Reference<'_>) -> bool {
    reference.facts().iter().any(|fact| {
        matches!(
            pack.vocabulary.facts[fact.index()].kind,
            FactKind::Records { .. }
        )
    })
}

/// Whether the person does not know a choice that decides whether two dates or numbers are compared.
/// Other dates can then speak for one of its options by where they lie in one stretch, which no
/// question is judged by (ARCHITECTURE.md).
fn excuse_unknown(pack: &Pack, answers: &Answers) -> bool {
    pack.constraints.iter().any(|constraint| {
        let (facts, _) = mentions(pack, constraint.rule);
        let measured = |fact: &FactId| {
            matches!(
                pack.vocabulary.facts[fact.index()].kind,
                FactKind::Date { .. } | FactKind::Number { .. } | FactKind::Money { .. }
            )
        };
        facts.iter().filter(|fact| measured(fact)).count() > 1
            && facts
                .iter()
                .any(|fact| !measured(fact) && *answers.get(*fact) == Answer::Unknown)
    })
}

fn compare_witnesses(
    pack: &Pack,
    reference: &Reference<'_>,
    answers: &Answers,
    report: &zige_core::report::Report,
    effort: Effort,
    comparison: &mut Comparison,
) {
    let Some(witnesses) = &report.witnesses else {
        if report.possible.len() > 1 {
            comparison.other("no witnesses for an incomplete verdict".to_owned());
        }
        return;
    };
    let mut classes = BTreeSet::new();
    for witness in witnesses.iter() {
        comparison.replayed += 1;
        if let Some(changed) = changed_answer(pack, answers, witness) {
            comparison.other(format!("a witness changes {changed}: {witness:?}"));
        }
        if let Some(open) = open_fact(pack, reference, witness) {
            comparison.other(format!("a witness leaves {open} open: {witness:?}"));
        }
        match reference
            .possible(witness, Goal::Check, effort.steps)
            .map(Possible::single)
        {
            Ok(Some(class)) => {
                classes.insert(class);
            }
            reached => comparison.other(format!("a witness comes to {reached:?}: {witness:?}")),
        }
    }
    let expected: BTreeSet<Class> = report.possible.classes().collect();
    if classes.len() < 2 || !classes.is_subset(&expected) {
        comparison.other(format!("the witnesses come to {classes:?}: {witnesses:?}"));
    }
}

/// A fact that rules use and that a completion does not settle.
fn open_fact(pack: &Pack, reference: &Reference<'_>, witness: &Answers) -> Option<String> {
    let fact_of = |fact: &FactId| &pack.vocabulary.facts[fact.index()];
    let own = reference
        .facts()
        .iter()
        .filter(|fact| fact_of(fact).record_of.is_none());
    own.copied()
        .find(|fact| match witness.get(*fact) {
            Answer::Value(_) => false,
            Answer::Records(records) => {
                !records.complete
                    || (0..records.rows.len()).any(|row| {
                        reference.facts().iter().any(|field| {
                            fact_of(field).record_of == Some(*fact)
                                && !matches!(records.answer(row, *field), Answer::Value(_))
                        })
                    })
            }
            _ => true,
        })
        .map(|fact| fact_of(&fact).id.clone())
}

/// What a completion may not change: answers that were given, and outcomes of points.
fn changed_answer(pack: &Pack, answers: &Answers, witness: &Answers) -> Option<String> {
    for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        let kept = match (answers.get(id), witness.get(id)) {
            (Answer::Records(given), Answer::Records(complete)) => {
                let same_length = given.rows.len() == complete.rows.len();
                (same_length || !given.complete && given.rows.len() < complete.rows.len())
                    && given.rows.iter().enumerate().all(|(row, facts)| {
                        facts
                            .iter()
                            .all(|(field, given)| keeps(given, complete.answer(row, *field)))
                    })
            }
            (given, same) => keeps(given, same),
        };
        if !kept {
            return Some(fact.id.clone());
        }
    }
    for (position, point) in pack.points.iter().enumerate() {
        let id = PointId(u16::try_from(position).expect("few points"));
        if answers.outcome(id) != witness.outcome(id) {
            return Some(point.id.clone());
        }
    }
    None
}

/// Whether an answer of a completion fits the one that was given.
fn keeps(given: &Answer, complete: &Answer) -> bool {
    match (given, complete) {
        (Answer::Absent | Answer::Unknown, _) => true,
        (Answer::Month { first, last }, Answer::Value(day)) => {
            (first.days()..=last.days()).contains(day)
        }
        (given, complete) => given == complete,
    }
}

fn compare_missing(
    reference: &Reference<'_>,
    answers: &Answers,
    report: &zige_core::report::Report,
    effort: Effort,
    comparison: &mut Comparison,
) {
    let Ok(expected) = reference.missing(answers, effort.missing_steps) else {
        return;
    };
    comparison.missing_compared = true;
    let found: BTreeSet<FactId> = report.missing.iter().map(|missing| missing.fact).collect();
    if found.len() != report.missing.len() {
        comparison.other(format!("a missing fact stands twice: {:?}", report.missing));
    }
    // Where constraints tie facts so closely that none can change alone, any of them may be asked.
    if found != expected && !expected.is_empty() {
        comparison.other(format!(
            "missing: evaluator {found:?}, reference {expected:?}"
        ));
    }
    if let Ok(expected) = reference.blocked_by(answers, effort.missing_steps) {
        let found: BTreeSet<FactId> = report.blocked_by.iter().copied().collect();
        if found != expected && !expected.is_empty() {
            comparison.other(format!(
                "blocked by: evaluator {found:?}, reference {expected:?}"
            ));
        }
    }
}

/// Answers as plain numbers; `None` for those that cannot be said this way.
fn flat(pack: &Pack, answers: &Answers) -> Option<Vec<i32>> {
    let mut flat = Vec::new();
    for position in 0..pack.vocabulary.facts.len() {
        let fact = FactId(u16::try_from(position).expect("few facts"));
        flat.push(match answers.get(fact) {
            Answer::Absent | Answer::Text(_) => NOT_ASKED,
            Answer::Unknown => UNKNOWN,
            Answer::Value(value) => i32::try_from(*value).ok()?,
            Answer::Month { .. } | Answer::Records(_) => return None,
        });
    }
    for position in 0..pack.points.len() {
        let point = PointId(u16::try_from(position).expect("few points"));
        flat.push(answers.outcome(point).map_or(NOT_ASKED, i32::from));
    }
    Some(flat)
}

/// The classes of a set, in words.
#[must_use]
pub fn named(possible: Possible) -> String {
    let names: Vec<String> = possible
        .classes()
        .map(|class| format!("{class:?}").to_lowercase())
        .collect();
    format!("{{{}}}", names.join(", "))
}
