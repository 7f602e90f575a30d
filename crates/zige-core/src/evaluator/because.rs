//! Why a verdict is what it is.

use crate::answers::Answers;
use crate::diagram::{Arena, Diagram, INFEASIBLE, Ref};
use crate::ids::ConditionId;
use crate::pack::{Pack, Requirement};
use crate::report::Because;
use crate::verdict::{Class, Possible};

use super::{Evaluator, UNSEEN};

impl Evaluator {
    /// What the requirement comes to when every condition outside a set is fixed to `others`.
    fn possible_with(
        &self,
        pack: &Pack,
        answers: &Answers,
        require: &Requirement,
        set: &[ConditionId],
        others: i64,
    ) -> Possible {
        let mut arena = self.diagram.arena.clone();
        let root = self.requirement_with(&mut arena, require, set, others);
        let scratch = &mut *self.scratch.borrow_mut();
        self.restrict(pack, answers, scratch);
        let diagram = Diagram {
            arena,
            root,
            ..self.diagram.clone()
        };
        let mut masks = vec![UNSEEN; diagram.arena.len()];
        super::mask(&diagram, root, &scratch.restriction, &mut masks)
    }

    fn requirement_with(
        &self,
        arena: &mut Arena,
        require: &Requirement,
        set: &[ConditionId],
        others: i64,
    ) -> Ref {
        match require {
            Requirement::Condition(id) if set.contains(id) => self
                .diagram
                .conditions
                .iter()
                .find(|(own, _)| own == id)
                .map_or(0, |(_, node)| *node),
            Requirement::Condition(_) => arena.value(others),
            Requirement::All(parts) => self.combine(arena, parts, set, others, 1, &|a, b| a.min(b)),
            Requirement::Any(parts) => self.combine(arena, parts, set, others, 0, &|a, b| a.max(b)),
        }
    }

    fn combine(
        &self,
        arena: &mut Arena,
        parts: &[Requirement],
        set: &[ConditionId],
        others: i64,
        start: i64,
        function: &dyn Fn(i64, i64) -> i64,
    ) -> Ref {
        let mut all = arena.value(start);
        for part in parts {
            let part = self.requirement_with(arena, part, set, others);
            all = arena.zip(all, part, &|a, b| {
                if a == INFEASIBLE || b == INFEASIBLE {
                    INFEASIBLE
                } else {
                    function(a, b)
                }
            });
        }
        all
    }
}

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
        let apart = sets(
            &check.require,
            &results,
            &|mask| worst_only(mask, class),
            false,
        );
        or_together(
            evaluator,
            pack,
            answers,
            &check.require,
            apart,
            &results,
            1,
            &|mask| worst_only(mask, class),
        )
    };
    let at_least = |class: Class| {
        let apart = sets(
            &check.require,
            &results,
            &|mask| best_only(mask, class),
            true,
        );
        or_together(
            evaluator,
            pack,
            answers,
            &check.require,
            apart,
            &results,
            0,
            &|mask| best_only(mask, class),
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

/// Where no conditions decide each by itself (they share facts or points), one minimal set that
/// decides together: all conditions, less each that can go.
#[expect(
    clippy::too_many_arguments,
    reason = "all of it belongs to one question, asked in two places"
)]
fn or_together(
    evaluator: &Evaluator,
    pack: &Pack,
    answers: &Answers,
    require: &Requirement,
    apart: Sets,
    results: &[(ConditionId, Possible)],
    others: i64,
    decides: &dyn Fn(Possible) -> bool,
) -> Sets {
    if !apart.is_empty() {
        return apart;
    }
    let mut set: Vec<ConditionId> = results.iter().map(|(id, _)| *id).collect();
    for (id, _) in results {
        let without: Vec<ConditionId> = set.iter().copied().filter(|own| own != id).collect();
        if decides(evaluator.possible_with(pack, answers, require, &without, others)) {
            set = without;
        }
    }
    vec![set]
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
