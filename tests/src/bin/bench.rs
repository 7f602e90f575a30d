//! `cargo run -p zige-tests --release --bin bench -- [FILE]` — what the native evaluator costs, as medians in
//! microseconds: a line for each check, and in FILE the largest of each kind, as JSON for `cargo xtask bench`.
//!
//! The budgets of the design concern WASM; these figures show changes from one version to the
//! next. They are printed, never asserted.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId};
use zige_core::pack::Pack;
use zige_core::verdict::Verdict;
use zige_core::windows::windows;
use zige_tests::cases::Cases;
use zige_tests::packs::compiled;
use zige_tests::reference::Reference;

fn main() -> ExitCode {
    let on = Date::new(2026, 11, 21).expect("a day");
    let packs = compiled();
    println!(
        "{:<48} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "check",
        "nodes",
        "prepare",
        "possible",
        "report",
        "because",
        "changes",
        "windows",
        "nothing"
    );
    let mut checks = Vec::new();
    for pack in &packs {
        for position in 0..pack.checks.len() {
            let id = CheckId(u16::try_from(position).expect("few checks"));
            checks.push(Measured::new(pack, id, on));
        }
    }
    let touched = touched(&mut checks);
    println!("a changed answer to the reports of all checks that ask it: {touched:.1}");
    let Some(file) = std::env::args().nth(1) else {
        return ExitCode::SUCCESS;
    };
    let largest = checks
        .iter()
        .max_by_key(|check| check.evaluator.nodes())
        .expect("some check");
    let most = |of: fn(&Measured<'_>) -> f64| checks.iter().map(of).fold(0.0, f64::max);
    let all = json!({
        "most_nodes": format!("{} {}", largest.pack.id, largest.check_name()),
        "changed": largest.report,
        "touched": touched,
        "because": most(|check| check.because),
        "changes": most(|check| check.changes),
        "windows": most(|check| check.windows),
        "nothing": most(|check| check.nothing),
        "prepare": most(|check| check.prepare),
    });
    match std::fs::write(&file, format!("{all}\n")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("`{file}` cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A check with its medians, in microseconds.
struct Measured<'a> {
    pack: &'a Pack,
    evaluator: Evaluator,
    answers: Vec<Answers>,
    prepare: f64,
    report: f64,
    because: f64,
    changes: f64,
    windows: f64,
    nothing: f64,
}

impl<'a> Measured<'a> {
    fn new(pack: &'a Pack, check: CheckId, on: Date) -> Measured<'a> {
        let evaluator = Evaluator::new(pack, check, on).expect("a check that can be evaluated");
        let reference = Reference::new(pack, check, on);
        let cases = Cases::new(pack, &reference, 3);
        let answers: Vec<Answers> = (0..400)
            .map(|case| cases.draw(&evaluator, case).0)
            .collect();
        let facts = &pack.checks[check.index()].facts;
        let changed = |round: usize| {
            let answers = answers[round % answers.len()].clone();
            changed(pack, answers, facts[round % facts.len()])
        };
        let settled: Vec<&Answers> = answers
            .iter()
            .filter(|answers| evaluator.verdict(pack, answers) != Verdict::Incomplete)
            .collect();
        let nothing = Answers::new(pack);
        let possible = median(4_000, changed, |answers| evaluator.possible(pack, answers));
        let report = median(4_000, changed, |answers| evaluator.report(pack, answers));
        let judged = |round: usize| settled[round];
        let because = median(settled.len(), judged, |answers| {
            evaluator.because(pack, answers)
        });
        let changes = median(settled.len(), judged, |answers| {
            evaluator.changes(pack, answers)
        });
        let measured = Measured {
            prepare: median(30, |_| (), |()| Evaluator::new(pack, check, on)),
            report,
            because,
            changes,
            windows: median(
                200,
                |round| &answers[round],
                |answers| windows(pack, check, answers, on),
            ),
            nothing: median(12, |_| (), |()| windows(pack, check, &nothing, on)),
            pack,
            evaluator,
            answers,
        };
        println!(
            "{:<48} {:>6} {:>9.0} {possible:>9.1} {:>9.1} {:>9.0} {:>9.0} {:>9.0} {:>9.0}",
            format!("{} {}", pack.id, measured.check_name()),
            measured.evaluator.nodes(),
            measured.prepare,
            measured.report,
            measured.because,
            measured.changes,
            measured.windows,
            measured.nothing,
        );
        measured
    }

    fn check_name(&self) -> &'a str {
        &self.pack.checks[self.evaluator.check_id().index()].id
    }
}

/// The answers with another answer to a fact.
fn changed(pack: &Pack, mut answers: Answers, fact: FactId) -> Answers {
    let other = match answers.get(fact) {
        Answer::Absent => Answer::Unknown,
        _ => Answer::Absent,
    };
    answers.set(pack, fact, other).expect("a fact of the pack");
    answers
}

/// What it costs to report anew on every check that asks a fact.
fn touched(checks: &mut [Measured<'_>]) -> f64 {
    let mut facts: Vec<&str> = Vec::new();
    for check in checks.iter() {
        for fact in &check.pack.checks[check.evaluator.check_id().index()].facts {
            let id = check.pack.vocabulary.facts[fact.index()].id.as_str();
            if !facts.contains(&id) {
                facts.push(id);
            }
        }
    }
    median(
        2_000,
        |round| {
            let id = facts[round % facts.len()];
            let asking = checks.iter().filter_map(|check| {
                let known = &check.pack.checks[check.evaluator.check_id().index()].facts;
                let fact = known
                    .iter()
                    .find(|fact| check.pack.vocabulary.facts[fact.index()].id == id)?;
                let answers = check.answers[round % check.answers.len()].clone();
                Some((check, changed(check.pack, answers, *fact)))
            });
            asking.collect::<Vec<_>>()
        },
        |asking| {
            for (check, answers) in asking {
                black_box(check.evaluator.report(check.pack, answers));
            }
        },
    )
}

/// The median time of so many rounds, in microseconds, without what is made ready before.
fn median<R, T>(
    rounds: usize,
    mut ready: impl FnMut(usize) -> R,
    mut work: impl FnMut(&R) -> T,
) -> f64 {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|round| {
            let ready = ready(round);
            let started = Instant::now();
            black_box(work(&ready));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1e6)
}
