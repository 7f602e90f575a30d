//! When a verdict holds: the answers fixed, the date moving.
//!
//! As the days pass, comparisons of what is known turn, and the cuts in what is not known move. What is
//! possible can only turn when a comparison does, or when cuts change their order. Between those
//! days one day stands for all, and all days share few diagrams: their cells are told apart by what
//! comparisons say of them, not by where they lie.

mod axis;
mod days;
mod judged;
mod moving;
mod tied;

use crate::answers::{Answer, Answers, Records};
use crate::date::Date;
use crate::diagram::{
    Builder, Cells, Domain, Domains, ListCells, Need, Subject, build_relaxed, comparisons, moves,
    needs,
};
use crate::evaluator::{EvaluatorError, links};
use crate::ids::{CheckId, FactId, NodeId};
use crate::pack::{Check, Pack};
use crate::report::Window;
use crate::sorting::sort;
use crate::verdict::Possible;

use axis::{Axis, Cell, filters};
use days::{Fixed, Span, axis_turns, fixed};
use judged::Judged;
use tied::Ties;

/// How far ahead windows look.
const YEARS_AHEAD: i64 = 40;

/// The verdict on each day from `on` to 40 years later, as closed intervals without gaps.
///
/// # Errors
/// As [`Evaluator::new`](crate::evaluator::Evaluator::new).
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
    let links = links(pack, on)?;
    let domains = Domains::of(pack, answers);
    let rules = rules_of(pack, known);
    let moving = Moving {
        pack,
        check: known,
        answers,
        on,
        domains: &domains,
        axes: unknown(pack, &domains, &rules)
            .into_iter()
            .map(|fact| Axis::new(pack, &domains, &rules, fact, on))
            .collect(),
        fixed: fixed(pack, &domains, &rules, on),
        ties: Ties::new(pack, &links, &domains, on),
        rules,
    };
    let days = moving.days(Span {
        first: on.days(),
        last: end.days(),
    });
    let possible = moving.judge(&days)?;
    let mut windows: Vec<Window> = Vec::new();
    for (index, (day, possible)) in days.iter().zip(possible).enumerate() {
        let from = Date::from_days(*day);
        let to = days
            .get(index.saturating_add(1))
            .map_or(end, |next| Date::from_days(next.saturating_sub(1)));
        match windows.last_mut() {
            Some(last) if last.possible == possible => last.to = to,
            _ => windows.push(Window { from, to, possible }),
        }
    }
    Ok(windows)
}

/// The rules of a check, and all constraints.
fn rules_of(pack: &Pack, check: &Check) -> Vec<NodeId> {
    let conditions = check
        .conditions
        .iter()
        .filter_map(|id| pack.conditions.get(id.index()));
    conditions
        .map(|condition| condition.rule)
        .chain(pack.constraints.iter().map(|constraint| constraint.rule))
        .collect()
}

/// The dates and numbers that rules use and of which several values are left.
fn unknown(pack: &Pack, domains: &Domains, rules: &[NodeId]) -> Vec<FactId> {
    let mut unknown = Vec::new();
    for need in rules.iter().flat_map(|rule| needs(pack, *rule)) {
        if let Need::Fact(fact) = need
            && let Domain::Interval { low, high } = domains.get(fact)
            && low < high
            && !unknown.contains(&fact)
        {
            unknown.push(fact);
        }
    }
    unknown
}

/// A check whose day moves.
struct Moving<'a> {
    pack: &'a Pack,
    check: &'a Check,
    answers: &'a Answers,
    on: Date,
    /// What the answers leave, before links.
    domains: &'a Domains,
    rules: Vec<NodeId>,
    axes: Vec<Axis<'a>>,
    fixed: Vec<Fixed>,
    ties: Ties<'a>,
}

/// What is left on a day in one case of the choices that links depend on.
struct View {
    /// The case's position.
    case: usize,
    /// What links leave.
    domains: Domains,
    /// For each axis its cells.
    cells: Vec<Vec<Cell>>,
}

/// One of the days that stand for others.
struct Moment {
    day: i64,
    views: Vec<View>,
    lists: Vec<ListCells>,
}

