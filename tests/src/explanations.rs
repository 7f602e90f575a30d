//! The evaluator's explanations held against the slow ones, for small checks.

use std::collections::BTreeSet;

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, ConditionId, FactId};
use zige_core::pack::Pack;
use zige_core::verdict::{Class, Possible};
use zige_core::windows::windows;

use crate::agreement::named;
use crate::reference::{self, Goal, Reference};

type Sets = BTreeSet<Vec<ConditionId>>;

/// What is wrong with `because`: its sets are those that fix the verdict, and no others.
#[must_use]
pub fn compare_because(
    pack: &Pack,
    evaluator: &Evaluator,
    reference: &Reference<'_>,
    answers: &Answers,
    steps: usize,
) -> Vec<String> {
    let Ok(expected) = reference::because(reference, answers, steps) else {
        return Vec::new();
    };
    let found = evaluator.because(pack, answers);
    let mut wrong = Vec::new();
    for (name, found, expected) in [
        ("sets", &found.sets, &expected.sets),
        ("still", &found.still, &expected.still),
    ] {
        let as_set = |sets: &[Vec<ConditionId>]| sets.iter().cloned().collect::<Sets>();
        if as_set(found) != as_set(expected) || found.len() != expected.len() {
            wrong.push(format!(
                "because.{name}: evaluator {found:?}, reference {expected:?}"
            ));
        }
        if !found.is_sorted_by_key(Vec::len) {
            wrong.push(format!("because.{name} is not in order: {found:?}"));
        }
    }
    wrong
}

/// What is wrong with `changes`: each is allowed, works, needs each of its facts and takes the nearest
/// value; none is left out.
#[must_use]
pub fn compare_changes(
    pack: &Pack,
    evaluator: &Evaluator,
    reference: &Reference<'_>,
    answers: &Answers,
    steps: usize,
) -> Vec<String> {
    let Ok(expected) = reference::changes(reference, answers, steps) else {
        return Vec::new();
    };
    let found = evaluator.changes(pack, answers);
    let (target, sets) = expected.map_or((Class::Eligible, Vec::new()), |best| best);
    let mut wrong = Vec::new();
    let mut covered: BTreeSet<BTreeSet<FactId>> = BTreeSet::new();
    for change in &found.sets {
        let facts: BTreeSet<FactId> = change.facts.iter().map(|(fact, _)| *fact).collect();
        if change.class != target || !sets.contains(&facts) {
            wrong.push(format!(
                "{change:?} is not among the minimal changes to {target:?}: {sets:?}"
            ));
        }
        let mut changed = answers.clone();
        for (fact, value) in &change.facts {
            let direction = pack.vocabulary.facts[fact.index()].changeable;
            let now = answers.get(*fact);
            if !matches!(now, Answer::Value(now) if reference::allowed(direction, *now, *value)) {
                wrong.push(format!(
                    "{change:?} is not allowed: {direction:?} from {now:?}"
                ));
            }
            if changed.set(pack, *fact, Answer::Value(*value)).is_err() {
                wrong.push(format!("{change:?} leaves a fact's range"));
            }
        }
        let reached = reference.possible(&changed, Goal::Check, steps);
        if reached.is_ok_and(|reached| reached != Possible::only(change.class)) {
            wrong.push(format!("{change:?} comes to {reached:?}"));
        }
        if let [(fact, value)] = change.facts.as_slice() {
            wrong.extend(nearer(
                pack,
                reference,
                answers,
                *fact,
                *value,
                change.class,
                steps,
            ));
        }
        covered.insert(facts);
    }
    if covered.len() != found.sets.len() {
        wrong.push(format!("a set of facts stands twice: {:?}", found.sets));
    }
    let all: BTreeSet<BTreeSet<FactId>> = sets.into_iter().collect();
    if !found.truncated && covered != all {
        wrong.push(format!("changes: evaluator {covered:?}, reference {all:?}"));
    }
    if !found.sets.is_sorted_by_key(|change| change.facts.len()) {
        wrong.push(format!("changes are not in order: {:?}", found.sets));
    }
    wrong
}

/// A value nearer to the present one that comes to the same class.
fn nearer(
    pack: &Pack,
    reference: &Reference<'_>,
    answers: &Answers,
    fact: FactId,
    value: i64,
    class: Class,
    steps: usize,
) -> Option<String> {
    let Answer::Value(now) = answers.get(fact) else {
        return None;
    };
    let mut open = answers.clone();
    open.set(pack, fact, Answer::Absent)
        .expect("a fact of the pack");
    let mut tried = reference.values_left(&open, fact);
    tried.extend([value - 1, value + 1]);
    let direction = pack.vocabulary.facts[fact.index()].changeable;
    tried
        .into_iter()
        .filter(|near| {
            near.abs_diff(*now) < value.abs_diff(*now) && reference::allowed(direction, *now, *near)
        })
        .find_map(|near| {
            let mut changed = answers.clone();
            changed.set(pack, fact, Answer::Value(near)).ok()?;
            let reached = reference.possible(&changed, Goal::Check, steps).ok()?;
            (reached == Possible::only(class))
                .then(|| format!("{near} is nearer to {now} than {value}"))
        })
}

/// What is wrong with `windows`: they leave no gap from `on` to 40 years later, neighbours differ, and
/// both ends of each and some days between come to what the reference says of that day.
#[must_use]
pub fn compare_windows(
    pack: &Pack,
    check: CheckId,
    on: Date,
    answers: &Answers,
    steps: usize,
    below: &mut dyn FnMut(usize) -> usize,
) -> Vec<String> {
    let found = windows(pack, check, answers, on).expect("a small diagram");
    let mut wrong = Vec::new();
    let last = on.add_months(480);
    if found.first().map(|window| window.from) != Some(on)
        || found.last().map(|window| window.to) != Some(last)
    {
        wrong.push(format!("windows do not span {on} to {last}: {found:?}"));
    }
    for pair in found.windows(2) {
        if pair[0].to.add_days(1) != pair[1].from || pair[0].possible == pair[1].possible {
            wrong.push(format!("windows do not follow each other: {pair:?}"));
        }
    }
    let mut days: Vec<Date> = Vec::new();
    for _ in 0..3 {
        let span = usize::try_from(last.days() - on.days() + 1).expect("40 years");
        days.push(on.add_days(i64::try_from(below(span)).expect("a day")));
    }
    if !found.is_empty() {
        let window = found[below(found.len())];
        days.extend([window.from, window.to]);
    }
    for day in days {
        let expected = Reference::new(pack, check, day).possible(answers, Goal::Check, steps);
        let window = found
            .iter()
            .find(|window| (window.from..=window.to).contains(&day));
        match (window, expected) {
            (Some(window), Ok(expected)) if window.possible != expected => wrong.push(format!(
                "on {day}: windows {}, reference {}",
                named(window.possible),
                named(expected)
            )),
            _ => {}
        }
    }
    wrong
}
