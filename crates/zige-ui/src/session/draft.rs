//! What somebody is typing, kept as typed, and how it becomes an answer.

use zige_core::answers::{Answer, Records};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, Pack};

use crate::WHOLE;
use crate::words;

/// An entry in the making. Texts are exactly what was typed: they are read when it is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Yes/no (1/0) or the position of an option, and what the options are filtered by.
    Choice {
        /// What is chosen.
        chosen: Option<i64>,
        /// Shows only options with this in their name.
        filter: String,
    },
    /// A number, an amount in 元, or a text.
    Line(String),
    /// A date in three parts.
    Date(DateDraft),
    /// A list.
    Records(RecordsDraft),
}

/// A date as typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DateDraft {
    /// Four digits.
    pub year: String,
    /// 1 to 12.
    pub month: String,
    /// 1 to 31; empty when only the month is known.
    pub day: String,
}

/// A list as entered.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RecordsDraft {
    /// Its records.
    pub rows: Vec<RowDraft>,
    /// Whether these are all.
    pub complete: bool,
    next_key: u32,
}

/// One record as entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDraft {
    /// Stays with the record when others are added, moved or removed.
    pub key: u32,
    /// Its facts, in the order of the list.
    pub cells: Vec<(FactId, Draft)>,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// The year.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
}

/// A change to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// An option was chosen.
    Choose(i64),
    /// The options are filtered.
    Filter(String),
    /// A line reads like this now.
    Type(String),
    /// A part of a date reads like this now.
    Part(DatePart, String),
    /// A record is added at the end.
    AddRow,
    /// The record with this key is removed.
    RemoveRow(u32),
    /// The record with this key changes places with the one before it.
    RaiseRow(u32),
    /// A fact of the record with this key changes.
    Cell(u32, FactId, Box<Edit>),
    /// Whether the list is complete.
    Complete(bool),
}

/// What is wrong with an entry, and where: the ending of the id of the input to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryError {
    /// Appended to the entry's own id.
    pub at: String,
    /// What to do, for the person.
    pub message: String,
}

impl Draft {
    /// An entry that starts from what was answered before.
    #[must_use]
    pub fn of(pack: &Pack, fact: &Fact, answer: &Answer) -> Draft {
        match &fact.kind {
            FactKind::YesNo | FactKind::Choice(_) => Draft::Choice {
                chosen: match answer {
                    Answer::Value(value) => Some(*value),
                    _ => None,
                },
                filter: String::new(),
            },
            FactKind::Number { scale, .. } => Draft::Line(match answer {
                Answer::Value(value) => words::decimal(*value, *scale),
                _ => String::new(),
            }),
            FactKind::Money { .. } => Draft::Line(match answer {
                Answer::Value(value) => words::decimal(*value, 2),
                _ => String::new(),
            }),
            FactKind::Text { .. } => Draft::Line(match answer {
                Answer::Text(text) => text.clone(),
                _ => String::new(),
            }),
            FactKind::Date { .. } => Draft::Date(match answer {
                Answer::Value(days) => DateDraft::of(Date::from_days(*days)),
                Answer::Month { first, .. } => DateDraft {
                    day: String::new(),
                    ..DateDraft::of(*first)
                },
                _ => DateDraft::default(),
            }),
            FactKind::Records { fields, .. } => {
                let mut draft = RecordsDraft::default();
                if let (Answer::Records(records), true) = (answer, WHOLE) {
                    draft.complete = records.complete;
                    for row in 0..records.rows.len() {
                        draft.add(pack, fields, &|field| records.answer(row, field).clone());
                    }
                }
                Draft::Records(draft)
            }
        }
    }

    /// Applies a change; one that does not fit is ignored.
    pub fn apply(&mut self, pack: &Pack, fact: &Fact, edit: Edit) {
        match (self, edit) {
            (Draft::Choice { chosen, .. }, Edit::Choose(option)) => *chosen = Some(option),
            (Draft::Choice { filter, .. }, Edit::Filter(text)) => *filter = text,
            (Draft::Line(line), Edit::Type(text)) => *line = text,
            (Draft::Date(date), Edit::Part(part, text)) => match part {
                DatePart::Year => date.year = text,
                DatePart::Month => date.month = text,
                DatePart::Day => date.day = text,
            },
            (Draft::Records(records), edit) if WHOLE => records.apply(pack, fact, edit),
            _ => {}
        }
    }

