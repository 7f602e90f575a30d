//! One date or number of which something is unknown, with all that cuts it.

use crate::date::Date;
use crate::diagram::{Domain, Domains, Need, comparisons, forms, is_measured, needs};
use crate::ids::{FactId, NodeId};
use crate::pack::{Node, Pack};

use super::moving::Predicate;

/// An unknown date or number, and the comparisons that cut it.
pub(super) struct Axis<'a> {
    pub(super) fact: FactId,
    pub(super) predicates: Vec<Predicate<'a>>,
}

/// A stretch of values that no predicate tells apart on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) first: i64,
    pub(super) last: i64,
    /// For each predicate whether the stretch lies at its cut or after it.
    pub(super) after: Vec<bool>,
}

impl<'a> Axis<'a> {
    /// An axis for a fact of which `domains` leave several values.
    pub(super) fn new(
        pack: &'a Pack,
        domains: &'a Domains,
        rules: &[NodeId],
        fact: FactId,
        day: Date,
    ) -> Axis<'a> {
        let mut axis = Axis {
            fact,
            predicates: Vec::new(),
        };
        let Domain::Interval { low, high } = domains.get(fact) else {
            return axis;
        };
        for comparison in comparisons(pack, rules) {
            let own = needs(pack, comparison);
            let measured = own
                .iter()
                .filter(|need| matches!(need, Need::Fact(fact) if is_measured(pack, *fact)))
                .count();
            if measured != 1 || !own.contains(&Need::Fact(fact)) {
                continue;
            }
            for branches in forms(pack, comparison, domains, day) {
                let predicate =
                    Predicate::new(pack, domains, comparison, fact, branches, day, (low, high));
                let known = &mut axis.predicates;
                if !known.iter_mut().any(|own| own.takes_in(&predicate)) {
                    known.push(predicate);
                }
            }
        }
        axis
    }

    /// The cells between two values on a day.
    pub(super) fn cells(&self, day: i64, (low, high): (i64, i64)) -> Vec<Cell> {
        let cuts: Vec<i64> = self
            .predicates
            .iter()
            .map(|predicate| predicate.cut(day))
            .collect();
        let mut starts: Vec<i64> = cuts
            .iter()
            .copied()
            .filter(|cut| low < *cut && *cut <= high)
            .collect();
        starts.push(low);
        crate::sorting::sort(&mut starts);
        starts.dedup();
        (0..starts.len())
            .filter_map(|index| {
                let first = starts.get(index).copied()?;
                let next = starts.get(index.saturating_add(1));
                Some(Cell {
                    first,
                    last: next.map_or(high, |next| next.saturating_sub(1)),
                    after: cuts.iter().map(|cut| first >= *cut).collect(),
                })
            })
            .collect()
    }
}

/// Every option that is left, every outcome, every number of records.
pub(super) fn choices(pack: &Pack, domains: &Domains, need: Need) -> Vec<i64> {
    match need {
        Need::Fact(fact) => match domains.get(fact) {
            Domain::Options(bits) => (0..64).filter(|option| bits & (1 << option) != 0).collect(),
            _ => vec![0],
        },
        Need::Point(point) => {
            let point = pack.points.get(point.index());
            let outcomes = point.map_or(1, |point| point.outcomes.len());
            (0..i64::try_from(outcomes).unwrap_or(1)).collect()
        }
        Need::Count(_) => (0..=999).collect(),
    }
}

/// The filters by which some rules count each list.
pub(super) fn filters(pack: &Pack, rules: &[NodeId]) -> Vec<(FactId, Vec<NodeId>)> {
    let mut filters: Vec<(FactId, Vec<NodeId>)> = Vec::new();
    for need in rules.iter().flat_map(|rule| needs(pack, *rule)) {
        if let Need::Count(node) = need
            && let Some(Node::Count { records, filter }) = pack.nodes.get(node.index())
        {
            match filters.iter_mut().find(|(list, _)| list == records) {
                Some((_, own)) => own.push(*filter),
                None => filters.push((*records, vec![*filter])),
            }
        }
    }
    filters
}
