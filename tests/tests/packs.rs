//! Every check of every pack, judged by the evaluator and by the reference.
//!
//! `cargo run -p zige-tests --release --bin agreement` does the same some hundred times as often.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::FactKind;
use zige_tests::draws::Draws;
use zige_tests::packs::compiled;
use zige_tests::partial_answers::{Knowledge, draw_answers};
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

/// What an answer is said to tell is what giving each of its options shows.
#[test]
fn the_gain_of_a_question_is_what_its_options_rule_out() {
    let on = Date::new(2026, 11, 21).expect("a day");
    let knowledge = Knowledge {
        known: 45,
        unknown: 10,
        decided: 20,
    };
    let mut compared = 0;
    for pack in compiled() {
        for position in 0..pack.checks.len() {
            let check = CheckId(u16::try_from(position).expect("few checks"));
            let evaluator = Evaluator::new(&pack, check, on).expect("a check of the pack");
            for seed in 0..200 {
                let mut draws = Draws::Seeded(seed);
                let answers = draw_answers(&pack, &|_| Vec::new(), knowledge, &mut draws);
                let now = evaluator.possible(&pack, &answers).len();
                for (fact, gain) in evaluator.gains(&pack, &answers) {
                    let known = &pack.vocabulary.facts[fact.index()];
                    let options = match known.kind {
                        FactKind::YesNo => 2,
                        FactKind::Choice(choice) => {
                            pack.vocabulary.choices[choice.index()].options.len()
                        }
                        _ => continue,
                    };
                    let (mut ruled_out, mut weights) = (0, 0);
                    for option in 0..options {
                        let mut given = answers.clone();
                        let value = i64::try_from(option).expect("few options");
                        given
                            .set(&pack, fact, Answer::Value(value))
                            .expect("an option");
                        let left = evaluator.possible(&pack, &given).len();
                        let weight = known.weights.get(option).copied().map_or(1, u64::from);
                        if left > 0 {
                            ruled_out += weight * u64::from(now - left);
                            weights += weight;
                        }
                    }
                    let name = format!("{} {position} {seed}: {}", pack.id, known.id);
                    assert_eq!(u64::from(gain), ruled_out * 1_000_000 / weights, "{name}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared} gains were compared");
}
