//! How many questions it takes to a verdict.

use std::fmt;

use zige_core::answers::{Answer, Answers, range};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId};
use zige_core::pack::{FactKind, Pack};
use zige_core::verdict::Verdict;

use crate::draws::Draws;
use crate::optimum::optimum;
use crate::reference::Reference;

/// How far back dates lie: uniformly over the 60 years before the day of the check.
const YEARS_BACK: i64 = 60;

/// The mean number of questions until the verdict is definite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    /// How many persons were asked.
    pub persons: usize,
    /// By the evaluator's next question.
    pub next: f64,
    /// In the author's order, leaving out what cannot matter any more.
    pub author: f64,
    /// All facts of the check, as on a paper form.
    pub form: f64,
    /// The best that any order can reach; `None` where there are too many states to go through.
    pub optimum: Option<f64>,
}

/// Who is asked: choices by the author's weights, numbers evenly, dates evenly over the last 60
/// years; constraints kept. `fact` may be left out of the answers when nobody asks for it.
#[must_use]
pub fn draw_person(
    pack: &Pack,
    facts: &[FactId],
    on: Date,
    reference: &Reference<'_>,
    draws: &mut Draws,
) -> Answers {
    loop {
        let mut answers = Answers::new(pack);
        for id in facts {
            let fact = &pack.vocabulary.facts[id.index()];
            let Some((least, most)) = range(pack, &fact.kind) else {
                continue;
            };
            let value = match fact.kind {
                FactKind::Date { .. } => {
                    let first = on.add_months(-12 * YEARS_BACK).days();
                    draws.between(first.max(least), on.days().min(most))
                }
                _ if !fact.weights.is_empty() => by_weight(&fact.weights, draws),
                _ => draws.between(least, most),
            };
            answers
                .set(pack, *id, Answer::Value(value))
                .expect("a value of the fact");
        }
        let possible = reference.possible(&answers, crate::reference::Goal::Check, 100_000);
        if possible.is_ok_and(|possible| !possible.is_empty()) {
            return answers;
        }
    }
}

fn by_weight(weights: &[u16], draws: &mut Draws) -> i64 {
    let total: usize = weights.iter().map(|weight| usize::from(*weight)).sum();
    let mut drawn = draws.below(total);
    for (option, weight) in (0..).zip(weights) {
        match drawn.checked_sub(usize::from(*weight)) {
            Some(left) => drawn = left,
            None => return option,
        }
    }
    0
}

/// Asks so many persons; `None` for a check that counts records, which are not asked one by one.
///
/// # Panics
/// When the check cannot be evaluated.
#[must_use]
pub fn measure(pack: &Pack, check: CheckId, on: Date, persons: usize, seed: u64) -> Option<Means> {
    let evaluator = Evaluator::new(pack, check, on).expect("a check that can be evaluated");
    let reference = Reference::new(pack, check, on);
    let facts = &pack.checks[check.index()].facts;
    let asked_one_by_one =
        |fact: &FactId| range(pack, &pack.vocabulary.facts[fact.index()].kind).is_some();
    if !facts.iter().all(asked_one_by_one) {
        return None;
    }
    let mut draws = Draws::Seeded(seed);
    let people: Vec<Answers> = (0..persons)
        .map(|_| draw_person(pack, facts, on, &reference, &mut draws))
        .collect();
    let mean = |choose: &dyn Fn(&[FactId]) -> Option<FactId>| {
        let asked = people
            .iter()
            .map(|person| interview(pack, &evaluator, person, choose));
        asked.sum::<usize>() as f64 / persons as f64
    };
    Some(Means {
        persons,
        next: mean(&|missing| missing.first().copied()),
        author: mean(&|missing| facts.iter().copied().find(|fact| missing.contains(fact))),
        form: facts.len() as f64,
        optimum: optimum(pack, check, &evaluator, &reference, &people),
    })
}

/// How many questions one person is asked until the verdict is definite.
fn interview(
    pack: &Pack,
    evaluator: &Evaluator,
    person: &Answers,
    choose: &dyn Fn(&[FactId]) -> Option<FactId>,
) -> usize {
    let mut answers = Answers::new(pack);
    let mut asked = 0;
    loop {
        let report = evaluator.report(pack, &answers);
        let missing: Vec<FactId> = report.missing.iter().map(|missing| missing.fact).collect();
        match choose(&missing) {
            Some(fact) if report.possible.verdict() == Verdict::Incomplete => {
                answers
                    .set(pack, fact, person.get(fact).clone())
                    .expect("a value of the fact");
                asked += 1;
            }
            _ => return asked,
        }
    }
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  questions to a verdict, mean of {} persons",
            self.persons
        )?;
        writeln!(f, "    next question      {:>6.2}", self.next)?;
        writeln!(f, "    author's order     {:>6.2}", self.author)?;
        match self.optimum {
            Some(optimum) => writeln!(f, "    optimum            {optimum:>6.2}")?,
            None => writeln!(f, "    optimum            not computed, too many states")?,
        }
        write!(f, "    all, as on a form  {:>6.2}", self.form)
    }
}
