//! The input for a fact, whatever its type.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html};
use zige_core::pack::{Fact, FactKind, Pack};

use super::choice_list::{Choice, ChoiceEvent, choice_list};
use super::date_input::date_input;
use super::field::Surroundings;
use super::line_input::{LineKind, line_input};
use super::records_editor::records_editor;
use crate::WHOLE;
use crate::session::{Draft, Edit, EntryError};

/// `errors` are those of this entry, each with the ending of the id of its input.
pub fn answer_input(
    pack: &Pack,
    fact: &Fact,
    around: &Surroundings,
    draft: &Draft,
    errors: &[EntryError],
    edit: &Callback<Edit>,
) -> Html {
    match (draft, &fact.kind) {
        (Draft::Choice { chosen, filter }, kind) => {
            let on = edit.reform(|event| match event {
                ChoiceEvent::Choose(value) => Edit::Choose(value),
                ChoiceEvent::Filter(text) => Edit::Filter(text),
            });
            choice_list(around, &choices(pack, kind), *chosen, filter, &on)
        }
        (Draft::Date(date), _) => {
            let wrong: Vec<String> = errors.iter().map(|error| error.at.clone()).collect();
            let on = edit.reform(|(part, text)| Edit::Part(part, text));
            date_input(around, date, &wrong, &on)
        }
        (Draft::Line(text), kind) => {
            let kind = match kind {
                FactKind::Number { unit, .. } => LineKind::Number(unit.clone()),
                FactKind::Money { .. } => LineKind::Number("元".into()),
                FactKind::Text { limit, long: true } => LineKind::Lines(*limit),
                FactKind::Text { limit, .. } => LineKind::Line(*limit),
                _ => LineKind::Line(0),
            };
            line_input(around, &kind, text, &edit.reform(Edit::Type))
        }
        (Draft::Records(records), FactKind::Records { noun, .. }) if WHOLE => {
            records_editor(pack, noun, around, records, errors, edit)
        }
        (Draft::Records(_), _) => Html::default(),
    }
}

fn choices(pack: &Pack, kind: &FactKind) -> Vec<Choice> {
    match kind {
        FactKind::YesNo => [(1, "是"), (0, "否")]
            .map(|(value, label)| Choice {
                value,
                label: label.into(),
                hint: String::new(),
            })
            .into(),
        FactKind::Choice(choice) => match pack.vocabulary.choices.get(choice.index()) {
            Some(set) => (0..)
                .zip(&set.options)
                .zip(
                    set.hints
                        .iter()
                        .map(String::as_str)
                        .chain(std::iter::repeat("")),
                )
                .map(|((value, label), hint)| Choice {
                    value,
                    label: label.clone(),
                    hint: hint.to_owned(),
                })
                .collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}
