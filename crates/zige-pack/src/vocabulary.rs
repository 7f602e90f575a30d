//! Checks the vocabulary by itself.

use crate::blocks::{FactSource, KindSource, PolicySource, VocabularySource};
use crate::compile::{arena, name_vocabulary, world};
use crate::diagnostics::{Diagnostic, Kind};
use crate::scope::{Named, Scope};
use crate::types::{Checker, Purpose, Type, World};

/// Checks what concerns the vocabulary alone.
pub(crate) fn check_vocabulary(vocabulary: &VocabularySource, problems: &mut Vec<Diagnostic>) {
    let mut scope = Scope::default();
    name_vocabulary(&mut scope, vocabulary, 0, 0, problems);
    let nothing = PolicySource::default();
    let world = world(&scope, vocabulary, &nothing);
    for (fact, kind) in vocabulary.facts.iter().zip(&world.fact_types) {
        check_fact(vocabulary, fact, *kind, &world, problems);
    }
    check_aliases(&vocabulary.facts, problems);
    let mut arena = arena(&world);
    let mut checker = Checker::new(&world, &mut arena, problems);
    for fact in &vocabulary.facts {
        if let Some(guard) = &fact.guard {
            checker.guard(guard, fact);
        }
    }
    for constraint in &vocabulary.constraints {
        checker.rule(&constraint.rule, Purpose::Constraint);
    }
    for index in 0..vocabulary.derived.len() {
        checker.derived(index);
    }
}

/// A name may lead to one fact only. Fields of records stand under their list's name, and several
/// lists may tell one story together, such as 简历.
fn check_aliases(facts: &[FactSource], problems: &mut Vec<Diagnostic>) {
    let is_list = |fact: &FactSource| matches!(fact.kind, KindSource::Records { .. });
    for fact in facts {
        for alias in &fact.aliases {
            let other = facts.iter().find(|other| {
                let together = is_list(fact) && is_list(other);
                let named = alias.text == other.label
                    || other.aliases.iter().any(|name| name.text == alias.text);
                let same_list = match (&fact.record, &other.record) {
                    (None, None) => true,
                    (Some(one), Some(two)) => one.text == two.text,
                    _ => false,
                };
                other.id.text != fact.id.text && named && same_list && !together
            });
            if let Some(other) = other {
                problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        alias.place,
                        format!("`{}` is a name of `{}` as well", alias.text, other.id.text),
                    )
                    .also(other.place, "the other fact")
                    .mend("a form could not tell them apart: keep the name at one of them"),
                );
            }
        }
    }
}

fn check_fact(
    vocabulary: &VocabularySource,
    fact: &FactSource,
    kind: Option<Type>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let id = &fact.id.text;
    let sections = || {
        vocabulary
            .sections
            .iter()
            .map(|(section, _)| section.text.as_str())
    };
    if !fact.section.text.is_empty() && !sections().any(|section| section == fact.section.text) {
        problems.push(
            Diagnostic::error(
                Kind::UnknownName,
                fact.section.place,
                format!("there is no section `{}`", fact.section.text),
            )
            .choose(&fact.section.text, sections().collect::<Vec<_>>()),
        );
    }
    if let KindSource::Choice(of) = &fact.kind
        && kind.is_none()
        && !of.text.is_empty()
    {
        let names: Vec<&str> = vocabulary
            .choices
            .iter()
            .map(|choice| choice.id.text.as_str())
            .collect();
        problems.push(
            Diagnostic::error(
                Kind::UnknownName,
                of.place,
                format!("there is no scale or list `{}`", of.text),
            )
            .choose(&of.text, names),
        );
    }
    let options = match kind {
        Some(Type::YesNo) => Some(2),
        Some(Type::Choice(choice)) => vocabulary
            .choices
            .get(choice.index())
            .map(|choice| choice.options.len()),
        _ => None,
    };
    if !fact.weights.is_empty() && options != Some(fact.weights.len()) {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                fact.weights_place,
                match options {
                    Some(options) => format!(
                        "`{id}` has {options} answers and {} weights",
                        fact.weights.len()
                    ),
                    None => format!("`{id}` has weights, but its answers cannot be listed"),
                },
            )
            .mend("give one weight for each option, for yes/no `[no, yes]`, or remove `weights`"),
        );
    }
    let fact_of = |name: &str| match world.scope.get(name) {
        Some(Named::Fact(fact)) => vocabulary.facts.get(fact.index()),
        _ => None,
    };
    if let KindSource::Records { fields, .. } = &fact.kind {
        for field in fields {
            let belongs = fact_of(&field.text)
                .and_then(|field| field.record.as_ref())
                .is_some_and(|record| record.text == *id);
            if !belongs {
                problems.push(
                    Diagnostic::error(
                        Kind::UnknownName,
                        field.place,
                        format!("`{}` is not a fact of the records of `{id}`", field.text),
                    )
                    .mend(format!(
                        "give the fact `{}` the key `record = \"{id}\"`",
                        field.text
                    )),
                );
            }
        }
        if fields.is_empty() {
            problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    fact.place,
                    format!("the records of `{id}` have no fields"),
                )
                .mend("add `fields = [\"…\"]` with the facts of one record"),
            );
        }
    }
    if let Some(record) = &fact.record {
        let listed = fact_of(&record.text).is_some_and(|list| match &list.kind {
            KindSource::Records { fields, .. } => fields.iter().any(|field| field.text == *id),
            _ => false,
        });
        if !listed {
            problems.push(
                Diagnostic::error(
                    Kind::UnknownName,
                    record.place,
                    format!("`{}` is not a list of records with the field `{id}`", record.text),
                )
                .mend(format!(
                    "add `{id}` to the `fields` of a fact with `type = \"records\"`, and name that fact here"
                )),
            );
        }
        if matches!(fact.kind, KindSource::Records { .. }) {
            problems.push(
                Diagnostic::error(
                    Kind::Value,
                    record.place,
                    "a list of records cannot be a field of a record",
                )
                .mend("make it a fact of its own"),
            );
        }
    }
}
