//! Values that stand for all others: no comparison of a check tells a value from its representative.
//!
//! They are found by trying: each comparison is evaluated for every value of a fact, with whatever
//! else it uses at every value that stands for others, and both sides of each flip are kept.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zige_core::answers::range;
use zige_core::ids::{FactId, NodeId, PointId};
use zige_core::pack::{FactKind, Node, Pack};

use super::person::{Need, Person};
use crate::mentions::{reach, reach_outside_records};

/// The comparisons of some rules, and where they flip.
#[derive(Clone, Debug)]
pub struct Comparisons<'a> {
    pack: &'a Pack,
    today: i64,
    comparisons: Vec<Comparison>,
    scans: RefCell<BTreeMap<Scanned, Arc<Scan>>>,
}

#[derive(Clone, Debug)]
struct Comparison {
    node: NodeId,
    facts: BTreeSet<FactId>,
    points: BTreeSet<PointId>,
    /// Those of the facts that are numbers, amounts or dates.
    measured: BTreeSet<FactId>,
}

/// A comparison, the fact whose values are tried, and all else that is known of its facts and points.
type Scanned = (NodeId, FactId, Vec<Option<i64>>, Vec<Option<u16>>);

#[derive(Debug)]
enum Scan {
    /// The values at which the result differs from the value before.
    Flips(Vec<i64>),
    /// Something else has to be known first.
    Needs(Need),
}

