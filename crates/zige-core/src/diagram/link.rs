//! Constraints between two dates or numbers.
//!
//! Such a constraint is a set of [`Link`]s: comparisons that hold unless an excuse holds, which looks at
//! choices alone. Each link gives each of its two facts a bound that moves one way with the other, so
//! what a set of links leaves is closed under taking the smaller and the larger of each fact (with
//! some facts counted downwards). Two things follow, and all of this crate's exactness with
//! constraints rests on them:
//!
//! - [`Domains::narrow`](super::Domains) leaves the exact ends of every fact.
//! - Some cells can be true together with what is left of the facts as soon as they can be true
//!   together, and each meets what is left of its own fact.

use thiserror::Error;

use crate::answers::range;
use crate::date::Date;
use crate::ids::{FactId, NodeId};
use crate::pack::{FactKind, Node, Pack};

use super::domain::{Domain, Domains};
use super::variable::{Environment, Need, needs, value, visit};

/// In how many ways the choices that excuse from comparisons can be answered, at most.
const MOST_CASES: i64 = 64;

/// How often all links may narrow the full ranges before nothing is left to narrow, at most.
const MOST_ROUNDS: usize = 1_000;

/// What keeps a constraint between two dates or numbers from being judged exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ConstraintProblem {
    /// The comparison is one of several ways to keep it, and the others are not choices.
    #[error("its comparison of two dates or numbers is one of several ways to keep it")]
    Alternatives,
    /// The comparison depends on more than two dates or numbers.
    #[error("its comparison of two dates or numbers depends on something else as well")]
    Mixed,
    /// Comparisons go round in a circle in which growing and shrinking do not fit together.
    #[error("its comparison and those of other constraints contradict each other's direction")]
    Circle,
    /// Comparisons drive each other on without end.
    #[error("its comparison and those of other constraints leave nobody")]
    Endless,
    /// Too many choices excuse from comparisons.
    #[error("the choices that excuse from comparisons have more than {MOST_CASES} combinations")]
    Cases,
}

/// A comparison of two dates or numbers that has to hold unless an excuse does.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// The constraint's position in the pack.
    pub(crate) constraint: usize,
    /// Rules on choices, each an excuse when it comes to its value.
    excuses: Vec<(NodeId, bool)>,
    pub(crate) comparison: NodeId,
    /// What the comparison has to come to.
    pub(crate) holds: bool,
    pub(crate) facts: [FactId; 2],
}

impl Link {
    /// The rules that excuse from the comparison.
    pub(crate) fn excuse_rules(&self) -> impl Iterator<Item = NodeId> {
        self.excuses.iter().map(|(rule, _)| *rule)
    }

    /// Whether the comparison has to hold; `None` while that is not known.
    pub(crate) fn binds(
        &self,
        pack: &Pack,
        on: Date,
        environment: &dyn Environment,
    ) -> Option<bool> {
        let mut binds = Some(true);
        for (rule, excusing) in &self.excuses {
            match value(pack, *rule, on, environment) {
                Ok(value) if (value != 0) == *excusing => return Some(false),
                Ok(_) => {}
                Err(_) => binds = None,
            }
        }
        binds
    }
}

/// Is told the choices of a case, and which links bind in it.
type SeeCase<'a> = &'a mut dyn FnMut(&[(FactId, i64)], &[bool]);

/// All links of a pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    pub(crate) all: Vec<Link>,
    /// The facts compared, each once.
    pub(crate) facts: Vec<FactId>,
    /// The choices that excuses look at, each once.
    pub(crate) choices: Vec<FactId>,
}

impl Links {
    /// Finds the links.
    ///
    /// `Err` has the position of the constraint that cannot be judged exactly.
    pub(crate) fn new(pack: &Pack, on: Date) -> Result<Links, (usize, ConstraintProblem)> {
        let mut links = Links::default();
        for (index, constraint) in pack.constraints.iter().enumerate() {
            links
                .add(pack, index, constraint.rule, true, &[])
                .map_err(|problem| (index, problem))?;
        }
        let mut cases = 1_i64;
        for link in &links.all {
            for fact in link.facts {
                if !links.facts.contains(&fact) {
                    links.facts.push(fact);
                }
            }
            for (rule, _) in &link.excuses {
                for need in needs(pack, *rule) {
                    let Need::Fact(fact) = need else { continue };
                    if links.choices.contains(&fact) {
                        continue;
                    }
                    links.choices.push(fact);
                    let options = pack
                        .vocabulary
                        .facts
                        .get(fact.index())
                        .and_then(|fact| range(pack, &fact.kind))
                        .map_or(1, |(first, last)| {
                            last.saturating_sub(first).saturating_add(1)
                        });
                    cases = cases.saturating_mul(options);
                    if cases > MOST_CASES {
                        return Err((link.constraint, ConstraintProblem::Cases));
                    }
                }
            }
        }
        links.oriented(pack)?;
        links.ends(pack, on)?;
        Ok(links)
    }

