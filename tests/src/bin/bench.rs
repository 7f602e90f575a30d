//! `cargo run -p zige-tests --release --bin bench` — what the native evaluator costs, as medians.
//!
//! The budgets of the design concern WASM on a phone; these figures show changes from one version to
//! the next. They are printed, never asserted.

use std::hint::black_box;
use std::time::{Duration, Instant};

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_core::verdict::Verdict;
use zige_core::windows::windows;
use zige_tests::cases::Cases;
use zige_tests::packs::compiled;
use zige_tests::reference::Reference;

fn main() {
    let on = Date::new(2026, 11, 21).expect("a day");
    let packs = compiled();
    for pack in &packs {
        for position in 0..pack.checks.len() {
            check(
                pack,
                CheckId(u16::try_from(position).expect("few checks")),
                on,
            );
        }
    }
    thousand_packs(&packs, on);
}

fn check(pack: &Pack, check: CheckId, on: Date) {
    let evaluator = Evaluator::new(pack, check, on).expect("a check that can be evaluated");
    println!(
        "{} {} on {on}, {} nodes",
        pack.id,
        pack.checks[check.index()].id,
        evaluator.nodes()
    );
    show(
        "prepare the check",
        median(60, |_| Evaluator::new(pack, check, on)),
    );

    let reference = Reference::new(pack, check, on);
    let cases = Cases::new(pack, &reference, 3);
    let answers: Vec<Answers> = (0..400)
        .map(|case| cases.draw(&evaluator, case).0)
        .collect();
    let facts = &pack.checks[check.index()].facts;
    let changed = |round: usize| {
        let mut changed = answers[round % answers.len()].clone();
        let fact = facts[round % facts.len()];
        changed
            .set(pack, fact, Answer::Unknown)
            .expect("a fact of the pack");
        changed
    };
    show(
        "changed answer to verdict",
        median(4_000, |round| evaluator.verdict(pack, &changed(round))),
    );
    show(
        "changed answer to report",
        median(4_000, |round| evaluator.report(pack, &changed(round))),
    );

    let settled: Vec<&Answers> = answers
        .iter()
        .filter(|answers| evaluator.verdict(pack, answers) != Verdict::Incomplete)
        .collect();
    if settled.is_empty() {
        return;
    }
    show(
        "because",
        median(settled.len(), |round| {
            evaluator.because(pack, settled[round])
        }),
    );
    show(
        "changes",
        median(settled.len(), |round| {
            evaluator.changes(pack, settled[round])
        }),
    );
    show(
        "windows",
        median(200, |round| windows(pack, check, &answers[round], on)),
    );
}

/// Loading many packs, and judging one of them.
fn thousand_packs(packs: &[Pack], on: Date) {
    let many: Vec<Pack> = (0..1000)
        .map(|number| {
            let mut pack = packs[number % packs.len()].clone();
            pack.id = format!("{}-{number}", pack.id);
            pack
        })
        .collect();
    let together: Vec<(&Pack, Option<&str>)> = many.iter().map(|pack| (pack, None)).collect();
    let bytes = zige_pack::format::write(&together).expect("sound packs");
    println!("1000 packs, {} bytes", bytes.len());
    show(
        "load them all",
        median(5, |_| zige_pack::format::read(&bytes)),
    );
    let loaded = zige_pack::format::read(&bytes).expect("what was just written");
    show(
        "prepare one of them and judge",
        median(60, |round| {
            let pack = &loaded[round * 16].pack;
            let evaluator = Evaluator::new(pack, CheckId(0), on);
            evaluator.map(|evaluator| evaluator.verdict(pack, &Answers::new(pack)))
        }),
    );
}

/// The median time of so many rounds.
fn median<T>(rounds: usize, mut work: impl FnMut(usize) -> T) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|round| {
            let started = Instant::now();
            black_box(work(round));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn show(what: &str, time: Duration) {
    println!("  {what:<32} {:>10.1} µs", time.as_secs_f64() * 1e6);
}
