//! Constraints between dates and numbers of which something is unknown, as the days pass.

use crate::date::Date;
use crate::diagram::{Domain, Domains, Links};
use crate::ids::{FactId, NodeId};
use crate::pack::{Node, Pack};

use super::any_moves;
use super::axis::{Axis, Cell};
use super::days::{Span, crosses, in_step, meets};
use super::moving::Predicate;

/// The links of a pack, in each case of the choices that they depend on.
pub(super) struct Ties<'a> {
    pack: &'a Pack,
    links: &'a Links,
    /// What the answers leave.
    domains: &'a Domains,
    on: Date,
    cases: Vec<Case>,
    /// Whether links depend on the day.
    moves: bool,
    /// Whether links compare facts as they are, so that a bound moves with what it comes from.
    plain: bool,
}

#[derive(Clone)]
pub(super) struct Case {
    chosen: Vec<(FactId, i64)>,
    binding: Vec<bool>,
}

impl<'a> Ties<'a> {
    pub(super) fn new(
        pack: &'a Pack,
        links: &'a Links,
        domains: &'a Domains,
        on: Date,
    ) -> Ties<'a> {
        let mut cases = Vec::new();
        links.cases(pack, on, domains, &mut |chosen, binding| {
            cases.push(Case {
                chosen: chosen.to_vec(),
                binding: binding.to_vec(),
            });
        });
        Ties {
            pack,
            links,
            domains,
            on,
            cases,
            moves: any_moves(pack, links.all.iter().map(|link| link.comparison)),
            plain: links
                .all
                .iter()
                .all(|link| compares_plainly(pack, link.comparison)),
        }
    }

    /// What each case leaves on a day, by the case's position; cases that nobody can be in are
    /// left out.
    pub(super) fn cases(&self, day: i64) -> Vec<(usize, Domains)> {
        self.cases
            .iter()
            .enumerate()
            .filter_map(|(index, case)| {
                let mut domains = self.domains.clone();
                for (fact, option) in &case.chosen {
                    domains.confine(*fact, *option, *option);
                }
                self.narrow(case, day, &mut domains)
                    .then_some((index, domains))
            })
            .collect()
    }

    /// Takes away what links exclude; whether something is left.
    fn narrow(&self, case: &Case, day: i64, domains: &mut Domains) -> bool {
        domains
            .narrow(self.pack, Date::from_days(day), self.links, &|index, _| {
                case.binding.get(index) == Some(&true)
            })
            .is_ok()
    }

    /// The first and the last value that some case leaves of a fact, where that does not depend on
    /// the day.
    pub(super) fn resting_ends(&self, fact: FactId) -> Vec<i64> {
        if self.moves {
            return Vec::new();
        }
        let mut ends = Vec::new();
        for (_, domains) in self.cases(self.on.days()) {
            if let Domain::Interval { low, high } = domains.get(fact) {
                ends.extend([low, high]);
            }
        }
        crate::sorting::sort(&mut ends);
        ends.dedup();
        ends
    }

    /// Adds the days on which cuts of an axis pass its ends, where the ends move as well.
    pub(super) fn end_turns(&self, axis: &Axis<'_>, span: Span, days: &mut Vec<i64>) {
        if !self.moves {
            return;
        }
        for case in &self.cases {
            let none = Domain::Interval { low: 1, high: 0 };
            let end = |day: i64, upper: bool| {
                let mut domains = self.domains.clone();
                let left = match self.narrow(case, day, &mut domains) {
                    true => domains.get(axis.fact),
                    false => none,
                };
                match left {
                    Domain::Interval { high, .. } if upper => high.saturating_add(1),
                    Domain::Interval { low, .. } => low,
                    _ => 0,
                }
            };
            for predicate in &axis.predicates {
                for upper in [false, true] {
                    meets(
                        &|day| predicate.cut(day),
                        &|day| end(day, upper),
                        span,
                        days,
                    );
                }
            }
        }
    }

    /// Adds the days on which links let cells of two axes meet, or no longer.
    pub(super) fn pair_turns(&self, a: &Axis<'_>, b: &Axis<'_>, span: Span, days: &mut Vec<i64>) {
        let (from, to) = match a.predicates.len() < b.predicates.len() {
            true => (a, b),
            false => (b, a),
        };
        for case in &self.cases {
            if !self.tied(case, from.fact, to.fact) {
                continue;
            }
            for source in &from.predicates {
                for (before, upper) in [(false, false), (false, true), (true, false), (true, true)]
                {
                    let half = Half {
                        fact: from.fact,
                        source,
                        before,
                    };
                    let image = |day: i64| self.image(case, &half, to.fact, upper, day);
                    for target in &to.predicates {
                        match (source.moves || self.moves, target.moves) {
                            (false, false) => {}
                            (false, true) => crosses(target, image(span.first), span, days),
                            _ if self.plain && source.keeps_step && target.keeps_step => {
                                in_step(&[&image, &|day| target.cut(day)], span, days);
                            }
                            _ => meets(&image, &|day| target.cut(day), span, days),
                        }
                    }
                }
            }
        }
    }

    /// Whether bounds reach one fact from the other.
    fn tied(&self, case: &Case, a: FactId, b: FactId) -> bool {
        let mut reached = vec![a];
        loop {
            let before = reached.len();
            for (link, binds) in self.links.all.iter().zip(&case.binding) {
                let [c, d] = link.facts;
                if *binds && (reached.contains(&c) || reached.contains(&d)) {
                    for fact in [c, d] {
                        if !reached.contains(&fact) {
                            reached.push(fact);
                        }
                    }
                }
            }
            if reached.len() == before {
                return reached.contains(&b);
            }
        }
    }

    /// The first value that links leave of a fact (or one past the last) when half of another is
    /// left.
    fn image(&self, case: &Case, half: &Half<'_, '_>, to: FactId, upper: bool, day: i64) -> i64 {
        let cut = half.source.cut(day);
        let mut domains = self.domains.clone();
        match half.before {
            false => domains.confine(half.fact, cut, i64::MAX),
            true => domains.confine(half.fact, i64::MIN, cut.saturating_sub(1)),
        }
        let left = self.narrow(case, day, &mut domains);
        match (domains.get(to), left, upper) {
            (Domain::Interval { low, .. }, true, false) => low,
            (Domain::Interval { high, .. }, true, true) => high.saturating_add(1),
            (_, _, false) => i64::MAX,
            (_, _, true) => i64::MIN,
        }
    }

    /// For each two of some facts that bounds tie together, which of their cells can be kept
    /// together: the positions of both facts, and for each cell of the first the cells of the
    /// second from one to another, if any.
    pub(super) fn kept(
        &self,
        case: usize,
        day: i64,
        domains: &Domains,
        axes: &[(FactId, &[Cell])],
    ) -> Vec<Kept> {
        let Some(case) = self.cases.get(case) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for (a, (first, first_cells)) in axes.iter().enumerate() {
            for (b, (second, second_cells)) in axes.iter().enumerate() {
                // Few cells tell about many; of equally many, the first.
                let order = (first_cells.len(), a) < (second_cells.len(), b);
                if !order || !self.tied(case, *first, *second) {
                    continue;
                }
                let cells = first_cells
                    .iter()
                    .map(|cell| {
                        let mut left = domains.clone();
                        left.confine(*first, cell.first, cell.last);
                        let kept = self.narrow(case, day, &mut left);
                        match left.get(*second) {
                            Domain::Interval { low, high } if kept => {
                                let within = |cell: &Cell| cell.last >= low && cell.first <= high;
                                let from = second_cells.iter().position(within)?;
                                let to = second_cells.iter().rposition(within)?;
                                Some((from, to))
                            }
                            _ => None,
                        }
                    })
                    .collect();
                let alive = match self.is_tree(case) {
                    true => vec![true; second_cells.len()],
                    false => second_cells
                        .iter()
                        .map(|cell| {
                            let mut left = domains.clone();
                            left.confine(*second, cell.first, cell.last);
                            self.narrow(case, day, &mut left)
                        })
                        .collect(),
                };
                all.push(Kept {
                    axes: [a, b],
                    cells,
                    alive,
                });
            }
        }
        all
    }

    /// Whether each fact has at most one way to reach another: then no cell is out of reach between
    /// two that are not.
    fn is_tree(&self, case: &Case) -> bool {
        let mut groups: Vec<(FactId, usize)> = Vec::new();
        for (index, (link, binds)) in self.links.all.iter().zip(&case.binding).enumerate() {
            if !binds {
                continue;
            }
            let mut group_of = |fact: FactId, new: usize| {
                let known = groups.iter().find(|(own, _)| *own == fact);
                known.map(|(_, group)| *group).unwrap_or_else(|| {
                    groups.push((fact, new));
                    new
                })
            };
            let [a, b] = link.facts;
            let new = index.saturating_mul(2);
            let (a, b) = (group_of(a, new), group_of(b, new.saturating_add(1)));
            if a == b {
                return false;
            }
            for (_, group) in &mut groups {
                if *group == b {
                    *group = a;
                }
            }
        }
        true
    }
}

/// Whether a comparison is of two facts with nothing done to them.
fn compares_plainly(pack: &Pack, comparison: NodeId) -> bool {
    let operands = pack.nodes.get(comparison.index());
    operands.is_some_and(|node| {
        let fact =
            |operand: &NodeId| matches!(pack.nodes.get(operand.index()), Some(Node::Fact(_)));
        node.operands().iter().all(fact)
    })
}

/// What is left of a fact before a cut, or from it on.
struct Half<'a, 'b> {
    fact: FactId,
    source: &'a Predicate<'b>,
    before: bool,
}

/// Which cells of two axes can be kept together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) axes: [usize; 2],
    pub(super) cells: Vec<Option<(usize, usize)>>,
    /// Which cells of the second axis can be kept at all.
    pub(super) alive: Vec<bool>,
}
