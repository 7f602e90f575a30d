//! Civil dates: the proleptic Gregorian calendar, without clock, time zone or locale.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A civil date, stored as days since 1970-01-01.
///
/// Every value names a day of the proleptic Gregorian calendar between the
/// years 1 and 9999; no time of day and no time zone can be represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date(i32);

const EPOCH_FROM_CE: i32 = 719_163;

impl Date {
    /// 0001-01-01.
    pub const MIN: Date = Date(1 - EPOCH_FROM_CE);
    /// 9999-12-31.
    pub const MAX: Date = Date(2_932_896);

    /// The date of a year (1–9999), month (1–12) and day, or `None` if there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Date::from_naive)
    }

    /// The date that is `days` days after 1970-01-01, clamped to [`Date::MIN`]..=[`Date::MAX`].
    #[must_use]
    pub fn from_days(days: i64) -> Date {
        let clamped = days.clamp(i64::from(Date::MIN.0), i64::from(Date::MAX.0));
        Date(i32::try_from(clamped).unwrap_or(0))
    }

    /// Days since 1970-01-01; negative before it.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.0)
    }

    /// Parses `YYYY-MM-DD`.
    ///
    /// `None` for any other shape and for a day that does not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        Date::new(
            i32::try_from(digits(year, 4)?).ok()?,
            digits(month, 2)?,
            digits(day, 2)?,
        )
    }

    /// Parses `YYYY-MM`: the first and the last day of that month.
    #[must_use]
    pub fn parse_month(text: &str) -> Option<(Date, Date)> {
        let (year, month) = text.split_once('-')?;
        Date::month(i32::try_from(digits(year, 4)?).ok()?, digits(month, 2)?)
    }

    /// The first and the last day of a month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<(Date, Date)> {
        let first = Date::new(year, month, 1)?;
        Some((first, first.add_months(1).add_days(-1)))
    }

    /// Year (1–9999), month (1–12) and day (1–31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.naive();
        (date.year(), date.month(), date.day())
    }

    /// The date `days` later (earlier if negative), clamped to the range of the type.
    #[must_use]
    pub fn add_days(self, days: i64) -> Date {
        Date::from_days(self.days().saturating_add(days))
    }

    /// The same day of the month `months` later (earlier if negative); where that month is
    /// shorter, its last day (民法典 第二百零二条). Clamped to the range of the type.
    #[must_use]
    pub fn add_months(self, months: i64) -> Date {
        let count = Months::new(u32::try_from(months.unsigned_abs().min(240_000)).unwrap_or(0));
        let date = self.naive();
        let moved = if months >= 0 {
            date.checked_add_months(count)
        } else {
            date.checked_sub_months(count)
        };
        match moved {
            Some(date) => Date::from_days(Date::from_naive(date).days()),
            None if months >= 0 => Date::MAX,
            None => Date::MIN,
        }
    }

    /// Full years from `self` to `on`, as an age counts: reached on the anniversary, for
    /// 29 February on 1 March of other years. Negative when `on` lies before `self`.
    #[must_use]
    pub fn full_years_until(self, on: Date) -> i64 {
        let (year, month, day) = self.ymd();
        let (on_year, on_month, on_day) = on.ymd();
        let reached = (on_month, on_day) >= (month, day);
        i64::from(on_year) - i64::from(year) - i64::from(!reached)
    }

    /// Full months from `self` to `on`: reached on the same day of a month, and where a month is
    /// too short, on the first day of the next. Negative when `on` lies before `self`.
    #[must_use]
    pub fn full_months_until(self, on: Date) -> i64 {
        let (year, month, day) = self.ymd();
        let (on_year, on_month, on_day) = on.ymd();
        let months =
            (i64::from(on_year) - i64::from(year)) * 12 + i64::from(on_month) - i64::from(month);
        months - i64::from(on_day < day)
    }

    /// The largest number `n` of years for which `self` plus `n` years is not after `end`
    /// (adding years clamps to the month's end). Negative when `end` lies before `self`.
    #[must_use]
    pub fn years_left_before(self, end: Date) -> i64 {
        let (year, ..) = self.ymd();
        let (end_year, ..) = end.ymd();
        let years = i64::from(end_year) - i64::from(year);
        if self.add_months(years.saturating_mul(12)) <= end {
            years
        } else {
            years - 1
        }
    }

    /// The largest number `n` of months for which `self` plus `n` months is not after `end`.
    #[must_use]
    pub fn months_left_before(self, end: Date) -> i64 {
        let (year, month, _) = self.ymd();
        let (end_year, end_month, _) = end.ymd();
        let months =
            (i64::from(end_year) - i64::from(year)) * 12 + i64::from(end_month) - i64::from(month);
        if self.add_months(months) <= end {
            months
        } else {
            months - 1
        }
    }

    fn naive(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_FROM_CE))
            .unwrap_or(NaiveDate::MIN)
    }

    fn from_naive(date: NaiveDate) -> Date {
        Date(date.num_days_from_ce().saturating_sub(EPOCH_FROM_CE))
    }
}

/// `YYYY-MM-DD`.
impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    if text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn age_is_reached_on_the_birthday_and_on_1_march_for_leap_days() {
        let age = |birth: &str, on: &str| date(birth).full_years_until(date(on));
        assert_eq!(age("1980-11-21", "2026-11-20"), 45);
        assert_eq!(age("1980-11-21", "2026-11-21"), 46);
        assert_eq!(age("1980-02-29", "2025-02-28"), 44);
        assert_eq!(age("1980-02-29", "2025-03-01"), 45);
        assert_eq!(age("1980-02-29", "2024-02-29"), 44);
        assert_eq!(age("2030-01-01", "2026-11-21"), -4);
    }

    #[test]
    fn adding_months_clamps_to_the_end_of_the_month() {
        assert_eq!(date("2025-01-31").add_months(1), date("2025-02-28"));
        assert_eq!(date("2024-02-29").add_months(12), date("2025-02-28"));
        assert_eq!(date("2025-03-31").add_months(-1), date("2025-02-28"));
        assert_eq!(Date::MAX.add_months(1), Date::MAX);
        assert_eq!(Date::MIN.add_months(-1), Date::MIN);
    }

    #[test]
    fn years_to_a_day_compare_days() {
        let left = |on: &str, end: &str| date(on).years_left_before(date(end));
        assert_eq!(left("2026-11-21", "2036-11-21"), 10);
        assert_eq!(left("2026-11-21", "2036-11-20"), 9);
        assert_eq!(left("2024-02-29", "2034-02-28"), 10);
        assert_eq!(left("2026-11-21", "2026-11-20"), -1);
    }

    #[test]
    fn only_real_days_are_parsed() {
        for text in [
            "2023-02-29",
            "2026-1-01",
            "2026-13-01",
            "0000-01-01",
            "20260101",
            "２０２６-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        let (first, last) = Date::parse_month("2024-02").unwrap();
        assert_eq!((first, last), (date("2024-02-01"), date("2024-02-29")));
    }

    #[test]
    fn every_day_of_two_centuries_survives_a_round_trip() {
        let mut day = date("1900-01-01");
        while day <= date("2100-12-31") {
            assert_eq!(Date::parse(&day.to_string()), Some(day));
            day = day.add_days(1);
        }
    }
}
