//! What each id names.

use std::collections::BTreeMap;

use zige_core::ids::{FactId, PointId, ScheduleId};

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::Text;

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Fact(FactId),
    /// Position among the derived expressions.
    Derived(usize),
    Point(PointId),
    Schedule(ScheduleId),
    Condition,
    Check,
    /// Any other block, by its word.
    Other(&'static str),
}

impl Named {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Named::Fact(_) => "fact",
            Named::Derived(_) => "derived expression",
            Named::Point(_) => "point",
            Named::Schedule(_) => "schedule",
            Named::Condition => "condition",
            Named::Check => "check",
            Named::Other(word) => word,
        }
    }
}

/// All ids of a pack, the vocabulary's included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    names: BTreeMap<String, (Named, Place)>,
}

impl Scope {
    pub(crate) fn get(&self, name: &str) -> Option<Named> {
        self.names.get(name).map(|(named, _)| *named)
    }

    /// The names that a rule can use.
    pub(crate) fn usable(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .filter(|(_, (named, _))| {
                matches!(named, Named::Fact(_) | Named::Derived(_) | Named::Point(_))
            })
            .map(|(name, _)| name.as_str())
    }

    /// The names of one kind.
    pub(crate) fn of_kind(&self, wanted: Named) -> Vec<&str> {
        self.names
            .iter()
            .filter(|(_, (named, _))| named.word() == wanted.word())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    pub(crate) fn add(&mut self, id: &Text, named: Named, problems: &mut Vec<Diagnostic>) {
        match self.names.get(&id.text) {
            None => {
                self.names.insert(id.text.clone(), (named, id.place));
            }
            Some((first, place)) => problems.push(
                Diagnostic::error(
                    Kind::DuplicateId,
                    id.place,
                    format!("the id `{}` is used twice", id.text),
                )
                .label(format!("this {} …", named.word()))
                .also(*place, format!("… and this {}", first.word()))
                .mend("give one of them another id"),
            ),
        }
    }
}