impl<'a> Comparisons<'a> {
    /// The comparisons that the rules use.
    pub fn new(pack: &'a Pack, today: i64, rules: &[NodeId]) -> Comparisons<'a> {
        let reached: BTreeSet<NodeId> = rules.iter().flat_map(|rule| reach(pack, *rule)).collect();
        let comparisons = reached
            .into_iter()
            .filter(|node| {
                matches!(
                    pack.nodes[node.index()],
                    Node::AtLeast(..) | Node::OneOf(..)
                )
            })
            .map(|node| Comparison::new(pack, node))
            .collect();
        Comparisons {
            pack,
            today,
            comparisons,
            scans: RefCell::default(),
        }
    }

    /// For each fact of the pack, values that stand for all, as far as each comparison of a single
    /// number or date can tell.
    pub fn alone(&self) -> Vec<Vec<i64>> {
        let facts = &self.pack.vocabulary.facts;
        let mut values: Vec<Vec<i64>> = facts
            .iter()
            .map(|fact| ends(self.pack, &fact.kind))
            .collect();
        for (position, fact) in facts.iter().enumerate() {
            if matches!(fact.kind, FactKind::Choice(_)) {
                values[position] =
                    self.told_apart(FactId(u16::try_from(position).expect("few facts")), &values);
            }
        }
        let mut found: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); facts.len()];
        for comparison in self.comparisons.iter().filter(|c| c.measured.len() == 1) {
            for fact in &comparison.measured {
                self.flips(comparison, *fact, &values, &mut found[fact.index()]);
            }
        }
        for (values, found) in values.iter_mut().zip(found) {
            keep(values, &found, None);
        }
        values
    }

    /// Adds to the `values` of each fact those at which a comparison of several numbers or dates
    /// flips while the others are at their own values; `most` bounds a fact's values.
    ///
    /// One round serves two facts that are compared; a chain of n facts takes n - 1 rounds.
    pub fn together(&self, values: &mut [Vec<i64>], most: &[Option<(i64, i64)>]) {
        let chained: BTreeSet<FactId> = self
            .comparisons
            .iter()
            .filter(|c| c.measured.len() > 1)
            .flat_map(|c| c.measured.iter().copied())
            .collect();
        for _ in 1..chained.len() {
            let mut found: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); values.len()];
            for comparison in self.comparisons.iter().filter(|c| c.measured.len() > 1) {
                for fact in &comparison.measured {
                    if values[fact.index()].len() > 1 {
                        self.flips(comparison, *fact, values, &mut found[fact.index()]);
                    }
                }
            }
            for ((values, found), most) in values.iter_mut().zip(&found).zip(most) {
                keep(values, found, *most);
            }
        }
    }

    /// Collects where a comparison flips along one fact, the others being at each of their `values`.
    fn flips(
        &self,
        comparison: &Comparison,
        fact: FactId,
        values: &[Vec<i64>],
        found: &mut BTreeSet<i64>,
    ) {
        let mut person = Person::unknown(self.pack, self.today);
        self.flips_given(comparison, fact, values, &mut person, found);
    }

    fn flips_given(
        &self,
        comparison: &Comparison,
        fact: FactId,
        values: &[Vec<i64>],
        person: &mut Person,
        found: &mut BTreeSet<i64>,
    ) {
        match &*self.scan(comparison, fact, person) {
            Scan::Flips(flips) => found.extend(flips),
            Scan::Needs(Need::Fact(other)) => {
                for value in &values[other.index()] {
                    person.facts[other.index()] = Some(*value);
                    self.flips_given(comparison, fact, values, person, found);
                }
                person.facts[other.index()] = None;
            }
            Scan::Needs(Need::Point(point)) => {
                for outcome in outcomes(self.pack, *point) {
                    person.outcomes[point.index()] = Some(outcome);
                    self.flips_given(comparison, fact, values, person, found);
                }
                person.outcomes[point.index()] = None;
            }
            // A count of records has no number or date of its own; its filter is looked at by itself.
            Scan::Needs(Need::List(_) | Need::Field { .. }) => {}
        }
    }

    fn scan(&self, comparison: &Comparison, fact: FactId, person: &mut Person) -> Arc<Scan> {
        let key: Scanned = (
            comparison.node,
            fact,
            comparison
                .facts
                .iter()
                .map(|fact| person.facts[fact.index()])
                .collect(),
            comparison
                .points
                .iter()
                .map(|point| person.outcomes[point.index()])
                .collect(),
        );
        if let Some(scan) = self.scans.borrow().get(&key) {
            return Arc::clone(scan);
        }
        let scan = Arc::new(self.try_every_value(comparison.node, fact, person));
        self.scans.borrow_mut().insert(key, Arc::clone(&scan));
        scan
    }

    fn try_every_value(&self, node: NodeId, fact: FactId, person: &mut Person) -> Scan {
        let (least, most) = range(self.pack, &self.pack.vocabulary.facts[fact.index()].kind)
            .expect("a fact with values");
        let mut flips = Vec::new();
        let mut before = None;
        let mut needs = None;
        for value in least..=most {
            person.facts[fact.index()] = Some(value);
            match person.value(self.pack, node) {
                Ok(result) => {
                    if before.is_some_and(|before| before != result) {
                        flips.push(value);
                    }
                    before = Some(result);
                }
                Err(need) => {
                    needs = Some(need);
                    break;
                }
            }
        }
        person.facts[fact.index()] = None;
        needs.map_or(Scan::Flips(flips), Scan::Needs)
    }

    /// The first of each group of options that no comparison tells apart. A choice enters rules only
    /// through comparisons with options, which use no number and no date.
    fn told_apart(&self, fact: FactId, values: &[Vec<i64>]) -> Vec<i64> {
        let mut groups: BTreeMap<Vec<i64>, i64> = BTreeMap::new();
        for option in &values[fact.index()] {
            let mut results = Vec::new();
            for comparison in self
                .comparisons
                .iter()
                .filter(|c| c.facts.contains(&fact) && c.measured.is_empty())
            {
                let mut person = Person::unknown(self.pack, self.today);
                person.facts[fact.index()] = Some(*option);
                self.results(comparison.node, values, &mut person, &mut results);
            }
            groups.entry(results).or_insert(*option);
        }
        let mut firsts: Vec<i64> = groups.into_values().collect();
        firsts.sort_unstable();
        firsts
    }

    fn results(
        &self,
        node: NodeId,
        values: &[Vec<i64>],
        person: &mut Person,
        results: &mut Vec<i64>,
    ) {
        match person.value(self.pack, node) {
            Ok(value) => results.push(value),
            Err(Need::Fact(other)) => {
                results.push(-1 - i64::from(other.0));
                for value in &values[other.index()] {
                    person.facts[other.index()] = Some(*value);
                    self.results(node, values, person, results);
                }
                person.facts[other.index()] = None;
            }
            Err(Need::Point(point)) => {
                results.push(-100_000 - i64::from(point.0));
                for outcome in outcomes(self.pack, point) {
                    person.outcomes[point.index()] = Some(outcome);
                    self.results(node, values, person, results);
                }
                person.outcomes[point.index()] = None;
            }
            // Each option of its own, since a count cannot be tried here.
            Err(Need::List(_) | Need::Field { .. }) => {
                results.extend(person.facts.iter().copied().flatten());
            }
        }
    }

    /// The most records that a count has to be tried with beyond the known ones: more than every
    /// number that counts are compared with, together.
    pub fn spare_records(&self) -> usize {
        let counts = |node: &NodeId| {
            reach(self.pack, *node)
                .iter()
                .any(|node| matches!(self.pack.nodes[node.index()], Node::Count { .. }))
        };
        let limit = |comparison: &Comparison| match &self.pack.nodes[comparison.node.index()] {
            Node::AtLeast(left, right) if counts(left) || counts(right) => [left, right]
                .into_iter()
                .filter_map(|side| match self.pack.nodes[side.index()] {
                    Node::Constant(number) => usize::try_from(number + 1).ok(),
                    _ => None,
                })
                .max()
                .unwrap_or(2),
            _ => 0,
        };
        self.comparisons.iter().map(limit).sum()
    }
}

