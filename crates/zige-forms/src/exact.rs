//! What a form holds and does not show: the day behind `1983.03`, and that a person does not know.
//!
//! A file carries it beside the cells, in properties or on a hidden sheet, so that it is not lost when
//! the file is read back. What somebody has since written in a cell always goes before it: a day counts
//! only while the cell still names its month, in a list only while the whole row is as it was.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, FieldKind, Form, FormTable, Pack, Slot};

use zige_office::checksum;

use crate::data;
use crate::fill::Filling;
use crate::understand::folded;

/// What stands for an answer that the person does not know.
const NOT_KNOWN: &str = "?";

/// What a cell holds and does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    /// The cell's tag.
    pub tag: String,
    /// A day as `YYYY-MM-DD`, or `?`; in a list followed by the checksum of its row.
    pub is: String,
}

/// What the places of a form hold and do not show.
pub(crate) fn of(filling: &Filling<'_>) -> Vec<Exact> {
    let mut exact = Vec::new();
    for (id, columns) in data::facts(filling.form) {
        let Some(fact) = filling.pack.vocabulary.facts.get(id.index()) else {
            continue;
        };
        match filling.answers.get(id) {
            Answer::Records(records) => {
                for position in 0..records.rows.len() {
                    let shown: Vec<(FactId, Answer)> = columns
                        .iter()
                        .map(|column| (*column, records.answer(position, *column).clone()))
                        .collect();
                    let row = record_checksum(filling.pack, &shown);
                    exact.extend(columns.iter().filter_map(|column| {
                        let column_fact = fact_of(filling, *column)?;
                        let is = hidden(column_fact, records.answer(position, *column))?;
                        Some(Exact {
                            tag: format!("{}.{}.{}", fact.id, position + 1, column_fact.id),
                            is: format!("{is} {row}"),
                        })
                    }));
                }
            }
            answer => exact.extend(hidden(fact, answer).map(|is| Exact {
                tag: fact.id.clone(),
                is,
            })),
        }
    }
    for field in &filling.form.fields {
        let text = filling.fields.get(&field.id).map_or("", |text| text.trim());
        if field.kind == FieldKind::Date && Date::parse(text).is_some() {
            exact.push(Exact {
                tag: field.id.clone(),
                is: text.to_owned(),
            });
        }
    }
    exact
}

/// The one place of a list on a form, if it is a table; only then do its rows move as a whole.
pub(crate) fn only_table(form: &Form, list: FactId) -> Option<&FormTable> {
    let slots = form.slots();
    let mut places = slots.iter().filter(|slot| match slot {
        Slot::Fact(fact) | Slot::Record { list: fact, .. } => *fact == list,
        Slot::Field(_) => false,
    });
    let table = form.tables().find(|table| table.records == list);
    table.filter(|_| places.next().is_some() && places.next().is_none())
}

/// The lists of a form whose records are all given.
pub(crate) fn complete_lists(filling: &Filling<'_>) -> Vec<String> {
    let facts = data::facts(filling.form).into_iter();
    facts
        .filter(
            |(id, _)| matches!(filling.answers.get(*id), Answer::Records(given) if given.complete),
        )
        .filter_map(|(id, _)| Some(fact_of(filling, id)?.id.clone()))
        .collect()
}

fn fact_of<'a>(filling: &Filling<'a>, id: FactId) -> Option<&'a Fact> {
    filling.pack.vocabulary.facts.get(id.index())
}

fn hidden(fact: &Fact, answer: &Answer) -> Option<String> {
    match (answer, &fact.kind) {
        (Answer::Unknown, _) => Some(NOT_KNOWN.to_owned()),
        (Answer::Value(days), FactKind::Date { .. }) => Some(Date::from_days(*days).to_string()),
        _ => None,
    }
}

/// A checksum of what a form shows of a record, however it is written: dates count by their month,
/// texts without white space.
pub(crate) fn record_checksum(pack: &Pack, record: &[(FactId, Answer)]) -> String {
    let mut said: Vec<String> = record
        .iter()
        .filter_map(|(id, answer)| {
            let fact = pack.vocabulary.facts.get(id.index())?;
            let value = match (answer, &fact.kind) {
                (Answer::Value(days), FactKind::Date { .. }) => month(Date::from_days(*days)),
                (Answer::Month { first, .. }, _) => month(*first),
                (Answer::Value(value), _) => value.to_string(),
                (Answer::Text(text), _) => folded(text),
                _ => return None,
            };
            Some(format!("{}={value}", fact.id))
        })
        .collect();
    said.sort();
    format!("{:08x}", checksum(said.join("\n").as_bytes()))
}

fn month(date: Date) -> String {
    let (year, month, _) = date.ymd();
    format!("{year:04}-{month:02}")
}

/// An answer that was read, made as exact as the file says it was. `row` is the checksum of the row
/// that it stands in.
pub(crate) fn sharpened(answer: Answer, is: &str, row: Option<&str>) -> Answer {
    let (is, belongs) = is
        .split_once(' ')
        .map_or((is, None), |(is, row)| (is, Some(row)));
    if belongs != row {
        return answer;
    }
    match (&answer, Date::parse(is)) {
        (Answer::Absent, None) if is == NOT_KNOWN => Answer::Unknown,
        (Answer::Month { first, last }, Some(day)) if (*first..=*last).contains(&day) => {
            Answer::day(day)
        }
        _ => answer,
    }
}
