//! Where comparisons cut what is left of a date or number, and how the cuts move as the days pass.

use std::cell::RefCell;

use crate::date::Date;
use crate::diagram::{Branches, Domains, Environment, Need, resolved, value};
use crate::ids::{FactId, NodeId, PointId};
use crate::pack::{Node, Pack};

use super::axis::choices;

/// Far outside every date and number that a fact can have.
const FAR: i64 = 1_000_000_000_000_000;

/// Values for what an expression needs.
pub(super) struct Chosen<'a> {
    pub(super) domains: &'a Domains,
    pub(super) chosen: &'a [(Need, i64)],
    pub(super) branches: &'a [(NodeId, bool)],
}

impl Chosen<'_> {
    fn get(&self, need: Need) -> Option<i64> {
        self.chosen
            .iter()
            .find(|(own, _)| *own == need)
            .map(|(_, value)| *value)
    }
}

impl Environment for Chosen<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.get(Need::Fact(fact))
            .or_else(|| self.domains.get(fact).single())
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.get(Need::Point(point))
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.get(Need::Count(node))
    }

    fn branch(&self, node: NodeId) -> Option<bool> {
        let known = self.branches.iter().find(|(own, _)| *own == node);
        known.map(|(_, taken)| *taken)
    }
}

/// A comparison of one date or number, all choices that it depends on being made.
pub(super) struct Predicate<'a> {
    pack: &'a Pack,
    domains: &'a Domains,
    comparison: NodeId,
    fact: FactId,
    branches: Branches,
    /// The ways in which conditions turn out for those to whom this cut matters, one of which is
    /// theirs.
    matters: Vec<Branches>,
    /// Whether it holds from its cut on; else before it.
    pub(super) up: bool,
    /// Whether its cut moves as the days pass.
    pub(super) moves: bool,
    /// Whether its cut moves a day each day, as long as it lies among the values.
    pub(super) keeps_step: bool,
    /// Equal for predicates that cut at the same place on every day.
    key: Key,
    /// Where it cuts on some days, ascending.
    cuts: RefCell<Vec<(i64, i64)>>,
    low: i64,
    high: i64,
}

/// The side that moves with the fact, and what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    side: Vec<NodeId>,
    other: Result<i64, Vec<NodeId>>,
}

