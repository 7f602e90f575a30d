//! Answers in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use zige_core::answers::{Answer, Answers, Records, range};
use zige_core::date::Date;
use zige_core::ids::{ChoiceId, FactId, PointId};
use zige_core::pack::{Fact, FactKind, Pack};

use super::syntax::{self, Members, Shape, parse, quoted};
use super::{AnswerLoadError, MOST_BYTES, Mistake};
use crate::nearest::did_you_mean;
use crate::value::decimal;

/// The most records of one list.
pub const MOST_RECORDS: usize = 1_000;

/// Reads the answers to a pack's questions.
///
/// # Errors
/// When the text is too long, is no JSON object, or single answers do not fit: then all of them
/// are named. Whether the answers fit each other depends on the date of the check, see
/// [`Evaluator::check`](zige_core::evaluator::Evaluator::check).
pub fn answers_from_json(pack: &Pack, json: &str) -> Result<Answers, AnswerLoadError> {
    if json.len() > MOST_BYTES {
        return Err(AnswerLoadError::TooLarge);
    }
    // Some editors put a byte order mark in front.
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let syntax_error = |error: serde_json::Error| AnswerLoadError::Syntax {
        problem: error.to_string(),
    };
    let raw = parse(json).map_err(syntax_error)?;
    let Shape::Object(members) = syntax::shape(raw).map_err(syntax_error)? else {
        return Err(AnswerLoadError::NotAnObject { found: quoted(raw) });
    };
    match read_members(pack, members) {
        (answers, mistakes) if mistakes.is_empty() => Ok(answers),
        (_, mistakes) => Err(AnswerLoadError::Mistakes(mistakes)),
    }
}

/// The answers among the members of an object that fit the pack, and what is wrong with the others.
pub(crate) fn read_members(pack: &Pack, members: Members<'_>) -> (Answers, Vec<Mistake>) {
    let mut reader = Reader::new(pack);
    let answers = reader.answers(members);
    (answers, reader.mistakes)
}

