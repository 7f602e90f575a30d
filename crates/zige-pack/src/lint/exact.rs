//! What the evaluator cannot judge exactly.

use zige_core::date::Date;
use zige_core::evaluator::{ConstraintProblem, EvaluatorError, judgeable};
use zige_core::ids::NodeId;

use crate::diagnostics::{Diagnostic, Kind, Place};

use super::Policy;

/// Any day will do.
const SOME_DAY: Date = Date::MAX;

/// Looks at constraints and at the rules outside of checks; whether all can be judged.
pub(super) fn lint(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) -> bool {
    let before = problems.len();
    let constraints = policy.pack.constraints.first().map(|own| own.rule);
    let nowhere = Place::new(policy.source.file, 0, 0);
    for (rule, place) in constraints
        .into_iter()
        .map(|rule| (rule, nowhere))
        .chain(rules(policy))
    {
        match judgeable(policy.pack, rule, SOME_DAY) {
            Ok(()) => {}
            Err(error) => {
                problems.push(explained(policy, &error, place));
                if let EvaluatorError::Constraint { .. } = error {
                    break;
                }
            }
        }
    }
    problems.len() == before
}

/// The rules of entitlements, routes and grades.
fn rules<'a>(policy: &'a Policy<'_>) -> impl Iterator<Item = (NodeId, Place)> + 'a {
    let (source, pack) = (policy.source, policy.pack);
    let entitlements = source
        .entitlements
        .iter()
        .zip(&pack.entitlements)
        .map(|(block, own)| (block.id.place, own.when));
    let routes = source
        .routes
        .iter()
        .zip(&pack.routes)
        .flat_map(|(block, own)| own.cases.iter().map(|case| (block.id.place, case.when)));
    let grades = source
        .grades
        .iter()
        .zip(&pack.grades)
        .flat_map(|(block, own)| own.rows.iter().map(|row| (block.id.place, row.when)));
    entitlements
        .chain(routes)
        .chain(grades)
        .filter_map(|(place, rule)| Some((rule?, place)))
}

/// What an author can do about it. `place` is where the rule stands.
pub(super) fn explained(policy: &Policy<'_>, error: &EvaluatorError, place: Place) -> Diagnostic {
    match error {
        EvaluatorError::Constraint {
            constraint,
            problem,
        } => {
            let own = policy.source.constraints.iter();
            let source = own
                .chain(&policy.vocabulary.constraints)
                .find(|source| source.id.text == *constraint);
            let place = source.map_or(place, |source| source.rule.place);
            Diagnostic::error(
                Kind::Constraint,
                place,
                format!("constraint `{constraint}` cannot be judged exactly: {problem}"),
            )
            .mend(match problem {
                ConstraintProblem::Alternatives => {
                    "write each comparison of two dates or numbers as a constraint of its own; only choices and yes/no answers can excuse from it: `not on_leave or leave_end >= leave_start`"
                }
                ConstraintProblem::Mixed => {
                    "compare one date or number with one other; let a choice decide between two constraints: `kind == \"…\" or first_day <= last_day`"
                }
                ConstraintProblem::Circle => {
                    "leave one of the constraints out, or ask for the sum or the difference itself"
                }
                ConstraintProblem::Endless => "correct one of the constraints that go round in a circle",
                ConstraintProblem::Cases => {
                    "let fewer choices excuse from comparisons of two dates or numbers"
                }
            })
        }
        EvaluatorError::Counts { .. } => Diagnostic::error(Kind::Counts, place, error.to_string())
            .mend("count with fewer filters, compare with smaller numbers, or ask a yes/no question instead"),
        _ => Diagnostic::error(Kind::Diagram, place, error.to_string())
            .mend("ask one question instead of comparing many, or split the check into several"),
    }
}