impl<'a> Predicate<'a> {
    /// A comparison that needs nothing unknown but the fact, which can be from `low` to `high`.
    pub(super) fn new(
        pack: &'a Pack,
        domains: &'a Domains,
        comparison: NodeId,
        fact: FactId,
        branches: Branches,
        day: Date,
        (low, high): (i64, i64),
    ) -> Predicate<'a> {
        let mut predicate = Predicate {
            pack,
            domains,
            comparison,
            fact,
            matters: vec![conditions(pack, &branches)],
            branches,
            up: true,
            moves: true,
            keeps_step: false,
            key: Key {
                side: Vec::new(),
                other: Ok(0),
            },
            cuts: RefCell::default(),
            low,
            high,
        };
        predicate.up = predicate.raw(-FAR, day) <= predicate.raw(FAR, day);
        predicate.find_key(day);
        predicate
    }

    /// Takes in another that cuts where this does, on every day; whether that is so.
    pub(super) fn takes_in(&mut self, other: &Predicate<'_>) -> bool {
        let same = self.key == other.key;
        if same {
            self.matters.extend(other.matters.iter().cloned());
        }
        same
    }

    /// Whether this cut and another can matter to one person.
    pub(super) fn meets_in_somebody(&self, other: &Predicate<'_>) -> bool {
        self.matters.iter().any(|own| {
            other.matters.iter().any(|others| {
                let both: Branches = own.iter().chain(others).copied().collect();
                can_hold(self.pack, self.domains, &both, &mut Vec::new())
            })
        })
    }

    fn find_key(&mut self, day: Date) {
        let environment = Chosen {
            domains: self.domains,
            chosen: &[],
            branches: &self.branches,
        };
        let Some(Node::AtLeast(left, right)) = self.pack.nodes.get(self.comparison.index()) else {
            return;
        };
        let form = |side: NodeId| resolved(self.pack, side, &self.branches);
        let (left_form, right_form) = (form(*left), form(*right));
        let uses = |form: &[NodeId]| {
            form.iter()
                .any(|node| self.pack.nodes.get(node.index()) == Some(&Node::Fact(self.fact)))
        };
        let still = |form: &[NodeId]| !form.iter().any(|node| moves_itself(self.pack, *node));
        let number = |node: NodeId, form: &[NodeId], more: i64| match still(form) {
            true => value(self.pack, node, day, &environment)
                .map(|number| number.saturating_add(more))
                .map_err(|_| form.to_vec()),
            false => Err(form.to_vec()),
        };
        self.moves = !(still(&left_form) && still(&right_form));
        let plain = |form: &[NodeId]| match form {
            [only] => match self.pack.nodes.get(only.index()) {
                Some(Node::Fact(_)) => Some(false),
                Some(Node::Today) => Some(true),
                _ => None,
            },
            _ => None,
        };
        self.keeps_step = matches!(
            (plain(&left_form), plain(&right_form)),
            (Some(false), Some(true)) | (Some(true), Some(false))
        );
        self.key = match uses(&left_form) {
            true => Key {
                other: number(*right, &right_form, 0),
                side: left_form,
            },
            // n >= x is the opposite of x >= n + 1.
            false => Key {
                other: number(*left, &left_form, 1),
                side: right_form,
            },
        };
    }

    fn raw(&self, at: i64, day: Date) -> bool {
        let environment = AtPoint {
            chosen: Chosen {
                domains: self.domains,
                chosen: &[],
                branches: &self.branches,
            },
            fact: self.fact,
            at,
        };
        value(self.pack, self.comparison, day, &environment).is_ok_and(|value| value != 0)
    }

    /// Whether a value is at the cut or after it.
    pub(super) fn after(&self, at: i64, day: i64) -> bool {
        self.raw(at, Date::from_days(day)) == self.up
    }

    /// The first value at the cut on a day; one past the last value where all lie before it.
    pub(super) fn cut(&self, day: i64) -> i64 {
        let day = if self.moves { day } else { 0 };
        let cuts = &mut *self.cuts.borrow_mut();
        let place = cuts.partition_point(|(known, _)| *known < day);
        let next = cuts.get(place).copied();
        if let Some((known, cut)) = next
            && known == day
        {
            return cut;
        }
        // The cut moves one way only, so it lies between those of the days around.
        let before = place.checked_sub(1).and_then(|place| cuts.get(place));
        let (mut first, mut last) = (self.low, self.high.saturating_add(1));
        if let (Some((_, a)), Some((_, b))) = (before, next) {
            (first, last) = ((*a).min(b), (*a).max(b));
        }
        while first < last {
            let middle = first.saturating_add(last.saturating_sub(first) / 2);
            match self.after(middle, day) {
                true => last = middle,
                false => first = middle.saturating_add(1),
            }
        }
        cuts.insert(place, (day, first));
        first
    }
}

/// The conditions of some branches, and how they turn out.
fn conditions(pack: &Pack, branches: &[(NodeId, bool)]) -> Branches {
    branches
        .iter()
        .filter_map(|(branch, taken)| match pack.nodes.get(branch.index())? {
            Node::If(condition, ..) => Some((*condition, *taken)),
            _ => None,
        })
        .collect()
}

/// Whether rules on choices and points can all turn out as wanted.
fn can_hold(
    pack: &Pack,
    domains: &Domains,
    wanted: &[(NodeId, bool)],
    chosen: &mut Vec<(Need, i64)>,
) -> bool {
    let mut open = None;
    for (rule, holds) in wanted {
        let environment = Chosen {
            domains,
            chosen,
            branches: &[],
        };
        // Such rules do not depend on the day.
        match value(pack, *rule, Date::MIN, &environment) {
            Ok(value) if (value != 0) != *holds => return false,
            Ok(_) => {}
            Err(need) => open = open.or(Some(need)),
        }
    }
    open.is_none_or(|need| {
        choices(pack, domains, need).into_iter().any(|choice| {
            chosen.push((need, choice));
            let holds = can_hold(pack, domains, wanted, chosen);
            chosen.pop();
            holds
        })
    })
}

/// Whether the node itself, not one below it, depends on the day.
fn moves_itself(pack: &Pack, node: NodeId) -> bool {
    matches!(
        pack.nodes.get(node.index()),
        Some(
            Node::Today
                | Node::YearsSince(_)
                | Node::MonthsSince(_)
                | Node::YearsUntil(_)
                | Node::MonthsUntil(_)
        )
    )
}

struct AtPoint<'a> {
    chosen: Chosen<'a>,
    fact: FactId,
    at: i64,
}

impl Environment for AtPoint<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        match fact == self.fact {
            true => Some(self.at),
            false => self.chosen.fact(fact),
        }
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.chosen.point(point)
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.chosen.count(node)
    }

    fn branch(&self, node: NodeId) -> Option<bool> {
        self.chosen.branch(node)
    }
}
