//! One fact's answer as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::pack::{Fact, FactKind, Pack};

/// An answer as it is read and written: see [`answers_from_json`](crate::answers_from_json).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ValueJson {
    /// The person does not know; for a point: it is open.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number, or money in 分.
    Number(i64),
    /// A term, a date, a decimal or a text.
    Text(String),
    /// All records of a list.
    Records(Vec<ObjectJson>),
    /// Records of a list that may have more.
    Incomplete {
        /// The records that were given.
        records: Vec<ObjectJson>,
        /// Always false.
        complete: bool,
    },
}

/// An object whose keys keep their order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ObjectJson(pub Vec<(String, ValueJson)>);

impl Serialize for ObjectJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// An answer as JSON; `None` when there is none.
pub(crate) fn answer_value(pack: &Pack, fact: &Fact, answer: &Answer) -> Option<ValueJson> {
    match answer {
        Answer::Absent => None,
        Answer::Unknown => Some(ValueJson::Null),
        Answer::Value(value) => Some(plain_value(pack, &fact.kind, *value)),
        Answer::Month { first, .. } => {
            let (year, month, _) = first.ymd();
            Some(ValueJson::Text(format!("{year:04}-{month:02}")))
        }
        Answer::Text(text) => Some(ValueJson::Text(text.clone())),
        Answer::Records(records) => {
            let rows = records
                .rows
                .iter()
                .map(|row| {
                    ObjectJson(
                        row.iter()
                            .filter_map(|(id, answer)| {
                                let fact = pack.vocabulary.facts.get(id.index())?;
                                Some((fact.id.clone(), answer_value(pack, fact, answer)?))
                            })
                            .collect(),
                    )
                })
                .collect();
            Some(if records.complete {
                ValueJson::Records(rows)
            } else {
                ValueJson::Incomplete {
                    records: rows,
                    complete: false,
                }
            })
        }
    }
}

/// A value of the core as JSON.
pub(crate) fn plain_value(pack: &Pack, kind: &FactKind, value: i64) -> ValueJson {
    match kind {
        FactKind::YesNo => ValueJson::Bool(value != 0),
        FactKind::Choice(choice) => {
            let term = usize::try_from(value).ok().and_then(|position| {
                pack.vocabulary
                    .choices
                    .get(choice.index())?
                    .options
                    .get(position)
            });
            ValueJson::Text(term.cloned().unwrap_or_default())
        }
        FactKind::Number { scale: 0, .. } | FactKind::Money { .. } => ValueJson::Number(value),
        FactKind::Number { scale, .. } => ValueJson::Text(decimal(value, *scale)),
        FactKind::Date { .. } => ValueJson::Text(Date::from_days(value).to_string()),
        FactKind::Text { .. } | FactKind::Records { .. } => ValueJson::Null,
    }
}

/// A fixed-scale number in digits: `25` at scale 1 is `2.5`.
pub(crate) fn decimal(value: i64, scale: u8) -> String {
    if scale == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!(
        "{:0>width$}",
        value.unsigned_abs(),
        width = usize::from(scale).saturating_add(1)
    );
    let whole = digits.len().saturating_sub(usize::from(scale));
    match digits.split_at_checked(whole) {
        Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{digits}"),
    }
}
