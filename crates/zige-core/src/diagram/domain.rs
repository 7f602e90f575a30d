//! The values that each fact can still have, and what constraints leave of them.

use crate::answers::{Answer, Answers, range};
use crate::date::Date;
use crate::ids::{FactId, NodeId};
use crate::pack::{FactKind, Node, Pack};

use super::variable::{Environment, value, visit};

/// The values of one fact that are still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Domain {
    /// Options of a choice, or no/yes: the bits set.
    Options(u64),
    /// Numbers, amounts or days, both ends included; empty when `low > high`.
    Interval { low: i64, high: i64 },
    /// Texts and lists have no part in this.
    Untracked,
}

impl Domain {
    /// The only value left, if there is just one.
    pub(crate) fn single(self) -> Option<i64> {
        match self {
            Domain::Options(bits) if bits.count_ones() == 1 => {
                Some(i64::from(bits.trailing_zeros()))
            }
            Domain::Interval { low, high } if low == high => Some(low),
            _ => None,
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        match self {
            Domain::Options(bits) => bits == 0,
            Domain::Interval { low, high } => low > high,
            Domain::Untracked => false,
        }
    }
}

/// The domains of all facts of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Domains(Vec<Domain>);

impl Domains {
    /// What the vocabulary allows.
    pub(crate) fn full(pack: &Pack) -> Domains {
        Domains(
            pack.vocabulary
                .facts
                .iter()
                .map(|fact| full(pack, &fact.kind))
                .collect(),
        )
    }

    /// What the answers leave, before constraints.
    pub(crate) fn of(pack: &Pack, answers: &Answers) -> Domains {
        let mut domains = Domains::full(pack);
        domains.restrict(answers);
        domains
    }

    /// Becomes a copy of `full` that the answers have been taken from.
    pub(crate) fn refill(&mut self, full: &Domains, answers: &Answers) {
        self.0.clone_from(&full.0);
        self.restrict(answers);
    }

    /// Takes one answer from the domain of its fact.
    pub(crate) fn restrict_one(&mut self, fact: FactId, answer: &Answer) {
        let domain = restrict(self.get(fact), answer);
        self.set(fact, domain);
    }

    fn restrict(&mut self, answers: &Answers) {
        for (index, domain) in self.0.iter_mut().enumerate() {
            if let Ok(index) = u16::try_from(index) {
                *domain = restrict(*domain, answers.get(FactId(index)));
            }
        }
    }

    pub(crate) fn get(&self, fact: FactId) -> Domain {
        self.0
            .get(fact.index())
            .copied()
            .unwrap_or(Domain::Untracked)
    }

    pub(crate) fn set(&mut self, fact: FactId, domain: Domain) {
        if let Some(place) = self.0.get_mut(fact.index()) {
            *place = domain;
        }
    }

    /// Takes away the ends of intervals that no completion can keep.
    ///
    /// `Err` names the constraint (by position) that leaves nothing.
    pub(crate) fn narrow(&mut self, pack: &Pack, on: Date, links: &[Link]) -> Result<(), usize> {
        for _ in 0..=self.0.len() {
            let mut changed = false;
            for link in links {
                changed |= self
                    .narrow_by(pack, on, link)
                    .map_err(|Broken| link.constraint)?;
            }
            if !changed {
                break;
            }
        }
        Ok(())
    }

    fn narrow_by(&mut self, pack: &Pack, on: Date, link: &Link) -> Result<bool, Broken> {
        let probe = |domains: &Domains, ends: &dyn Fn(FactId) -> Option<i64>| {
            value(pack, link.rule, on, &Probe { domains, ends })
        };
        match probe(self, &|_| None) {
            Ok(0) => return Err(Broken),
            Ok(_) => return Ok(false),
            Err(_) => {}
        }
        let mut open = link
            .facts
            .iter()
            .copied()
            .filter(|fact| self.get(*fact).single().is_none());
        match (&link.shape, open.next(), open.next(), open.next()) {
            (_, Some(only), None, None) if matches!(self.get(only), Domain::Options(_)) => {
                self.narrow_options(pack, on, link.rule, only)
            }
            (Shape::Any(parts), ..) => {
                let mut undecided = parts.iter().filter(|part| {
                    let environment = Probe {
                        domains: self,
                        ends: &|_| None,
                    };
                    value(pack, part.rule, on, &environment) != Ok(0)
                });
                match (undecided.next(), undecided.next()) {
                    (Some(part), None) => self.narrow_by(pack, on, part),
                    _ => Ok(false),
                }
            }
            (Shape::Comparison, Some(only), None, None) => {
                let Domain::Interval { low, high } = self.get(only) else {
                    return Ok(false);
                };
                self.cut(only, low, high, &|domains, at| {
                    probe(domains, &|fact| (fact == only).then_some(at)) != Ok(0)
                })
            }
            (Shape::Comparison, Some(a), Some(b), None) => {
                let (Domain::Interval { low, high }, Domain::Interval { low: l2, high: h2 }) =
                    (self.get(a), self.get(b))
                else {
                    return Ok(false);
                };
                let feasible = |domains: &Domains, mine: FactId, at: i64, ends: [i64; 2]| {
                    ends.into_iter().any(|end| {
                        probe(domains, &|fact| Some(if fact == mine { at } else { end })) != Ok(0)
                    })
                };
                let first = self.cut(a, low, high, &|domains, at| {
                    feasible(domains, a, at, [l2, h2])
                })?;
                let Domain::Interval { low, high } = self.get(a) else {
                    return Ok(first);
                };
                let second = self.cut(b, l2, h2, &|domains, at| {
                    feasible(domains, b, at, [low, high])
                })?;
                Ok(first || second)
            }
            _ => Ok(false),
        }
    }

