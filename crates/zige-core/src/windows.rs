//! When a verdict holds: the answers fixed, the date moving.

use crate::answers::{Answer, Answers};
use crate::date::Date;
use crate::diagram::{
    Domain, Domains, Environment, Subject, comparisons, first_where, links, value, visit,
};
use crate::evaluator::{Evaluator, EvaluatorError};
use crate::ids::{CheckId, FactId, NodeId, PointId};
use crate::pack::{Node, Pack};
use crate::report::Window;
use crate::sorting::sort;

/// How far ahead windows look.
const YEARS_AHEAD: i64 = 40;

/// The verdict on each day from `on` to 40 years later, as closed intervals without gaps.
///
/// # Errors
/// As [`Evaluator::new`].
pub fn windows(
    pack: &Pack,
    check: CheckId,
    answers: &Answers,
    on: Date,
) -> Result<Vec<Window>, EvaluatorError> {
    let known = pack
        .checks
        .get(check.index())
        .ok_or(EvaluatorError::NoSuchCheck(check))?;
    let end = on.add_months(YEARS_AHEAD.saturating_mul(12));
    let rules: Vec<NodeId> = known
        .conditions
        .iter()
        .filter_map(|id| {
            pack.conditions
                .get(id.index())
                .map(|condition| condition.rule)
        })
        .chain(pack.constraints.iter().map(|constraint| constraint.rule))
        .collect();
    let domains = left_between(pack, answers, on, end);
    let mut days = vec![on.days()];
    for comparison in comparisons(pack, &rules) {
        let search = Search {
            pack,
            domains: &domains,
            answers,
            comparison,
            from: on.days(),
            to: end.days(),
        };
        search.turning_days(&[], &mut days);
    }
    add_drifting_days(
        pack,
        answers,
        &domains,
        &comparisons(pack, &rules),
        on,
        end,
        &mut days,
    );
    for (list, filter) in counts(pack, &rules) {
        let Answer::Records(records) = answers.get(list) else {
            continue;
        };
        for row in &records.rows {
            let mut domains = domains.clone();
            for (fact, answer) in row {
                domains.restrict_one(*fact, answer);
            }
            for comparison in comparisons(pack, &[filter]) {
                let search = Search {
                    pack,
                    domains: &domains,
                    answers,
                    comparison,
                    from: on.days(),
                    to: end.days(),
                };
                search.turning_days(&[], &mut days);
            }
        }
    }
    sort(&mut days);
    days.dedup();

    let mut windows: Vec<Window> = Vec::new();
    for (index, day) in days.iter().enumerate() {
        let from = Date::from_days(*day);
        let to = days
            .get(index.saturating_add(1))
            .map_or(end, |next| Date::from_days(next.saturating_sub(1)));
        let possible = Evaluator::for_answers(pack, check, from, answers)?.possible(pack, answers);
        match windows.last_mut() {
            Some(last) if last.possible == possible => last.to = to,
            _ => windows.push(Window { from, to, possible }),
        }
    }
    Ok(windows)
}

/// What answers and constraints leave of each fact on some day between two; each end of an interval
/// moves one way only as the days pass.
fn left_between(pack: &Pack, answers: &Answers, on: Date, end: Date) -> Domains {
    let links = links(pack);
    let mut left = Domains::of(pack, answers);
    let (mut first, mut last) = (left.clone(), left.clone());
    // Answers that contradict each other on one of the days leave nothing there to look at.
    if first.narrow(pack, on, &links).is_err() || last.narrow(pack, end, &links).is_err() {
        return left;
    }
    for (index, _) in pack.vocabulary.facts.iter().enumerate() {
        let fact = FactId(u16::try_from(index).unwrap_or(u16::MAX));
        let both = match (first.get(fact), last.get(fact)) {
            (Domain::Options(a), Domain::Options(b)) => Domain::Options(a | b),
            (Domain::Interval { low: a, high: b }, Domain::Interval { low: c, high: d }) => {
                Domain::Interval {
                    low: a.min(c),
                    high: b.max(d),
                }
            }
            _ => continue,
        };
        left.set(fact, both);
    }
    left
}

