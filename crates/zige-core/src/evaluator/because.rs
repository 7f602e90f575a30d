//! Why a verdict is what it is.

use crate::answers::Answers;
use crate::ids::ConditionId;
use crate::pack::{Pack, Requirement};
use crate::report::Because;
use crate::verdict::{Class, Possible};

use super::Evaluator;

/// The most sets that an explanation holds.
const MOST_SETS: usize = 64;

type Sets = Vec<Vec<ConditionId>>;

pub(super) fn because(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Because {
    let Some(check) = pack.checks.get(evaluator.check.index()) else {
        return Because::default();
    };
    let Some(class) = evaluator.possible(pack, answers).single() else {
        return Because::default();
    };
    let masks = evaluator.condition_masks(pack, answers);
    let results: Vec<(ConditionId, Possible)> = evaluator
        .diagram
        .conditions
        .iter()
        .map(|(id, _)| *id)
        .zip(masks)
        .collect();
    let at_most = |class: Class| {
        sets(
            &check.require,
            &results,
            &|mask| worst_only(mask, class),
            false,
        )
    };
    let at_least = |class: Class| {
        sets(
            &check.require,
            &results,
            &|mask| best_only(mask, class),
            true,
        )
    };
    match class {
        Class::Ineligible => Because {
            sets: at_most(Class::Ineligible),
            still: Vec::new(),
        },
        Class::Eligible => Because {
            sets: at_least(Class::Eligible),
            still: Vec::new(),
        },
        Class::Discretionary => Because {
            sets: at_most(Class::Discretionary),
            still: at_least(Class::Discretionary),
        },
    }
}

/// Whether no class above `limit` is possible.
fn worst_only(mask: Possible, limit: Class) -> bool {
    !mask.is_empty() && mask.classes().all(|class| class <= limit)
}

/// Whether no class below `limit` is possible.
fn best_only(mask: Possible, limit: Class) -> bool {
    !mask.is_empty() && mask.classes().all(|class| class >= limit)
}

/// The minimal sets of conditions, each of which `decides`, that decide the requirement.
///
/// To hold, "all" needs every part and "any" one; to fail, the other way round.
fn sets(
    requirement: &Requirement,
    results: &[(ConditionId, Possible)],
    decides: &dyn Fn(Possible) -> bool,
    hold: bool,
) -> Sets {
    match requirement {
        Requirement::Condition(id) => {
            let decided = results
                .iter()
                .any(|(own, mask)| own == id && decides(*mask));
            if decided { vec![vec![*id]] } else { Vec::new() }
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            let parts = parts.iter().map(|part| sets(part, results, decides, hold));
            let every = matches!(requirement, Requirement::All(_)) == hold;
            if every {
                parts.fold(vec![Vec::new()], |product, part| {
                    minimal(
                        product
                            .iter()
                            .flat_map(|left| part.iter().map(move |right| union(left, right)))
                            .collect(),
                    )
                })
            } else {
                minimal(parts.flatten().collect())
            }
        }
    }
}

fn union(left: &[ConditionId], right: &[ConditionId]) -> Vec<ConditionId> {
    let mut union = [left, right].concat();
    union.sort_unstable();
    union.dedup();
    union
}

/// The sets that contain no other, smallest first, ties by author order.
fn minimal(mut sets: Sets) -> Sets {
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut kept: Sets = Vec::new();
    for set in sets {
        if kept.len() < MOST_SETS
            && !kept
                .iter()
                .any(|smaller| smaller.iter().all(|id| set.contains(id)))
        {
            kept.push(set);
        }
    }
    kept
}
