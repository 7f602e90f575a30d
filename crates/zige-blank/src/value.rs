//! How an answer is written in an office's form.

use zige_core::date::Date;
use zige_office::text::clean;

use crate::label::{Label, fold};
use crate::lexicon::{Asked, Part};
use crate::profile::{Given, Kind, Known, Profile};

/// What stands where there is nothing to enter.
pub(crate) const NOTHING: &str = "无";

/// How a form writes dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateShape {
    /// `1968.01`
    MonthDot,
    /// `1968.01.05`
    DayDot,
    /// `1968年1月`
    MonthWords,
    /// `1968年1月5日`
    DayWords,
    /// `1968-01`
    MonthDash,
    /// `1968-01-05`
    DayDash,
    /// `1968/01`
    MonthSlash,
    /// `1968/01/05`
    DaySlash,
    /// `196801`
    MonthDigits,
    /// `19680105`
    DayDigits,
}

impl DateShape {
    /// The shape that a hint shows: `如1990.01`, `格式：yyyy-MM-dd`, `XXXX年XX月`.
    pub(crate) fn of_hint(text: &str) -> Option<DateShape> {
        let mut shape = String::new();
        for character in text.chars().filter_map(fold) {
            let kind = match character.to_ascii_lowercase() {
                '0'..='9' | 'x' | 'y' | 'm' | 'd' | '〇' | '○' | '×' => '0',
                mark @ ('.' | '-' | '/' | '年' | '月' | '日') => mark,
                '(' | ')' | '"' | '“' | '”' | '\'' => continue,
                '如' | '例' | '格' | '式' | ':' | '填' | '写' | '为' | '按' | '样' => ' ',
                _ => return None,
            };
            shape.push(kind);
        }
        let lengths: Vec<usize> = shape
            .trim()
            .split(|c| c != '0')
            .map(str::len)
            .filter(|length| *length > 0)
            .collect();
        let has = |mark: char| shape.contains(mark);
        let is_split = |mark| shape.trim().contains(mark) && !shape.trim().contains(' ');
        let first = lengths.first().copied();
        match (first, lengths.len()) {
            (Some(4), 2) if has('年') && has('月') => Some(DateShape::MonthWords),
            (Some(4), 3) if has('年') && has('月') && has('日') => Some(DateShape::DayWords),
            (Some(4), 2) if is_split('.') => Some(DateShape::MonthDot),
            (Some(4), 3) if is_split('.') => Some(DateShape::DayDot),
            (Some(4), 2) if is_split('-') => Some(DateShape::MonthDash),
            (Some(4), 3) if is_split('-') => Some(DateShape::DayDash),
            (Some(4), 2) if is_split('/') => Some(DateShape::MonthSlash),
            (Some(4), 3) if is_split('/') => Some(DateShape::DaySlash),
            (Some(6), 1) => Some(DateShape::MonthDigits),
            (Some(8), 1) => Some(DateShape::DayDigits),
            _ => None,
        }
    }

    /// The shape that a label asks for: 年月 and 时间 to the month, 日期 and 年月日 to the day.
    fn of_label(label: &Label) -> DateShape {
        let hint = label.notes.iter().find_map(|note| DateShape::of_hint(note));
        hint.unwrap_or(match label.key.contains('日') {
            true => DateShape::DayWords,
            false => DateShape::MonthDot,
        })
    }

    /// The same manner to the month, for a date of which the day is not known.
    fn to_month(self) -> DateShape {
        match self {
            DateShape::MonthDot | DateShape::DayDot => DateShape::MonthDot,
            DateShape::MonthWords | DateShape::DayWords => DateShape::MonthWords,
            DateShape::MonthDash | DateShape::DayDash => DateShape::MonthDash,
            DateShape::MonthSlash | DateShape::DaySlash => DateShape::MonthSlash,
            DateShape::MonthDigits | DateShape::DayDigits => DateShape::MonthDigits,
        }
    }

    pub(crate) fn write(self, when: When) -> String {
        let (year, month, day) = when.first.ymd();
        let shape = if when.has_day { self } else { self.to_month() };
        match shape {
            DateShape::MonthDot => format!("{year:04}.{month:02}"),
            DateShape::DayDot => format!("{year:04}.{month:02}.{day:02}"),
            DateShape::MonthWords => format!("{year}年{month}月"),
            DateShape::DayWords => format!("{year}年{month}月{day}日"),
            DateShape::MonthDash => format!("{year:04}-{month:02}"),
            DateShape::DayDash => format!("{year:04}-{month:02}-{day:02}"),
            DateShape::MonthSlash => format!("{year:04}/{month:02}"),
            DateShape::DaySlash => format!("{year:04}/{month:02}/{day:02}"),
            DateShape::MonthDigits => format!("{year:04}{month:02}"),
            DateShape::DayDigits => format!("{year:04}{month:02}{day:02}"),
        }
    }
}