impl Comparison {
    fn new(pack: &Pack, node: NodeId) -> Comparison {
        let mut comparison = Comparison {
            node,
            facts: BTreeSet::new(),
            points: BTreeSet::new(),
            measured: BTreeSet::new(),
        };
        for node in reach_outside_records(pack, node) {
            match &pack.nodes[node.index()] {
                Node::Fact(fact) => {
                    comparison.facts.insert(*fact);
                    if measured(&pack.vocabulary.facts[fact.index()].kind) {
                        comparison.measured.insert(*fact);
                    }
                }
                Node::Point(point) => {
                    comparison.points.insert(*point);
                }
                _ => {}
            }
        }
        comparison
    }
}

/// Numbers, amounts and dates.
fn measured(kind: &FactKind) -> bool {
    matches!(
        kind,
        FactKind::Number { .. } | FactKind::Money { .. } | FactKind::Date { .. }
    )
}

/// The outcomes of a point.
pub fn outcomes(pack: &Pack, point: PointId) -> impl Iterator<Item = u16> + use<> {
    0..u16::try_from(pack.points[point.index()].outcomes.len()).expect("at most four outcomes")
}

/// Each option, or both ends of a range.
fn ends(pack: &Pack, kind: &FactKind) -> Vec<i64> {
    match range(pack, kind) {
        Some((least, most)) if measured(kind) => {
            BTreeSet::from([least, most]).into_iter().collect()
        }
        Some((least, most)) => (least..=most).collect(),
        None => Vec::new(),
    }
}

/// Keeps both sides of each flip, inside the bounds.
fn keep(values: &mut Vec<i64>, flips: &BTreeSet<i64>, bounds: Option<(i64, i64)>) {
    let inside = |value: &i64| bounds.is_none_or(|(least, most)| (least..=most).contains(value));
    let mut all: BTreeSet<i64> = values.iter().copied().collect();
    all.extend(
        flips
            .iter()
            .flat_map(|flip| [flip - 1, *flip])
            .filter(inside),
    );
    *values = all.into_iter().collect();
}
