//! `cargo run -p zige-tests --release --bin agreement -- [--answers N] [--completions N] [--shapes N] [--questions N]
//! [--seed N] [--export FOLDER --cases N]`
//!
//! Judges every check of every pack by so many `--answers` and `--completions`, and random small packs both ways, prints what was compared, and fails on any difference.
//! With `--export` it only writes cases to a folder, for other builds of the evaluator to repeat.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use zige_core::date::Date;
use zige_core::ids::CheckId;
use zige_tests::corpus;
use zige_tests::draws::Draws;
use zige_tests::packs::compiled;
use zige_tests::questions::measure;
use zige_tests::run::{Amount, run};
use zige_tests::shapes::compare_one;
use zige_tests::small_packs::Shape;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let on = Date::new(2026, 11, 21).expect("a day");
    let packs = compiled();
    if let Some(folder) = &options.export {
        return match corpus::write(Path::new(folder), &packs, on, options.cases, seed(&options)) {
            Ok(written) => {
                println!("{written} cases in `{folder}`");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("the cases cannot be written to `{folder}`: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let mut agrees = true;
    for pack in &packs {
        for (position, check) in pack.checks.iter().enumerate() {
            let started = Instant::now();
            let amount = Amount {
                answers: options.answers,
                completions: options.completions,
                persons_per_threshold: 40.min(options.answers),
                seed: seed(&options),
            };
            let id = CheckId(u16::try_from(position).expect("few checks"));
            let tally = run(pack, id, on, amount);
            println!(
                "{} {} on {on} ({} s)\n{tally}",
                pack.id,
                check.id,
                started.elapsed().as_secs()
            );
            for example in &tally.examples {
                println!("{example}");
            }
            agrees &= tally.agrees();
            if options.questions > 0 {
                match measure(pack, id, on, options.questions, seed(&options)) {
                    Some(means) => println!("{means}"),
                    None => {
                        println!("  questions to a verdict: not measured, the check counts records")
                    }
                }
            }
        }
    }
    agrees &= shapes(&options);
    if agrees {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Random small packs of each shape; prints the shortest example of each kind of difference.
fn shapes(options: &Options) -> bool {
    let mut agrees = true;
    for (name, share, shape) in [
        (
            "narrow ranges",
            4,
            Shape {
                narrow: true,
                records: false,
            },
        ),
        (
            "ranges of decades",
            1,
            Shape {
                narrow: false,
                records: false,
            },
        ),
        (
            "lists of records",
            1,
            Shape {
                narrow: true,
                records: true,
            },
        ),
    ] {
        let started = Instant::now();
        let count = options.shapes * share / 6;
        let (compared, different, shortest) = drawn(count, seed(options), shape);
        println!(
            "small packs, {name} ({} s)\n  compared {compared}, different {different}",
            started.elapsed().as_secs()
        );
        for example in shortest.values() {
            println!("{example}");
        }
        agrees &= different == 0;
    }
    agrees
}

/// So many packs of a shape, on all cores: how many were compared, how many differ, and the shortest
/// example of each kind of difference.
fn drawn(count: usize, first: u64, shape: Shape) -> (usize, usize, BTreeMap<String, String>) {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let running: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let (mut compared, mut different) = (0, 0);
                    let mut shortest: BTreeMap<String, String> = BTreeMap::new();
                    for number in (worker..count).step_by(workers) {
                        let seed = first.wrapping_add(u64::try_from(number).expect("a number"));
                        let mut draws = Draws::Seeded(seed.wrapping_mul(0x1234_5678_9ABC_DEF1));
                        let outcome = compare_one(&mut draws, shape);
                        compared += usize::from(!outcome.refused);
                        different += usize::from(!outcome.differences.is_empty());
                        for difference in outcome.differences {
                            let kind = difference.split([':', '{', '[']).next();
                            let kind = kind.unwrap_or_default().to_owned();
                            let text =
                                format!("seed {seed}: {difference}\n{}", outcome.description);
                            keep_shorter(&mut shortest, kind, text);
                        }
                    }
                    (compared, different, shortest)
                })
            })
            .collect();
        let mut all = (0, 0, BTreeMap::new());
        for worker in running {
            let (compared, different, shortest) =
                worker.join().expect("a worker that does not panic");
            all.0 += compared;
            all.1 += different;
            for (kind, text) in shortest {
                keep_shorter(&mut all.2, kind, text);
            }
        }
        all
    })
}

fn keep_shorter(shortest: &mut BTreeMap<String, String>, kind: String, text: String) {
    let known = shortest.entry(kind).or_insert_with(|| text.clone());
    if text.len() < known.len() {
        *known = text;
    }
}

fn seed(options: &Options) -> u64 {
    u64::try_from(options.seed).unwrap_or(1)
}

struct Options {
    answers: usize,
    completions: usize,
    shapes: usize,
    questions: usize,
    seed: usize,
    export: Option<String>,
    cases: usize,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options {
            answers: 100_000,
            completions: 1_000_000,
            shapes: 6_000,
            questions: 2_000,
            seed: 1,
            export: None,
            cases: 100_000,
        };
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("`{name}` stands alone, give a value after it"))?;
            if name == "--export" {
                options.export = Some(value);
                continue;
            }
            let place = match name.as_str() {
                "--answers" => &mut options.answers,
                "--completions" => &mut options.completions,
                "--shapes" => &mut options.shapes,
                "--questions" => &mut options.questions,
                "--seed" => &mut options.seed,
                "--cases" => &mut options.cases,
                _ => {
                    return Err(format!(
                        "`{name}` is unknown, use --answers, --completions, --shapes, --questions, --seed, --export or --cases"
                    ));
                }
            };
            *place = value
                .parse()
                .map_err(|_| format!("`{value}` is no number, give one after `{name}`"))?;
        }
        Ok(options)
    }
}
