//! How an answer is written in a cell.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::pack::{Fact, FactKind, Pack};

use crate::filled::Why;
use crate::xml;

/// What such forms have where nothing is to be entered.
pub const NOTHING: &str = "无";

/// How a yes/no is written, in the order of its boxes.
pub(crate) const YES_NO: [&str; 2] = ["是", "否"];

/// What a cell shows, and what is missing from it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) why: Option<Why>,
}

impl Entry {
    fn whole(text: String) -> Entry {
        Entry { text, why: None }
    }

    /// Nothing is to be entered, because the person said so.
    pub(crate) fn nothing() -> Entry {
        Entry::whole(NOTHING.to_owned())
    }

    /// Nothing, and nothing is missing.
    pub(crate) fn blank() -> Entry {
        Entry::whole(String::new())
    }

    fn open(why: Why) -> Entry {
        Entry {
            text: String::new(),
            why: Some(why),
        }
    }
}

/// Where a value stands, which decides how a date is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Setting<'a> {
    /// In a cell, beside this label.
    Cell(&'a str),
    /// In running text.
    Text,
}

/// Writes the answer to a fact that is not a list, as its place asks for it.
pub(crate) fn entry(
    pack: &Pack,
    fact: &Fact,
    answer: &Answer,
    setting: Setting<'_>,
    on: Date,
) -> Entry {
    match (answer, &fact.kind) {
        (Answer::Unknown, _) => Entry::open(Why::NotKnown),
        (Answer::Value(value), FactKind::YesNo) => {
            let [yes, no] = YES_NO;
            Entry::whole(if *value == 0 { no } else { yes }.to_owned())
        }
        (Answer::Value(value), FactKind::Choice(choice)) => {
            let option = usize::try_from(*value).ok().and_then(|position| {
                let set = pack.vocabulary.choices.get(choice.index())?;
                set.options.get(position)
            });
            option.map_or_else(
                || Entry::open(Why::NotAnswered),
                |term| Entry::whole(term.clone()),
            )
        }
        (Answer::Value(value), FactKind::Number { scale, unit, .. }) => {
            Entry::whole(format!("{}{unit}", decimal(*value, *scale)))
        }
        (Answer::Value(value), FactKind::Money { .. }) => {
            Entry::whole(format!("{}元", money(*value)))
        }
        (Answer::Value(value), FactKind::Date { .. }) => {
            let day = Date::from_days(*value);
            date(day, day, setting, on)
        }
        (Answer::Month { first, last }, FactKind::Date { .. }) => date(*first, *last, setting, on),
        (Answer::Text(text), FactKind::Text { .. }) => written(text),
        _ => Entry::open(Why::NotAnswered),
    }
}

/// A text as the person wrote it, without what cannot be printed.
pub(crate) fn written(text: &str) -> Entry {
    let clean = xml::clean(text);
    match clean.trim() {
        "" => Entry::open(Why::NotAnswered),
        kept => Entry::whole(kept.to_owned()),
    }
}

/// A date of one of the form's own fields, typed as `YYYY-MM-DD` or `YYYY-MM`; any other text stays
/// as it is.
pub(crate) fn written_date(text: &str, setting: Setting<'_>, on: Date) -> Entry {
    let day = Date::parse(text.trim()).map(|day| (day, day));
    match day.or_else(|| Date::parse_month(text.trim())) {
        Some((first, last)) => date(first, last, setting, on),
        None => written(text),
    }
}

/// A number of one of the form's own fields with what it counts; any other text stays as it is.
pub(crate) fn written_number(text: &str, unit: &str) -> Entry {
    let entry = written(text);
    let digits = entry.text.chars().all(|c| c.is_ascii_digit() || c == '.');
    match entry.why {
        None if digits => Entry::whole(format!("{}{unit}", entry.text)),
        _ => entry,
    }
}

/// `2026年11月21日`, without leading zeros (GB/T 9704).
pub(crate) fn full_date(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{year}年{month}月{day}日")
}

