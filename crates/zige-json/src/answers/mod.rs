//! Answers: one JSON object, fact id to value.
//!
//! | fact | JSON |
//! |---|---|
//! | not asked | the key is not there |
//! | does not know | `null` |
//! | yes/no | `true`, `false`; `"是"`, `"否"` |
//! | choice | the option's Chinese term, `"中级"` |
//! | whole number | `3` |
//! | decimal | `2.5` or `"2.5"`, read from its digits |
//! | money | whole 分: `100000` is ¥1000 |
//! | date | `"1980-03-07"`, or `"1980-03"` where only the month is known |
//! | text | a string |
//! | records | an array of objects, one for each record: all there are; or `{"records": […], "complete": false}` when there may be more |
//! | point | the outcome's Chinese term; `null` or no key while it is open |

mod read;
pub(crate) mod syntax;
mod write;

pub use read::{MOST_RECORDS, answers_from_json};
pub use write::answers_to_json;

pub(crate) use read::read_members;

pub(crate) use write::answers_value;

use thiserror::Error;
use zige_core::answers::{AnswerError, Answers};
use zige_core::ids::FactId;
use zige_core::pack::Pack;

use crate::to_json;
use crate::value::{ValueJson, answer_value};

/// The largest text that is read, in bytes: 1 MB.
pub const MOST_BYTES: usize = 1_000_000;

/// How many mistakes are told at once.
const MOST_TOLD: usize = 20;

/// Answers that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnswerLoadError {
    /// The text is longer than [`MOST_BYTES`].
    #[error(
        "the answers are longer than 1 MB (`{MOST_BYTES}` bytes), leave out what is not an answer"
    )]
    TooLarge,
    /// The text is not JSON.
    #[error("the answers are not JSON: {problem}; correct it there")]
    Syntax {
        /// What is wrong, with line and column.
        problem: String,
    },
    /// The text is JSON, but not one object.
    #[error(
        "the answers are `{found}`, give one JSON object from fact ids to values, such as `{{\"birth_date\": \"1980-03-07\"}}`"
    )]
    NotAnObject {
        /// How it begins.
        found: String,
    },
    /// One's own data of a version that is not known.
    #[error(
        "the data are of version `{version}`, this program reads version `1`; take a newer program"
    )]
    OtherVersion {
        /// The version.
        version: String,
    },
    /// Single answers cannot be taken; all of them are named.
    #[error("{}", together(.0))]
    Mistakes(Vec<Mistake>),
}

/// One answer that cannot be taken. A key inside a record is written `papers[2].published`,
/// counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mistake {
    /// The pack has no such fact or point.
    #[error("`{key}` is no fact or point of this pack{mend}")]
    Unknown {
        /// The key.
        key: String,
        /// What may have been meant.
        mend: String,
    },
    /// The records of a list have no such fact.
    #[error("`{key}` is nothing that a record of `{list}` has{mend}")]
    UnknownField {
        /// The key.
        key: String,
        /// The list.
        list: String,
        /// What may have been meant.
        mend: String,
    },
    /// The key stands there more than once.
    #[error("`{key}` is given more than once, keep one of the values")]
    Twice {
        /// The key.
        key: String,
    },
    /// A value of another type.
    #[error("`{key}` is `{value}`, give {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What fits.
        expected: String,
    },
    /// A term that the scale, list or point does not have.
    #[error("`{key}` is `{value}`, which is not one of its options{mend}")]
    NoSuchOption {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What may have been meant.
        mend: String,
    },
    /// A day that no calendar has, or a date written in another way.
    #[error(
        "`{key}` is `{value}`, {problem}; give a day such as `1980-03-07`, or a month such as `1980-03`"
    )]
    NoSuchDate {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A number or date outside the fact's range.
    #[error("`{key}` is `{value}`, give a value from `{least}` to `{most}`")]
    OutOfRange {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// The smallest value.
        least: String,
        /// The largest value.
        most: String,
    },
    /// More records than a list may hold.
    #[error("`{key}` has `{records}` records, give at most {MOST_RECORDS}")]
    TooManyRecords {
        /// The key.
        key: String,
        /// How many there are.
        records: usize,
    },
}

/// A sentence about answers that do not fit each other, or the day: the facts with their values,
/// and the author's own words.
#[must_use]
pub fn contradiction(pack: &Pack, answers: &Answers, error: &AnswerError) -> String {
    let broken = match error {
        AnswerError::Contradiction { constraint, .. } => pack.constraints.get(*constraint),
        _ => None,
    };
    let Some(broken) = broken else {
        return error.to_string();
    };
    let said: Vec<String> = (0..)
        .map(FactId)
        .zip(&pack.vocabulary.facts)
        .filter(|(id, _)| broken.facts.contains(id))
        .map(
            |(id, fact)| match answer_value(pack, fact, answers.get(id)) {
                Some(ValueJson::Text(value)) => format!("`{}` is `{value}`", fact.id),
                Some(value) => format!("`{}` is `{}`", fact.id, to_json(&value)),
                None => format!("`{}` is not given", fact.id),
            },
        )
        .collect();
    let mend = match said.len() {
        1 => "which cannot be true on this day; correct it",
        _ => "which cannot all be true; correct one of them",
    };
    match broken.message.as_str() {
        "" => format!("{}, {mend}", said.join(" and ")),
        message => format!("{}, {mend}（{message}）", said.join(" and ")),
    }
}

fn together(mistakes: &[Mistake]) -> String {
    let mut lines: Vec<String> = mistakes
        .iter()
        .take(MOST_TOLD)
        .map(ToString::to_string)
        .collect();
    let more = mistakes.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        lines.push(format!("and {more} more mistakes"));
    }
    lines.join("\n")
}