impl Moving<'_> {
    /// The days from which something may be different, ascending, the first included.
    fn days(&self, span: Span) -> Vec<i64> {
        let mut days = vec![span.first];
        for fixed in &self.fixed {
            fixed.turns(self.pack, self.domains, span, &mut days);
        }
        for (index, axis) in self.axes.iter().enumerate() {
            let ends = self.ties.resting_ends(axis.fact);
            axis_turns(axis, &ends, span, &mut days);
            self.ties.end_turns(axis, span, &mut days);
            for other in self.axes.iter().skip(index.saturating_add(1)) {
                self.ties.pair_turns(axis, other, span, &mut days);
            }
        }
        for (list, filters) in filters(self.pack, &self.rules) {
            self.record_days(list, &filters, span, &mut days);
        }
        sort(&mut days);
        days.dedup();
        days
    }

    /// The days on which the records of a list, or one more of which nothing is known, turn.
    fn record_days(&self, list: FactId, filters: &[NodeId], span: Span, days: &mut Vec<i64>) {
        let nothing = Records::default();
        let records = match self.answers.get(list) {
            Answer::Records(records) => records,
            _ => &nothing,
        };
        let blank = (!records.complete).then_some(&[][..]);
        for row in records.rows.iter().map(Vec::as_slice).chain(blank) {
            let mut domains = self.domains.clone();
            for (fact, answer) in row {
                domains.restrict_one(*fact, answer);
            }
            for fixed in fixed(self.pack, &domains, filters, self.on) {
                fixed.turns(self.pack, &domains, span, days);
            }
            for fact in unknown(self.pack, &domains, filters) {
                let axis = Axis::new(self.pack, &domains, filters, fact, self.on);
                if let Domain::Interval { low, high } = domains.get(fact) {
                    axis_turns(&axis, &[low, high], span, days);
                }
            }
        }
    }

    /// What is possible on each of some days.
    fn judge(&self, days: &[i64]) -> Result<Vec<Possible>, EvaluatorError> {
        let moments: Vec<Moment> = days
            .iter()
            .map(|day| self.moment(*day))
            .collect::<Result<_, _>>()?;
        let mut groups: Vec<(Vec<i64>, Vec<usize>)> = Vec::new();
        for (index, moment) in moments.iter().enumerate() {
            let key = self.key(moment);
            match groups.iter_mut().find(|(own, _)| *own == key) {
                Some((_, members)) => members.push(index),
                None => groups.push((key, vec![index])),
            }
        }
        let mut possible = vec![Possible::NONE; days.len()];
        for (_, members) in groups {
            let members: Vec<(usize, &Moment)> = members
                .into_iter()
                .filter_map(|index| Some((index, moments.get(index)?)))
                .collect();
            let mut judged = self.build(members.iter().map(|(_, moment)| *moment))?;
            for (index, moment) in members {
                if let Some(place) = possible.get_mut(index) {
                    *place = judged.possible(moment, self.answers, &self.ties);
                }
            }
        }
        Ok(possible)
    }

    fn moment(&self, day: i64) -> Result<Moment, EvaluatorError> {
        let views = self
            .ties
            .cases(day)
            .into_iter()
            .map(|(case, domains)| {
                let cells = self
                    .axes
                    .iter()
                    .map(|axis| match domains.get(axis.fact) {
                        Domain::Interval { low, high } => axis.cells(day, (low, high)),
                        _ => Vec::new(),
                    })
                    .collect();
                View {
                    case,
                    domains,
                    cells,
                }
            })
            .collect();
        Ok(Moment {
            day,
            views,
            lists: self.lists(day)?,
        })
    }

    /// The lists' counts on a day.
    fn lists(&self, day: i64) -> Result<Vec<ListCells>, EvaluatorError> {
        let counting: Vec<NodeId> = comparisons(self.pack, &self.rules)
            .into_iter()
            .filter(|node| {
                needs(self.pack, *node)
                    .iter()
                    .any(|need| matches!(need, Need::Count(_)))
            })
            .collect();
        if counting.is_empty() {
            return Ok(Vec::new());
        }
        let mut builder = Builder::new(self.pack, Date::from_days(day), self.domains);
        builder.find_variables(&[], &counting);
        builder.find_cells(&counting)?;
        Ok(builder.lists)
    }

    /// Equal for days that one diagram serves.
    fn key(&self, moment: &Moment) -> Vec<i64> {
        let fixed = self
            .fixed
            .iter()
            .map(|fixed| i64::from(fixed.holds(self.pack, self.domains, moment.day)));
        let patterns = moment
            .lists
            .iter()
            .flat_map(|list| [-1].into_iter().chain(list.any_record().iter().copied()));
        fixed.chain(patterns).collect()
    }

    /// The diagram that serves some moments.
    fn build<'m>(
        &self,
        moments: impl Iterator<Item = &'m Moment>,
    ) -> Result<Judged, EvaluatorError> {
        let mut kinds: Vec<Vec<Vec<bool>>> = vec![Vec::new(); self.axes.len()];
        let mut examples: Vec<Vec<(i64, Date)>> = vec![Vec::new(); self.axes.len()];
        let mut first = None;
        for moment in moments {
            let day = Date::from_days(moment.day);
            first = first.or(Some(day));
            for view in &moment.views {
                let places = kinds.iter_mut().zip(&mut examples);
                for (cells, (kinds, examples)) in view.cells.iter().zip(places) {
                    for cell in cells {
                        if !kinds.contains(&cell.after) {
                            kinds.push(cell.after.clone());
                            examples.push((cell.first, day));
                        }
                    }
                }
            }
        }
        let day = first.unwrap_or(self.on);
        let mut builder = Builder::new(self.pack, day, self.domains);
        builder.find_variables(&self.check.facts, &self.rules);
        for (axis, examples) in self.axes.iter().zip(examples) {
            builder.set_cells(Subject::Fact(axis.fact), Cells::Moments(examples));
        }
        builder.find_cells(&self.rules)?;
        builder.order_variables(&self.rules);
        let axes = self.axes.iter().map(|axis| axis.fact).collect();
        Ok(Judged::new(
            build_relaxed(builder, self.check)?,
            axes,
            kinds,
        ))
    }
}

/// Whether some links depend on the day.
fn any_moves(pack: &Pack, rules: impl Iterator<Item = NodeId>) -> bool {
    rules.into_iter().any(|rule| moves(pack, rule))
}
