//! The evaluator and the reference on packs of every shape.

use proptest::prelude::*;
use zige_core::evaluator::Evaluator;
use zige_tests::agreement::{Effort, compare};
use zige_tests::describe::describe;
use zige_tests::draws::Draws;
use zige_tests::partial_answers::{Knowledge, draw_answers};
use zige_tests::reference::Reference;
use zige_tests::small_packs::{CHECK, Shape, draw_day, draw_pack};

const EFFORT: Effort = Effort { steps: 20_000, missing_steps: 20_000, draws: 50 };

fn agree(tape: Vec<u16>, said: Vec<u16>, shape: Shape) -> Result<(), TestCaseError> {
    let mut draws = Draws::from_tape(tape);
    let on = draw_day(&mut draws);
    let pack = draw_pack(&mut draws, shape);
    let evaluator = Evaluator::new(&pack, CHECK, on).expect("a small diagram");
    let reference = Reference::new(&pack, CHECK, on);
    let knowledge = Knowledge { known: 45, unknown: 20, decided: 30 };
    let mut said = Draws::from_tape(said);
    let answers =
        draw_answers(&pack, &|fact| reference.values(fact).to_vec(), knowledge, &mut said);
    let mut draws = Draws::Seeded(7);
    let comparison = compare(&pack, &evaluator, &reference, &answers, EFFORT, &mut |n| draws.below(n));
    prop_assert!(
        comparison.differences.is_empty(),
        "{:#?}\n{}",
        comparison.differences,
        describe(&pack, on, &answers),
    );
    Ok(())
}

fn tapes() -> impl Strategy<Value = (Vec<u16>, Vec<u16>)> {
    (proptest::collection::vec(any::<u16>(), 0..200), proptest::collection::vec(any::<u16>(), 0..40))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn narrow_ranges((tape, said) in tapes()) {
        agree(tape, said, Shape { narrow: true, records: false })?;
    }

    #[test]
    fn ranges_of_decades((tape, said) in tapes()) {
        agree(tape, said, Shape { narrow: false, records: false })?;
    }

    #[test]
    fn lists_of_records((tape, said) in tapes()) {
        agree(tape, said, Shape { narrow: true, records: true })?;
    }
}
