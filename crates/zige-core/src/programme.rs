//! The state of a programme on a date.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::pack::Programme;

/// Whether a text is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeState {
    /// A draft for comment.
    Draft,
    /// In force.
    InForce,
    /// Not in force yet; from when on.
    NotYet(Date),
    /// No longer in force; its last day.
    Lapsed(Date),
    /// Replaced; by what.
    Replaced(String),
    /// The text does not say.
    Unknown,
}

/// Whether applications are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// They are taken.
    Open,
    /// Not yet; from when on.
    NotYet(Date),
    /// No longer; the last day.
    Closed(Date),
    /// The text does not say.
    Unknown,
}

impl Programme {
    /// The state of the text on a date.
    #[must_use]
    pub fn state(&self, on: Date) -> ProgrammeState {
        if self.draft {
            return ProgrammeState::Draft;
        }
        if let Some((from, by)) = &self.replaced
            && on >= *from
        {
            return ProgrammeState::Replaced(by.clone());
        }
        match (self.force.from, self.force.to) {
            (_, Some(to)) if on > to => ProgrammeState::Lapsed(to),
            (Some(from), _) if on < from => ProgrammeState::NotYet(from),
            (Some(_), _) => ProgrammeState::InForce,
            (None, _) => ProgrammeState::Unknown,
        }
    }

    /// Whether applications are taken on a date.
    #[must_use]
    pub fn applications(&self, on: Date) -> ApplicationState {
        match (self.applications.from, self.applications.to) {
            (_, Some(to)) if on > to => ApplicationState::Closed(to),
            (Some(from), _) if on < from => ApplicationState::NotYet(from),
            (Some(_), _) | (None, Some(_)) => ApplicationState::Open,
            (None, None) => ApplicationState::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Interval;

    #[test]
    fn the_last_day_still_counts() {
        let date = |text| Date::parse(text).unwrap();
        let mut programme = Programme {
            draft: false,
            force: Interval {
                from: Some(date("2019-07-01")),
                to: Some(date("2020-12-31")),
            },
            applications: Interval {
                from: None,
                to: None,
            },
            replaced: None,
            article: None,
            remark: String::new(),
        };
        assert_eq!(
            programme.state(date("2019-06-30")),
            ProgrammeState::NotYet(date("2019-07-01"))
        );
        assert_eq!(programme.state(date("2020-12-31")), ProgrammeState::InForce);
        assert_eq!(
            programme.state(date("2021-01-01")),
            ProgrammeState::Lapsed(date("2020-12-31"))
        );
        programme.force.from = None;
        assert_eq!(programme.state(date("2020-01-01")), ProgrammeState::Unknown);
        programme.draft = true;
        assert_eq!(programme.state(date("2026-11-21")), ProgrammeState::Draft);
    }
}
