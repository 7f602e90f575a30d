//! The blocks of the shared vocabulary.

use zige_core::date::Date;
use zige_core::pack::{Direction, FactRole, Schedule, ScheduleRow};

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::{BlockName, Document, Fence, File, Text};
use crate::table::{Table, Value, ValueWhat};

use super::{ConstraintSource, Context, DerivedSource, PointSource, Rule};

/// Everything in `vocabulary.md`.
#[derive(Debug, Default)]
pub(crate) struct VocabularySource {
    pub(crate) choices: Vec<ChoiceSource>,
    pub(crate) sections: Vec<(Text, String)>,
    pub(crate) facts: Vec<FactSource>,
    pub(crate) schedules: Vec<ScheduleSource>,
    pub(crate) derived: Vec<DerivedSource>,
    pub(crate) constraints: Vec<ConstraintSource>,
    pub(crate) points: Vec<PointSource>,
}

/// `scale` or `list`.
#[derive(Debug)]
pub(crate) struct ChoiceSource {
    pub(crate) id: Text,
    pub(crate) label: String,
    pub(crate) ordered: bool,
    pub(crate) options: Vec<String>,
    pub(crate) hints: Vec<String>,
}

/// `schedule`.
#[derive(Debug)]
pub(crate) struct ScheduleSource {
    pub(crate) id: Text,
    pub(crate) schedule: Schedule,
}

/// `fact`.
#[derive(Debug)]
pub(crate) struct FactSource {
    pub(crate) id: Text,
    pub(crate) place: Place,
    pub(crate) kind: KindSource,
    pub(crate) label: String,
    pub(crate) question: String,
    pub(crate) help: String,
    pub(crate) find: String,
    pub(crate) attest: String,
    pub(crate) proof: String,
    pub(crate) section: Text,
    pub(crate) role: FactRole,
    pub(crate) changeable: Direction,
    pub(crate) weights: Vec<u16>,
    pub(crate) weights_place: Place,
    pub(crate) guard: Option<Rule>,
    pub(crate) record: Option<Text>,
    pub(crate) aliases: Vec<Text>,
    /// Whether every pack holds it, used or not.
    pub(crate) common: bool,
}

/// The type of a fact.
#[derive(Debug)]
pub(crate) enum KindSource {
    YesNo,
    Choice(Text),
    Number {
        min: i64,
        max: i64,
        scale: u8,
        unit: String,
    },
    Money {
        min: i64,
        max: i64,
    },
    Date {
        min: i64,
        max: i64,
    },
    Text {
        limit: u16,
        long: bool,
    },
    Records {
        noun: String,
        fields: Vec<Text>,
    },
}

