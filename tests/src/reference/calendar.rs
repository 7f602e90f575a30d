//! A calendar that is a list of days, made by walking from one day to the next.

use std::sync::LazyLock;

use zige_core::pack::ScheduleRow;

/// Every day from 0001-01-01 to 9999-12-31: year, month, day.
static DAYS: LazyLock<Vec<(i16, u8, u8)>> = LazyLock::new(walk);

/// Where 1970-01-01 stands in [`DAYS`].
static EPOCH: LazyLock<i64> = LazyLock::new(|| place(1970, 1, 1).expect("1970-01-01 is a day"));

fn walk() -> Vec<(i16, u8, u8)> {
    let mut days = Vec::with_capacity(3_652_059);
    for year in 1..=9999_i16 {
        for month in 1..=12_u8 {
            for day in 1..=length(year, month) {
                days.push((year, month, day));
            }
        }
    }
    days
}

fn length(year: i16, month: u8) -> u8 {
    let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn place(year: i64, month: i64, day: i64) -> Option<i64> {
    let wanted = (
        i16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    );
    let place = DAYS.binary_search(&wanted).ok()?;
    i64::try_from(place).ok()
}

/// Days since 1970-01-01; `None` for a day that does not exist.
#[must_use]
pub fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    Some(place(year, month, day)? - *EPOCH)
}

/// Year, month and day; days outside the years 1 to 9999 are taken for the first or last.
#[must_use]
pub fn ymd(days: i64) -> (i64, i64, i64) {
    let last = i64::try_from(DAYS.len()).expect("few days") - 1;
    let place = (days + *EPOCH).clamp(0, last);
    let (year, month, day) = DAYS[usize::try_from(place).expect("clamped")];
    (i64::from(year), i64::from(month), i64::from(day))
}

/// Months since the year 0.
fn month_number(year: i64, month: i64) -> i64 {
    year * 12 + month - 1
}

/// The same day `months` later; where that month is too short, its last day.
#[must_use]
pub fn add_months(start: i64, months: i64) -> i64 {
    let (year, month, day) = ymd(start);
    let number = month_number(year, month) + months;
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    let first = days(1, 1, 1).expect("the first day");
    let last = days(9999, 12, 31).expect("the last day");
    if year < 1 {
        return first;
    }
    if year > 9999 {
        return last;
    }
    (1..=day)
        .rev()
        .find_map(|day| days(year, month, day))
        .expect("each month has a first day")
}

/// The day `months` after `start` on which so many full months have passed: the same day, or where
/// that month is too short the first of the next.
fn anniversary(start: i64, months: i64) -> i64 {
    let (_, _, day) = ymd(start);
    let clamped = add_months(start, months);
    match ymd(clamped) {
        (_, _, same) if same == day => clamped,
        _ => clamped + 1,
    }
}

/// The largest number up to `most` that is `reached`.
fn largest(most: i64, reached: impl Fn(i64) -> bool) -> i64 {
    let mut number = most;
    while !reached(number) {
        number -= 1;
    }
    number
}

/// Full years from `start` to `on`; negative when `on` lies before.
#[must_use]
pub fn full_years(start: i64, on: i64) -> i64 {
    let years = ymd(on).0 - ymd(start).0;
    largest(years, |n| anniversary(start, n * 12) <= on)
}

/// Full months from `start` to `on`; negative when `on` lies before.
#[must_use]
pub fn full_months(start: i64, on: i64) -> i64 {
    let months = months_between(start, on);
    largest(months, |n| anniversary(start, n) <= on)
}

/// The largest n with `on` plus n years not after `end`.
#[must_use]
pub fn years_until(on: i64, end: i64) -> i64 {
    largest(ymd(end).0 - ymd(on).0 + 1, |n| {
        add_months(on, n * 12) <= end
    })
}

/// The largest n with `on` plus n months not after `end`.
#[must_use]
pub fn months_until(on: i64, end: i64) -> i64 {
    largest(months_between(on, end) + 1, |n| add_months(on, n) <= end)
}

fn months_between(start: i64, end: i64) -> i64 {
    let (year, month, _) = ymd(start);
    let (end_year, end_month, _) = ymd(end);
    month_number(end_year, end_month) - month_number(year, month)
}

/// The day that a row of a schedule sets for somebody born on `born`: one month of delay is added
/// for each step that has begun, counted one by one.
#[must_use]
pub fn scheduled(row: &ScheduleRow, born: i64) -> i64 {
    let (year, month, _) = ymd(born);
    let born_month = month_number(year, month);
    let mut delay = 0;
    let mut begins = i64::from(row.first_month);
    while begins <= born_month && delay < i64::from(row.cap) {
        delay += 1;
        begins += i64::from(row.step);
    }
    add_months(born, i64::from(row.base_months) + delay)
}
