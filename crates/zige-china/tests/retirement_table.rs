//! The schedule, held to the official tables, to worked examples and to its own regularities.

use zige_china::retirement::{MEN, ROWS, Row, WOMEN_50, WOMEN_55, age_months, day, delay_months};
use zige_core::date::Date;

#[test]
fn all_504_rows_of_the_tables_agree() {
    let table = include_str!("data/retirement_age.csv");
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [category, birth, delay, years, months, retirement] = cells.as_slice() else {
            panic!("six cells are wanted: `{line}`");
        };
        let row = row(category);
        let (first, last) = Date::parse_month(birth).unwrap();
        assert_eq!(delay_months(row, first).to_string(), *delay, "{line}");
        assert_eq!((age_months(row, first) / 12).to_string(), *years, "{line}");
        assert_eq!((age_months(row, first) % 12).to_string(), *months, "{line}");
        for birth in [first, last] {
            assert_eq!(month(day(row, birth)), *retirement, "{line}");
        }
        rows += 1;
    }
    assert_eq!(rows, 504);
}

/// Birth month, month of retirement, age in months, delay.
#[test]
fn worked_examples_agree() {
    for (row, birth, retirement, age, delay) in [
        (&WOMEN_55, "1971-04", "2026-08", 55 * 12 + 4, 4),
        (&MEN, "1965-12", "2026-03", 60 * 12 + 3, 3),
        (&MEN, "1965-01", "2025-02", 60 * 12 + 1, 1),
        (&WOMEN_50, "1995-12", "2050-12", 55 * 12, 60),
        (&MEN, "1995-12", "2058-12", 63 * 12, 36),
        (&WOMEN_55, "2000-12", "2058-12", 58 * 12, 36),
        (&MEN, "2000-12", "2063-12", 63 * 12, 36),
        (&MEN, "1963-12", "2023-12", 60 * 12, 0),
        (&WOMEN_55, "1963-04", "2018-04", 55 * 12, 0),
        (&MEN, "1964-02", "2024-02", 60 * 12, 0),
    ] {
        let (first, _) = Date::parse_month(birth).unwrap();
        assert_eq!(month(day(row, first)), retirement, "{birth}");
        assert_eq!(age_months(row, first), age, "{birth}");
        assert_eq!(delay_months(row, first), delay, "{birth}");
    }
}

#[test]
fn the_delay_changes_at_the_months_of_the_tables() {
    for (row, delays) in [
        (
            &MEN,
            &[
                ("1964-12", 0),
                ("1965-04", 1),
                ("1965-05", 2),
                ("1965-08", 2),
                ("1965-09", 3),
                ("1966-01", 4),
                ("1976-08", 35),
                ("1976-09", 36),
            ] as &[(&str, i32)],
        ),
        (
            &WOMEN_55,
            &[
                ("1969-12", 0),
                ("1970-01", 1),
                ("1970-05", 2),
                ("1981-08", 35),
                ("1981-09", 36),
            ],
        ),
        (
            &WOMEN_50,
            &[
                ("1974-12", 0),
                ("1975-01", 1),
                ("1975-02", 1),
                ("1975-03", 2),
                ("1975-11", 6),
                ("1984-10", 59),
                ("1984-11", 60),
            ],
        ),
    ] {
        for (birth, delay) in delays {
            let (first, _) = Date::parse_month(birth).unwrap();
            assert_eq!(delay_months(row, first), *delay, "{} {birth}", row.id);
        }
    }
}

/// The first birth month with at least so many months left, by month: men, 55, 50.
#[test]
fn the_distance_to_retirement_has_its_known_limits() {
    for (on, months, limits) in [
        ("2025-01", 120, ["1973-01", "1978-01", "1981-09"]),
        ("2025-01", 60, ["1969-01", "1974-01", "1978-05"]),
        ("2025-01", 1, ["1965-01", "1970-01", "1975-01"]),
        ("2025-12", 120, ["1973-09", "1978-09", "1982-04"]),
        ("2025-12", 60, ["1969-09", "1974-09", "1978-12"]),
        ("2025-12", 1, ["1965-10", "1970-10", "1975-09"]),
        ("2026-11", 120, ["1974-06", "1979-06", "1982-11"]),
        ("2026-11", 60, ["1970-06", "1975-06", "1979-07"]),
        ("2026-11", 1, ["1966-07", "1971-07", "1976-04"]),
        ("2027-01", 120, ["1974-08", "1979-08", "1983-01"]),
        ("2027-01", 60, ["1970-08", "1975-08", "1979-09"]),
        ("2027-01", 1, ["1966-09", "1971-09", "1976-05"]),
        ("2030-01", 120, ["1977-01", "1982-01", "1985-01"]),
        ("2030-01", 60, ["1973-01", "1978-01", "1981-09"]),
        ("2030-01", 1, ["1969-01", "1974-01", "1978-05"]),
    ] {
        let (on_first, _) = Date::parse_month(on).unwrap();
        for (row, limit) in ROWS.into_iter().zip(limits) {
            let first = births()
                .find(|&birth| months_between(on_first, day(row, birth)) >= months)
                .unwrap();
            assert_eq!(month(first), limit, "{on} {months} {}", row.id);
        }
    }
}

#[test]
fn who_is_born_later_retires_later_and_each_step_skips_one_month() {
    for row in ROWS {
        let mut skipped = 0;
        let mut previous: Option<Date> = None;
        for birth in births() {
            let retirement = day(row, birth);
            if let Some(previous) = previous {
                let distance = months_between(previous, retirement);
                assert!((1..=2).contains(&distance), "{} {birth}", row.id);
                skipped += distance - 1;
            }
            previous = Some(retirement);
        }
        assert_eq!(skipped, i64::from(row.cap), "{}", row.id);
    }
    // The first months in which no man of the table retires.
    let nobody = |text: &str| births().all(|birth| month(day(&MEN, birth)) != text);
    assert!(nobody("2025-01") && nobody("2025-06") && nobody("2025-11"));
    assert!(!nobody("2025-02"));
}

fn row(category: &str) -> &'static Row {
    match category {
        "male" => &MEN,
        "f55" => &WOMEN_55,
        "f50" => &WOMEN_50,
        _ => panic!("unknown category `{category}`"),
    }
}

/// The first day of each month from 1940 to 2010.
fn births() -> impl Iterator<Item = Date> {
    let (first, _) = Date::parse_month("1940-01").unwrap();
    (0..71 * 12).map(move |months| first.add_months(months))
}

fn month(date: Date) -> String {
    date.to_string()[..7].to_string()
}

fn months_between(from: Date, to: Date) -> i64 {
    let count = |date: Date| {
        let (year, month, _) = date.ymd();
        i64::from(year) * 12 + i64::from(month)
    };
    count(to) - count(from)
}
