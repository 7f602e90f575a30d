//! Every block must be reached by something.

use zige_core::ids::PointId;
use zige_core::pack::Slot;

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::scope::Named;

use super::Policy;

pub(super) fn lint(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    conditions(policy, problems);
    points(policy, problems);
    derived(policy, problems);
    questions(policy, problems);
    fields(policy, problems);
    rows(policy, problems);
}

fn unreachable(place: Place, message: String, mend: &str) -> Diagnostic {
    Diagnostic::error(Kind::Unreachable, place, message).mend(mend)
}

fn conditions(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, condition) in policy.source.conditions.iter().enumerate() {
        let used = policy
            .pack
            .checks
            .iter()
            .any(|check| check.conditions.iter().any(|id| id.index() == index));
        if !used {
            problems.push(unreachable(
                condition.id.place,
                format!("no check requires condition `{}`", condition.id.text),
                "add it to the `require` of a check, or remove it",
            ));
        }
    }
}

fn points(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    let (_, used) = policy.arena.used(&policy.lowered.roots());
    for (index, point) in policy.source.points.iter().enumerate() {
        let number = PointId(u16::try_from(index).unwrap_or(u16::MAX));
        if !used.contains(&number) {
            problems.push(unreachable(
                point.id.place,
                format!("no rule uses point `{}`", point.id.text),
                "use it in the rule that it leaves open; where it decides no requirement, write a `route` for who agrees to what, and remove the point",
            )
            .chinese("没有规则用到这个待认定事项：写到它影响的条件里；和条件没有关系的“经同意”，改写成 route"));
        }
    }
}

fn derived(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for (derived, used) in policy.source.derived.iter().zip(policy.derived_used) {
        if !used {
            problems.push(unreachable(
                derived.id.place,
                format!("no rule uses the derived expression `{}`", derived.id.text),
                "use it in a rule, or remove it",
            ));
        }
    }
}

/// The facts that a check says it asks.
fn questions(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for (source, check) in policy.source.checks.iter().zip(&policy.pack.checks) {
        for name in &source.ask {
            let fact = match policy.scope.get(&name.text) {
                Some(Named::Fact(fact)) => policy.slice.facts_of(&[fact]).first().copied(),
                Some(_) => None,
                // Reported as an unknown name already.
                None => continue,
            };
            if fact.is_none_or(|fact| !check.facts.contains(&fact)) {
                problems.push(unreachable(
                    name.place,
                    format!("check `{}` never needs `{}`", source.id.text, name.text),
                    "remove it from `ask`; only facts that the check's conditions use can be asked",
                ));
            }
        }
    }
}

fn fields(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    let laid_out = policy.source.forms.iter().zip(&policy.pack.forms);
    for (source, form) in laid_out.filter(|(source, _)| !source.parts.is_empty()) {
        let slots = form.slots();
        for (position, field) in form.fields.iter().enumerate() {
            let placed = slots.iter().any(
                |slot| matches!(slot, Slot::Field(placed) if usize::from(*placed) == position),
            );
            if !placed {
                problems.push(unreachable(
                    source.id.place,
                    format!(
                        "no place of form `{}` shows its field `{}`",
                        form.id, field.id
                    ),
                    "put `=field` into a cell or `{field}` into a text, or remove the field",
                ));
            }
        }
    }
}

/// Cases and rows after one that always applies.
fn rows(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for route in &policy.source.routes {
        let always = route.cases.iter().position(|case| case.when.is_none());
        if always.is_some_and(|position| position + 1 < route.cases.len()) {
            problems.push(unreachable(
                route.id.place,
                format!(
                    "route `{}` has a case after one that always applies",
                    route.id.text
                ),
                "give every case but the last a `when`",
            ));
        }
    }
    for grade in &policy.source.grades {
        let always = grade.rows.iter().position(|(_, when, _)| when.is_none());
        if always.is_some_and(|position| position + 1 < grade.rows.len()) {
            problems.push(unreachable(
                grade.id.place,
                format!(
                    "grade `{}` has a row after one that always applies",
                    grade.id.text
                ),
                "give every row but the last a `when`",
            ));
        }
    }
}
