//! One random small pack with some answers, evaluated both ways in every respect.

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::pack::Pack;
use zige_core::report::Missing;
use zige_core::verdict::{Possible, Verdict};

use crate::agreement::{Difference, Effort, compare, named};
use crate::describe::describe;
use crate::draws::Draws;
use crate::explanations::{compare_because, compare_changes, compare_windows};
use crate::partial_answers::{Knowledge, draw_answers};
use crate::reference::{Goal, Person, Reference};
use crate::small_packs::{CHECK, Shape, draw_day, draw_pack};

const EFFORT: Effort = Effort {
    steps: 20_000,
    missing_steps: 20_000,
    draws: 50,
};

/// What differs for one random pack and some answers, and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One line for each disagreement; empty when all agrees.
    pub differences: Vec<String>,
    /// The pack and the answers.
    pub description: String,
    /// Whether the diagram was refused as too large.
    pub refused: bool,
}

/// Draws a pack, a day and answers, and compares everything.
#[must_use]
pub fn compare_one(draws: &mut Draws, shape: Shape) -> Outcome {
    let on = draw_day(draws);
    let pack = draw_pack(draws, shape);
    let Ok(evaluator) = Evaluator::new(&pack, CHECK, on) else {
        return Outcome {
            refused: true,
            ..Outcome::default()
        };
    };
    let reference = Reference::new(&pack, CHECK, on);
    if reference.possible(&Answers::new(&pack), Goal::Check, EFFORT.steps) == Ok(Possible::NONE) {
        // Constraints that nobody can keep.
        return Outcome {
            refused: true,
            ..Outcome::default()
        };
    }
    let knowledge = Knowledge {
        known: 45,
        unknown: 20,
        decided: 30,
    };
    let answers = draw_answers(
        &pack,
        &|fact| reference.values(fact).to_vec(),
        knowledge,
        draws,
    );
    let mut below = |choices: usize| draws.below(choices);

    let comparison = compare(&pack, &evaluator, &reference, &answers, EFFORT, &mut below);
    let mut differences: Vec<String> = comparison
        .differences
        .iter()
        .map(|difference| match difference {
            Difference::Contradicted(text) => format!("contradicted: {text}"),
            Difference::Missed(text) => format!("missed: {text}"),
            Difference::Other(text) => text.clone(),
        })
        .collect();
    if !shape.records {
        differences.extend(compare_because(
            &pack,
            &evaluator,
            &reference,
            &answers,
            EFFORT.steps,
        ));
        differences.extend(compare_changes(
            &pack,
            &evaluator,
            &reference,
            &answers,
            EFFORT.steps,
        ));
        // Each day needs a reference of its own, which costs most where ranges are wide.
        if shape.narrow || below(8) == 0 {
            differences.extend(compare_windows(
                &pack,
                CHECK,
                on,
                &answers,
                EFFORT.steps,
                &mut below,
            ));
        }
        differences.extend(interview(
            &pack, &evaluator, &reference, &answers, &mut below,
        ));
    }
    differences.extend(again(&pack, on, &evaluator, &answers));
    Outcome {
        differences,
        description: describe(&pack, on, &answers),
        refused: false,
    }
}

/// The same report from an evaluator built anew.
fn again(pack: &Pack, on: Date, evaluator: &Evaluator, answers: &Answers) -> Option<String> {
    let anew = Evaluator::new(pack, CHECK, on).expect("it could be built before");
    let same = anew.report(pack, answers) == evaluator.report(pack, answers);
    (!same).then(|| "a second evaluator gives another report".to_owned())
}

/// Somebody who fits the answers and knows everything answers the first missing fact, again and again:
/// what is possible never widens, and the verdict that is reached in the end is theirs.
fn interview(
    pack: &Pack,
    evaluator: &Evaluator,
    reference: &Reference<'_>,
    answers: &Answers,
    below: &mut dyn FnMut(usize) -> usize,
) -> Option<String> {
    let person = reference.draw(answers, below)?;
    let mut answers = forget_unknown(pack, answers);
    let mut before = evaluator.possible(pack, &answers);
    for _ in 0..=pack.vocabulary.facts.len() {
        let report = evaluator.report(pack, &answers);
        let now = report.possible;
        if now.classes().any(|class| !before.contains(class)) {
            return Some(format!(
                "an answer widens {} to {}",
                named(before),
                named(now)
            ));
        }
        before = now;
        if now.verdict() != Verdict::Incomplete {
            let class = reference
                .class(&person, Goal::Check)
                .expect("a complete person");
            return (now != Possible::only(class)).then(|| {
                format!(
                    "the interview ends with {}, the person is {class:?}",
                    named(now)
                )
            });
        }
        let Some(Missing { fact, .. }) = report.missing.first() else {
            return Some(format!(
                "the interview is stuck at {} with {answers:?}",
                named(now)
            ));
        };
        // A fact on which the drawn person's class does not depend may have any value that fits.
        let value = person.facts[fact.index()]
            .or_else(|| fitting(pack, reference, &answers, &person, fact.index()))?;
        answers
            .set(pack, *fact, Answer::Value(value))
            .expect("a value of the fact");
    }
    Some(format!("the interview does not end: {answers:?}"))
}

/// The answers with everything unknown as if it had not been asked.
fn forget_unknown(pack: &Pack, answers: &Answers) -> Answers {
    let mut open = answers.clone();
    for position in 0..pack.vocabulary.facts.len() {
        let fact = zige_core::ids::FactId(u16::try_from(position).expect("few facts"));
        if *answers.get(fact) == Answer::Unknown {
            open.set(pack, fact, Answer::Absent)
                .expect("a fact of the pack");
        }
    }
    open
}

fn fitting(
    pack: &Pack,
    reference: &Reference<'_>,
    answers: &Answers,
    person: &Person,
    fact: usize,
) -> Option<i64> {
    let id = zige_core::ids::FactId(u16::try_from(fact).expect("few facts"));
    let mut known = answers.clone();
    for (position, value) in person.facts.iter().enumerate() {
        let id = zige_core::ids::FactId(u16::try_from(position).expect("few facts"));
        if let Some(value) = value {
            known
                .set(pack, id, Answer::Value(*value))
                .expect("a value of the fact");
        }
    }
    reference.values_left(&known, id).into_iter().find(|value| {
        let mut tried = known.clone();
        tried.set(pack, id, Answer::Value(*value)).is_ok()
            && reference
                .possible(&tried, Goal::Check, EFFORT.steps)
                .is_ok_and(|possible| !possible.is_empty())
    })
}
