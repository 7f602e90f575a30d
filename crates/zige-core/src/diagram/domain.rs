//! The values that each fact can still have, and what constraints leave of them.

use crate::answers::{Answer, Answers, range};
use crate::date::Date;
use crate::ids::FactId;
use crate::pack::{FactKind, Pack};

use super::link::{Link, Links};
use super::variable::{Environment, value};

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

    /// The smallest domain of its kind that holds both.
    pub(crate) fn union(self, other: Domain) -> Domain {
        match (self, other) {
            (Domain::Options(a), Domain::Options(b)) => Domain::Options(a | b),
            (
                Domain::Interval { low, high },
                Domain::Interval {
                    low: first,
                    high: last,
                },
            ) => Domain::Interval {
                low: low.min(first),
                high: high.max(last),
            },
            _ => self,
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

    /// Takes from the domain of a fact what lies outside some values.
    pub(crate) fn confine(&mut self, fact: FactId, first: i64, last: i64) {
        let left = match self.get(fact) {
            Domain::Options(bits) => {
                let among = |option: u32| (first..=last).contains(&i64::from(option));
                Domain::Options(
                    (0..64)
                        .filter(|option| among(*option))
                        .fold(0, |left, option| left | (bits & (1_u64 << option))),
                )
            }
            Domain::Interval { low, high } => Domain::Interval {
                low: low.max(first),
                high: high.min(last),
            },
            Domain::Untracked => Domain::Untracked,
        };
        self.set(fact, left);
    }

    /// Becomes a copy of other domains.
    pub(crate) fn copy_from(&mut self, other: &Domains) {
        self.0.clone_from(&other.0);
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

    /// Takes away the ends of intervals that no completion can keep. What is left is exact: both
    /// ends of all facts together keep the links.
    ///
    /// `Err` names the constraint (by position) that leaves nothing.
    pub(crate) fn narrow(
        &mut self,
        pack: &Pack,
        on: Date,
        links: &Links,
        binds: &dyn Fn(usize, &Link) -> bool,
    ) -> Result<(), usize> {
        while self.narrow_once(pack, on, links, binds)? {}
        Ok(())
    }

    /// Lets each link narrow its facts once; whether something changed.
    pub(crate) fn narrow_once(
        &mut self,
        pack: &Pack,
        on: Date,
        links: &Links,
        binds: &dyn Fn(usize, &Link) -> bool,
    ) -> Result<bool, usize> {
        let mut changed = false;
        for (index, link) in links.all.iter().enumerate() {
            if binds(index, link) {
                changed |= self.narrow_by(pack, on, link).ok_or(link.constraint)?;
            }
        }
        Ok(changed)
    }

    /// Whether a link takes something away; `None` when it leaves nothing.
    fn narrow_by(&mut self, pack: &Pack, on: Date, link: &Link) -> Option<bool> {
        let [a, b] = link.facts;
        if self.get(a).single().is_some() && self.get(b).single().is_some() {
            let kept =
                value(pack, link.comparison, on, self).is_ok_and(|kept| (kept != 0) == link.holds);
            return kept.then_some(false);
        }
        let first = self.cut_by(pack, on, link, a, b)?;
        let second = self.cut_by(pack, on, link, b, a)?;
        Some(first || second)
    }

    /// Cuts what is left of one fact of a link down to what goes with some value of the other.
    fn cut_by(
        &mut self,
        pack: &Pack,
        on: Date,
        link: &Link,
        cut: FactId,
        other: FactId,
    ) -> Option<bool> {
        let (
            Domain::Interval { low, high },
            Domain::Interval {
                low: first,
                high: last,
            },
        ) = (self.get(cut), self.get(other))
        else {
            return Some(false);
        };
        if low > high || first > last {
            return None;
        }
        let keeps = |at: i64, end: i64| {
            let pair = Pair([(cut, at), (other, end)]);
            value(pack, link.comparison, on, &pair).is_ok_and(|kept| (kept != 0) == link.holds)
        };
        let fits = |at: i64| keeps(at, first) || keeps(at, last);
        let left = match (fits(low), fits(high)) {
            (true, true) => return Some(false),
            (false, false) => return None,
            (false, true) => Domain::Interval {
                low: first_where(low, high, &fits),
                high,
            },
            (true, false) => Domain::Interval {
                low,
                high: first_where(low, high, &|at| !fits(at)).saturating_sub(1),
            },
        };
        self.set(cut, left);
        Some(true)
    }
}

/// Values for the two facts of a link.
struct Pair([(FactId, i64); 2]);

impl Environment for Pair {
    fn fact(&self, fact: FactId) -> Option<i64> {
        let [a, b] = &self.0;
        [a, b]
            .into_iter()
            .find(|(own, _)| *own == fact)
            .map(|(_, value)| *value)
    }
}

/// Facts that are known.
impl Environment for Domains {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.get(fact).single()
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
