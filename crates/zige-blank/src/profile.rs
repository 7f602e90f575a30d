//! What is known of a person, by fact, from any number of packs.

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::pack::{Fact, FactKind, FactRole, FieldKind, Form, Pack};

/// Facts with their names and answers. A fact of several packs is one fact; the first answer counts.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub(crate) facts: Vec<Known>,
}

/// A fact.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: Kind,
    pub(crate) given: Given,
    /// The list whose records have it, by position.
    pub(crate) list: Option<usize>,
    /// Whether it is only declared, and so never asked by a form's cell.
    pub(crate) declared: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    YesNo,
    Choice(Vec<String>),
    Number { scale: u8, unit: String },
    Money,
    Date,
    Text,
    Records { noun: String, fields: Vec<usize> },
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Absent,
    Unknown,
    Value(i64),
    /// A date known to the month, by its first day.
    Month(Date),
    Text(String),
    Records {
        rows: Vec<Vec<(usize, Given)>>,
        complete: bool,
    },
}

impl Profile {
    /// Nothing known, no facts.
    #[must_use]
    pub fn new() -> Profile {
        Profile::default()
    }

    /// Adds the facts of a pack with their answers.
    pub fn add(&mut self, pack: &Pack, answers: &Answers) {
        let facts = &pack.vocabulary.facts;
        let places: Vec<usize> = facts.iter().map(|fact| self.place(pack, fact)).collect();
        let place = |id: usize| places.get(id).copied();
        let ids = (0..).map(zige_core::ids::FactId);
        for ((id, fact), at) in ids.zip(facts).zip(&places) {
            let list = fact.record_of.and_then(|list| place(list.index()));
            let aliases = pack.aliases.iter().find(|(named, _)| *named == id);
            let given = given(answers.get(id), &place);
            let fields = match &fact.kind {
                FactKind::Records { fields, .. } => fields
                    .iter()
                    .filter_map(|field| place(field.index()))
                    .collect(),
                _ => Vec::new(),
            };
            let Some(known) = self.facts.get_mut(*at) else {
                continue;
            };
            known.list = list;
            if let Kind::Records { fields: empty, .. } = &mut known.kind {
                *empty = fields;
            }
            if let (Some((_, aliases)), true) = (aliases, known.aliases.is_empty()) {
                known.aliases.clone_from(aliases);
            }
            if matches!(known.given, Given::Absent | Given::Unknown) && given != Given::Absent {
                known.given = given;
            }
        }
    }

    /// Adds what one of our own forms asks beside the facts: values by field id, dates as
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub fn add_fields(&mut self, form: &Form, values: &[(String, String)]) {
        for field in &form.fields {
            let text = values
                .iter()
                .find(|(id, _)| *id == field.id)
                .map_or("", |(_, text)| text.trim());
            let (kind, given) = match (&field.kind, text) {
                (FieldKind::Date, "") => (Kind::Date, Given::Absent),
                (_, "") => (Kind::Text, Given::Absent),
                (FieldKind::Date, text) => match (Date::parse(text), Date::parse_month(text)) {
                    (Some(day), _) => (Kind::Date, Given::Value(day.days())),
                    (None, Some((first, _))) => (Kind::Date, Given::Month(first)),
                    (None, None) => (Kind::Text, Given::Text(text.to_owned())),
                },
                (_, text) => (Kind::Text, Given::Text(text.to_owned())),
            };
            if self.facts.iter().any(|known| known.id == field.id) {
                continue;
            }
            self.facts.push(Known {
                id: field.id.clone(),
                label: field.label.clone(),
                aliases: field.aliases.clone(),
                kind,
                given,
                list: None,
                declared: false,
            });
        }
    }

    /// What a cell can be said to ask for: what was answered, by tag and Chinese name.
    pub(crate) fn offers(&self) -> Vec<(String, String)> {
        let told = |given: &Given| match given {
            Given::Absent | Given::Unknown => false,
            Given::Records { rows, .. } => !rows.is_empty(),
            Given::Value(_) | Given::Month(_) | Given::Text(_) => true,
        };
        let own = self
            .facts
            .iter()
            .filter(|fact| fact.list.is_none() && !fact.declared && told(&fact.given));
        own.map(|fact| (fact.id.clone(), fact.label.clone()))
            .collect()
    }

    /// The position of a pack's fact; a new fact is added at the end.
    fn place(&mut self, pack: &Pack, fact: &Fact) -> usize {
        if let Some(at) = self.facts.iter().position(|known| known.id == fact.id) {
            return at;
        }
        let kind = match &fact.kind {
            FactKind::YesNo => Kind::YesNo,
            FactKind::Choice(choice) => {
                let choice = pack.vocabulary.choices.get(choice.index());
                Kind::Choice(choice.map_or_else(Vec::new, |choice| choice.options.clone()))
            }
            FactKind::Number { scale, unit, .. } => Kind::Number {
                scale: *scale,
                unit: unit.clone(),
            },
            FactKind::Money { .. } => Kind::Money,
            FactKind::Date { .. } => Kind::Date,
            FactKind::Text { .. } => Kind::Text,
            FactKind::Records { noun, .. } => Kind::Records {
                noun: noun.clone(),
                fields: Vec::new(),
            },
        };
        self.facts.push(Known {
            id: fact.id.clone(),
            label: fact.label.clone(),
            aliases: Vec::new(),
            kind,
            given: Given::Absent,
            list: None,
            declared: fact.role == FactRole::Declaration,
        });
        self.facts.len() - 1
    }
}

/// An answer with its facts numbered as in the profile.
fn given(answer: &Answer, place: &impl Fn(usize) -> Option<usize>) -> Given {
    match answer {
        Answer::Absent => Given::Absent,
        Answer::Unknown => Given::Unknown,
        Answer::Value(value) => Given::Value(*value),
        Answer::Month { first, .. } => Given::Month(*first),
        Answer::Text(text) => match text.trim() {
            "" => Given::Absent,
            text => Given::Text(text.to_owned()),
        },
        Answer::Records(records) => Given::Records {
            rows: records
                .rows
                .iter()
                .map(|row| {
                    let answers = row.iter().filter_map(|(id, answer)| {
                        Some((place(id.index())?, given(answer, place)))
                    });
                    answers.collect()
                })
                .collect(),
            complete: records.complete,
        },
    }
}
