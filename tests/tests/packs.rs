//! Every check of every pack, judged by the evaluator and by the reference.
//!
//! `cargo run -p zige-tests --release --bin agreement` does the same some hundred times as often.

use std::collections::BTreeMap;

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId};
use zige_core::pack::{FactKind, Pack};
use zige_core::verdict::Class;
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

/// What an answer is said to tell is what trying all completions shows. Dates, numbers and lists are
/// known here; what is left are options, which everybody can count.
#[test]
fn the_gain_of_a_question_is_what_all_completions_show() {
    let on = Date::new(2026, 11, 21).expect("a day");
    let knowledge = Knowledge {
        known: 100,
        unknown: 0,
        decided: 20,
    };
    let mut compared = 0;
    for pack in compiled() {
        for (position, check) in pack.checks.iter().enumerate() {
            let id = CheckId(u16::try_from(position).expect("few checks"));
            let evaluator = Evaluator::new(&pack, id, on).expect("a check of the pack");
            for seed in 0..2_000 {
                let mut draws = Draws::Seeded(seed);
                let mut answers = draw_answers(&pack, &|_| Vec::new(), knowledge, &mut draws);
                for fact in &check.facts {
                    let kind = &pack.vocabulary.facts[fact.index()].kind;
                    if matches!(kind, FactKind::YesNo | FactKind::Choice(_)) {
                        let answer = match draws.below(20) {
                            0 => Answer::Unknown,
                            1..=8 => Answer::Absent,
                            _ => continue,
                        };
                        answers.set(&pack, *fact, answer).expect("no value fits");
                    }
                }
                let Some(open) = open_choices(&pack, &check.facts, &answers) else {
                    continue;
                };
                for (fact, gain) in evaluator.gains(&pack, &answers) {
                    let expected = gain_by_trying(&pack, &evaluator, &answers, &open, fact);
                    let off = (f64::from(gain) / f64::from(1 << 30) - expected).abs();
                    let name = &pack.vocabulary.facts[fact.index()].id;
                    assert!(
                        off < 1e-6,
                        "{} {} {seed}: {name} tells {gain}, not {expected}",
                        pack.id,
                        check.id
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared} gains compared");
}

/// The facts of a check that are open, with the weights of their options; `None` where others than
/// choices are open, or there is too much to try.
fn open_choices(
    pack: &Pack,
    facts: &[FactId],
    answers: &Answers,
) -> Option<Vec<(FactId, Vec<u16>)>> {
    let mut open = Vec::new();
    let mut completions = 1;
    for fact in facts {
        if matches!(answers.get(*fact), Answer::Value(_)) {
            continue;
        }
        let known = &pack.vocabulary.facts[fact.index()];
        let options = match known.kind {
            FactKind::YesNo => 2,
            FactKind::Choice(choice) => pack.vocabulary.choices[choice.index()].options.len(),
            _ => return None,
        };
        completions *= options;
        let weights = match known.weights.is_empty() {
            true => vec![1; options],
            false => known.weights.clone(),
        };
        open.push((*fact, weights));
    }
    (completions <= 3_000).then_some(open)
}

/// By how much the squares of the classes' shares grow on average when a fact is answered.
fn gain_by_trying(
    pack: &Pack,
    evaluator: &Evaluator,
    answers: &Answers,
    open: &[(FactId, Vec<u16>)],
    asked: FactId,
) -> f64 {
    let mut shares: BTreeMap<usize, [f64; 3]> = BTreeMap::new();
    let mut options = vec![0; open.len()];
    loop {
        let mut whole = answers.clone();
        let (mut weight, mut answered) = (1.0, 0);
        for ((fact, weights), option) in open.iter().zip(&options) {
            let value = i64::try_from(*option).expect("few options");
            whole
                .set(pack, *fact, Answer::Value(value))
                .expect("an option");
            weight *= f64::from(weights[*option]);
            if *fact == asked {
                answered = *option;
            }
        }
        let reached = evaluator.possible(pack, &whole);
        for (share, class) in shares
            .entry(answered)
            .or_default()
            .iter_mut()
            .zip(Class::ALL)
        {
            *share += if reached.contains(class) { weight } else { 0.0 };
        }
        let next = options
            .iter_mut()
            .zip(open)
            .find_map(|(option, (_, weights))| {
                *option = (*option + 1) % weights.len();
                (*option > 0).then_some(())
            });
        if next.is_none() {
            break;
        }
    }
    let squares = |shares: &[f64; 3]| {
        let sum: f64 = shares.iter().sum();
        let squares: f64 = shares.iter().map(|share| share * share).sum();
        if sum > 0.0 { squares / sum } else { 0.0 }
    };
    let mut all = [0.0; 3];
    for (own, share) in shares.values().flat_map(|shares| shares.iter().enumerate()) {
        all[own] += share;
    }
    let told: f64 = shares.values().map(squares).sum();
    (told - squares(&all)) / all.iter().sum::<f64>()
}