/// A date as its place asks for it: in running text and beside 日期 as `1968年1月5日`, beside
/// 出生年月 as `1968.01（51岁）`, beside others as `1968.01`. What is known to the month only has no day, and an age only where every day of the
/// month gives the same.
fn date(first: Date, last: Date, setting: Setting<'_>, on: Date) -> Entry {
    let label: String = match setting {
        Setting::Cell(label) => label.chars().filter(|c| !c.is_whitespace()).collect(),
        Setting::Text => String::new(),
    };
    let (year, month, _) = first.ymd();
    if label.contains('日') || matches!(setting, Setting::Text) {
        return Entry::whole(if first == last {
            full_date(first)
        } else {
            format!("{year}年{month}月")
        });
    }
    let short = format!("{year:04}.{month:02}");
    if !label.contains("出生") {
        return Entry::whole(short);
    }
    match (first.full_years_until(on), last.full_years_until(on)) {
        (age, same) if age == same && age >= 0 => Entry::whole(format!("{short}（{age}岁）")),
        _ => Entry {
            text: short,
            why: Some(Why::AgeOpen),
        },
    }
}

/// A number stored times 10^scale, without needless zeros.
pub(crate) fn decimal(value: i64, scale: u8) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!(
        "{:0>width$}",
        value.unsigned_abs(),
        width = usize::from(scale) + 1
    );
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(usize::from(scale)));
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// 分 as 元.
pub(crate) fn money(value: i64) -> String {
    let yuan = value.unsigned_abs() / 100;
    let sign = if value < 0 { "-" } else { "" };
    match value.unsigned_abs() % 100 {
        0 => format!("{sign}{yuan}"),
        fen => format!("{sign}{yuan}.{fen:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, label: &str) -> String {
        let setting = match label {
            "" => Setting::Text,
            label => Setting::Cell(label),
        };
        let entry = written_date(text, setting, Date::parse("2026-11-21").unwrap());
        match entry.why {
            Some(why) => format!("{} {why:?}", entry.text),
            None => entry.text,
        }
    }

    #[test]
    fn a_date_is_written_as_its_label_asks() {
        assert_eq!(shown("1968-01-05", "出生年月"), "1968.01（58岁）");
        assert_eq!(shown("1968-01-05", "出生\n年月（ 岁）"), "1968.01（58岁）");
        assert_eq!(shown("1968-01-05", "出生日期"), "1968年1月5日");
        assert_eq!(shown("1968-01", "出生日期"), "1968年1月");
        assert_eq!(shown("1990-07", "参加工作时间"), "1990.07");
        assert_eq!(shown("1990-07-31", "起"), "1990.07");
        assert_eq!(shown("2026-11-21", "填表日期"), "2026年11月21日");
        assert_eq!(shown("2026-03-09", ""), "2026年3月9日");
        assert_eq!(shown("2026-03", ""), "2026年3月");
    }

    #[test]
    fn an_age_is_written_only_when_it_is_certain() {
        assert_eq!(shown("1980-11-21", "出生年月"), "1980.11（46岁）");
        assert_eq!(shown("1980-11-22", "出生年月"), "1980.11（45岁）");
        assert_eq!(shown("1980-10", "出生年月"), "1980.10（46岁）");
        assert_eq!(shown("1980-11", "出生年月"), "1980.11 AgeOpen");
        assert_eq!(shown("2030-01-01", "出生年月"), "2030.01 AgeOpen");
    }

    #[test]
    fn what_is_no_date_stays_as_it_was_written() {
        assert_eq!(shown(" 至今 ", "止"), "至今");
        assert_eq!(shown("1968-02-30", "出生年月"), "1968-02-30");
        assert_eq!(shown("  ", "止"), " NotAnswered");
    }

    #[test]
    fn a_number_is_written_with_what_it_counts() {
        assert_eq!(written_number(" 92.5 ", "分").text, "92.5分");
        assert_eq!(written_number("无", "分").text, "无");
        assert_eq!(written_number("", "分"), Entry::open(Why::NotAnswered));
    }

    #[test]
    fn numbers_and_amounts_have_no_needless_zeros() {
        assert_eq!(decimal(25, 1), "2.5");
        assert_eq!(decimal(20, 1), "2");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(0, 0), "0");
        assert_eq!(decimal(i64::MIN, 0), "-9223372036854775808");
        assert_eq!(money(1_000_000), "10000");
        assert_eq!(money(123_405), "1234.05");
        assert_eq!(money(-5), "-0.05");
    }
}