/// A date, known to the day or the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) first: Date,
    pub(crate) has_day: bool,
}

impl When {
    /// Full years up to the month of `on`: 实足年龄计算到当月.
    pub(crate) fn age(self, on: Date) -> Option<i32> {
        let (year, month, _) = self.first.ymd();
        let (now, this_month, _) = on.ymd();
        let age = now - year - i32::from(this_month < month);
        (age >= 0).then_some(age)
    }
}

/// What a cell shows, or why it shows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The text; lines parted by `\n`.
    Text(String),
    /// Nothing was answered.
    NotAnswered,
    /// The person does not know.
    NotKnown,
    /// It cannot be written as the form asks.
    Unfit,
}

impl Entry {
    fn of(text: &str) -> Entry {
        match clean(text).trim() {
            "" => Entry::NotAnswered,
            text => Entry::Text(text.to_owned()),
        }
    }
}

/// How the form wants a value, as far as it says.
#[derive(Clone, Debug)]
pub(crate) struct Manner<'a> {
    pub(crate) label: &'a Label,
    /// The label's text, with its lines.
    pub(crate) printed: &'a str,
    /// A hint in the cell, or in a note of the form.
    pub(crate) hint: Option<DateShape>,
    pub(crate) on: Date,
}

impl Profile {
    /// An answer of the person, or of one record of a list.
    pub(crate) fn given(&self, asked: Asked, record: Option<usize>) -> &Given {
        let Some(fact) = self.facts.get(asked.fact) else {
            return &Given::Absent;
        };
        let Some(list) = fact.list else {
            return &fact.given;
        };
        match self.facts.get(list).map(|list| &list.given) {
            Some(Given::Records { rows, .. }) => record
                .and_then(|record| rows.get(record))
                .and_then(|row| row.iter().find(|(id, _)| *id == asked.fact))
                .map_or(&Given::Absent, |(_, given)| given),
            _ => &Given::Absent,
        }
    }

    /// A date that was answered.
    pub(crate) fn when(&self, asked: Asked, record: Option<usize>) -> Option<When> {
        match (
            self.facts.get(asked.fact)?.kind == Kind::Date,
            self.given(asked, record),
        ) {
            (true, Given::Value(days)) => Some(When {
                first: Date::from_days(*days),
                has_day: true,
            }),
            (true, Given::Month(first)) => Some(When {
                first: *first,
                has_day: false,
            }),
            _ => None,
        }
    }

    /// The term of a choice that was answered.
    pub(crate) fn term(&self, asked: Asked, record: Option<usize>) -> Option<&str> {
        match (&self.facts.get(asked.fact)?.kind, self.given(asked, record)) {
            (Kind::Choice(options), Given::Value(value)) => {
                Some(options.get(usize::try_from(*value).ok()?)?.as_str())
            }
            (Kind::YesNo, Given::Value(0)) => Some("否"),
            (Kind::YesNo, Given::Value(_)) => Some("是"),
            _ => None,
        }
    }

    /// How many records a list has; none when it was not answered.
    pub(crate) fn records(&self, list: usize) -> Option<usize> {
        match &self.facts.get(list)?.given {
            Given::Records { rows, complete } if *complete || !rows.is_empty() => Some(rows.len()),
            _ => None,
        }
    }

    /// What a cell shows that asks for one fact or several.
    pub(crate) fn entry(
        &self,
        asked: &[Asked],
        record: Option<usize>,
        manner: &Manner<'_>,
    ) -> Entry {
        let mut parts: Vec<(Asked, String)> = Vec::new();
        for one in asked {
            match self.one(*one, record, manner, asked.len() == 1) {
                Entry::Text(text) => parts.push((*one, text)),
                other => return other,
            }
        }
        // Beside something, nothing need not be said.
        let some = parts.iter().any(|(_, text)| text != NOTHING);
        parts.retain(|(_, text)| !some || text != NOTHING);
        Entry::Text(self.join(&parts, manner))
    }

    /// A value without the unit that the cell prints already; none when the two do not go together.
    pub(crate) fn without_unit(
        &self,
        asked: Asked,
        record: Option<usize>,
        text: &str,
        unit: &str,
    ) -> Option<String> {
        let fact = self.facts.get(asked.fact)?;
        match (&fact.kind, self.given(asked, record), unit) {
            (Kind::Money, Given::Value(value), "元") => Some(decimal(*value, 2)),
            (Kind::Money, Given::Value(value), "万元") => Some(decimal(*value, 6)),
            (Kind::Date, _, "岁" | "周岁") if asked.part == Part::Age => {
                Some(text.trim_end_matches('岁').to_owned())
            }
            _ => text.strip_suffix(unit).map(str::to_owned),
        }
    }

