//! What some answers can still come to, found by trying the completions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zige_core::answers::{Answer, Answers, Records, range};
use zige_core::date::Date;
use zige_core::ids::{CheckId, ConditionId, FactId, NodeId, PointId};
use zige_core::pack::{Check, FactKind, Pack};
use zige_core::verdict::{Class, Possible};

use super::person::{Need, Person, Row};
use super::representatives::{Comparisons, outcomes};
use crate::mentions::mentions;

/// What is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// The check's requirement.
    Check,
    /// One condition.
    Condition(ConditionId),
    /// The check's requirement, with all conditions but some supposed to hold or to fail.
    Supposing {
        /// The conditions that are looked at: one bit each, in the pack's order.
        looked_at: u64,
        /// What the others are supposed to come to.
        others: bool,
    },
}

/// More completions than were allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// A check on a day, evaluated the slow way.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    pack: &'a Pack,
    check: &'a Check,
    today: i64,
    constraints: Vec<NodeId>,
    facts: BTreeSet<FactId>,
    points: BTreeSet<PointId>,
    comparisons: Comparisons<'a>,
    /// For each fact, the values that are tried when nothing is known of it.
    values: Vec<Vec<i64>>,
    spare_records: usize,
    every_value: bool,
    /// The values that were tried last, and for which answers.
    last: RefCell<Option<(Answers, Arc<Candidates>)>>,
}

/// The values that are tried for each fact, for some answers.
#[derive(Debug)]
struct Candidates {
    facts: Vec<Vec<i64>>,
    lists: BTreeMap<FactId, ListCandidates>,
}

#[derive(Debug)]
struct ListCandidates {
    /// For each known record the values of each fact.
    known: Vec<Vec<Vec<i64>>>,
    /// The largest number of records.
    most: usize,
}

