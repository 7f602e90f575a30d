//! The quick evaluator held against the slow one.

use std::collections::BTreeSet;

use zige_core::answers::{Answer, Answers};
use zige_core::evaluator::Evaluator;
use zige_core::ids::{FactId, PointId};
use zige_core::pack::{FactKind, Node, Pack};
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
    let exact_lists = counts_are_independent(pack);
    if report.possible != evaluator.possible(pack, answers) {
        comparison.other("`report` and `possible` differ".to_owned());
    }
    match reference.possible(answers, Goal::Check, effort.steps) {
        Ok(expected) => {
            comparison.exact = true;
            comparison.hold("the check", report.possible, expected, exact_lists);
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
                exact_lists,
            );
        }
    }
    if !has_lists(pack, reference) {
        compare_witnesses(pack, reference, answers, &report, effort, &mut comparison);
        compare_missing(reference, answers, &report, effort, &mut comparison);
    }
    comparison
}

impl Comparison {
    fn other(&mut self, text: String) {
        self.differences.push(Difference::Other(text));
    }

    fn hold(&mut self, what: &str, found: Possible, expected: Possible, exactly: bool) {
        let text = format!(
            "{what}: evaluator {}, reference {}",
            named(found),
            named(expected)
        );
        if expected.classes().any(|class| !found.contains(class)) {
            self.differences.push(Difference::Contradicted(text));
        } else if exactly && found != expected {
            self.differences.push(Difference::Missed(text));
        }
    }
}

/// Lists are compared by what is possible alone: which of their records to ask for is a matter of
/// taste, and witnesses need not spell out every record.
fn has_lists(pack: &Pack, reference: &Reference<'_>) -> bool {
    reference.facts().iter().any(|fact| {
        matches!(
            pack.vocabulary.facts[fact.index()].kind,
            FactKind::Records { .. }
        )
    })
}

/// Counts are taken each by itself (SEMANTICS 2): the evaluator is exact when no two counts look at
/// one list and no filter looks at anything outside its record.
fn counts_are_independent(pack: &Pack) -> bool {
    let counts: Vec<_> = pack
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Count { records, filter } => Some((*records, *filter)),
            _ => None,
        })
        .collect();
    let lists: BTreeSet<FactId> = counts.iter().map(|(list, _)| *list).collect();
    lists.len() == counts.len()
        && counts.iter().all(|(list, filter)| {
            let (facts, _) = mentions(pack, *filter);
            facts
                .iter()
                .all(|fact| pack.vocabulary.facts[fact.index()].record_of == Some(*list))
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

/// What a completion may not change: answers that were given, and outcomes of points.
fn changed_answer(pack: &Pack, answers: &Answers, witness: &Answers) -> Option<String> {
    for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        let kept = match (answers.get(id), witness.get(id)) {
            (Answer::Absent | Answer::Unknown, _) => true,
            (Answer::Month { first, last }, Answer::Value(day)) => {
                (first.days()..=last.days()).contains(day)
            }
            (given, same) => given == same,
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

/// The classes of a set, in words.
#[must_use]
pub fn named(possible: Possible) -> String {
    let names: Vec<String> = possible
        .classes()
        .map(|class| format!("{class:?}").to_lowercase())
        .collect();
    format!("{{{}}}", names.join(", "))
}
