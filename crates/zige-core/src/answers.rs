//! What a person has said: an answer for each fact, an outcome for each decided point.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::date::Date;
use crate::ids::{FactId, PointId};
use crate::pack::{Fact, FactKind, Pack};

/// One fact's answer. Neither [`Answer::Absent`] nor [`Answer::Unknown`] is ever no, 0 or a default.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Answer {
    /// Not asked yet.
    #[default]
    Absent,
    /// Asked; the person does not know.
    Unknown,
    /// Yes/no as 1/0, a choice by position, a date in days since 1970-01-01, money in 分.
    Value(i64),
    /// A date known to the month: its first and last day.
    Month {
        /// The first day of the month.
        first: Date,
        /// The last day of the month.
        last: Date,
    },
    /// A text.
    Text(String),
    /// A list.
    Records(Records),
}

impl Answer {
    /// A date known to the day.
    #[must_use]
    pub fn day(date: Date) -> Answer {
        Answer::Value(date.days())
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(yes: bool) -> Answer {
        Answer::Value(i64::from(yes))
    }
}

/// A list of records, each with answers to the facts of its list.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Records {
    /// One row a record; a fact that is not in a row is absent.
    pub rows: Vec<Vec<(FactId, Answer)>>,
    /// Whether these are all the records there are.
    pub complete: bool,
}

impl Records {
    /// A record's answer to one of its facts.
    #[must_use]
    pub fn answer(&self, row: usize, fact: FactId) -> &Answer {
        self.rows
            .get(row)
            .and_then(|row| row.iter().find(|(id, _)| *id == fact))
            .map_or(&Answer::Absent, |(_, answer)| answer)
    }
}

/// All that a person has said, for one pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    facts: Vec<Answer>,
    outcomes: Vec<Option<u16>>,
}

/// An answer that cannot be taken. Positions refer to the pack it was meant for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// The fact is not in the pack, or is asked of each record of a list.
    #[error("fact {0:?} cannot be answered here, answer one of the pack's own facts")]
    NoSuchFact(FactId),
    /// The answer is of another type than the fact.
    #[error("the answer to `{fact}` is of another type, give {expected}")]
    WrongType {
        /// The fact.
        fact: String,
        /// What is expected.
        expected: &'static str,
    },
    /// The value is outside the fact's range.
    #[error("the answer to `{fact}` is outside its range, give a value from {least} to {most}")]
    OutOfRange {
        /// The fact.
        fact: String,
        /// The smallest value.
        least: i64,
        /// The largest value.
        most: i64,
    },
    /// The point is not in the pack or has no such outcome.
    #[error("point {0:?} has no such outcome, give one of its outcomes")]
    NoSuchOutcome(PointId),
    /// The answers cannot all be true.
    #[error("the answers to {facts} contradict each other, correct one of them")]
    Contradiction {
        /// The constraint's position in the pack.
        constraint: usize,
        /// The facts it links, by id, in backticks.
        facts: String,
    },
}

impl Answers {
    /// Nothing said yet.
    #[must_use]
    pub fn new(pack: &Pack) -> Answers {
        Answers {
            facts: vec![Answer::Absent; pack.vocabulary.facts.len()],
            outcomes: vec![None; pack.points.len()],
        }
    }

    /// The answer to a fact; absent when it is not of this pack.
    #[must_use]
    pub fn get(&self, fact: FactId) -> &Answer {
        self.facts.get(fact.index()).unwrap_or(&Answer::Absent)
    }

    /// Sets the answer to a fact.
    ///
    /// # Errors
    /// When the fact is not one of the pack's own, or the answer's type or range does not fit;
    /// the answers are unchanged then.
    pub fn set(&mut self, pack: &Pack, fact: FactId, answer: Answer) -> Result<(), AnswerError> {
        let known = pack
            .vocabulary
            .facts
            .get(fact.index())
            .filter(|known| known.record_of.is_none())
            .ok_or(AnswerError::NoSuchFact(fact))?;
        fits(pack, known, &answer)?;
        match self.facts.get_mut(fact.index()) {
            Some(place) => {
                *place = answer;
                Ok(())
            }
            None => Err(AnswerError::NoSuchFact(fact)),
        }
    }