    fn join(&self, parts: &[(Asked, String)], manner: &Manner<'_>) -> String {
        let mut joined = String::new();
        for (position, (asked, text)) in parts.iter().enumerate() {
            let kind = self.facts.get(asked.fact).map(|fact| &fact.kind);
            let labels: Vec<&str> = manner.printed.split('\n').collect();
            let in_lines =
                labels.len() == parts.len() && labels.iter().all(|l| l.chars().count() > 1);
            match kind {
                _ if position == 0 => joined.push_str(text),
                Some(Kind::Date) => {
                    joined.push_str(&format!("（{text}）"));
                }
                _ if in_lines => joined.push_str(&format!("\n{text}")),
                _ if manner.printed.contains('/') || manner.printed.contains('／') => {
                    joined.push_str(&format!("/{text}"));
                }
                Some(Kind::Text) => joined.push_str(text),
                _ => joined.push_str(&format!("、{text}")),
            }
        }
        joined
    }

    fn one(&self, asked: Asked, record: Option<usize>, manner: &Manner<'_>, alone: bool) -> Entry {
        let Some(fact) = self.facts.get(asked.fact) else {
            return Entry::NotAnswered;
        };
        match (self.given(asked, record), &fact.kind) {
            (Given::Absent, _) => Entry::NotAnswered,
            (Given::Unknown, _) => Entry::NotKnown,
            (_, Kind::Date) => match self.when(asked, record) {
                Some(when) => self.date(when, asked.part, fact, manner, alone),
                None => Entry::NotAnswered,
            },
            (_, Kind::YesNo | Kind::Choice(_)) => match self.term(asked, record) {
                Some(term) => Entry::Text(or_nothing(term).to_owned()),
                None => Entry::NotAnswered,
            },
            (Given::Value(value), Kind::Number { scale, unit }) => {
                let unit = if manner.label.notes(unit) { "" } else { unit };
                Entry::Text(format!("{}{unit}", decimal(*value, *scale)))
            }
            (Given::Value(value), Kind::Money) => {
                if manner.label.notes("万元") {
                    Entry::Text(decimal(*value, 6))
                } else if manner.label.notes("元") {
                    Entry::Text(decimal(*value, 2))
                } else {
                    Entry::Text(format!("{}元", decimal(*value, 2)))
                }
            }
            (Given::Text(text), Kind::Text) => match asked.part {
                Part::Start => half(text, 0),
                Part::End => half(text, 1),
                Part::Whole | Part::Age => Entry::of(text),
            },
            _ => Entry::NotAnswered,
        }
    }

    fn date(
        &self,
        when: When,
        part: Part,
        fact: &Known,
        manner: &Manner<'_>,
        alone: bool,
    ) -> Entry {
        let is_birth = fact.label.starts_with("出生");
        if part == Part::Age {
            return match (
                when.age(manner.on),
                manner.label.notes("岁") || manner.label.key.contains('岁'),
            ) {
                (Some(age), true) => Entry::Text(age.to_string()),
                (Some(age), false) => Entry::Text(format!("{age}岁")),
                (None, _) => Entry::Unfit,
            };
        }
        let shape = DateShape::of_label(manner.label);
        let hinted = manner
            .label
            .notes
            .iter()
            .any(|note| DateShape::of_hint(note).is_some());
        let shape = match manner.hint {
            Some(hint) if !hinted => hint,
            _ => shape,
        };
        let date = shape.write(when);
        // 出生年月（ 岁）: the age stands under the month.
        match when.age(manner.on) {
            Some(age) if is_birth && alone && manner.label.notes("岁") => {
                Entry::Text(format!("{date}\n（{age}岁）"))
            }
            _ => Entry::Text(date),
        }
    }

    /// A list told in one cell: a line for each record, in the order of their periods where all
    /// lines begin with one.
    pub(crate) fn story(&self, lists: &[usize]) -> Entry {
        let mut lines: Vec<String> = Vec::new();
        let mut answered = false;
        for list in lists {
            let Some(count) = self.records(*list) else {
                continue;
            };
            answered = true;
            let fields = match self.facts.get(*list).map(|fact| &fact.kind) {
                Some(Kind::Records { fields, .. }) => fields.as_slice(),
                _ => &[],
            };
            for record in 0..count {
                let texts: Vec<String> = fields
                    .iter()
                    .filter_map(|field| self.told(*field, record))
                    .collect();
                if !texts.is_empty() {
                    lines.push(texts.join("  "));
                }
            }
        }
        match (answered, lines.is_empty()) {
            (false, _) => Entry::NotAnswered,
            (true, true) => Entry::Text(NOTHING.to_owned()),
            (true, false) => {
                if lines.iter().all(|line| year_month(line).is_some()) {
                    lines.sort_by_key(|line| year_month(line));
                }
                Entry::Text(lines.join("\n"))
            }
        }
    }