/// Reads the vocabulary's blocks.
pub(crate) fn read_vocabulary(
    file: &File,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> VocabularySource {
    let mut source = VocabularySource::default();
    let mut context = Context { file, problems };
    for fence in document.parts.iter().flat_map(|part| &part.fences) {
        match fence.kind {
            BlockName::Scale => source.choices.push(context.choice(fence, true)),
            BlockName::List => source.choices.push(context.choice(fence, false)),
            BlockName::Section => {
                let mut table = context.table(fence);
                let label = table.text("label", context.problems).text;
                table.finish(context.problems);
                source.sections.push((fence.id.clone(), label));
            }
            BlockName::Fact => source.facts.push(context.fact(fence)),
            BlockName::Schedule => source.schedules.push(context.schedule(fence)),
            BlockName::Derived => source.derived.extend(context.derived(fence)),
            BlockName::Constraint => source.constraints.extend(context.constraint(fence)),
            BlockName::Point => source.points.push(context.point(fence)),
            _ => context.misplaced(fence, "move it to the document of its policy"),
        }
    }
    source
}

impl Context<'_> {
    fn choice(&mut self, fence: &Fence, ordered: bool) -> ChoiceSource {
        let mut table = self.table(fence);
        let label = table.text("label", self.problems).text;
        let place = table.place;
        let options = table.texts("options", self.problems);
        let hints = table.texts("hints", self.problems);
        let broken = table.is_broken();
        table.finish(self.problems);
        if !(2..=64).contains(&options.len()) && !broken {
            self.problems.push(
                Diagnostic::error(
                    Kind::Value,
                    place,
                    format!("`{}` has {} options", fence.id.text, options.len()),
                )
                .mend("list 2 to 64 options: `options = [\"…\", \"…\"]`"),
            );
        }
        for (index, option) in options.iter().enumerate() {
            if let Some(first) = options
                .iter()
                .take(index)
                .find(|first| first.text == option.text)
            {
                self.problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        option.place,
                        format!(
                            "option `{}` stands twice in `{}`",
                            option.text, fence.id.text
                        ),
                    )
                    .also(first.place, "first here")
                    .mend("remove one of them"),
                );
            }
        }
        if !hints.is_empty() && hints.len() != options.len() {
            self.problems.push(
                Diagnostic::error(
                    Kind::Value,
                    hints.first().map_or(place, |hint| hint.place),
                    format!(
                        "`{}` has {} options and {} hints",
                        fence.id.text,
                        options.len(),
                        hints.len()
                    ),
                )
                .mend("give one hint for each option, `\"\"` where there is nothing to say"),
            );
        }
        let mut hints: Vec<String> = hints.into_iter().map(|hint| hint.text).collect();
        hints.resize(options.len(), String::new());
        ChoiceSource {
            id: fence.id.clone(),
            label,
            ordered,
            options: options
                .into_iter()
                .map(|option| option.text)
                .take(64)
                .collect(),
            hints: hints.into_iter().take(64).collect(),
        }
    }

    fn fact(&mut self, fence: &Fence) -> FactSource {
        let mut table = self.table(fence);
        let kind = self.fact_kind(&mut table);
        let weights = table.value("weights");
        let weights_place = weights.as_ref().map_or(table.place, |value| value.place);
        let weights = weights.map_or_else(Vec::new, |value| self.weights(&table, value));
        let fact = FactSource {
            id: fence.id.clone(),
            place: fence.place,
            kind,
            label: table.text("label", self.problems).text,
            question: table.text("question", self.problems).text,
            help: table.string("help", self.problems),
            find: table.string("find", self.problems),
            attest: table.string("attest", self.problems),
            proof: table.string("proof", self.problems),
            section: table.text("section", self.problems),
            role: table
                .one_of(
                    "role",
                    &[
                        ("answer", FactRole::Answer),
                        ("declaration", FactRole::Declaration),
                        ("form", FactRole::Form),
                    ],
                    self.problems,
                )
                .unwrap_or(FactRole::Answer),
            changeable: table
                .one_of(
                    "changeable",
                    &[
                        ("fixed", Direction::Fixed),
                        ("up", Direction::Up),
                        ("down", Direction::Down),
                        ("free", Direction::Free),
                    ],
                    self.problems,
                )
                .unwrap_or(Direction::Fixed),
            weights,
            weights_place,
            guard: self.optional_rule(&mut table, "applies"),
            record: table.optional_text("record", self.problems),
            aliases: table.texts("aliases", self.problems),
            common: table.flag("common", self.problems),
        };
        table.finish(self.problems);
        fact
    }

    fn fact_kind(&mut self, table: &mut Table) -> KindSource {
        #[derive(Clone, Copy)]
        enum Word {
            YesNo,
            Choice,
            Number,
            Decimal,
            Money,
            Date,
            Text,
            Records,
        }
        let words = [
            ("yes_no", Word::YesNo),
            ("choice", Word::Choice),
            ("number", Word::Number),
            ("decimal", Word::Decimal),
            ("money", Word::Money),
            ("date", Word::Date),
            ("text", Word::Text),
            ("records", Word::Records),
        ];
        if !table.has("type") {
            table.text("type", self.problems);
            return KindSource::YesNo;
        }
        match table.one_of("type", &words, self.problems) {
            None | Some(Word::YesNo) => KindSource::YesNo,
            Some(Word::Choice) => KindSource::Choice(table.text("of", self.problems)),
            Some(Word::Number) => self.number(table, 0),
            Some(Word::Decimal) => {
                let places = table.required_integer("places", 1..=4, self.problems);
                self.number(table, u8::try_from(places).unwrap_or(1))
            }
            Some(Word::Money) => {
                let (min, max) = self.range(table, 2, (0, 100_000_000_000));
                KindSource::Money { min, max }
            }
            Some(Word::Date) => self.date_range(table),
            Some(Word::Text) => KindSource::Text {
                limit: table
                    .integer("limit", 0..=10_000, self.problems)
                    .and_then(|limit| u16::try_from(limit).ok())
                    .unwrap_or(0),
                long: table.flag("long", self.problems),
            },
            Some(Word::Records) => KindSource::Records {
                noun: table.text("noun", self.problems).text,
                fields: table.texts("fields", self.problems),
            },
        }
    }

    fn number(&mut self, table: &mut Table, scale: u8) -> KindSource {
        let (min, max) = self.range(table, scale, (0, 1_000_000));
        KindSource::Number {
            min,
            max,
            scale,
            unit: table.string("unit", self.problems),
        }
    }

    fn range(&mut self, table: &mut Table, places: u8, default: (i64, i64)) -> (i64, i64) {
        let Some(value) = table.value("range") else {
            return default;
        };
        let ends = match &value.what {
            ValueWhat::List(ends) => match ends.as_slice() {
                [low, high] => scaled(low, places).zip(scaled(high, places)),
                _ => None,
            },
            _ => None,
        };
        match ends {
            Some((low, high)) if low < high => (low, high),
            _ => {
                let expected = "the smallest and the largest value: `[0, 100]`";
                table.wrong("range", &value, expected, self.problems);
                default
            }
        }
    }

    fn date_range(&mut self, table: &mut Table) -> KindSource {
        let (min, max) = (
            Date::new(1900, 1, 1).unwrap_or(Date::MIN),
            Date::new(2100, 12, 31).unwrap_or(Date::MAX),
        );
        let default = KindSource::Date {
            min: min.days(),
            max: max.days(),
        };
        let Some(value) = table.value("range") else {
            return default;
        };
        let date = |value: &Value| match &value.what {
            ValueWhat::String(text) | ValueWhat::Date(text) => Date::parse(text),
            _ => None,
        };
        let ends = match &value.what {
            ValueWhat::List(ends) => match ends.as_slice() {
                [low, high] => date(low).zip(date(high)),
                _ => None,
            },
            _ => None,
        };
        match ends {
            Some((low, high)) if low < high => KindSource::Date {
                min: low.days(),
                max: high.days(),
            },
            _ => {
                let expected = "the first and the last day: `[\"1900-01-01\", \"2100-12-31\"]`";
                table.wrong("range", &value, expected, self.problems);
                default
            }
        }
    }

    fn weights(&mut self, table: &Table, value: Value) -> Vec<u16> {
        let expected = "a list of whole numbers from 0 to 1000, not all 0";
        let weights: Option<Vec<u16>> = match &value.what {
            ValueWhat::List(values) => values
                .iter()
                .map(|value| match value.what {
                    ValueWhat::Integer(Some(weight)) if weight <= 1000 => {
                        u16::try_from(weight).ok()
                    }
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        match weights {
            Some(weights) if weights.iter().any(|weight| *weight > 0) => weights,
            _ => {
                table.wrong("weights", &value, expected, self.problems);
                Vec::new()
            }
        }
    }

    fn schedule(&mut self, fence: &Fence) -> ScheduleSource {
        let mut table = self.table(fence);
        let source = table.text("source", self.problems).text;
        let rows = table.tables("rows", self.problems);
        let (place, broken) = (table.place, table.is_broken());
        table.finish(self.problems);
        if rows.is_empty() && !broken {
            self.problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    place,
                    format!("schedule `{}` has no `rows`", fence.id.text),
                )
                .mend("add one row for each category, as LANGUAGE.md shows"),
            );
        }
        let rows = rows.into_iter().map(|row| self.schedule_row(row)).collect();
        ScheduleSource {
            id: fence.id.clone(),
            schedule: Schedule {
                id: fence.id.text.clone(),
                source,
                rows,
            },
        }
    }

    fn schedule_row(&mut self, mut row: Table) -> ScheduleRow {
        let id = row.text("id", self.problems).text;
        let label = row.text("label", self.problems).text;
        let base = row.text("base", self.problems);
        let first = row.text("first", self.problems);
        let step = row.required_integer("step", 1..=120, self.problems);
        let cap = row.required_integer("cap", 0..=240, self.problems);
        let base_months = months(&base.text).unwrap_or_else(|| {
            self.unreadable(&base, "base", "60 years");
            0
        });
        let first_month = Date::parse_month(&first.text).map_or_else(
            || {
                self.unreadable(&first, "first", "1965-01");
                0
            },
            |(day, _)| {
                let (year, month, _) = day.ymd();
                year * 12 + i32::try_from(month).unwrap_or(1) - 1
            },
        );
        row.finish(self.problems);
        ScheduleRow {
            id,
            label,
            base_months,
            first_month,
            step: i32::try_from(step).unwrap_or(1),
            cap: i32::try_from(cap).unwrap_or(0),
        }
    }

    fn unreadable(&mut self, text: &Text, key: &str, like: &str) {
        if !text.text.is_empty() {
            self.problems.push(
                Diagnostic::error(
                    Kind::Value,
                    text.place,
                    format!("`{key}` of this row cannot be `{}`", text.text),
                )
                .mend(format!("write it like `{key} = \"{like}\"`")),
            );
        }
    }
}