struct Reader<'a> {
    pack: &'a Pack,
    facts: BTreeMap<&'a str, (FactId, &'a Fact)>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    fn new(pack: &'a Pack) -> Reader<'a> {
        let facts = (0..).map(FactId).zip(&pack.vocabulary.facts);
        Reader {
            pack,
            facts: facts
                .map(|(id, fact)| (fact.id.as_str(), (id, fact)))
                .collect(),
            mistakes: Vec::new(),
        }
    }

    fn answers(&mut self, members: Members<'_>) -> Answers {
        let mut answers = Answers::new(self.pack);
        for (key, raw) in self.each_once("", members) {
            let fact = self.facts.get(key.as_str()).copied();
            let point = (0..)
                .map(PointId)
                .zip(&self.pack.points)
                .find(|(_, point)| point.id == key);
            match (fact, point) {
                (Some((id, fact)), _) if fact.record_of.is_none() => {
                    if let Some(answer) = self.answer(&key, fact, raw)
                        && let Err(error) = answers.set(self.pack, id, answer)
                    {
                        self.wrong_type(&key, raw, &error.to_string());
                    }
                }
                (_, Some((id, point))) => {
                    let outcome = self.outcome(&key, &point.outcomes, raw);
                    if let Err(error) = answers.set_outcome(self.pack, id, outcome) {
                        self.wrong_type(&key, raw, &error.to_string());
                    }
                }
                (fact, None) => self.unknown(&key, fact.map(|(_, fact)| fact)),
            }
        }
        answers
    }

    /// The members, less those whose key came before, which are mistakes.
    fn each_once<'m>(&mut self, list: &str, members: Members<'m>) -> Vec<(String, &'m RawValue)> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::new();
        for (key, raw) in members.0 {
            if seen.insert(key.clone()) {
                kept.push((key, raw));
            } else {
                let key = format!("{list}{}", shortened(&key));
                self.mistakes.push(Mistake::Twice { key });
            }
        }
        kept
    }

    fn unknown(&mut self, key: &str, of_a_record: Option<&Fact>) {
        let list = of_a_record
            .and_then(|fact| fact.record_of)
            .and_then(|list| self.pack.vocabulary.facts.get(list.index()));
        let mend = match list {
            Some(list) => format!(", it belongs inside the records of `{}`", list.id),
            None => {
                let own = self
                    .facts
                    .values()
                    .filter(|(_, fact)| fact.record_of.is_none());
                let facts = own.map(|(_, fact)| fact.id.as_str());
                let points = self.pack.points.iter().map(|point| point.id.as_str());
                let known: Vec<&str> = facts.chain(points).collect();
                let mend = did_you_mean(key, &known);
                match mend.starts_with(", did") {
                    true => mend,
                    false => ", see `zige facts` for those it has".to_owned(),
                }
            }
        };
        self.mistakes.push(Mistake::Unknown {
            key: shortened(key),
            mend,
        });
    }

    /// The answer to one fact; `None` after a mistake.
    fn answer(&mut self, key: &str, fact: &Fact, raw: &RawValue) -> Option<Answer> {
        let Ok(shape) = syntax::shape(raw) else {
            self.wrong_type(key, raw, "a text without broken escapes");
            return None;
        };
        match (shape, &fact.kind) {
            (Shape::Null, _) => Some(Answer::Unknown),
            (Shape::Bool(yes), FactKind::YesNo) => Some(Answer::yes_no(yes)),
            (Shape::Text(text), FactKind::YesNo) if text == "是" => Some(Answer::yes_no(true)),
            (Shape::Text(text), FactKind::YesNo) if text == "否" => Some(Answer::yes_no(false)),
            (Shape::Text(term), FactKind::Choice(choice)) => self.option(key, *choice, &term),
            (Shape::Number(digits), FactKind::Number { .. } | FactKind::Money { .. }) => {
                self.number(key, digits, &fact.kind, raw)
            }
            (Shape::Text(digits), FactKind::Number { scale, .. }) if *scale > 0 => {
                self.number(key, &digits, &fact.kind, raw)
            }
            (Shape::Text(text), FactKind::Date { min, max }) => self.date(key, &text, (*min, *max)),
            (Shape::Text(text), FactKind::Text { .. }) => Some(Answer::Text(text)),
            (Shape::List(rows), FactKind::Records { fields, .. }) => {
                self.records(key, fields, &rows, true)
            }
            (Shape::Object(members), FactKind::Records { fields, .. }) => {
                self.incomplete_records(key, fields, members, raw)
            }
            (_, kind) => {
                self.wrong_type(key, raw, &expected(self.pack, kind));
                None
            }
        }
    }

    fn option(&mut self, key: &str, choice: ChoiceId, term: &str) -> Option<Answer> {
        let set = self.pack.vocabulary.choices.get(choice.index())?;
        match set.options.iter().position(|option| option == term) {
            Some(position) => i64::try_from(position).ok().map(Answer::Value),
            None => {
                self.no_such_option(key, term, &set.options);
                None
            }
        }
    }

    /// A point's outcome; `None` while it is open, or after a mistake.
    fn outcome(&mut self, key: &str, outcomes: &[String], raw: &RawValue) -> Option<u16> {
        match syntax::shape(raw) {
            Ok(Shape::Null) => None,
            Ok(Shape::Text(term)) => {
                let position = outcomes.iter().position(|outcome| *outcome == term);
                if position.is_none() {
                    self.no_such_option(key, &term, outcomes);
                }
                position.and_then(|position| u16::try_from(position).ok())
            }
            _ => {
                let outcomes: Vec<String> = outcomes
                    .iter()
                    .map(|outcome| format!("`{outcome}`"))
                    .collect();
                let expected = format!("{}, or null while it is open", outcomes.join(", "));
                self.wrong_type(key, raw, &expected);
                None
            }
        }
    }

    fn number(
        &mut self,
        key: &str,
        digits: &str,
        kind: &FactKind,
        raw: &RawValue,
    ) -> Option<Answer> {
        let (min, max) = range(self.pack, kind)?;
        let scale = match kind {
            FactKind::Number { scale, .. } => *scale,
            _ => 0,
        };
        match fixed(digits, scale) {
            Some(value) if (min..=max).contains(&value) => Some(Answer::Value(value)),
            Some(_) => {
                self.mistakes.push(Mistake::OutOfRange {
                    key: key.to_owned(),
                    value: quoted(raw),
                    least: decimal(min, scale),
                    most: decimal(max, scale),
                });
                None
            }
            None => {
                self.wrong_type(key, raw, &expected(self.pack, kind));
                None
            }
        }
    }

    fn date(&mut self, key: &str, text: &str, (min, max): (i64, i64)) -> Option<Answer> {
        let answer = match (Date::parse(text), Date::parse_month(text)) {
            (Some(day), _) => Answer::day(day),
            (None, Some((first, last))) => Answer::Month { first, last },
            (None, None) => {
                self.mistakes.push(Mistake::NoSuchDate {
                    key: key.to_owned(),
                    value: shortened(text),
                    problem: if in_date_form(text) {
                        "and there is no such date"
                    } else {
                        "which is not written as a date"
                    },
                });
                return None;
            }
        };
        let within = match &answer {
            Answer::Month { first, last } => last.days() >= min && first.days() <= max,
            Answer::Value(day) => (min..=max).contains(day),
            _ => false,
        };
        if !within {
            self.mistakes.push(Mistake::OutOfRange {
                key: key.to_owned(),
                value: text.to_owned(),
                least: Date::from_days(min).to_string(),
                most: Date::from_days(max).to_string(),
            });
            return None;
        }
        Some(answer)
    }

    fn records(
        &mut self,
        list: &str,
        fields: &[FactId],
        rows: &[&RawValue],
        complete: bool,
    ) -> Option<Answer> {
        if rows.len() > MOST_RECORDS {
            self.mistakes.push(Mistake::TooManyRecords {
                key: list.to_owned(),
                records: rows.len(),
            });
            return None;
        }
        let mistakes = self.mistakes.len();
        let mut read = Vec::with_capacity(rows.len());
        for (number, raw) in (1_usize..).zip(rows) {
            let place = format!("{list}[{number}]");
            let Ok(Shape::Object(members)) = syntax::shape(raw) else {
                self.wrong_type(&place, raw, "an object with the record's answers");
                continue;
            };
            read.push(self.record(&place, list, fields, members));
        }
        // A list of which something was left out is not known to be complete.
        Some(Answer::Records(Records {
            rows: read,
            complete: complete && self.mistakes.len() == mistakes,
        }))
    }

    fn record(
        &mut self,
        place: &str,
        list: &str,
        fields: &[FactId],
        members: Members<'_>,
    ) -> Vec<(FactId, Answer)> {
        let mut row = Vec::new();
        for (key, raw) in self.each_once(&format!("{place}."), members) {
            let path = format!("{place}.{}", shortened(&key));
            match self.facts.get(key.as_str()).copied() {
                Some((id, fact)) if fields.contains(&id) => {
                    if let Some(answer) = self.answer(&path, fact, raw) {
                        row.push((id, answer));
                    }
                }
                _ => {
                    let known: Vec<&str> = fields
                        .iter()
                        .filter_map(|id| self.pack.vocabulary.facts.get(id.index()))
                        .map(|fact| fact.id.as_str())
                        .collect();
                    self.mistakes.push(Mistake::UnknownField {
                        key: path,
                        list: list.to_owned(),
                        mend: did_you_mean(&key, &known),
                    });
                }
            }
        }
        row.sort_by_key(|(id, _)| *id);
        row
    }

    /// `{"records": […], "complete": false}`.
    fn incomplete_records(
        &mut self,
        key: &str,
        fields: &[FactId],
        members: Members<'_>,
        raw: &RawValue,
    ) -> Option<Answer> {
        let mut rows = None;
        let mut complete = None;
        for (member, value) in self.each_once(&format!("{key}."), members) {
            match (member.as_str(), syntax::shape(value)) {
                ("records", Ok(Shape::List(list))) => rows = Some(list),
                ("complete", Ok(Shape::Bool(mark))) => complete = Some(mark),
                _ => {
                    self.wrong_type(key, raw, RECORDS_EXPECTED);
                    return None;
                }
            }
        }
        match (rows, complete) {
            (Some(rows), Some(complete)) => self.records(key, fields, &rows, complete),
            _ => {
                self.wrong_type(key, raw, RECORDS_EXPECTED);
                None
            }
        }
    }

    fn wrong_type(&mut self, key: &str, raw: &RawValue, expected: &str) {
        self.mistakes.push(Mistake::WrongType {
            key: key.to_owned(),
            value: quoted(raw),
            expected: expected.to_owned(),
        });
    }

    fn no_such_option(&mut self, key: &str, term: &str, options: &[String]) {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        self.mistakes.push(Mistake::NoSuchOption {
            key: key.to_owned(),
            value: shortened(term),
            mend: did_you_mean(term, &options),
        });
    }
}

