//! The check `trainee` of 辽宁特培, judged by the evaluator and by the reference.
//!
//! `cargo run -p zige-tests --release --bin agreement` does the same a hundred times as often.

use zige_core::date::Date;
use zige_tests::packs::{check, liaoning};
use zige_tests::run::{Amount, run};

#[test]
fn the_evaluator_and_the_reference_agree() {
    let pack = liaoning();
    let trainee = check(&pack, "trainee").expect("the check");
    let on = Date::new(2026, 11, 21).expect("a day");
    let amount = Amount {
        answers: 1_000,
        completions: 5_000,
        persons_per_threshold: 3,
        seed: 2,
    };
    let tally = run(&pack, trainee, on, amount);
    assert!(tally.agrees(), "{tally}\n{}", tally.examples.join("\n"));
    assert!(
        tally.verdicts.iter().all(|given| *given > 0),
        "each verdict is met\n{tally}"
    );
    assert!(
        tally.exact * 2 > tally.cases,
        "most cases are tried in full\n{tally}"
    );
}