    /// The answer that it means. An entry that is left empty is [`Answer::Absent`].
    ///
    /// # Errors
    /// What is wrong, in the order of the inputs.
    pub fn read(&self, pack: &Pack, fact: &Fact) -> Result<Answer, Vec<EntryError>> {
        match self {
            Draft::Choice { chosen, .. } => Ok(chosen.map_or(Answer::Absent, Answer::Value)),
            Draft::Line(line) => read_line(fact, line).map_err(|message| {
                vec![EntryError {
                    at: String::new(),
                    message,
                }]
            }),
            Draft::Date(date) => match &fact.kind {
                FactKind::Date { min, max } => date.read(&fact.label, *min, *max),
                _ => Ok(Answer::Absent),
            },
            Draft::Records(records) if WHOLE => records.read(pack),
            Draft::Records(_) => Ok(Answer::Absent),
        }
    }
}

impl DateDraft {
    /// A day, as it would be typed.
    #[must_use]
    pub fn of(date: Date) -> DateDraft {
        let (year, month, day) = date.ymd();
        DateDraft {
            year: year.to_string(),
            month: month.to_string(),
            day: day.to_string(),
        }
    }

    /// The day or the month that it means; [`Answer::Absent`] when all parts are empty.
    ///
    /// # Errors
    /// What is wrong; the parts are `-year`, `-month` and `-day`.
    pub fn read(&self, label: &str, min: i64, max: i64) -> Result<Answer, Vec<EntryError>> {
        let error = |at: &str, message: String| {
            Err(vec![EntryError {
                at: at.into(),
                message,
            }])
        };
        let (year, month, day) = (plain(&self.year), plain(&self.month), plain(&self.day));
        if year.is_empty() && month.is_empty() && day.is_empty() {
            return Ok(Answer::Absent);
        }
        let missing: Vec<EntryError> = [("-year", &year, "年份"), ("-month", &month, "月份")]
            .into_iter()
            .filter(|(_, text, _)| text.is_empty())
            .map(|(at, _, part)| EntryError {
                at: at.into(),
                message: format!("请填写{label}的{part}"),
            })
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let Some(year) = number(&year).filter(|_| year.len() == 4) else {
            return error("-year", format!("{label}的年份请填4位数字，例如1985"));
        };
        let Some(month) = number(&month).filter(|month| (1..=12).contains(month)) else {
            return error("-month", format!("{label}的月份请填1到12的数字"));
        };
        let (first, last) = if day.is_empty() {
            match i32::try_from(year)
                .ok()
                .and_then(|year| Date::month(year, month))
            {
                Some(days) => days,
                None => return error("-year", format!("{label}的年份不对，请核对")),
            }
        } else {
            let date = number(&day)
                .zip(i32::try_from(year).ok())
                .and_then(|(day, year)| Date::new(year, month, day));
            match date {
                Some(date) => (date, date),
                None => {
                    let there_is = Date::month(i32::try_from(year).unwrap_or(0), month)
                        .map_or(31, |(_, last)| last.ymd().2);
                    return error(
                        "-day",
                        format!("{year}年{month}月只有{there_is}天，请核对{label}的日"),
                    );
                }
            }
        };
        if last.days() < min || first.days() > max {
            let (from, to) = (Date::from_days(min), Date::from_days(max));
            return error(
                "-year",
                format!(
                    "{label}应当在{}到{}之间，请核对年份",
                    words::date(from),
                    words::date(to)
                ),
            );
        }
        Ok(if day.is_empty() {
            Answer::Month { first, last }
        } else {
            Answer::day(first)
        })
    }
}

impl RecordsDraft {
    pub(super) fn add(
        &mut self,
        pack: &Pack,
        fields: &[FactId],
        answer: &dyn Fn(FactId) -> Answer,
    ) {
        let cells = fields
            .iter()
            .filter_map(|field| {
                let fact = pack.vocabulary.facts.get(field.index())?;
                Some((*field, Draft::of(pack, fact, &answer(*field))))
            })
            .collect();
        self.rows.push(RowDraft {
            key: self.next_key,
            cells,
        });
        self.next_key = self.next_key.saturating_add(1);
    }