const RECORDS_EXPECTED: &str =
    "an array of records, or `{\"records\": […], \"complete\": false}` when there may be more";

fn expected(pack: &Pack, kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "`true` or `false`".to_owned(),
        FactKind::Choice(choice) => {
            let options = pack.vocabulary.choices.get(choice.index());
            let first = options.and_then(|set| set.options.first());
            match first {
                Some(first) => format!("one of its options, such as `\"{first}\"`"),
                None => "one of its options".to_owned(),
            }
        }
        FactKind::Number { scale: 0, .. } => "a whole number such as `3`".to_owned(),
        FactKind::Number { scale: 1, .. } => {
            "a number such as `2.5`, with at most 1 decimal place".to_owned()
        }
        FactKind::Number { scale, .. } => {
            format!("a number such as `2.5`, with at most {scale} decimal places")
        }
        FactKind::Money { .. } => "whole 分, such as `100000` for 1,000 元".to_owned(),
        FactKind::Date { .. } => {
            "a day such as `\"1980-03-07\"`, or a month such as `\"1980-03\"`".to_owned()
        }
        FactKind::Text { .. } => "a text in quotation marks".to_owned(),
        FactKind::Records { .. } => RECORDS_EXPECTED.to_owned(),
    }
}

/// A number from its digits, times 10^scale; `None` when it is none, or finer than the scale.
fn fixed(digits: &str, scale: u8) -> Option<i64> {
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(scale) {
        return None;
    }
    let number = format!("{whole}{fraction:0<width$}", width = usize::from(scale));
    // More digits than any range: as large as can be, so that it is out of range.
    let value = number.parse::<i64>().unwrap_or(i64::MAX);
    Some(if negative {
        value.saturating_neg()
    } else {
        value
    })
}

/// Whether a text has the form of a date, whatever its numbers.
fn in_date_form(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(part.len())
    });
    let year = parts.next().flatten();
    let month = parts.next().flatten();
    let day = parts.next();
    year == Some(4)
        && month == Some(2)
        && matches!(day, None | Some(Some(2)))
        && parts.next().is_none()
}

fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.chars().count() > MOST {
        true => format!("{}…", text.chars().take(MOST).collect::<String>()),
        false => text.to_owned(),
    }
}
