//! Every check of every pack, judged by the evaluator and by the reference.
//!
//! `cargo run -p zige-tests --release --bin agreement` does the same some hundred times as often.

use zige_core::date::Date;
use zige_core::ids::CheckId;
use zige_tests::packs::compiled;
use zige_tests::run::{Amount, run};

#[test]
fn the_evaluator_and_the_reference_agree_on_every_check() {
    let on = Date::new(2026, 11, 21).expect("a day");
    for pack in compiled() {
        for (position, check) in pack.checks.iter().enumerate() {
            let amount = Amount {
                answers: 300,
                completions: 1_500,
                persons_per_threshold: 2,
                seed: 2,
            };
            let id = CheckId(u16::try_from(position).expect("few checks"));
            let tally = run(&pack, id, on, amount);
            let name = format!("{} {}", pack.id, check.id);
            assert!(
                tally.agrees(),
                "{name}\n{tally}\n{}",
                tally.examples.join("\n")
            );
            let [.., ineligible, incomplete] = tally.verdicts;
            assert!(
                ineligible > 0 && incomplete > 0 && tally.exact > 0,
                "{name}: some cases are tried in full, and settled\n{tally}"
            );
        }
    }
}
