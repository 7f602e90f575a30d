//! From fences to typed source blocks, still with names and places.

mod form;
mod form_cells;
mod form_text;
mod policy;
mod vocabulary;

pub(crate) use form::{
    BodySource, CellSource, ColumnSource, ColumnWhatSource, FieldKindSource, FieldSource,
    FormSource, PartSource, PieceSource,
};
pub(crate) use policy::{ArticleSource, ExampleSource, HeadSource, PolicySource, SubjectKind};
pub(crate) use vocabulary::{
    ChoiceSource, FactSource, KindSource, ScheduleSource, VocabularySource,
};

pub(crate) use policy::read_policy;
pub(crate) use vocabulary::{read_vocabulary, scaled};

use zige_core::pack::Point;

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::expression::{Expression, parse};
use crate::source::{Fence, File, Text};
use crate::table::{self, Table, character_places};

/// A rule with the text it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) expression: Expression,
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// `derived`: an expression with a name.
#[derive(Clone, Debug)]
pub(crate) struct DerivedSource {
    pub(crate) id: Text,
    pub(crate) rule: Rule,
}

/// `constraint`: facts that must fit together.
#[derive(Clone, Debug)]
pub(crate) struct ConstraintSource {
    pub(crate) id: Text,
    pub(crate) rule: Rule,
    pub(crate) message: String,
}

/// `point`: an open decision.
#[derive(Clone, Debug)]
pub(crate) struct PointSource {
    pub(crate) id: Text,
    pub(crate) point: Point,
}

/// What every reader of a block needs.
pub(crate) struct Context<'a> {
    pub(crate) file: &'a File,
    pub(crate) problems: &'a mut Vec<Diagnostic>,
}

impl Context<'_> {
    fn table(&mut self, fence: &Fence) -> Table {
        table::read(self.file, fence, self.problems)
    }

    fn parse(&mut self, text: &Text) -> Rule {
        let places = character_places(self.file, text);
        Rule {
            expression: parse(&text.text, &places, text.place, self.problems),
            text: text.text.clone(),
            place: text.place,
        }
    }

    /// A rule that must be there.
    fn rule(&mut self, table: &mut Table, key: &'static str) -> Option<Rule> {
        let text = table.text(key, self.problems);
        (!text.text.trim().is_empty()).then(|| self.parse(&text))
    }

    /// A rule, if it is there.
    fn optional_rule(&mut self, table: &mut Table, key: &'static str) -> Option<Rule> {
        let text = table.optional_text(key, self.problems)?;
        Some(self.parse(&text))
    }

    fn derived(&mut self, fence: &Fence) -> Option<DerivedSource> {
        let mut table = self.table(fence);
        table.string("label", self.problems);
        let rule = self.rule(&mut table, "is");
        table.finish(self.problems);
        Some(DerivedSource {
            id: fence.id.clone(),
            rule: rule?,
        })
    }

    fn constraint(&mut self, fence: &Fence) -> Option<ConstraintSource> {
        let mut table = self.table(fence);
        let rule = self.rule(&mut table, "rule");
        let message = table.text("message", self.problems).text;
        table.finish(self.problems);
        Some(ConstraintSource {
            id: fence.id.clone(),
            rule: rule?,
            message,
        })
    }

    fn point(&mut self, fence: &Fence) -> PointSource {
        let mut table = self.table(fence);
        let label = table.text("label", self.problems).text;
        let owner = table.text("owner", self.problems).text;
        let question = table.text("question", self.problems).text;
        let reason = table.text("reason", self.problems).text;
        let place = table.place;
        let had_outcomes = table.has("outcomes");
        let outcomes = table.texts("outcomes", self.problems);
        let broken = table.is_broken();
        table.finish(self.problems);
        if !(2..=4).contains(&outcomes.len()) && !broken {
            let what = match had_outcomes {
                true if outcomes.len() == 1 => "has only one outcome".to_owned(),
                true => format!("has {} outcomes", outcomes.len()),
                false => "has no `outcomes`".to_owned(),
            };
            let place = match (outcomes.first(), outcomes.last()) {
                (Some(first), Some(last)) => first.place.to(last.place),
                _ => place,
            };
            self.problems.push(
                Diagnostic::error(Kind::Outcomes, place, format!("point `{}` {what}", fence.id.text)).mend(
                    "list 2 to 4 outcomes, from the sternest to the most lenient: `outcomes = [\"不予认定\", \"已认定\"]`",
                ),
            );
        }
        PointSource {
            id: fence.id.clone(),
            point: Point {
                id: fence.id.text.clone(),
                article: None,
                label,
                owner,
                question,
                reason,
                outcomes: outcomes.into_iter().map(|text| text.text).collect(),
            },
        }
    }

    fn misplaced(&mut self, fence: &Fence, where_to: &str) {
        self.problems.push(
            Diagnostic::error(
                Kind::Misplaced,
                fence.place,
                format!("a `{}` block cannot stand here", fence.kind.word()),
            )
            .mend(where_to),
        );
    }
}
