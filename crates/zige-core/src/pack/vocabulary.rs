//! What can be asked, shared by all packs so that each thing is asked once.

use serde::{Deserialize, Serialize};

use crate::ids::{ChoiceId, FactId, NodeId};

/// The part of the shared vocabulary that one pack uses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Scales and code lists.
    pub choices: Vec<ChoiceSet>,
    /// Groups of questions, in the order to ask.
    pub sections: Vec<Section>,
    /// Facts, in the vocabulary's order.
    pub facts: Vec<Fact>,
    /// Staged schedules.
    pub schedules: Vec<Schedule>,
}

/// A scale (ordered from low to high) or a code list (unordered); at most 64 options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceSet {
    /// English snake_case.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Whether options may be compared with `>=`.
    pub ordered: bool,
    /// The field's own terms.
    pub options: Vec<String>,
    /// One explanation for each option, or empty strings; as long as `options`.
    pub hints: Vec<String>,
}

/// A group of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// English snake_case.
    pub id: String,
    /// Chinese heading.
    pub label: String,
}

/// Something that can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// English snake_case, unique over all packs.
    pub id: String,
    /// A short Chinese name, as on a form.
    pub label: String,
    /// Its type and range.
    pub kind: FactKind,
    /// The question, in plain Chinese.
    pub question: String,
    /// What is meant, with examples; may be empty.
    pub help: String,
    /// Where to find the answer; may be empty.
    pub find: String,
    /// Who can tell when the person does not know; may be empty.
    pub attest: String,
    /// The document that proves it; may be empty.
    pub proof: String,
    /// Position in [`Vocabulary::sections`].
    pub section: u16,
    /// Whether it is answered, merely declared, or only needed on forms.
    pub role: FactRole,
    /// Whether a person can change it, and which way.
    pub changeable: Direction,
    /// How likely each value is, as the author expects; empty when all are alike.
    /// For a choice one weight an option, for yes/no `[no, yes]`.
    pub weights: Vec<u16>,
    /// A yes/no expression that must hold for the fact to apply.
    pub guard: Option<NodeId>,
    /// The list whose records carry this fact.
    pub record_of: Option<FactId>,
    /// A hash of type, options and meaning: an answer given under another hash is asked again.
    pub meaning: u64,
}

/// A fact's type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// One option of a scale or list.
    Choice(ChoiceId),
    /// A whole number within a range, with its unit (`天`, `篇`).
    Number {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// Decimal places: the value is stored times 10^scale.
        scale: u8,
        /// What is counted.
        unit: String,
    },
    /// An amount in 分, within a range.
    Money {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A civil date within a range (days since 1970-01-01), known to the day or the month.
    Date {
        /// Earliest day.
        min: i64,
        /// Latest day.
        max: i64,
    },
    /// Text; never part of a rule.
    Text {
        /// The most characters that a form has room for; 0 for no limit.
        limit: u16,
        /// Whether line breaks are welcome.
        long: bool,
    },
    /// A list of records, with a mark whether it is complete.
    Records {
        /// What one record is called.
        noun: String,
        /// The facts of one record.
        fields: Vec<FactId>,
    },
}

/// How a fact comes to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactRole {
    /// A question with an answer.
    Answer,
    /// Only declared by the person; the unit confirms.
    Declaration,
    /// Needed by forms alone; never part of a rule.
    Form,
}

/// Whether and how a person can change a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Not at all (date of birth).
    Fixed,
    /// Only upward (a title, an education).
    Up,
    /// Only downward.
    Down,
    /// Either way (place of work).
    Free,
}

/// A table that sets a day for each date of birth, in steps: the statutory retirement ages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// English snake_case.
    pub id: String,
    /// Its legal basis.
    pub source: String,
    /// One row a category.
    pub rows: Vec<ScheduleRow>,
}

/// One category of a [`Schedule`].
///
/// Somebody born in month `m` (counted from year 0) gets `base_months` plus a delay: none before
/// `first_month`, then one month more for each `step` birth months begun, at most `cap` months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleRow {
    /// English snake_case name, used in expressions.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The age before any delay, in months.
    pub base_months: i32,
    /// The first birth month with a delay: year × 12 + (month − 1).
    pub first_month: i32,
    /// Birth months for each further month of delay; at least 1.
    pub step: i32,
    /// The longest delay, in months.
    pub cap: i32,
}