    fn apply(&mut self, pack: &Pack, fact: &Fact, edit: Edit) {
        let FactKind::Records { fields, .. } = &fact.kind else {
            return;
        };
        match edit {
            Edit::AddRow => self.add(pack, fields, &|_| Answer::Absent),
            Edit::RemoveRow(key) => self.rows.retain(|row| row.key != key),
            Edit::RaiseRow(key) => {
                if let Some(place) = self.rows.iter().position(|row| row.key == key)
                    && let Some(before) = place.checked_sub(1)
                {
                    self.rows.swap(before, place);
                }
            }
            Edit::Cell(key, field, edit) => {
                let cell = self
                    .rows
                    .iter_mut()
                    .filter(|row| row.key == key)
                    .flat_map(|row| row.cells.iter_mut())
                    .find(|(id, _)| *id == field);
                if let (Some((_, draft)), Some(fact)) =
                    (cell, pack.vocabulary.facts.get(field.index()))
                {
                    draft.apply(pack, fact, *edit);
                }
            }
            Edit::Complete(complete) => self.complete = complete,
            Edit::Choose(_) | Edit::Filter(_) | Edit::Type(_) | Edit::Part(..) => {}
        }
    }

    /// A list without records that is not marked complete says nothing.
    fn read(&self, pack: &Pack) -> Result<Answer, Vec<EntryError>> {
        let mut errors = Vec::new();
        let mut rows = Vec::new();
        for (position, row) in self.rows.iter().enumerate() {
            let mut answers = Vec::new();
            for (field, draft) in &row.cells {
                let Some(fact) = pack.vocabulary.facts.get(field.index()) else {
                    continue;
                };
                match draft.read(pack, fact) {
                    Ok(Answer::Absent) => {}
                    Ok(answer) => answers.push((*field, answer)),
                    Err(found) => errors.extend(found.into_iter().map(|error| EntryError {
                        at: format!("{}{}", cell_id(row.key, fact), error.at),
                        message: format!("第{}条：{}", position + 1, error.message),
                    })),
                }
            }
            rows.push(answers);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() && !self.complete {
            return Ok(Answer::Absent);
        }
        Ok(Answer::Records(Records {
            rows,
            complete: self.complete,
        }))
    }
}

/// The ending of the id of a record's input.
#[must_use]
pub fn cell_id(key: u32, fact: &Fact) -> String {
    format!("-{key}-{}", fact.id)
}

fn read_line(fact: &Fact, line: &str) -> Result<Answer, String> {
    let text = line.trim();
    if text.is_empty() {
        return Ok(Answer::Absent);
    }
    let label = &fact.label;
    let (value, least, most, scale, unit) = match &fact.kind {
        FactKind::Number {
            min,
            max,
            scale,
            unit,
        } => (
            scaled(&plain(text), *scale),
            *min,
            *max,
            *scale,
            unit.as_str(),
        ),
        FactKind::Money { min, max } => (scaled(&plain(text), 2), *min, *max, 2, "元"),
        _ => return Ok(Answer::Text(text.to_owned())),
    };
    match value {
        None if scale == 0 => Err(format!("{label}请填数字，例如12")),
        None => Err(format!("{label}请填数字，最多{scale}位小数，例如12.5")),
        Some(value) if value < least || value > most => Err(format!(
            "{label}应当在{}到{}{unit}之间，请核对",
            words::decimal(least, scale),
            words::decimal(most, scale)
        )),
        Some(value) => Ok(Answer::Value(value)),
    }
}

/// Half-width digits without the spaces and separators that people type.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '，')
        .map(half_width)
        .collect()
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '－' => {
            char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c)
        }
        '。' => '.',
        _ => c,
    }
}

fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// Reads a decimal number as a whole one, times 10 to the power of `scale`.
fn scaled(text: &str, scale: u8) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let ascii = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let scale = usize::from(scale);
    if whole.is_empty() || !ascii(whole) || !ascii(fraction) || fraction.len() > scale {
        return None;
    }
    let value: i64 = format!("{whole}{fraction:0<scale$}").parse().ok()?;
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::sample;

    fn date(year: &str, month: &str, day: &str) -> Draft {
        Draft::Date(DateDraft {
            year: year.into(),
            month: month.into(),
            day: day.into(),
        })
    }

    fn check(fact: &str, draft: &Draft, expected: Expect) {
        let pack = sample::pack();
        let fact = &pack.vocabulary.facts[sample::fact(&pack, fact).index()];
        let shown = match draft.read(&pack, fact) {
            Ok(answer) => words::answer(&pack, fact, &answer),
            Err(errors) => errors
                .iter()
                .map(|error| format!("{}: {}", error.at, error.message))
                .collect::<Vec<_>>()
                .join("\n"),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_date_is_known_to_the_day_or_to_the_month() {
        check(
            "birth_date",
            &date("1985", "3", "07"),
            expect!["1985年3月7日"],
        );
        check(
            "birth_date",
            &date("１９８５", " 3", ""),
            expect!["1985年3月"],
        );
        check("birth_date", &date("", "", ""), expect!["未填"]);
    }

    #[test]
    fn an_impossible_date_says_which_part_to_mend() {
        check(
            "birth_date",
            &date("1985", "2", "30"),
            expect!["-day: 1985年2月只有28天，请核对出生日期的日"],
        );
        check(
            "birth_date",
            &date("85", "2", "3"),
            expect!["-year: 出生日期的年份请填4位数字，例如1985"],
        );
        check(
            "birth_date",
            &date("1985", "13", "3"),
            expect!["-month: 出生日期的月份请填1到12的数字"],
        );
        check(
            "birth_date",
            &date("1885", "12", "3"),
            expect!["-year: 出生日期应当在1900年1月1日到2100年12月31日之间，请核对年份"],
        );
        check(
            "birth_date",
            &date("", "", "3"),
            expect![[r#"
            -year: 请填写出生日期的年份
            -month: 请填写出生日期的月份"#]],
        );
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let line = |text: &str| Draft::Line(text.into());
        check("papers", &line("３"), expect!["3篇"]);
        check(
            "papers",
            &line("2.5"),
            expect![": 论文数量请填数字，例如12"],
        );
        check(
            "papers",
            &line("1000"),
            expect![": 论文数量应当在0到99篇之间，请核对"],
        );
        check("tuition", &line("12,000.50"), expect!["12000.50元"]);
    }

    #[test]
    fn decimals_are_whole_numbers_in_disguise() {
        assert_eq!(scaled("2.5", 1), Some(25));
        assert_eq!(scaled("2", 2), Some(200));
        assert_eq!(scaled("-0.05", 2), Some(-5));
        for text in ["", ".", ".5", "1.23", "1e3", "99999999999999999999"] {
            assert_eq!(scaled(text, 1), None, "{text}");
        }
    }

    #[test]
    fn records_keep_their_entries_when_others_move() {
        let pack = sample::pack();
        let list = &pack.vocabulary.facts[sample::fact(&pack, "jobs").index()];
        let unit = sample::fact(&pack, "job_unit");
        let mut draft = Draft::of(&pack, list, &Answer::Absent);
        let typed = |text: &str| Box::new(Edit::Type(text.into()));
        draft.apply(&pack, list, Edit::AddRow);
        draft.apply(&pack, list, Edit::AddRow);
        draft.apply(&pack, list, Edit::AddRow);
        draft.apply(&pack, list, Edit::Cell(0, unit, typed("甲")));
        draft.apply(&pack, list, Edit::Cell(2, unit, typed("丙")));
        draft.apply(&pack, list, Edit::RaiseRow(2));
        draft.apply(&pack, list, Edit::RemoveRow(1));
        draft.apply(&pack, list, Edit::RaiseRow(2));
        let answer = draft.read(&pack, list).unwrap();
        assert_eq!(words::answer(&pack, list, &answer), "2条，可能还有");
        let Answer::Records(records) = answer else {
            panic!("a list is answered by records")
        };
        assert_eq!(records.answer(0, unit), &Answer::Text("丙".into()));
        assert_eq!(records.answer(1, unit), &Answer::Text("甲".into()));
    }

    #[test]
    fn an_error_in_a_record_names_the_record() {
        let pack = sample::pack();
        let list = &pack.vocabulary.facts[sample::fact(&pack, "jobs").index()];
        let from = sample::fact(&pack, "job_from");
        let mut draft = Draft::of(&pack, list, &Answer::Absent);
        draft.apply(&pack, list, Edit::AddRow);
        let part = Box::new(Edit::Part(DatePart::Year, "20".into()));
        draft.apply(&pack, list, Edit::Cell(0, from, part));
        assert_eq!(
            draft.read(&pack, list).unwrap_err(),
            [EntryError {
                at: "-0-job_from-month".into(),
                message: "第1条：请填写开始日期的月份".into()
            }]
        );
    }
}