/// While a date is known only in part, several comparisons cut what is left of it, and the cuts
/// move as the days pass. The verdict can also turn on the days when two cuts meet, or one meets
/// an end: every day is looked at in the quarters in which some come near each other.
fn add_drifting_days(
    pack: &Pack,
    answers: &Answers,
    domains: &Domains,
    comparisons: &[NodeId],
    on: Date,
    end: Date,
    days: &mut Vec<i64>,
) {
    let mut facts: Vec<FactId> = Vec::new();
    for comparison in comparisons {
        visit(pack, *comparison, &mut |node| {
            if let Some(Node::Fact(fact)) = pack.nodes.get(node.index())
                && matches!(domains.get(*fact), Domain::Interval { low, high } if low < high)
                && !facts.contains(fact)
            {
                facts.push(*fact);
            }
        });
    }
    for fact in facts {
        let mut kinds: Vec<Cut> = Vec::new();
        for comparison in comparisons {
            let search = Search {
                pack,
                domains,
                answers,
                comparison: *comparison,
                from: on.days(),
                to: end.days(),
            };
            search.kinds(fact, &[], &mut kinds);
        }
        let cuts_on = |day: Date| -> Vec<Place> {
            kinds
                .iter()
                .map(|cut| cut.on(pack, domains, answers, fact, day))
                .collect()
        };
        let mut from = on;
        let mut before = cuts_on(from);
        while from < end {
            let to = from.add_months(3).min(end);
            let after = cuts_on(to);
            if may_meet(&before, &after) {
                let mut order = order_of(&before);
                let mut day = from.add_days(1);
                while day <= to {
                    let next = order_of(&cuts_on(day));
                    if next != order {
                        days.push(day.days());
                        order = next;
                    }
                    day = day.add_days(1);
                }
            }
            from = to;
            before = after;
        }
    }
}

/// The most days by which two cuts can move against each other in a quarter and back.
const DRIFT: i64 = 40;

/// Where a comparison cuts what is left of a fact on some day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// The first value after the cut; one past the last value where it does not cut.
    cut: i64,
    /// What the comparison comes to at the first value.
    first: i64,
}

/// Whether two of the cuts, in one order throughout, can have met between two days.
fn may_meet(before: &[Place], after: &[Place]) -> bool {
    // A cut may also have come in at one end and left at the other.
    if before.len() != after.len()
        || before
            .iter()
            .zip(after)
            .any(|(was, is)| was.first != is.first)
    {
        return true;
    }
    let cut = |place: &Place| place.cut;
    let pairs = || {
        before
            .iter()
            .map(cut)
            .zip(after.iter().map(cut))
            .enumerate()
    };
    pairs().any(|(index, (before_a, after_a))| {
        pairs()
            .skip(index.saturating_add(1))
            .any(|(_, (before_b, after_b))| {
                let was = before_a.saturating_sub(before_b);
                let is = after_a.saturating_sub(after_b);
                let both_still = before_a == after_a && before_b == after_b;
                !both_still
                    && (was.signum() != is.signum() || was.abs() < DRIFT || is.abs() < DRIFT)
            })
    })
}

/// How each pair of cuts stands to each other.
fn order_of(cuts: &[Place]) -> Vec<std::cmp::Ordering> {
    let mut order = Vec::new();
    for (index, a) in cuts.iter().enumerate() {
        for b in cuts.iter().skip(index.saturating_add(1)) {
            order.push(a.cut.cmp(&b.cut));
        }
    }
    order
}

/// The lists that some rules count, with their filters.
fn counts(pack: &Pack, rules: &[NodeId]) -> Vec<(FactId, NodeId)> {
    let mut counts = Vec::new();
    for rule in rules {
        visit(pack, *rule, &mut |node| {
            if let Some(Node::Count { records, filter }) = pack.nodes.get(node.index())
                && !counts.contains(&(*records, *filter))
            {
                counts.push((*records, *filter));
            }
        });
    }
    counts
}

/// Looks for the days on which one comparison turns. For fixed facts it turns at most once,
/// because each side only grows or only shrinks as the days pass.
struct Search<'a> {
    pack: &'a Pack,
    domains: &'a Domains,
    answers: &'a Answers,
    comparison: NodeId,
    from: i64,
    to: i64,
}