    /// The outcome that a point was decided with, from the sternest (0) up; `None` while open.
    #[must_use]
    pub fn outcome(&self, point: PointId) -> Option<u16> {
        self.outcomes.get(point.index()).copied().flatten()
    }

    /// Records how a point was decided, or that it is open.
    ///
    /// # Errors
    /// When the point is not in the pack or has no such outcome.
    pub fn set_outcome(
        &mut self,
        pack: &Pack,
        point: PointId,
        outcome: Option<u16>,
    ) -> Result<(), AnswerError> {
        let known = pack
            .points
            .get(point.index())
            .is_some_and(|p| outcome.is_none_or(|o| usize::from(o) < p.outcomes.len()));
        match self.outcomes.get_mut(point.index()) {
            Some(place) if known => {
                *place = outcome;
                Ok(())
            }
            _ => Err(AnswerError::NoSuchOutcome(point)),
        }
    }

    /// Whether nothing has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.iter().all(|answer| *answer == Answer::Absent)
            && self.outcomes.iter().all(Option::is_none)
    }
}

/// Holds an answer to its fact's type and range.
///
/// # Errors
/// When it does not fit.
pub fn fits(pack: &Pack, fact: &Fact, answer: &Answer) -> Result<(), AnswerError> {
    let wrong = |expected| {
        Err(AnswerError::WrongType {
            fact: fact.id.clone(),
            expected,
        })
    };
    match (answer, &fact.kind) {
        (Answer::Absent | Answer::Unknown, _) => Ok(()),
        (Answer::Value(value), kind) => match range(pack, kind) {
            Some((least, most)) if (least..=most).contains(value) => Ok(()),
            Some((least, most)) => Err(AnswerError::OutOfRange {
                fact: fact.id.clone(),
                least,
                most,
            }),
            None => wrong(expected(kind)),
        },
        (Answer::Month { first, last }, FactKind::Date { min, max }) => {
            if first <= last && last.days() >= *min && first.days() <= *max {
                Ok(())
            } else {
                Err(AnswerError::OutOfRange {
                    fact: fact.id.clone(),
                    least: *min,
                    most: *max,
                })
            }
        }
        (Answer::Text(_), FactKind::Text { .. }) => Ok(()),
        (Answer::Records(records), FactKind::Records { fields, .. }) => {
            for (id, answer) in records.rows.iter().flatten() {
                let field = pack.vocabulary.facts.get(id.index());
                match field.filter(|_| fields.contains(id)) {
                    Some(field) => fits(pack, field, answer)?,
                    None => return Err(AnswerError::NoSuchFact(*id)),
                }
            }
            Ok(())
        }
        (_, kind) => wrong(expected(kind)),
    }
}

/// The smallest and largest value of a type that rules can use; `None` for texts and lists.
#[must_use]
pub fn range(pack: &Pack, kind: &FactKind) -> Option<(i64, i64)> {
    match kind {
        FactKind::YesNo => Some((0, 1)),
        FactKind::Choice(choice) => {
            let options = pack.vocabulary.choices.get(choice.index())?.options.len();
            Some((0, i64::try_from(options).ok()?.saturating_sub(1)))
        }
        FactKind::Number { min, max, .. }
        | FactKind::Money { min, max }
        | FactKind::Date { min, max } => Some((*min, *max)),
        FactKind::Text { .. } | FactKind::Records { .. } => None,
    }
}

fn expected(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::Choice(_) => "one of its options",
        FactKind::Number { .. } => "a number",
        FactKind::Money { .. } => "an amount in 分",
        FactKind::Date { .. } => "a date",
        FactKind::Text { .. } => "a text",
        FactKind::Records { .. } => "a list of records",
    }
}