/// A number as written, times 10 to the power of `places`.
pub(crate) fn scaled(value: &Value, places: u8) -> Option<i64> {
    let factor = 10_i64.checked_pow(u32::from(places))?;
    match &value.what {
        ValueWhat::Integer(number) => number.as_ref()?.checked_mul(factor),
        ValueWhat::Decimal(text) => scaled_text(text, places),
        _ => None,
    }
}

/// A decimal number in text, times 10 to the power of `places`; `None` if it has more places.
pub(crate) fn scaled_text(text: &str, places: u8) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > usize::from(places) || whole.is_empty() || !plain(whole) || !plain(part) {
        return None;
    }
    let padded = format!("{whole}{part:0<width$}", width = usize::from(places));
    padded.parse::<i64>().ok()?.checked_mul(sign)
}

/// “60 years” or “726 months”, in months.
fn months(text: &str) -> Option<i32> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: i32 = number
        .parse()
        .ok()
        .filter(|number| (0..=1200).contains(number))?;
    match unit.trim() {
        "years" | "year" => Some(number * 12),
        "months" | "month" => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_without_floats() {
        assert_eq!(scaled_text("2.5", 1), Some(25));
        assert_eq!(scaled_text("2.50", 1), Some(25));
        assert_eq!(scaled_text("-0.05", 2), Some(-5));
        assert_eq!(scaled_text("100", 2), Some(10_000));
        assert_eq!(scaled_text("2.55", 1), None);
        assert_eq!(scaled_text("1e3", 1), None);
        assert_eq!(scaled_text("inf", 1), None);
    }
}