    /// Whether narrowing comes to an end, whichever links bind.
    fn ends(&self, pack: &Pack, on: Date) -> Result<(), (usize, ConstraintProblem)> {
        let full = Domains::full(pack);
        let mut problem = None;
        self.cases(pack, on, &full, &mut |_, binding| {
            let mut domains = full.clone();
            let binds = |index, _: &Link| binding.get(index) == Some(&true);
            for _ in 0..MOST_ROUNDS {
                if domains.narrow_once(pack, on, self, &binds) != Ok(true) {
                    return;
                }
            }
            problem = binding.iter().position(|binds| *binds);
        });
        match problem.and_then(|index| self.all.get(index)) {
            Some(link) => Err((link.constraint, ConstraintProblem::Endless)),
            None => Ok(()),
        }
    }

    fn add(
        &mut self,
        pack: &Pack,
        constraint: usize,
        node: NodeId,
        positive: bool,
        excuses: &[(NodeId, bool)],
    ) -> Result<(), ConstraintProblem> {
        if !compares_two(pack, node) {
            return Ok(());
        }
        match pack.nodes.get(node.index()) {
            Some(Node::Not(inner)) => self.add(pack, constraint, *inner, !positive, excuses),
            Some(Node::All(parts)) if positive => parts
                .iter()
                .try_for_each(|part| self.add(pack, constraint, *part, true, excuses)),
            Some(Node::Any(parts)) if !positive => parts
                .iter()
                .try_for_each(|part| self.add(pack, constraint, *part, false, excuses)),
            Some(Node::Any(parts) | Node::All(parts)) => {
                let (compared, others): (Vec<NodeId>, Vec<NodeId>) =
                    parts.iter().partition(|part| compares_two(pack, **part));
                let [compared] = compared.as_slice() else {
                    return Err(ConstraintProblem::Alternatives);
                };
                if !others.iter().all(|other| only_choices(pack, *other)) {
                    return Err(ConstraintProblem::Alternatives);
                }
                let mut more = excuses.to_vec();
                more.extend(others.into_iter().map(|other| (other, positive)));
                self.add(pack, constraint, *compared, positive, &more)
            }
            Some(Node::If(condition, then, otherwise)) if only_choices(pack, *condition) => {
                for (branch, excusing) in [(then, false), (otherwise, true)] {
                    let mut more = excuses.to_vec();
                    more.push((*condition, excusing));
                    self.add(pack, constraint, *branch, positive, &more)?;
                }
                Ok(())
            }
            Some(Node::AtLeast(..)) => match needs(pack, node).as_slice() {
                [Need::Fact(a), Need::Fact(b)]
                    if is_measured(pack, *a) && is_measured(pack, *b) =>
                {
                    self.all.push(Link {
                        constraint,
                        excuses: excuses.to_vec(),
                        comparison: node,
                        holds: positive,
                        facts: [*a, *b],
                    });
                    Ok(())
                }
                _ => Err(ConstraintProblem::Mixed),
            },
            _ => Err(ConstraintProblem::Alternatives),
        }
    }

    /// Whether each fact can be given a direction in which all its bounds move alike.
    fn oriented(&self, pack: &Pack) -> Result<(), (usize, ConstraintProblem)> {
        // For each fact, the first fact of its group and whether it counts the other way.
        let mut groups: Vec<(usize, bool)> =
            (0..self.facts.len()).map(|own| (own, false)).collect();
        for link in &self.all {
            let [a, b] = link.facts.map(|fact| {
                let position = self.facts.iter().position(|own| *own == fact);
                position
                    .and_then(|own| groups.get(own).copied())
                    .unwrap_or((0, false))
            });
            let [up_a, up_b] = link
                .facts
                .map(|fact| direction(pack, link.comparison, fact));
            // Both growing keeps it, or both break it: one must be counted the other way.
            let opposed = up_a == up_b;
            if a.0 == b.0 {
                if (a.1 != b.1) != opposed {
                    return Err((link.constraint, ConstraintProblem::Circle));
                }
                continue;
            }
            let turn = (a.1 != b.1) != opposed;
            for group in &mut groups {
                if group.0 == b.0 {
                    *group = (a.0, group.1 != turn);
                }
            }
        }
        Ok(())
    }