impl Search<'_> {
    fn turning_days(&self, chosen: &[(Subject, i64)], days: &mut Vec<i64>) {
        let environment = Chosen {
            domains: self.domains,
            answers: self.answers,
            chosen,
        };
        let at = |day: i64| {
            value(
                self.pack,
                self.comparison,
                Date::from_days(day),
                &environment,
            )
        };
        match (at(self.from), at(self.to)) {
            (Ok(first), Ok(last)) if first != last => {
                days.push(first_where(self.from, self.to, &|day| at(day) == Ok(last)));
            }
            (Ok(_), Ok(_)) => {}
            (Err(needed), _) | (_, Err(needed)) => {
                for value in self.values(needed) {
                    let mut chosen = chosen.to_vec();
                    chosen.push((needed, value));
                    self.turning_days(&chosen, days);
                }
            }
        }
    }

    /// The different ways in which the comparison can cut what is left of a fact, depending on
    /// the other facts and points that it needs.
    fn kinds(&self, fact: FactId, chosen: &[(Subject, i64)], kinds: &mut Vec<Cut>) {
        let Domain::Interval { low, .. } = self.domains.get(fact) else {
            return;
        };
        let mut tried = chosen.to_vec();
        tried.push((Subject::Fact(fact), low));
        let environment = Chosen {
            domains: self.domains,
            answers: self.answers,
            chosen: &tried,
        };
        let day = Date::from_days(self.from);
        match value(self.pack, self.comparison, day, &environment) {
            Ok(_) => {
                let mut form = Vec::new();
                resolve(self.pack, self.comparison, day, &environment, &mut form);
                let uses_fact = form
                    .iter()
                    .any(|node| self.pack.nodes.get(node.index()) == Some(&Node::Fact(fact)));
                if uses_fact && !kinds.iter().any(|known| known.form == form) {
                    kinds.push(Cut {
                        comparison: self.comparison,
                        chosen: chosen.to_vec(),
                        form,
                    });
                }
            }
            Err(needed) => {
                for value in self.values(needed) {
                    let mut chosen = chosen.to_vec();
                    chosen.push((needed, value));
                    self.kinds(fact, &chosen, kinds);
                }
            }
        }
    }

    /// Every option that is left, or both ends of an interval.
    fn values(&self, subject: Subject) -> Vec<i64> {
        match subject {
            Subject::Fact(fact) => match self.domains.get(fact) {
                Domain::Options(bits) => (0..64)
                    .filter(|option| bits & (1_u64 << option) != 0)
                    .map(i64::from)
                    .collect(),
                Domain::Interval { low, high } => vec![low, high],
                Domain::Untracked => vec![0],
            },
            Subject::Point(point) => {
                let outcomes = self
                    .pack
                    .points
                    .get(point.index())
                    .map_or(1, |point| point.outcomes.len());
                (0..i64::try_from(outcomes).unwrap_or(1)).collect()
            }
            // Only the records' own dates move a count; they are searched for by themselves.
            Subject::Count(_) => vec![0, i64::from(u16::MAX)],
        }
    }
}

/// One way in which a comparison cuts a fact: the same expression once its choices are made.
struct Cut {
    comparison: NodeId,
    chosen: Vec<(Subject, i64)>,
    form: Vec<NodeId>,
}

impl Cut {
    /// Where it cuts what is left of the fact on a day; an end where it does not.
    fn on(
        &self,
        pack: &Pack,
        domains: &Domains,
        answers: &Answers,
        fact: FactId,
        day: Date,
    ) -> Place {
        let Domain::Interval { low, high } = domains.get(fact) else {
            return Place { cut: 0, first: 0 };
        };
        let at = |point: i64| {
            let environment = AtPoint {
                chosen: Chosen {
                    domains,
                    answers,
                    chosen: &self.chosen,
                },
                fact,
                point,
            };
            value(pack, self.comparison, day, &environment)
        };
        let (first, last) = (at(low), at(high));
        Place {
            cut: if first == last {
                high.saturating_add(1)
            } else {
                first_where(low, high, &|point| at(point) == last)
            },
            first: first.unwrap_or(0),
        }
    }
}

/// The nodes of an expression that are left when its choices are made.
fn resolve(
    pack: &Pack,
    node: NodeId,
    day: Date,
    environment: &dyn Environment,
    form: &mut Vec<NodeId>,
) {
    match pack.nodes.get(node.index()) {
        Some(Node::If(condition, then, otherwise)) => {
            let holds = value(pack, *condition, day, environment) != Ok(0);
            let branch = if holds { *then } else { *otherwise };
            resolve(pack, branch, day, environment, form);
        }
        Some(expression) => {
            form.push(node);
            for operand in expression.operands() {
                resolve(pack, operand, day, environment, form);
            }
        }
        None => {}
    }
}

struct AtPoint<'a> {
    chosen: Chosen<'a>,
    fact: FactId,
    point: i64,
}

impl Environment for AtPoint<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        if fact == self.fact {
            Some(self.point)
        } else {
            self.chosen.fact(fact)
        }
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.chosen.point(point)
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.chosen.count(node)
    }
}

struct Chosen<'a> {
    domains: &'a Domains,
    answers: &'a Answers,
    chosen: &'a [(Subject, i64)],
}

impl Chosen<'_> {
    fn get(&self, subject: Subject) -> Option<i64> {
        self.chosen
            .iter()
            .find(|(own, _)| *own == subject)
            .map(|(_, value)| *value)
    }
}

impl Environment for Chosen<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.domains
            .get(fact)
            .single()
            .or_else(|| self.get(Subject::Fact(fact)))
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.answers
            .outcome(point)
            .map(i64::from)
            .or_else(|| self.get(Subject::Point(point)))
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.get(Subject::Count(node))
    }
}