    /// A field of a record as a line of running text tells it.
    fn told(&self, field: usize, record: usize) -> Option<String> {
        let asked = Asked {
            fact: field,
            part: Part::Whole,
            rank: 0,
        };
        let fact = self.facts.get(field)?;
        let label = Label::new(&fact.label);
        let manner = Manner {
            label: &label,
            printed: "",
            hint: Some(DateShape::MonthDot),
            on: Date::from_days(0),
        };
        // A yes or no tells nothing without its question.
        if fact.kind == Kind::YesNo {
            return None;
        }
        match self.one(asked, Some(record), &manner, false) {
            Entry::Text(text) => Some(text.replace('\n', " ")),
            _ => None,
        }
    }
}

/// What a term says that means that there is nothing.
fn or_nothing(term: &str) -> &str {
    match term.starts_with("没有") || matches!(term, "无学位" | "都没有" | "都不是") {
        true => NOTHING,
        false => term,
    }
}

/// The beginning or the end of a period such as `2010.09—2014.07` or `2015.06至今`.
fn half(period: &str, which: usize) -> Entry {
    let is_mark = |c: char| matches!(c, '—' | '–' | '－' | '-' | '~' | '～' | '至' | '―');
    let marked: Vec<&str> = period
        .split(is_mark)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    match marked.as_slice() {
        [start, end] => Entry::of(if which == 0 {
            start
        } else if *end == "今" {
            "至今"
        } else {
            end
        }),
        [start] if which == 0 => Entry::of(start),
        _ => Entry::Unfit,
    }
}

/// The year and month that a line begins with.
fn year_month(line: &str) -> Option<(u32, u32)> {
    let mut digits = line.trim_start().split(|c: char| !c.is_ascii_digit());
    let year: u32 = digits.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = digits
        .next()
        .and_then(|month| month.parse().ok())
        .unwrap_or(0);
    Some((year, month))
}

/// A number stored times 10^places, without needless zeros.
pub(crate) fn decimal(value: i64, places: u8) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let places = usize::from(places);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits
        .split_at_checked(digits.len() - places)
        .unwrap_or((&digits, ""));
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_show_how_a_date_is_written() {
        for (hint, shape) in [
            ("如1990.01", Some(DateShape::MonthDot)),
            ("（格式：1990.01.05）", Some(DateShape::DayDot)),
            ("例：1990年1月", Some(DateShape::MonthWords)),
            ("XXXX年XX月XX日", Some(DateShape::DayWords)),
            ("yyyy-MM-dd", Some(DateShape::DayDash)),
            ("YYYY/MM", Some(DateShape::MonthSlash)),
            ("如：199001", Some(DateShape::MonthDigits)),
            ("19900105", Some(DateShape::DayDigits)),
            ("岁", None),
            ("1990", None),
            ("2024-2026年度", None),
            ("按身份证填写", None),
        ] {
            assert_eq!(DateShape::of_hint(hint), shape, "{hint}");
        }
    }

    #[test]
    fn an_age_counts_to_the_current_month() {
        let when = |text| When {
            first: Date::parse(text).unwrap(),
            has_day: true,
        };
        let on = Date::parse("2026-11-21").unwrap();
        assert_eq!(when("1980-11-30").age(on), Some(46));
        assert_eq!(when("1980-12-01").age(on), Some(45));
        assert_eq!(when("2027-01-01").age(on), None);
    }

    #[test]
    fn periods_have_two_halves() {
        let both = |text| (half(text, 0), half(text, 1));
        let text = |text: &str| Entry::Text(text.to_owned());
        assert_eq!(both("2010.09—2014.07"), (text("2010.09"), text("2014.07")));
        assert_eq!(both("2015.06—至今"), (text("2015.06"), text("至今")));
        assert_eq!(
            both("2015.06 至 2016.07"),
            (text("2015.06"), text("2016.07"))
        );
        assert_eq!(both("2010-09-01"), (Entry::Unfit, Entry::Unfit));
    }

    #[test]
    fn numbers_have_no_needless_zeros() {
        assert_eq!(decimal(1_234_500, 6), "1.2345");
        assert_eq!(decimal(-50, 2), "-0.5");
        assert_eq!(decimal(7, 0), "7");
    }
}
