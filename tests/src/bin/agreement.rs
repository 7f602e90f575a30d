//! `cargo run -p zige-tests --release --bin agreement -- [--answers N] [--completions N] [--shapes N]
//! [--seed N] [--questions N] [--export FILE --cases N]`
//!
//! Judges every check of every pack both ways, prints what was compared, and fails on any difference.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use zige_core::date::Date;
use zige_core::ids::CheckId;
use zige_tests::draws::Draws;
use zige_tests::packs::compiled;
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
    let mut agrees = true;
    let on = Date::new(2026, 11, 21).expect("a day");
    for pack in compiled() {
        for (position, check) in pack.checks.iter().enumerate() {
            let started = Instant::now();
            let amount = Amount {
                answers: options.answers,
                completions: options.completions,
                persons_per_threshold: 5,
                seed: options.seed,
            };
            let id = CheckId(u16::try_from(position).expect("few checks"));
            let tally = run(&pack, id, on, amount);
            println!("{} {} on {on} ({} s)\n{tally}", pack.id, check.id, started.elapsed().as_secs());
            for example in &tally.examples {
                println!("{example}");
            }
            agrees &= tally.agrees();
        }
    }
    agrees &= shapes(&options);
    if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Random small packs of each shape; prints the shortest example of each kind of difference.
fn shapes(options: &Options) -> bool {
    let mut agrees = true;
    for (name, share, shape) in [
        ("narrow ranges", 4, Shape { narrow: true, records: false }),
        ("ranges of decades", 1, Shape { narrow: false, records: false }),
        ("lists of records", 1, Shape { narrow: true, records: true }),
    ] {
        let started = Instant::now();
        let count = options.shapes * share / 6;
        let (mut compared, mut different) = (0, 0);
        let mut shortest: BTreeMap<String, String> = BTreeMap::new();
        for number in 0..count {
            let seed = options.seed.wrapping_add(u64::try_from(number).expect("a number"));
            let outcome = compare_one(&mut Draws::Seeded(seed.wrapping_mul(0x1234_5678_9ABC_DEF1)), shape);
            compared += usize::from(!outcome.refused);
            different += usize::from(!outcome.differences.is_empty());
            for difference in outcome.differences {
                let kind = difference.split([':', '{', '[']).next().unwrap_or_default().to_owned();
                let text = format!("seed {seed}: {difference}\n{}", outcome.description);
                let known = shortest.entry(kind).or_insert_with(|| text.clone());
                if text.len() < known.len() {
                    *known = text;
                }
            }
        }
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

struct Options {
    answers: usize,
    completions: usize,
    shapes: usize,
    seed: u64,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options { answers: 100_000, completions: 1_000_000, shapes: 6_000, seed: 1 };
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("give a number after `{name}`"))?;
            let number: usize = value.parse().map_err(|_| format!("`{value}` is not a number, give one after `{name}`"))?;
            match name.as_str() {
                "--answers" => options.answers = number,
                "--completions" => options.completions = number,
                "--shapes" => options.shapes = number,
                "--seed" => options.seed = u64::try_from(number).unwrap_or(1),
                _ => return Err(format!("`{name}` is unknown, use --answers, --completions, --shapes or --seed")),
            }
        }
        Ok(options)
    }
}
