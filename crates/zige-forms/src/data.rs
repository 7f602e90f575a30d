//! What a form says, apart from any one pack: fact ids with values in words.
//!
//! Another version of a pack may put its facts and options in another order. What is handed over
//! names them, so that the receiver's own pack finds them again, or says which it does not know.

use zige_core::answers::{Answer, Records};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{ColumnWhat, Fact, FactKind, Form, FormTable, Pack, Slot};

use crate::fill::Filling;
use crate::reading::{Misfit, Reader, Reading, Source};

/// The data of one filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormData {
    /// The pack's id.
    pub pack: String,
    /// The first twelve hexadecimal digits of the pack's SHA-256.
    pub hash: String,
    /// The form's id.
    pub form: String,
    /// The day for which it was filled.
    pub on: Date,
    /// Fact ids and values, in the order of the form; what was not asked is not there.
    pub values: Vec<(String, Datum)>,
    /// What only this form asks, by field id.
    pub fields: Vec<(String, String)>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Asked; the person does not know.
    Unknown,
    /// Yes or no.
    YesNo(bool),
    /// The term of an option.
    Term(String),
    /// A number, times 10^scale; money in 元 at scale 2.
    Number {
        /// The number without its decimal point.
        value: i64,
        /// Decimal places, at most 18.
        scale: u8,
    },
    /// A day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
    /// A text.
    Text(String),
    /// A list.
    Records {
        /// One row a record: fact ids and values.
        rows: Vec<Vec<(String, Datum)>>,
        /// Whether these are all the records there are.
        complete: bool,
    },
}

impl FormData {
    /// What a form carries: the facts in its cells and its own fields, and nothing else that the
    /// person has said.
    #[must_use]
    pub fn of(filling: &Filling<'_>) -> FormData {
        let values = facts(filling.form).into_iter().filter_map(|(id, columns)| {
            let fact = filling.pack.vocabulary.facts.get(id.index())?;
            let datum = datum(filling.pack, fact, filling.answers.get(id), &columns)?;
            Some((fact.id.clone(), datum))
        });
        let fields = filling.form.fields.iter().filter_map(|field| {
            let text = filling.fields.get(&field.id)?;
            (!text.trim().is_empty()).then(|| (field.id.clone(), text.clone()))
        });
        FormData {
            pack: filling.pack.id.clone(),
            hash: filling.pack_hash.chars().take(12).collect(),
            form: filling.form.id.clone(),
            on: filling.on,
            values: values.collect(),
            fields: fields.collect(),
        }
    }

    /// The same with everything else that the person has said for the policy, for the person alone.
    #[must_use]
    pub fn of_person(filling: &Filling<'_>) -> FormData {
        let facts = (0..).map(FactId).zip(&filling.pack.vocabulary.facts);
        let own = facts.filter(|(_, fact)| fact.record_of.is_none());
        let values = own.filter_map(|(id, fact)| {
            let columns = match &fact.kind {
                FactKind::Records { fields, .. } => fields.as_slice(),
                _ => &[],
            };
            let datum = datum(filling.pack, fact, filling.answers.get(id), columns)?;
            Some((fact.id.clone(), datum))
        });
        FormData {
            values: values.collect(),
            ..FormData::of(filling)
        }
    }

    /// The answers of a pack that these data come to, with what does not fit it.
    #[must_use]
    pub fn read(&self, pack: &Pack) -> Reading {
        let mut reader = Reader::new(pack, &self.form);
        reader.made_with(&Source {
            pack: self.pack.clone(),
            form: self.form.clone(),
            hash: self.hash.clone(),
            on: Some(self.on),
        });
        for (id, datum) in &self.values {
            match (reader.fact(id), datum) {
                (Some((list, fact)), Datum::Records { rows, complete }) => {
                    let FactKind::Records { .. } = fact.kind else {
                        reader.misfit("", &fact.label, "", Misfit::OtherType);
                        continue;
                    };
                    for (position, row) in rows.iter().enumerate() {
                        if !row.is_empty() {
                            let row = record(&mut reader, list, position + 1, row);
                            reader.record(list, row);
                        }
                    }
                    reader.list(list, *complete);
                }
                (Some((id, fact)), datum) => {
                    match answer(pack, fact, datum) {
                        Ok(answer) => reader.answer("", id, answer),
                        Err(misfit) => reader.misfit("", &fact.label, &datum.to_string(), misfit),
                    };
                }
                (None, datum) => reader.misfit("", id, &datum.to_string(), Misfit::UnknownFact),
            }
        }
        for (id, text) in &self.fields {
            reader.field("", id, text);
        }
        reader.finish()
    }
}

fn record(
    reader: &mut Reader<'_>,
    list: FactId,
    number: usize,
    row: &[(String, Datum)],
) -> Vec<(FactId, Answer)> {
    let mut record = Vec::new();
    for (id, datum) in row {
        let place = format!("第{number}条");
        match reader.column(list, id) {
            Some((id, fact)) => match answer(reader.pack(), fact, datum) {
                Ok(answer) => record.push((id, answer)),
                Err(misfit) => reader.misfit(&place, &fact.label, &datum.to_string(), misfit),
            },
            None => reader.misfit(&place, id, &datum.to_string(), Misfit::UnknownFact),
        }
    }
    record
}

