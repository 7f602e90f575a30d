//! The days on which what is possible can turn.

use crate::date::Date;
use crate::diagram::{
    Branches, Domains, Need, comparisons, first_where, forms, is_measured, moves, needs, value,
};
use crate::ids::NodeId;
use crate::pack::Pack;

use super::axis::{Axis, choices};
use super::moving::{Chosen, Predicate};

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Span {
    /// Adds the day on which something turns that turns at most once.
    fn turn(self, days: &mut Vec<i64>, holds: &dyn Fn(i64) -> bool) {
        let last = holds(self.last);
        if holds(self.first) != last {
            days.push(first_where(self.first, self.last, &|day| {
                holds(day) == last
            }));
        }
    }
}

/// A comparison of what is known with the day, in one way in which its choices can be made.
pub(super) struct Fixed {
    comparison: NodeId,
    branches: Branches,
    chosen: Vec<(Need, i64)>,
}

/// The comparisons that turn as the days pass while every date and number in them is known.
pub(super) fn fixed(pack: &Pack, domains: &Domains, rules: &[NodeId], day: Date) -> Vec<Fixed> {
    let mut found = Vec::new();
    for comparison in comparisons(pack, rules) {
        let known = needs(pack, comparison).iter().all(|need| match need {
            Need::Fact(fact) => !is_measured(pack, *fact) || domains.get(*fact).single().is_some(),
            _ => true,
        });
        if known && moves(pack, comparison) {
            for branches in forms(pack, comparison, domains, day) {
                let mut fixed = Fixed {
                    comparison,
                    branches,
                    chosen: Vec::new(),
                };
                add_fixed(pack, domains, day, &mut fixed, &mut found);
            }
        }
    }
    found
}

fn add_fixed(pack: &Pack, domains: &Domains, day: Date, fixed: &mut Fixed, found: &mut Vec<Fixed>) {
    match fixed.value(pack, domains, day) {
        Ok(_) => found.push(Fixed {
            comparison: fixed.comparison,
            branches: fixed.branches.clone(),
            chosen: fixed.chosen.clone(),
        }),
        Err(needed) => {
            for value in choices(pack, domains, needed) {
                fixed.chosen.push((needed, value));
                add_fixed(pack, domains, day, fixed, found);
                fixed.chosen.pop();
            }
        }
    }
}

impl Fixed {
    fn value(&self, pack: &Pack, domains: &Domains, day: Date) -> Result<i64, Need> {
        let environment = Chosen {
            domains,
            chosen: &self.chosen,
            branches: &self.branches,
        };
        value(pack, self.comparison, day, &environment)
    }

    pub(super) fn holds(&self, pack: &Pack, domains: &Domains, day: i64) -> bool {
        self.value(pack, domains, Date::from_days(day))
            .is_ok_and(|value| value != 0)
    }

    pub(super) fn turns(&self, pack: &Pack, domains: &Domains, span: Span, days: &mut Vec<i64>) {
        span.turn(days, &|day| self.holds(pack, domains, day));
    }
}

/// Adds the days on which the cuts of an axis change their order, or pass a first or last value.
pub(super) fn axis_turns(axis: &Axis<'_>, ends: &[i64], span: Span, days: &mut Vec<i64>) {
    for (index, predicate) in axis.predicates.iter().enumerate() {
        for end in ends {
            passes(predicate, *end, span, days);
        }
        for other in axis.predicates.iter().skip(index.saturating_add(1)) {
            match (predicate.moves, other.moves) {
                (false, false) => {}
                (true, false) => crosses(predicate, other.cut(span.first), span, days),
                (false, true) => crosses(other, predicate.cut(span.first), span, days),
                (true, true) => {
                    let (a, b) = (|day| predicate.cut(day), |day| other.cut(day));
                    if predicate.keeps_step && other.keeps_step {
                        in_step(&[&a, &b], span, days);
                    } else if predicate.meets_in_somebody(other) {
                        meets(&a, &b, span, days);
                    }
                }
            }
        }
    }
}

/// Adds the days on which a cut comes to a resting one and leaves it behind.
pub(super) fn crosses(predicate: &Predicate<'_>, cut: i64, span: Span, days: &mut Vec<i64>) {
    passes(predicate, cut, span, days);
    passes(predicate, cut.saturating_sub(1), span, days);
}

/// Adds the day on which a cut passes a value.
fn passes(predicate: &Predicate<'_>, at: i64, span: Span, days: &mut Vec<i64>) {
    if predicate.moves {
        span.turn(days, &|day| predicate.after(at, day));
    }
}

/// Adds the days on which places that move a day each day begin to, or end: between them they keep
/// their order.
pub(super) fn in_step(places: &[&dyn Fn(i64) -> i64], span: Span, days: &mut Vec<i64>) {
    for place in places {
        let (first, last) = (place(span.first), place(span.last));
        span.turn(days, &|day| place(day) != first);
        span.turn(days, &|day| place(day) == last);
    }
}

/// Adds the days on which two places, each of which moves one way only, change their order.
pub(super) fn meets(
    a: &dyn Fn(i64) -> i64,
    b: &dyn Fn(i64) -> i64,
    span: Span,
    days: &mut Vec<i64>,
) {
    let (a_first, a_last) = (a(span.first), a(span.last));
    let (b_first, b_last) = (b(span.first), b(span.last));
    let still = a_first == a_last && b_first == b_last;
    let apart =
        a_first.max(a_last) < b_first.min(b_last) || b_first.max(b_last) < a_first.min(a_last);
    if still || apart || span.first >= span.last {
        return;
    }
    if span.last.saturating_sub(span.first) == 1 {
        if a_first.cmp(&b_first) != a_last.cmp(&b_last) {
            days.push(span.last);
        }
        return;
    }
    let middle = span
        .first
        .saturating_add(span.last.saturating_sub(span.first) / 2);
    for half in [
        Span {
            last: middle,
            ..span
        },
        Span {
            first: middle,
            ..span
        },
    ] {
        meets(a, b, half, days);
    }
}
