//! What would make a verdict better.

use crate::answers::{Answer, Answers};
use crate::diagram::{Cells, Domain, Subject};
use crate::ids::FactId;
use crate::pack::{Direction, Pack};
use crate::report::{Change, Changes};
use crate::sorting::{sort, sort_by};
use crate::verdict::{Class, Possible};

use super::Evaluator;

/// The most ways that are listed.
const MOST_CHANGES: usize = 16;
/// The most sets and values that the search may try.
const MOST_TRIALS: usize = 5_000;

/// A fact that can change.
struct Lever<'a> {
    fact: FactId,
    now: i64,
    direction: Direction,
    cells: &'a Cells,
}

impl Lever<'_> {
    /// The values to try when something is left of the fact in some cases, nearest first: of each
    /// stretch that neither rules nor cases tell apart the nearest on either side.
    fn values(&self, cases: &[Domain]) -> Vec<i64> {
        let (up, down) = match self.direction {
            Direction::Fixed => (false, false),
            Direction::Up => (true, false),
            Direction::Down => (false, true),
            Direction::Free => (true, true),
        };
        let mut values = Vec::new();
        for (first, last) in self.stretches(cases) {
            let above = first.max(self.now.saturating_add(1));
            if up && above <= last {
                values.push(above);
            }
            let below = last.min(self.now.saturating_sub(1));
            if down && first <= below {
                values.push(below);
            }
        }
        let distance = |value: &i64| (value.abs_diff(self.now), *value);
        sort_by(&mut values, &|a, b| distance(a) < distance(b));
        values
    }

    fn stretches(&self, cases: &[Domain]) -> Vec<(i64, i64)> {
        let Some(left) = cases.iter().copied().reduce(Domain::union) else {
            return Vec::new();
        };
        let Domain::Interval { low, high } = left else {
            let options = self.cells.within(left);
            return options.map(|option| self.cells.bounds(option)).collect();
        };
        let mut starts = vec![low];
        starts.extend(
            self.cells
                .within(left)
                .map(|cell| self.cells.bounds(cell).0),
        );
        for case in cases {
            if let Domain::Interval { low, high } = case {
                starts.extend([*low, high.saturating_add(1)]);
            }
        }
        starts.retain(|start| (low..=high).contains(start));
        sort(&mut starts);
        starts.dedup();
        let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1));
        let ends: Vec<i64> = ends.chain([high]).collect();
        starts.into_iter().zip(ends).collect()
    }
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
fn levers<'a>(evaluator: &'a Evaluator, pack: &Pack, answers: &Answers) -> Vec<Lever<'a>> {
    let useful = useful(evaluator, pack, answers);
    let known = pack.checks.get(evaluator.check.index());
    let facts = known.map_or(&[][..], |check| check.facts.as_slice());
    let further = useful.iter().filter(|fact| !facts.contains(fact));
    facts
        .iter()
        .filter(|fact| useful.contains(fact))
        .chain(further)
        .filter_map(|fact| {
            let known = pack.vocabulary.facts.get(fact.index())?;
            let Answer::Value(now) = answers.get(*fact) else {
                return None;
            };
            let variables = &evaluator.diagram.variables;
            let variable = variables
                .iter()
                .find(|variable| variable.subject == Subject::Fact(*fact))?;
            (known.changeable != Direction::Fixed).then_some(Lever {
                fact: *fact,
                now: *now,
                direction: known.changeable,
                cells: &variable.cells,
            })
        })
        .collect()
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
        levers: &'l [Lever<'l>],
        size: usize,
        chosen: &mut Vec<&'l Lever<'l>>,
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

    fn try_set(&mut self, chosen: &[&Lever<'_>], answers: &Answers) {
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
        let mut values = Vec::new();
        if let Some(facts) = self.first_values(chosen, &free, &mut values) {
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

    /// The first values that reach the target; the levers that are left are free.
    fn first_values(
        &mut self,
        levers: &[&Lever<'_>],
        answers: &Answers,
        values: &mut Vec<(FactId, i64)>,
    ) -> Option<Vec<(FactId, i64)>> {
        let possible = self.possible(answers);
        let Some((lever, rest)) = levers.split_first() else {
            return (possible == Possible::only(self.target)).then(|| values.clone());
        };
        if !possible.contains(self.target) {
            return None;
        }
        let left = self.evaluator.left_of(self.pack, answers, lever.fact);
        for value in lever.values(&left) {
            let mut changed = answers.clone();
            if changed
                .set(self.pack, lever.fact, Answer::Value(value))
                .is_err()
            {
                continue;
            }
            values.push((lever.fact, value));
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
