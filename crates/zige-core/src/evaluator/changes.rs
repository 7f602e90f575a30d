//! What would make a verdict better.

use crate::answers::{Answer, Answers};
use crate::diagram::{Cells, Domain, Domains, Subject};
use crate::ids::FactId;
use crate::pack::{Direction, Pack};
use crate::report::{Change, Changes};
use crate::sorting::sort_by;
use crate::verdict::{Class, Possible};

use super::Evaluator;

/// The most ways that are listed.
const MOST_CHANGES: usize = 16;
/// The most sets and values that the search may try.
const MOST_TRIALS: usize = 5_000;

/// A fact that can change, with the values to try, nearest first.
struct Lever {
    fact: FactId,
    values: Vec<i64>,
}

pub(super) fn changes(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Changes {
    let targets: &[Class] = match evaluator.possible(pack, answers).single() {
        Some(Class::Ineligible) => &[Class::Eligible, Class::Discretionary],
        Some(Class::Discretionary) => &[Class::Eligible],
        _ => return Changes::default(),
    };
    let levers = levers(evaluator, pack, answers);
    for target in targets {
        let mut search = Search {
            evaluator,
            pack,
            target: *target,
            trials: 0,
            found: Changes::default(),
        };
        for size in 1..=levers.len() {
            search.sets_of(&levers, size, &mut Vec::new(), answers);
        }
        if !search.found.sets.is_empty() {
            return search.found;
        }
    }
    Changes::default()
}

/// The known, changeable facts of the check, in author order.
fn levers(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Vec<Lever> {
    let Some(check) = pack.checks.get(evaluator.check.index()) else {
        return Vec::new();
    };
    let full = Domains::full(pack);
    let useful = useful(evaluator, pack, answers);
    let mut levers = Vec::new();
    for fact in check.facts.iter().filter(|fact| useful.contains(fact)) {
        let (Some(known), Answer::Value(now)) =
            (pack.vocabulary.facts.get(fact.index()), answers.get(*fact))
        else {
            continue;
        };
        let cells = evaluator
            .diagram
            .variables
            .iter()
            .find(|variable| variable.subject == Subject::Fact(*fact))
            .map(|variable| &variable.cells);
        let Some(cells) = cells else { continue };
        let fits = |value: &i64| match known.changeable {
            Direction::Fixed => false,
            Direction::Up => value > now,
            Direction::Down => value < now,
            Direction::Free => value != now,
        };
        let mut values: Vec<i64> = nearest(cells, *now, full.get(*fact))
            .into_iter()
            .filter(fits)
            .collect();
        let distance = |value: &i64| (value.abs_diff(*now), *value);
        sort_by(&mut values, &|a, b| distance(a) < distance(b));
        if !values.is_empty() {
            levers.push(Lever {
                fact: *fact,
                values,
            });
        }
    }
    levers
}

/// The facts of conditions that can get better, and those that conditions and constraints link
/// with them: a change there may be needed to keep what another change would break.
fn useful(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Vec<FactId> {
    let masks = evaluator.condition_masks(pack, answers);
    let conditions = || {
        evaluator
            .diagram
            .conditions
            .iter()
            .filter_map(|(id, _)| pack.conditions.get(id.index()))
    };
    let mut useful: Vec<FactId> = conditions()
        .zip(masks)
        .filter(|(_, mask)| *mask != Possible::only(Class::Eligible))
        .flat_map(|(condition, _)| condition.facts.iter().copied())
        .collect();
    loop {
        let before = useful.len();
        let linked = conditions()
            .map(|condition| &condition.facts)
            .chain(pack.constraints.iter().map(|constraint| &constraint.facts));
        for facts in linked {
            if facts.iter().any(|fact| useful.contains(fact)) {
                for fact in facts {
                    if !useful.contains(fact) {
                        useful.push(*fact);
                    }
                }
            }
        }
        if useful.len() == before {
            return useful;
        }
    }
}

/// The value of each cell that is nearest to the present one.
fn nearest(cells: &Cells, now: i64, domain: Domain) -> Vec<i64> {
    (0..cells.len())
        .map(|cell| {
            let (low, high) = cells.bounds(cell);
            now.clamp(low, high.max(low))
        })
        .filter(|value| match domain {
            Domain::Options(bits) => u32::try_from(*value)
                .ok()
                .and_then(|option| 1_u64.checked_shl(option))
                .is_some_and(|bit| bits & bit != 0),
            _ => true,
        })
        .collect()
}

struct Search<'a> {
    evaluator: &'a Evaluator,
    pack: &'a Pack,
    target: Class,
    trials: usize,
    found: Changes,
}

impl Search<'_> {
    fn sets_of<'l>(
        &mut self,
        levers: &'l [Lever],
        size: usize,
        chosen: &mut Vec<&'l Lever>,
        answers: &Answers,
    ) {
        if size == 0 {
            self.try_set(chosen, answers);
            return;
        }
        for (index, lever) in levers.iter().enumerate() {
            if self.trials > MOST_TRIALS {
                self.found.truncated = true;
                return;
            }
            if let Some(rest) = levers.get(index.saturating_add(1)..) {
                chosen.push(lever);
                self.sets_of(rest, size.saturating_sub(1), chosen, answers);
                chosen.pop();
            }
        }
    }

    fn try_set(&mut self, chosen: &[&Lever], answers: &Answers) {
        let covers = |change: &Change| {
            change
                .facts
                .iter()
                .all(|(fact, _)| chosen.iter().any(|lever| lever.fact == *fact))
        };
        self.trials = self.trials.saturating_add(1);
        if self.found.sets.iter().any(covers) {
            return;
        }
        let mut free = answers.clone();
        for lever in chosen {
            let _ = free.set(self.pack, lever.fact, Answer::Absent);
        }
        if !self.possible(&free).contains(self.target) {
            return;
        }
        let mut values = Vec::new();
        if let Some(facts) = self.first_values(chosen, answers, &mut values) {
            if self.found.sets.len() < MOST_CHANGES {
                self.found.sets.push(Change {
                    facts,
                    class: self.target,
                });
            } else {
                self.found.truncated = true;
            }
        }
    }

    fn first_values(
        &mut self,
        levers: &[&Lever],
        answers: &Answers,
        values: &mut Vec<(FactId, i64)>,
    ) -> Option<Vec<(FactId, i64)>> {
        let Some((lever, rest)) = levers.split_first() else {
            return (self.possible(answers) == Possible::only(self.target)).then(|| values.clone());
        };
        for value in &lever.values {
            let mut changed = answers.clone();
            if changed
                .set(self.pack, lever.fact, Answer::Value(*value))
                .is_err()
            {
                continue;
            }
            values.push((lever.fact, *value));
            let found = self.first_values(rest, &changed, values);
            values.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn possible(&mut self, answers: &Answers) -> Possible {
        self.trials = self.trials.saturating_add(1);
        if self.trials > MOST_TRIALS {
            self.found.truncated = true;
            return Possible::NONE;
        }
        self.evaluator.possible(self.pack, answers)
    }
}