    /// Whether it is open for some link whether it binds.
    pub(crate) fn are_open(&self, pack: &Pack, on: Date, environment: &dyn Environment) -> bool {
        !self.choices.is_empty()
            && self
                .all
                .iter()
                .any(|link| link.binds(pack, on, environment).is_none())
    }

    /// Calls `see` for each way in which the open choices can be answered as far as `domains` allow,
    /// with the choices made and which links bind then.
    pub(crate) fn cases(&self, pack: &Pack, on: Date, domains: &Domains, see: SeeCase<'_>) {
        let open: Vec<FactId> = self
            .choices
            .iter()
            .copied()
            .filter(|fact| domains.get(*fact).single().is_none())
            .collect();
        self.choose(pack, on, domains, &open, &mut Vec::new(), see);
    }

    fn choose(
        &self,
        pack: &Pack,
        on: Date,
        domains: &Domains,
        open: &[FactId],
        chosen: &mut Vec<(FactId, i64)>,
        see: SeeCase<'_>,
    ) {
        let Some((fact, rest)) = open.split_first() else {
            let environment = Chosen { domains, chosen };
            let binding: Vec<bool> = self
                .all
                .iter()
                .map(|link| link.binds(pack, on, &environment) == Some(true))
                .collect();
            see(chosen, &binding);
            return;
        };
        let Domain::Options(bits) = domains.get(*fact) else {
            return;
        };
        for option in 0..64 {
            if bits & (1 << option) != 0 {
                chosen.push((*fact, option));
                self.choose(pack, on, domains, rest, chosen, see);
                chosen.pop();
            }
        }
    }
}

/// Known facts, and choices that were made.
struct Chosen<'a> {
    domains: &'a Domains,
    chosen: &'a [(FactId, i64)],
}

impl Environment for Chosen<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        let chosen = self.chosen.iter().find(|(own, _)| *own == fact);
        chosen
            .map(|(_, option)| *option)
            .or_else(|| self.domains.get(fact).single())
    }
}

/// Whether a fact is a date, a number or an amount.
pub(crate) fn is_measured(pack: &Pack, fact: FactId) -> bool {
    pack.vocabulary.facts.get(fact.index()).is_some_and(|fact| {
        matches!(
            fact.kind,
            FactKind::Date { .. } | FactKind::Number { .. } | FactKind::Money { .. }
        )
    })
}

/// How many dates, numbers and counts an expression depends on.
pub(crate) fn measured(pack: &Pack, node: NodeId) -> usize {
    needs(pack, node)
        .into_iter()
        .filter(|need| match need {
            Need::Fact(fact) => is_measured(pack, *fact),
            Need::Count(_) => true,
            Need::Point(_) => false,
        })
        .count()
}

/// Whether some comparison inside depends on several dates or numbers.
fn compares_two(pack: &Pack, node: NodeId) -> bool {
    let mut found = false;
    visit(pack, node, &mut |node| {
        found |= matches!(pack.nodes.get(node.index()), Some(Node::AtLeast(..)))
            && measured(pack, node) > 1;
    });
    found
}

/// Whether a rule looks at choices and yes/no answers alone.
fn only_choices(pack: &Pack, node: NodeId) -> bool {
    needs(pack, node)
        .into_iter()
        .all(|need| matches!(need, Need::Fact(fact) if !is_measured(pack, fact)))
}

/// Whether an expression can only grow when a fact grows; else it can only shrink.
fn direction(pack: &Pack, node: NodeId, fact: FactId) -> bool {
    let uses = |node: NodeId| needs(pack, node).contains(&Need::Fact(fact));
    match pack.nodes.get(node.index()) {
        Some(Node::Not(inner) | Node::YearsSince(inner) | Node::MonthsSince(inner)) => {
            !direction(pack, *inner, fact)
        }
        Some(Node::AtLeast(a, b)) => match uses(*a) {
            true => direction(pack, *a, fact),
            false => !direction(pack, *b, fact),
        },
        Some(expression) => expression
            .operands()
            .into_iter()
            .find(|operand| uses(*operand))
            .is_none_or(|operand| direction(pack, operand, fact)),
        None => true,
    }
}
