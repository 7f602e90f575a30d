//! The reference evaluator itself: its calendar against `chrono`, its representatives against every value.

use chrono::{Datelike, Months, NaiveDate};
use proptest::prelude::*;
use zige_core::answers::Answers;
use zige_tests::draws::Draws;
use zige_tests::partial_answers::{Knowledge, draw_answers};
use zige_tests::reference::{Goal, Person, Reference, calendar};
use zige_tests::small_packs::{CHECK, Shape, draw_day, draw_pack};

fn naive(days: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).unwrap() + 719_163).unwrap()
}

#[test]
fn the_calendar_agrees_with_chrono_on_every_day_of_four_centuries() {
    let first = calendar::days(1800, 1, 1).unwrap();
    let last = calendar::days(2200, 12, 31).unwrap();
    for day in first..=last {
        let date = naive(day);
        let (year, month, of_month) = (
            i64::from(date.year()),
            i64::from(date.month()),
            i64::from(date.day()),
        );
        assert_eq!(calendar::ymd(day), (year, month, of_month));
        assert_eq!(calendar::days(year, month, of_month), Some(day));
    }
    assert_eq!(calendar::days(2023, 2, 29), None);
    assert_eq!(
        calendar::ymd(calendar::days(9999, 12, 31).unwrap() + 1),
        (9999, 12, 31)
    );
}

proptest! {
    #[test]
    fn adding_months_agrees_with_chrono(day in -60_000_i64..60_000, months in -900_i64..900) {
        let count = Months::new(u32::try_from(months.unsigned_abs()).unwrap());
        let moved = if months < 0 { naive(day) - count } else { naive(day) + count };
        prop_assert_eq!(naive(calendar::add_months(day, months)), moved);
    }

    #[test]
    fn full_years_agree_with_chrono_but_for_leap_days(start in -60_000_i64..20_000, on in -10_000_i64..40_000) {
        prop_assume!(start <= on && (naive(start).month(), naive(start).day()) != (2, 29));
        let years = naive(on).years_since(naive(start)).map(i64::from);
        prop_assert_eq!(Some(calendar::full_years(start, on)), years);
    }
}

/// Age and months of service step over a missing day to the first of the next month; years and
/// months ahead are clamped to a month's end (SEMANTICS 3).
#[test]
fn spans_count_as_the_contract_says() {
    let day = |year, month, day| calendar::days(year, month, day).unwrap();
    let leap = day(1980, 2, 29);
    assert_eq!(calendar::full_years(leap, day(2025, 2, 28)), 44);
    assert_eq!(calendar::full_years(leap, day(2025, 3, 1)), 45);
    assert_eq!(calendar::full_years(leap, day(2028, 2, 29)), 48);
    assert_eq!(calendar::full_years(day(2030, 1, 1), day(2026, 11, 21)), -4);
    assert_eq!(calendar::full_months(day(2025, 1, 31), day(2025, 2, 28)), 0);
    assert_eq!(calendar::full_months(day(2025, 1, 31), day(2025, 3, 1)), 1);
    assert_eq!(
        calendar::years_until(day(2024, 2, 29), day(2034, 2, 28)),
        10
    );
    assert_eq!(
        calendar::years_until(day(2026, 11, 21), day(2036, 11, 20)),
        9
    );
    assert_eq!(
        calendar::months_until(day(2025, 1, 31), day(2025, 2, 28)),
        1
    );
    assert_eq!(
        calendar::months_until(day(2025, 1, 31), day(2025, 1, 30)),
        -1
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// The values that stand for all others stand for them rightly: trying every single value of
    /// every fact comes to the same classes.
    #[test]
    fn representatives_reach_what_every_value_reaches(
        shape in proptest::collection::vec(any::<u16>(), 0..160),
        said in proptest::collection::vec(any::<u16>(), 0..30),
    ) {
        let mut draws = Draws::from_tape(shape);
        let on = draw_day(&mut draws);
        let pack = draw_pack(&mut draws, Shape { narrow: true, records: false });
        let quick = Reference::new(&pack, CHECK, on);
        let every = Reference::trying_every_value(&pack, CHECK, on);
        let knowledge = Knowledge { known: 40, unknown: 20, decided: 30 };
        let answers: Answers =
            draw_answers(&pack, &|fact| quick.values(fact).to_vec(), knowledge, &mut Draws::from_tape(said));
        let steps = 60_000;
        let by_every = every.possible(&answers, Goal::Check, steps);
        prop_assume!(by_every.is_ok());
        prop_assert_eq!(quick.possible(&answers, Goal::Check, steps), by_every);
        if let Ok(missing) = every.missing(&answers, steps) {
            prop_assert_eq!(quick.missing(&answers, steps), Ok(missing));
        }
    }

    /// Looking ahead in "all" and "any" changes nothing for a person of whom everything is known.
    #[test]
    fn strict_implies_lenient_for_every_completion(
        shape in proptest::collection::vec(any::<u16>(), 0..160),
        seed in any::<u64>(),
    ) {
        let mut draws = Draws::from_tape(shape);
        let on = draw_day(&mut draws);
        let pack = draw_pack(&mut draws, Shape { narrow: false, records: true });
        let reference = Reference::new(&pack, CHECK, on);
        let mut draws = Draws::Seeded(seed);
        let Some(person) = reference.draw(&Answers::new(&pack), &mut |n| draws.below(n)) else {
            return Ok(());
        };
        let check = &pack.checks[CHECK.index()];
        let mut results = Vec::new();
        every_outcome(&pack, person.clone(), 0, &mut |person| {
            results.push(person.holds(&pack, &check.require).unwrap());
        });
        let (strict, lenient) = (results.iter().all(|holds| *holds), results.contains(&true));
        prop_assert!(lenient || !strict);
        use zige_core::verdict::Class;
        let expected = match (strict, lenient) {
            (true, _) => Class::Eligible,
            (false, true) => Class::Discretionary,
            (false, false) => Class::Ineligible,
        };
        prop_assert_eq!(reference.class(&person, Goal::Check), Ok(expected));
    }
}

fn every_outcome(
    pack: &zige_core::pack::Pack,
    person: Person,
    point: usize,
    visit: &mut dyn FnMut(&Person),
) {
    if point == pack.points.len() {
        visit(&person);
        return;
    }
    for outcome in 0..u16::try_from(pack.points[point].outcomes.len()).unwrap() {
        let mut person = person.clone();
        person.outcomes[point] = Some(outcome);
        every_outcome(pack, person, point + 1, visit);
    }
}