impl<'a> Reference<'a> {
    /// A check on a day; facts are tried at values that stand for all others.
    #[must_use]
    pub fn new(pack: &'a Pack, check: CheckId, on: Date) -> Reference<'a> {
        Reference::with(pack, check, on, false)
    }

    /// A check on a day; facts are tried at every value they can have. Only for small ranges.
    #[must_use]
    pub fn trying_every_value(pack: &'a Pack, check: CheckId, on: Date) -> Reference<'a> {
        Reference::with(pack, check, on, true)
    }

    fn with(pack: &'a Pack, check: CheckId, on: Date, every_value: bool) -> Reference<'a> {
        let check = &pack.checks[check.index()];
        let mut rules: Vec<NodeId> = check
            .conditions
            .iter()
            .map(|condition| pack.conditions[condition.index()].rule)
            .collect();
        let mut facts: BTreeSet<FactId> = BTreeSet::new();
        let mut points = BTreeSet::new();
        for rule in &rules {
            let (mentioned, decided) = mentions(pack, *rule);
            facts.extend(mentioned);
            points.extend(decided);
        }
        add_linked(pack, &mut facts);
        let constraints: Vec<NodeId> = pack
            .constraints
            .iter()
            .map(|constraint| constraint.rule)
            .collect();
        rules.extend(&constraints);
        let comparisons = Comparisons::new(pack, on.days(), &rules);
        let values = if every_value {
            let every = |kind| {
                range(pack, kind).map_or(Vec::new(), |(least, most)| (least..=most).collect())
            };
            pack.vocabulary
                .facts
                .iter()
                .map(|fact| every(&fact.kind))
                .collect()
        } else {
            comparisons.alone()
        };
        let spare_records = comparisons.spare_records();
        Reference {
            pack,
            check,
            today: on.days(),
            constraints,
            facts,
            points,
            comparisons,
            values,
            spare_records,
            every_value,
            last: RefCell::default(),
        }
    }

    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// The check.
    #[must_use]
    pub fn check(&self) -> &'a Check {
        self.check
    }

    /// The facts that the check's rules use, and those that constraints link to them.
    #[must_use]
    pub fn facts(&self) -> &BTreeSet<FactId> {
        &self.facts
    }

    /// The points that the check's rules use.
    #[must_use]
    pub fn points(&self) -> &BTreeSet<PointId> {
        &self.points
    }

    /// The values tried for a fact of which nothing is known.
    #[must_use]
    pub fn values(&self, fact: FactId) -> &[i64] {
        &self.values[fact.index()]
    }

    /// What one person comes to, by the table of SEMANTICS 2: the requirement is tried under every
    /// outcome of the open points.
    ///
    /// # Errors
    /// With something that has to be known of the person first.
    pub fn class(&self, person: &Person, goal: Goal) -> Result<Class, Need> {
        self.class_of(&mut person.clone(), goal)
    }

    /// The same; the person's outcomes are changed on the way and changed back.
    fn class_of(&self, person: &mut Person, goal: Goal) -> Result<Class, Need> {
        let (mut fails, mut holds) = (false, false);
        self.try_outcomes(person, goal, &mut fails, &mut holds)?;
        Ok(match (fails, holds) {
            (false, _) => Class::Eligible,
            (true, true) => Class::Discretionary,
            (true, false) => Class::Ineligible,
        })
    }

    /// Whether a person keeps all constraints.
    ///
    /// # Errors
    /// With something that has to be known of the person first.
    pub fn keeps_constraints(&self, person: &Person) -> Result<bool, Need> {
        let mut missing = None;
        for rule in &self.constraints {
            match person.value(self.pack, *rule) {
                Ok(0) => return Ok(false),
                Ok(_) => {}
                Err(need) => missing = missing.or(Some(need)),
            }
        }
        missing.map_or(Ok(true), Err)
    }

    /// The classes that the completions reach; [`Possible::NONE`] when no person fits the answers.
    ///
    /// # Errors
    /// When more than `budget` steps are needed to try them all.
    pub fn possible(
        &self,
        answers: &Answers,
        goal: Goal,
        budget: usize,
    ) -> Result<Possible, TooMany> {
        let candidates = self.candidates(answers);
        let mut person = self.person(answers);
        let mut found = Possible::NONE;
        let mut left = budget;
        self.explore(&candidates, &mut person, goal, &mut left, &mut found)?;
        Ok(found)
    }

    /// The facts, absent or known only to the month, that can still shrink what is possible while what the person does not know
    /// stays unknown: two persons who differ in that fact alone, and in what is possible for them.
    ///
    /// # Errors
    /// When more than `budget` steps are needed.
    pub fn missing(&self, answers: &Answers, budget: usize) -> Result<BTreeSet<FactId>, TooMany> {
        let asked =
            |fact: &FactId| matches!(answers.get(*fact), Answer::Absent | Answer::Month { .. });
        self.essential(answers, &asked, budget)
    }

    /// The facts that the person does not know and that still matter: two persons who differ in
    /// that fact alone, and in what they come to.
    ///
    /// # Errors
    /// When more than `budget` steps are needed.
    pub fn blocked_by(
        &self,
        answers: &Answers,
        budget: usize,
    ) -> Result<BTreeSet<FactId>, TooMany> {
        let open = |fact: &FactId| !matches!(answers.get(*fact), Answer::Value(_));
        let mut essential = self.essential(answers, &open, budget)?;
        essential.retain(|fact| *answers.get(*fact) == Answer::Unknown);
        Ok(essential)
    }

    /// Of the facts that `vary`, those of which two values make a difference to what is possible,
    /// all other varied facts being the same.
    fn essential(
        &self,
        answers: &Answers,
        vary: &dyn Fn(&FactId) -> bool,
        budget: usize,
    ) -> Result<BTreeSet<FactId>, TooMany> {
        let candidates = self.candidates(answers);
        let varied: Vec<FactId> = self
            .facts
            .iter()
            .copied()
            .filter(|fact| vary(fact) && !candidates.facts[fact.index()].is_empty())
            .collect();
        let mut left = budget;
        let mut table: BTreeMap<Vec<i64>, Possible> = BTreeMap::new();
        let mut person = self.person(answers);
        self.tabulate(&candidates, &varied, &mut person, &mut left, &mut table)?;
        let mut essential = BTreeSet::new();
        for (position, fact) in varied.iter().enumerate() {
            let mut groups: BTreeMap<Vec<i64>, Possible> = BTreeMap::new();
            for (values, possible) in table.iter().filter(|(_, possible)| !possible.is_empty()) {
                let mut others = values.clone();
                others.remove(position);
                if *groups.entry(others).or_insert(*possible) != *possible {
                    essential.insert(*fact);
                    break;
                }
            }
        }
        Ok(essential)
    }

    fn tabulate(
        &self,
        candidates: &Candidates,
        varied: &[FactId],
        person: &mut Person,
        left: &mut usize,
        table: &mut BTreeMap<Vec<i64>, Possible>,
    ) -> Result<(), TooMany> {
        let next = varied
            .iter()
            .find(|fact| person.facts[fact.index()].is_none());
        match next {
            Some(fact) => {
                for value in &candidates.facts[fact.index()] {
                    person.facts[fact.index()] = Some(*value);
                    self.tabulate(candidates, varied, person, left, table)?;
                }
                person.facts[fact.index()] = None;
            }
            None => {
                let mut found = Possible::NONE;
                self.explore(candidates, person, Goal::Check, left, &mut found)?;
                let values = varied
                    .iter()
                    .filter_map(|fact| person.facts[fact.index()])
                    .collect();
                table.insert(values, found);
            }
        }
        Ok(())
    }

    /// The values of a fact to try for some answers: each option of a choice; numbers and dates at
    /// both sides of each threshold.
    #[must_use]
    pub fn values_left(&self, answers: &Answers, fact: FactId) -> Vec<i64> {
        let known = &self.pack.vocabulary.facts[fact.index()].kind;
        match (known, answers.get(fact)) {
            (FactKind::Choice(_), Answer::Absent | Answer::Unknown) => {
                let (least, most) = range(self.pack, known).unwrap_or((0, 0));
                (least..=most).collect()
            }
            _ => self.candidates(answers).facts[fact.index()].clone(),
        }
    }

    /// One completion, drawn with the help of `below(n)`, a number from 0 to n - 1; `None` when
    /// twenty draws break a constraint.
    pub fn draw(&self, answers: &Answers, below: &mut dyn FnMut(usize) -> usize) -> Option<Person> {
        (0..20).find_map(|_| self.draw_once(answers, below))
    }

    fn draw_once(
        &self,
        answers: &Answers,
        below: &mut dyn FnMut(usize) -> usize,
    ) -> Option<Person> {
        let mut person = self.person(answers);
        for fact in &self.facts {
            let known = &self.pack.vocabulary.facts[fact.index()];
            let drawn = known.record_of.is_none() && range(self.pack, &known.kind).is_some();
            if drawn && person.facts[fact.index()].is_none() {
                self.draw_one(answers, &mut person, Need::Fact(*fact), below);
            }
        }
        // Whatever else is needed: records, and facts that only constraints use.
        loop {
            let need = match (
                self.keeps_constraints(&person),
                self.class(&person, Goal::Check),
            ) {
                (Ok(false), _) => return None,
                (Err(need), _) | (_, Err(need)) => need,
                (Ok(true), Ok(_)) => return Some(person),
            };
            self.draw_one(answers, &mut person, need, below);
        }
    }

    fn draw_one(
        &self,
        answers: &Answers,
        person: &mut Person,
        need: Need,
        below: &mut dyn FnMut(usize) -> usize,
    ) {
        let mut pick = |fact: FactId, answer: &Answer| {
            let (least, most) = self.bounds(fact, answer);
            let near: Vec<i64> = self.values[fact.index()]
                .iter()
                .copied()
                .filter(|v| (least..=most).contains(v))
                .collect();
            if near.is_empty() || below(2) == 0 {
                let width = usize::try_from(most - least + 1).expect("a range of values");
                least + i64::try_from(below(width)).expect("a value in range")
            } else {
                near[below(near.len())]
            }
        };
        match need {
            Need::Fact(fact) => person.facts[fact.index()] = Some(pick(fact, answers.get(fact))),
            Need::Field { list, row, fact } => {
                let answer = match answers.get(list) {
                    Answer::Records(records) => records.answer(row, fact),
                    _ => &Answer::Absent,
                };
                let value = pick(fact, answer);
                set_field(person, list, row, fact, Some(value));
            }
            Need::List(list) => {
                let (least, most) = match answers.get(list) {
                    Answer::Records(Records {
                        rows,
                        complete: true,
                    }) => (rows.len(), rows.len()),
                    Answer::Records(Records { rows, .. }) => {
                        (rows.len(), rows.len() + self.spare_records)
                    }
                    _ => (0, self.spare_records),
                };
                let rows = least + below(most - least + 1);
                person.lists[list.index()] = Some(vec![self.empty_row(); rows]);
            }
            Need::Point(_) => {}
        }
    }

    /// What is known for certain.
    fn person(&self, answers: &Answers) -> Person {
        let mut person = Person::unknown(self.pack, self.today);
        for (position, value) in person.facts.iter_mut().enumerate() {
            let fact = FactId(u16::try_from(position).expect("few facts"));
            if let Answer::Value(known) = answers.get(fact) {
                *value = Some(*known);
            }
        }
        for (position, outcome) in person.outcomes.iter_mut().enumerate() {
            *outcome = answers.outcome(PointId(u16::try_from(position).expect("few points")));
        }
        person
    }

    /// The least and the largest value that an answer leaves.
    fn bounds(&self, fact: FactId, answer: &Answer) -> (i64, i64) {
        let (least, most) =
            range(self.pack, &self.pack.vocabulary.facts[fact.index()].kind).unwrap_or((0, 0));
        match answer {
            Answer::Value(value) => (*value, *value),
            Answer::Month { first, last } => (least.max(first.days()), most.min(last.days())),
            _ => (least, most),
        }
    }

    fn left_by(&self, fact: FactId, answer: &Answer) -> Vec<i64> {
        let (least, most) = self.bounds(fact, answer);
        match answer {
            Answer::Value(value) => vec![*value],
            Answer::Month { .. } if self.every_value => (least..=most).collect(),
            Answer::Month { .. } => {
                let mut values: BTreeSet<i64> = BTreeSet::from([least, most]);
                values.extend(
                    self.values[fact.index()]
                        .iter()
                        .filter(|v| (least..=most).contains(v)),
                );
                values.into_iter().collect()
            }
            _ => self.values[fact.index()].clone(),
        }
    }

    fn candidates(&self, answers: &Answers) -> Arc<Candidates> {
        if let Some((known, candidates)) = &*self.last.borrow()
            && known == answers
        {
            return Arc::clone(candidates);
        }
        let candidates = Arc::new(self.find_candidates(answers));
        *self.last.borrow_mut() = Some((answers.clone(), Arc::clone(&candidates)));
        candidates
    }

    fn find_candidates(&self, answers: &Answers) -> Candidates {
        let facts = &self.pack.vocabulary.facts;
        let id = |position: usize| FactId(u16::try_from(position).expect("few facts"));
        let mut values = Vec::new();
        let mut bounds = Vec::new();
        let mut lists = BTreeMap::new();
        for (position, fact) in facts.iter().enumerate() {
            let answer = answers.get(id(position));
            values.push(self.left_by(id(position), answer));
            bounds.push(range(self.pack, &fact.kind).map(|_| self.bounds(id(position), answer)));
            if matches!(fact.kind, FactKind::Records { .. }) {
                lists.insert(id(position), self.list_candidates(answer));
            }
        }
        if !self.every_value {
            self.comparisons.together(&mut values, &bounds);
        }
        Candidates {
            facts: values,
            lists,
        }
    }

    fn list_candidates(&self, answer: &Answer) -> ListCandidates {
        match answer {
            Answer::Records(records) => {
                let facts = 0..u16::try_from(self.values.len()).expect("few facts");
                let row = |row| {
                    facts
                        .clone()
                        .map(|fact| self.left_by(FactId(fact), records.answer(row, FactId(fact))))
                        .collect()
                };
                let known: Vec<Vec<Vec<i64>>> = (0..records.rows.len()).map(row).collect();
                let spare = if records.complete {
                    0
                } else {
                    self.spare_records
                };
                ListCandidates {
                    most: known.len() + spare,
                    known,
                }
            }
            _ => ListCandidates {
                known: Vec::new(),
                most: self.spare_records,
            },
        }
    }

    fn empty_row(&self) -> Row {
        vec![None; self.values.len()]
    }

    fn explore(
        &self,
        candidates: &Candidates,
        person: &mut Person,
        goal: Goal,
        left: &mut usize,
        found: &mut Possible,
    ) -> Result<(), TooMany> {
        if *found == Possible::ANY {
            return Ok(());
        }
        *left = left.checked_sub(1).ok_or(TooMany)?;
        let kept = self.keeps_constraints(person);
        if kept == Ok(false) {
            return Ok(());
        }
        let need = match (self.class_of(person, goal), kept) {
            (Ok(class), _) if found.contains(class) => return Ok(()),
            (Ok(class), Ok(_)) => {
                *found = found.union(Possible::only(class));
                return Ok(());
            }
            (Err(need), _) | (Ok(_), Err(need)) => need,
        };
        match need {
            Need::Fact(fact) => {
                for value in &candidates.facts[fact.index()] {
                    person.facts[fact.index()] = Some(*value);
                    self.explore(candidates, person, goal, left, found)?;
                }
                person.facts[fact.index()] = None;
            }
            Need::List(list) => {
                let rows = &candidates.lists[&list];
                for number in rows.known.len()..=rows.most {
                    person.lists[list.index()] = Some(vec![self.empty_row(); number]);
                    self.explore(candidates, person, goal, left, found)?;
                }
                person.lists[list.index()] = None;
            }
            Need::Field { list, row, fact } => {
                let known = candidates.lists[&list].known.get(row);
                let values =
                    known.map_or(&candidates.facts[fact.index()], |row| &row[fact.index()]);
                for value in values {
                    set_field(person, list, row, fact, Some(*value));
                    self.explore(candidates, person, goal, left, found)?;
                }
                set_field(person, list, row, fact, None);
            }
            Need::Point(point) => {
                unreachable!("{point:?} is tried by `class`, a constraint has no points")
            }
        }
        Ok(())
    }

    fn try_outcomes(
        &self,
        person: &mut Person,
        goal: Goal,
        fails: &mut bool,
        holds: &mut bool,
    ) -> Result<(), Need> {
        if *fails && *holds {
            return Ok(());
        }
        let result = match goal {
            Goal::Check => person.holds(self.pack, &self.check.require),
            Goal::Condition(condition) => person.condition(self.pack, condition),
            Goal::Supposing { looked_at, others } => {
                person.holds_if(&self.check.require, &|condition| {
                    if looked_at & (1 << condition.0) == 0 {
                        Ok(others)
                    } else {
                        person.condition(self.pack, condition)
                    }
                })
            }
        };
        match result {
            Ok(true) => *holds = true,
            Ok(false) => *fails = true,
            Err(Need::Point(point)) => {
                let mut result = Ok(());
                for outcome in outcomes(self.pack, point) {
                    person.outcomes[point.index()] = Some(outcome);
                    result = result.and(self.try_outcomes(person, goal, fails, holds));
                }
                person.outcomes[point.index()] = None;
                return result;
            }
            Err(need) => return Err(need),
        }
        Ok(())
    }
}

fn set_field(person: &mut Person, list: FactId, row: usize, fact: FactId, value: Option<i64>) {
    if let Some(rows) = &mut person.lists[list.index()] {
        rows[row][fact.index()] = value;
    }
}

/// Adds to the facts those that constraints link to them, directly or through other facts.
fn add_linked(pack: &Pack, facts: &mut BTreeSet<FactId>) {
    let linked: Vec<BTreeSet<FactId>> = pack
        .constraints
        .iter()
        .map(|constraint| mentions(pack, constraint.rule).0)
        .collect();
    loop {
        let before = facts.len();
        for mentioned in &linked {
            if !mentioned.is_disjoint(facts) {
                facts.extend(mentioned);
            }
        }
        if facts.len() == before {
            return;
        }
    }
}