/// How a value is named to a person.
impl std::fmt::Display for Datum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Datum::Unknown => f.write_str("不知道"),
            Datum::YesNo(yes) => f.write_str(if *yes { "是" } else { "否" }),
            Datum::Term(text) | Datum::Text(text) => f.write_str(text),
            Datum::Number { value, scale } => f.write_str(&crate::value::decimal(*value, *scale)),
            Datum::Day(date) => write!(f, "{date}"),
            Datum::Month(first) => {
                let (year, month, _) = first.ymd();
                write!(f, "{year:04}-{month:02}")
            }
            Datum::Records { rows, .. } => write!(f, "{}条", rows.len()),
        }
    }
}

/// The facts on a form, in order, each once; for a list the facts of its records that stand on it.
pub(crate) fn facts(form: &Form) -> Vec<(FactId, Vec<FactId>)> {
    let mut facts: Vec<(FactId, Vec<FactId>)> = Vec::new();
    let mut add = |id: FactId, columns: &[FactId]| {
        let place = match facts.iter().position(|(known, _)| *known == id) {
            Some(place) => place,
            None => {
                facts.push((id, Vec::new()));
                facts.len() - 1
            }
        };
        if let Some((_, known)) = facts.get_mut(place) {
            let new = columns.iter().filter(|column| !known.contains(column));
            let new: Vec<FactId> = new.copied().collect();
            known.extend(new);
        }
    };
    for slot in form.slots() {
        match slot {
            Slot::Fact(id) => add(id, &[]),
            Slot::Record { list, fact, .. } => add(list, &[fact]),
            Slot::Field(_) => {}
        }
    }
    for table in form.tables() {
        add(table.records, &columns(table));
    }
    facts
}

/// The facts in a table's columns.
pub(crate) fn columns(table: &FormTable) -> Vec<FactId> {
    let facts = table.columns.iter().filter_map(|column| match column.what {
        ColumnWhat::Fact(fact) => Some(fact),
        ColumnWhat::Number | ColumnWhat::Blank => None,
    });
    facts.collect()
}

/// An answer apart from its pack; `None` when there is none.
fn datum(pack: &Pack, fact: &Fact, answer: &Answer, columns: &[FactId]) -> Option<Datum> {
    match (answer, &fact.kind) {
        (Answer::Absent, _) => None,
        (Answer::Unknown, _) => Some(Datum::Unknown),
        (Answer::Value(value), FactKind::YesNo) => Some(Datum::YesNo(*value != 0)),
        (Answer::Value(value), FactKind::Choice(choice)) => {
            let set = pack.vocabulary.choices.get(choice.index())?;
            let term = set.options.get(usize::try_from(*value).ok()?)?;
            Some(Datum::Term(term.clone()))
        }
        (Answer::Value(value), FactKind::Number { scale, .. }) => Some(Datum::Number {
            value: *value,
            scale: *scale,
        }),
        (Answer::Value(value), FactKind::Money { .. }) => Some(Datum::Number {
            value: *value,
            scale: 2,
        }),
        (Answer::Value(value), FactKind::Date { .. }) => Some(Datum::Day(Date::from_days(*value))),
        (Answer::Month { first, .. }, FactKind::Date { .. }) => Some(Datum::Month(*first)),
        (Answer::Text(text), FactKind::Text { .. }) => Some(Datum::Text(text.clone())),
        (Answer::Records(records), FactKind::Records { .. }) => {
            let row = |position: usize| {
                columns
                    .iter()
                    .filter_map(|id| {
                        let fact = pack.vocabulary.facts.get(id.index())?;
                        let datum = datum(pack, fact, records.answer(position, *id), &[])?;
                        Some((fact.id.clone(), datum))
                    })
                    .collect()
            };
            let Records { rows, complete } = records;
            Some(Datum::Records {
                rows: (0..rows.len()).map(row).collect(),
                complete: *complete,
            })
        }
        _ => None,
    }
}

/// The answer that a value comes to.
fn answer(pack: &Pack, fact: &Fact, datum: &Datum) -> Result<Answer, Misfit> {
    match (datum, &fact.kind) {
        (Datum::Unknown, _) => Ok(Answer::Unknown),
        (Datum::YesNo(yes), FactKind::YesNo) => Ok(Answer::yes_no(*yes)),
        (Datum::Term(term), FactKind::Choice(choice)) => {
            let set = pack.vocabulary.choices.get(choice.index());
            let position = set.and_then(|set| set.options.iter().position(|option| option == term));
            let position = position.and_then(|position| i64::try_from(position).ok());
            position.map(Answer::Value).ok_or(Misfit::NoSuchOption)
        }
        (Datum::Number { value, scale }, FactKind::Number { scale: own, .. }) => {
            rescaled(*value, *scale, *own)
        }
        (Datum::Number { value, scale }, FactKind::Money { .. }) => rescaled(*value, *scale, 2),
        (Datum::Day(date), FactKind::Date { .. }) => Ok(Answer::day(*date)),
        (Datum::Month(first), FactKind::Date { .. }) => {
            let (year, month, _) = first.ymd();
            let (first, last) = Date::month(year, month).ok_or(Misfit::NoDate)?;
            Ok(Answer::Month { first, last })
        }
        (Datum::Text(text), FactKind::Text { .. }) => Ok(Answer::Text(text.clone())),
        _ => Err(Misfit::OtherType),
    }
}

fn rescaled(value: i64, scale: u8, own: u8) -> Result<Answer, Misfit> {
    let power = 10_i64
        .checked_pow(u32::from(scale.abs_diff(own)))
        .ok_or(Misfit::NoNumber)?;
    let value = match scale > own {
        true if value % power != 0 => None,
        true => Some(value / power),
        false => value.checked_mul(power),
    };
    value.map(Answer::Value).ok_or(Misfit::NoNumber)
}
