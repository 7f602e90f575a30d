//! One check of one pack, judged both ways very many times.

use std::fmt;
use std::thread;

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_core::verdict::Class;

use crate::agreement::{Difference, Effort, compare};
use crate::cases::Cases;
use crate::describe::describe;
use crate::draws::Draws;
use crate::reference::{Goal, Reference};

/// How much is to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Random partial answers.
    pub answers: usize,
    /// Random completions of them, together.
    pub completions: usize,
    /// Persons for each side of each threshold.
    pub persons_per_threshold: usize,
    /// Where the random decisions start.
    pub seed: u64,
}

/// What was compared and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Partial answers, those at thresholds included.
    pub cases: usize,
    /// Of these, at a threshold: a fact at the value on one side of it.
    pub thresholds: usize,
    /// Of these, with every completion tried.
    pub exact: usize,
    /// Of these, with the missing facts compared.
    pub missing: usize,
    /// Random completions judged.
    pub completions: usize,
    /// Witnesses replayed.
    pub witnesses: usize,
    /// How often each verdict was given: eligible, discretionary, ineligible, incomplete.
    pub verdicts: [usize; 4],
    /// Classes reached that the evaluator had ruled out.
    pub contradicted: usize,
    /// Classes that the evaluator thought possible and no completion reaches.
    pub missed: usize,
    /// All other differences.
    pub other: usize,
    /// The first few, in full.
    pub examples: Vec<String>,
}

impl Tally {
    /// Whether both evaluators agree on everything.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.contradicted == 0 && self.missed == 0 && self.other == 0
    }

    fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.thresholds += other.thresholds;
        self.exact += other.exact;
        self.missing += other.missing;
        self.completions += other.completions;
        self.witnesses += other.witnesses;
        for (mine, theirs) in self.verdicts.iter_mut().zip(other.verdicts) {
            *mine += theirs;
        }
        self.contradicted += other.contradicted;
        self.missed += other.missed;
        self.other += other.other;
        self.examples.extend(other.examples);
        self.examples.truncate(5);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [eligible, discretionary, ineligible, incomplete] = self.verdicts;
        writeln!(
            f,
            "  partial answers     {:>9}  ({} at a side of a threshold)",
            self.cases, self.thresholds
        )?;
        writeln!(
            f,
            "  verdicts            {eligible:>9} eligible, {discretionary} discretionary, {ineligible} ineligible, {incomplete} incomplete"
        )?;
        writeln!(f, "  all completions tried {:>7}", self.exact)?;
        writeln!(f, "  missing facts compared {:>6}", self.missing)?;
        writeln!(f, "  random completions  {:>9}", self.completions)?;
        writeln!(f, "  witnesses replayed  {:>9}", self.witnesses)?;
        writeln!(f, "  contradicted        {:>9}", self.contradicted)?;
        writeln!(f, "  missed              {:>9}", self.missed)?;
        write!(f, "  other differences   {:>9}", self.other)
    }
}

/// Judges one check on one day both ways, on all cores.
///
/// # Panics
/// When the evaluator refuses the check.
#[must_use]
pub fn run(pack: &Pack, check: CheckId, on: Date, amount: Amount) -> Tally {
    let reference = Reference::new(pack, check, on);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let reference = reference.clone();
                scope.spawn(move || {
                    let evaluator =
                        Evaluator::new(pack, check, on).expect("a check that can be evaluated");
                    work(pack, on, evaluator, reference, amount, worker, threads)
                })
            })
            .collect();
        let mut tally = Tally::default();
        for worker in workers {
            tally.add(worker.join().expect("a worker that does not panic"));
        }
        tally
    })
}

fn work(
    pack: &Pack,
    on: Date,
    evaluator: Evaluator,
    reference: Reference<'_>,
    amount: Amount,
    worker: usize,
    workers: usize,
) -> Tally {
    let mut bench = Bench {
        pack,
        on,
        evaluator,
        reference,
        tally: Tally::default(),
        completions: amount.completions.div_ceil(amount.answers.max(1)),
    };
    let cases = Cases::new(pack, &bench.reference, amount.seed);
    for case in (worker..amount.answers).step_by(workers) {
        let (answers, mut draws) = cases.draw(&bench.evaluator, case);
        bench.judge(&answers, &mut draws);
    }
    let mut position = amount.answers;
    for fact in bench.reference.facts().clone() {
        for value in bench.reference.values(fact).to_vec() {
            for _ in 0..amount.persons_per_threshold {
                position += 1;
                if position % workers != worker {
                    continue;
                }
                let (mut answers, mut draws) = cases.draw(&bench.evaluator, position);
                if answers.set(pack, fact, Answer::Value(value)).is_ok() {
                    bench.tally.thresholds += 1;
                    bench.judge(&answers, &mut draws);
                }
            }
        }
    }
    bench.tally
}

struct Bench<'a> {
    pack: &'a Pack,
    on: Date,
    evaluator: Evaluator,
    reference: Reference<'a>,
    tally: Tally,
    completions: usize,
}

impl Bench<'_> {
    fn judge(&mut self, answers: &Answers, draws: &mut Draws) {
        const EFFORT: Effort = Effort {
            steps: 3_000,
            missing_steps: 3_000,
            draws: 0,
        };
        let mut below = |choices: usize| draws.below(choices);
        let comparison = compare(
            self.pack,
            &self.evaluator,
            &self.reference,
            answers,
            EFFORT,
            &mut below,
        );
        let possible = self.evaluator.possible(self.pack, answers);
        let tally = &mut self.tally;
        tally.cases += 1;
        tally.exact += usize::from(comparison.exact);
        tally.missing += usize::from(comparison.missing_compared);
        tally.witnesses += comparison.replayed;
        let verdict = match possible.single() {
            Some(Class::Eligible) => 0,
            Some(Class::Discretionary) => 1,
            Some(Class::Ineligible) => 2,
            None => 3,
        };
        tally.verdicts[verdict] += 1;
        let mut differences = comparison.differences;
        for _ in 0..self.completions {
            let Some(person) = self.reference.draw(answers, &mut below) else {
                continue;
            };
            tally.completions += 1;
            let class = self
                .reference
                .class(&person, Goal::Check)
                .expect("a complete person");
            if !possible.contains(class) {
                differences.push(Difference::Contradicted(format!("{class:?} by {person:?}")));
            }
        }
        for difference in differences {
            let text = match difference {
                Difference::Contradicted(text) => {
                    tally.contradicted += 1;
                    format!("contradicted: {text}")
                }
                Difference::Missed(text) => {
                    tally.missed += 1;
                    format!("missed: {text}")
                }
                Difference::Other(text) => {
                    tally.other += 1;
                    text
                }
            };
            if tally.examples.len() < 5 {
                tally
                    .examples
                    .push(format!("{text}\n{}", describe(self.pack, self.on, answers)));
            }
        }
    }
}
