//! What a pack can ask.

use serde::Serialize;
use zige_core::ids::FactId;
use zige_core::pack::{Direction, Fact, FactKind, FactRole, Pack};

use crate::rule::rule_text;
use crate::value::{ValueJson, plain_value};

/// A fact: what is asked and how it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactJson {
    /// English snake_case: the key in the answers.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
    /// `yes_no`, `choice`, `number`, `decimal`, `money`, `date`, `text` or `records`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The question.
    pub question: String,
    /// What is meant; may be empty.
    pub help: String,
    /// Where to find the answer; may be empty.
    pub find: String,
    /// Who can tell when the person does not know; may be empty.
    pub attest: String,
    /// The document that proves it; may be empty.
    pub proof: String,
    /// The group of questions.
    pub section: SectionJson,
    /// `answer`, `declaration` or `form`.
    pub role: &'static str,
    /// `fixed`, `up`, `down` or `free`: whether and how a person can change it.
    pub changeable: &'static str,
    /// The options of a choice, in order; otherwise null.
    pub options: Option<Vec<OptionJson>>,
    /// Whether a choice's options go from low to high; otherwise null.
    pub ordered: Option<bool>,
    /// Smallest and largest value of a number, an amount or a date; otherwise null.
    pub range: Option<RangeJson>,
    /// What a number counts; otherwise null.
    pub unit: Option<String>,
    /// Decimal places of a decimal; otherwise null.
    pub places: Option<u8>,
    /// The most characters that a form has room for; null without limit.
    pub limit: Option<u16>,
    /// The facts of each record, for a list; otherwise null.
    pub fields: Option<Vec<String>>,
    /// The list whose records have this fact; null for a fact of its own.
    pub record: Option<String>,
    /// The rule under which the fact applies; null for always.
    pub applies: Option<String>,
    /// The checks that can ask it.
    pub checks: Vec<String>,
}

/// A group of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionJson {
    /// English snake_case.
    pub id: String,
    /// Chinese heading.
    pub label: String,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionJson {
    /// The term: what the answers say.
    pub term: String,
    /// What is meant; may be empty.
    pub hint: String,
}

/// Smallest and largest value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RangeJson {
    /// The smallest.
    pub least: ValueJson,
    /// The largest.
    pub most: ValueJson,
}

/// The facts of a pack, in the vocabulary's order.
#[must_use]
pub fn facts(pack: &Pack) -> Vec<FactJson> {
    (0..)
        .map(FactId)
        .zip(&pack.vocabulary.facts)
        .map(|(id, fact)| fact_json(pack, id, fact))
        .collect()
}

/// A fact's id; empty when there is none.
pub(crate) fn fact_id(pack: &Pack, fact: FactId) -> String {
    pack.vocabulary
        .facts
        .get(fact.index())
        .map(|fact| fact.id.clone())
        .unwrap_or_default()
}

fn fact_json(pack: &Pack, id: FactId, fact: &Fact) -> FactJson {
    let choice = match &fact.kind {
        FactKind::Choice(choice) => pack.vocabulary.choices.get(choice.index()),
        _ => None,
    };
    let section = pack.vocabulary.sections.get(usize::from(fact.section));
    FactJson {
        id: fact.id.clone(),
        label: fact.label.clone(),
        kind: kind_word(&fact.kind),
        question: fact.question.clone(),
        help: fact.help.clone(),
        find: fact.find.clone(),
        attest: fact.attest.clone(),
        proof: fact.proof.clone(),
        section: SectionJson {
            id: section
                .map(|section| section.id.clone())
                .unwrap_or_default(),
            label: section
                .map(|section| section.label.clone())
                .unwrap_or_default(),
        },
        role: match fact.role {
            FactRole::Answer => "answer",
            FactRole::Declaration => "declaration",
            FactRole::Form => "form",
        },
        changeable: match fact.changeable {
            Direction::Fixed => "fixed",
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::Free => "free",
        },
        options: choice.map(|set| {
            let hints = set
                .hints
                .iter()
                .map(String::as_str)
                .chain(std::iter::repeat(""));
            set.options
                .iter()
                .zip(hints)
                .map(|(term, hint)| OptionJson {
                    term: term.clone(),
                    hint: hint.to_owned(),
                })
                .collect()
        }),
        ordered: choice.map(|set| set.ordered),
        range: match &fact.kind {
            FactKind::Number { min, max, .. }
            | FactKind::Money { min, max }
            | FactKind::Date { min, max } => Some(RangeJson {
                least: plain_value(pack, &fact.kind, *min),
                most: plain_value(pack, &fact.kind, *max),
            }),
            _ => None,
        },
        unit: match &fact.kind {
            FactKind::Number { unit, .. } => Some(unit.clone()),
            _ => None,
        },
        places: match fact.kind {
            FactKind::Number { scale, .. } if scale > 0 => Some(scale),
            _ => None,
        },
        limit: match fact.kind {
            FactKind::Text { limit, .. } if limit > 0 => Some(limit),
            _ => None,
        },
        fields: match &fact.kind {
            FactKind::Records { fields, .. } => {
                Some(fields.iter().map(|field| fact_id(pack, *field)).collect())
            }
            _ => None,
        },
        record: fact.record_of.map(|list| fact_id(pack, list)),
        applies: fact.guard.map(|guard| rule_text(pack, guard)),
        checks: pack
            .checks
            .iter()
            .filter(|check| check.facts.contains(&id))
            .map(|check| check.id.clone())
            .collect(),
    }
}

fn kind_word(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes_no",
        FactKind::Choice(_) => "choice",
        FactKind::Number { scale: 0, .. } => "number",
        FactKind::Number { .. } => "decimal",
        FactKind::Money { .. } => "money",
        FactKind::Date { .. } => "date",
        FactKind::Text { .. } => "text",
        FactKind::Records { .. } => "records",
    }
}
