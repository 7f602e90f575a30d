//! What a form holds and does not show: the day behind `1983.03`, and that a person does not know.
//!
//! A file carries it beside the cells, in properties or on a hidden sheet, so that it is not lost when
//! the file is read back. What somebody has since written in a cell always goes before it: a day counts
//! only while the cell still names its month, in a list only while the whole row is as it was.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FieldKind};

use zige_office::checksum;

use crate::data;
use crate::fill::Filling;
use crate::understand::folded;
use crate::value;

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

/// What the cells of a form hold and do not show.
pub(crate) fn of(filling: &Filling<'_>) -> Vec<Exact> {
    let mut exact = Vec::new();
    for (id, columns) in data::facts(filling.form) {
        let Some(fact) = filling.pack.vocabulary.facts.get(id.index()) else {
            continue;
        };
        match filling.answers.get(id) {
            Answer::Records(records) => {
                for position in 0..records.rows.len() {
                    let answers: Vec<(&Fact, &Answer)> = columns
                        .iter()
                        .filter_map(|id| {
                            Some((fact_of(filling, *id)?, records.answer(position, *id)))
                        })
                        .collect();
                    let texts = answers.iter().map(|(fact, answer)| {
                        value::entry(filling.pack, fact, answer, &fact.label, filling.on).text
                    });
                    let row = row_checksum(texts);
                    exact.extend(answers.iter().filter_map(|(column, answer)| {
                        Some(Exact {
                            tag: format!("{}.{}.{}", fact.id, position + 1, column.id),
                            is: format!("{} {row}", hidden(column, answer)?),
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
        (Answer::Value(days), zige_core::pack::FactKind::Date { .. }) => {
            Some(Date::from_days(*days).to_string())
        }
        _ => None,
    }
}

/// A checksum of what the cells of a row show, white space aside.
pub(crate) fn row_checksum(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| folded(&text)).collect();
    format!("{:08x}", checksum(texts.join("\n").as_bytes()))
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
