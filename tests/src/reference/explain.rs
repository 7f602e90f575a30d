//! Why, and what would change it, by trying every set.

use std::collections::BTreeSet;

use zige_core::answers::{Answer, Answers};
use zige_core::ids::{ConditionId, FactId};
use zige_core::pack::Direction;
use zige_core::report::Because;
use zige_core::verdict::{Class, Possible};

use super::search::{Goal, Reference, TooMany};

/// The inclusion-minimal sets of conditions that fix a definite verdict whatever the others are:
/// it stays even if all others hold, or even if all others fail.
///
/// # Errors
/// When more than `budget` steps are needed for one set.
pub fn because(
    reference: &Reference<'_>,
    answers: &Answers,
    budget: usize,
) -> Result<Because, TooMany> {
    let Some(class) = reference.possible(answers, Goal::Check, budget)?.single() else {
        return Ok(Because::default());
    };
    let at_most = |class: Class| {
        minimal_sets(reference, |looked_at| {
            let goal = Goal::Supposing {
                looked_at,
                others: true,
            };
            Ok(reference
                .possible(answers, goal, budget)?
                .classes()
                .all(|reached| reached <= class))
        })
    };
    let at_least = |class: Class| {
        minimal_sets(reference, |looked_at| {
            let goal = Goal::Supposing {
                looked_at,
                others: false,
            };
            Ok(reference
                .possible(answers, goal, budget)?
                .classes()
                .all(|reached| reached >= class))
        })
    };
    Ok(match class {
        Class::Eligible => Because {
            sets: at_least(class)?,
            still: Vec::new(),
        },
        Class::Ineligible => Because {
            sets: at_most(class)?,
            still: Vec::new(),
        },
        Class::Discretionary => Because {
            sets: at_most(class)?,
            still: at_least(class)?,
        },
    })
}

fn minimal_sets(
    reference: &Reference<'_>,
    fixes: impl Fn(u64) -> Result<bool, TooMany>,
) -> Result<Vec<Vec<ConditionId>>, TooMany> {
    let conditions = &reference.check().conditions;
    let mut sets: Vec<u64> = (0..1_u64 << conditions.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    let mut minimal: Vec<u64> = Vec::new();
    for set in sets {
        let bits = conditions
            .iter()
            .enumerate()
            .filter(|(position, _)| set & (1 << position) != 0)
            .fold(0, |bits, (_, condition)| bits | 1 << condition.0);
        if !minimal.iter().any(|smaller| bits & smaller == *smaller) && fixes(bits)? {
            minimal.push(bits);
        }
    }
    let named = |bits: u64| {
        (0..64)
            .filter(|bit| bits & (1 << bit) != 0)
            .map(ConditionId)
            .collect()
    };
    Ok(minimal.into_iter().map(named).collect())
}

/// The best class that can be reached, and the minimal sets of facts that reach it.
type Improvements = (Class, Vec<BTreeSet<FactId>>);

/// What the best reachable verdict is, and the inclusion-minimal sets of changeable facts with which
/// it can be reached; no sets when no change helps.
///
/// # Errors
/// When more than `budget` steps are needed for one trial.
pub fn changes(
    reference: &Reference<'_>,
    answers: &Answers,
    budget: usize,
) -> Result<Option<Improvements>, TooMany> {
    let Some(class) = reference.possible(answers, Goal::Check, budget)?.single() else {
        return Ok(None);
    };
    let levers: Vec<FactId> = reference
        .facts()
        .iter()
        .copied()
        .filter(|fact| matches!(answers.get(*fact), Answer::Value(_)))
        .filter(|fact| changeable(reference, *fact) != Direction::Fixed)
        .collect();
    let mut sets: Vec<u32> = (1..1_u32 << levers.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    for target in [Class::Eligible, Class::Discretionary]
        .into_iter()
        .filter(|target| *target > class)
    {
        let mut found: Vec<BTreeSet<FactId>> = Vec::new();
        for set in &sets {
            let facts: BTreeSet<FactId> = levers
                .iter()
                .enumerate()
                .filter(|(position, _)| set & (1 << position) != 0)
                .map(|(_, fact)| *fact)
                .collect();
            if found.iter().any(|smaller| smaller.is_subset(&facts)) {
                continue;
            }
            let open: Vec<FactId> = facts.iter().copied().collect();
            if reaches(reference, answers, &open, target, budget)? {
                found.push(facts);
            }
        }
        if !found.is_empty() {
            return Ok(Some((target, found)));
        }
    }
    Ok(None)
}

fn changeable(reference: &Reference<'_>, fact: FactId) -> Direction {
    reference.pack().vocabulary.facts[fact.index()].changeable
}

/// Whether some new values of some facts come to exactly the target.
fn reaches(
    reference: &Reference<'_>,
    answers: &Answers,
    facts: &[FactId],
    target: Class,
    budget: usize,
) -> Result<bool, TooMany> {
    let Some((fact, rest)) = facts.split_first() else {
        return Ok(reference.possible(answers, Goal::Check, budget)? == Possible::only(target));
    };
    let Answer::Value(now) = answers.get(*fact) else {
        return Ok(false);
    };
    let mut open = answers.clone();
    for fact in facts {
        open.set(reference.pack(), *fact, Answer::Absent)
            .expect("a fact of the pack");
    }
    for value in reference.values_left(&open, *fact) {
        if allowed(changeable(reference, *fact), *now, value) {
            let mut changed = answers.clone();
            changed
                .set(reference.pack(), *fact, Answer::Value(value))
                .expect("a value of the fact");
            if reaches(reference, &changed, rest, target, budget)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a fact may change from one value to another.
#[must_use]
pub fn allowed(direction: Direction, now: i64, then: i64) -> bool {
    match direction {
        Direction::Fixed => false,
        Direction::Up => then > now,
        Direction::Down => then < now,
        Direction::Free => then != now,
    }
}