    fn narrow_options(
        &mut self,
        pack: &Pack,
        on: Date,
        rule: NodeId,
        fact: FactId,
    ) -> Result<bool, Broken> {
        let Domain::Options(bits) = self.get(fact) else {
            return Ok(false);
        };
        let mut left = bits;
        for option in 0..64 {
            if bits & (1 << option) != 0 {
                let ends = |other: FactId| (other == fact).then_some(i64::from(option));
                let probe = Probe {
                    domains: self,
                    ends: &ends,
                };
                if matches!(value(pack, rule, on, &probe), Ok(0)) {
                    left &= !(1 << option);
                }
            }
        }
        self.set(fact, Domain::Options(left));
        if left == 0 {
            Err(Broken)
        } else {
            Ok(left != bits)
        }
    }

    /// Cuts an interval down to the feasible part; `feasible` is monotone in its value.
    fn cut(
        &mut self,
        fact: FactId,
        low: i64,
        high: i64,
        feasible: &dyn Fn(&Domains, i64) -> bool,
    ) -> Result<bool, Broken> {
        let (at_low, at_high) = (feasible(self, low), feasible(self, high));
        let cut = match (at_low, at_high) {
            (true, true) => return Ok(false),
            (false, false) => return Err(Broken),
            (false, true) => Domain::Interval {
                low: first_where(low, high, &|at| feasible(self, at)),
                high,
            },
            (true, false) => Domain::Interval {
                low,
                high: first_where(low, high, &|at| !feasible(self, at)).saturating_sub(1),
            },
        };
        self.set(fact, cut);
        Ok(true)
    }
}

/// A constraint, or one conjunct of it, prepared for narrowing.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Its position in the pack.
    pub(crate) constraint: usize,
    rule: NodeId,
    facts: Vec<FactId>,
    shape: Shape,
}

impl Link {
    /// The yes/no expression.
    pub(crate) fn rule(&self) -> NodeId {
        self.rule
    }
}

#[derive(Clone, Debug)]
enum Shape {
    /// One comparison, monotone in each date or number.
    Comparison,
    /// At least one of these holds.
    Any(Vec<Link>),
    /// Anything else narrows only options.
    Other,
}

/// The constraints of a pack, conjunct by conjunct.
pub(crate) fn links(pack: &Pack) -> Vec<Link> {
    let mut links = Vec::new();
    for (index, constraint) in pack.constraints.iter().enumerate() {
        add_links(pack, index, constraint.rule, &mut links);
    }
    links
}

fn add_links(pack: &Pack, constraint: usize, rule: NodeId, links: &mut Vec<Link>) {
    let shape = match pack.nodes.get(rule.index()) {
        Some(Node::All(parts)) => {
            for part in parts {
                add_links(pack, constraint, *part, links);
            }
            return;
        }
        Some(Node::Any(parts)) => {
            let mut inner = Vec::new();
            let mut flat = true;
            for part in parts {
                let before = inner.len();
                add_links(pack, constraint, *part, &mut inner);
                flat &= inner.len() == before.saturating_add(1);
            }
            if flat {
                Shape::Any(inner)
            } else {
                Shape::Other
            }
        }
        Some(Node::AtLeast(..)) => Shape::Comparison,
        Some(Node::Not(inner))
            if matches!(pack.nodes.get(inner.index()), Some(Node::AtLeast(..))) =>
        {
            Shape::Comparison
        }
        _ => Shape::Other,
    };
    let mut facts = Vec::new();
    visit(pack, rule, &mut |node| {
        if let Some(Node::Fact(fact)) = pack.nodes.get(node.index())
            && !facts.contains(fact)
        {
            facts.push(*fact);
        }
    });
    links.push(Link {
        constraint,
        rule,
        facts,
        shape,
    });
}

/// A constraint leaves no value.
struct Broken;

struct Probe<'a> {
    domains: &'a Domains,
    ends: &'a dyn Fn(FactId) -> Option<i64>,
}

impl Environment for Probe<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.domains
            .get(fact)
            .single()
            .or_else(|| (self.ends)(fact))
    }
}

/// The first value from `low` to `high` for which `holds`, which is false at `low` and true at
/// `high`, and changes once.
pub(crate) fn first_where(low: i64, high: i64, holds: &dyn Fn(i64) -> bool) -> i64 {
    let (mut no, mut yes) = (low, high);
    while yes.saturating_sub(no) > 1 {
        let middle = no.saturating_add(yes.saturating_sub(no) / 2);
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

fn full(pack: &Pack, kind: &FactKind) -> Domain {
    match (kind, range(pack, kind)) {
        (FactKind::YesNo | FactKind::Choice(_), Some((_, last))) => {
            let options = u32::try_from(last).unwrap_or(63).min(63);
            Domain::Options(u64::MAX >> (63_u32.saturating_sub(options)))
        }
        (_, Some((low, high))) => Domain::Interval { low, high },
        (_, None) => Domain::Untracked,
    }
}

fn restrict(domain: Domain, answer: &Answer) -> Domain {
    match (domain, answer) {
        (Domain::Options(_), Answer::Value(value)) => Domain::Options(
            u32::try_from(*value).map_or(0, |option| 1_u64.checked_shl(option).unwrap_or(0)),
        ),
        (Domain::Interval { .. }, Answer::Value(value)) => Domain::Interval {
            low: *value,
            high: *value,
        },
        (Domain::Interval { low, high }, Answer::Month { first, last }) => Domain::Interval {
            low: first.days().max(low),
            high: last.days().min(high),
        },
        (domain, _) => domain,
    }
}
