//! The evaluator and the reference on packs of every shape.

use proptest::prelude::*;
use zige_tests::draws::Draws;
use zige_tests::shapes::compare_one;
use zige_tests::small_packs::Shape;

fn agree(tape: Vec<u16>, shape: Shape) -> Result<(), TestCaseError> {
    let outcome = compare_one(&mut Draws::from_tape(tape), shape);
    prop_assert!(
        outcome.differences.is_empty(),
        "{:#?}\n{}",
        outcome.differences,
        outcome.description
    );
    Ok(())
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..250)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn narrow_ranges(tape in tape()) {
        agree(tape, Shape { narrow: true, records: false })?;
    }

    #[test]
    fn ranges_of_decades(tape in tape()) {
        agree(tape, Shape { narrow: false, records: false })?;
    }

    #[test]
    fn lists_of_records(tape in tape()) {
        agree(tape, Shape { narrow: true, records: true })?;
    }
}

/// Two constraints that exclude each option between them: flat answers come to nothing, too.
#[test]
fn constraints_that_nobody_can_keep() {
    let outcome = compare_one(
        &mut Draws::Seeded(3035_u64.wrapping_mul(0x1234_5678_9ABC_DEF1)),
        Shape {
            narrow: true,
            records: true,
        },
    );
    assert!(outcome.description.contains("not fact_1 in 0b1 or"));
    assert_eq!(outcome.differences, Vec::<String>::new());
}
