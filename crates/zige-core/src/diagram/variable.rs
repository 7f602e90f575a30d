//! What a diagram branches on, and the cells that its values fall into.

use crate::date::Date;
use crate::ids::{FactId, NodeId, PointId, ScheduleId};
use crate::pack::{Node, Pack};

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Fact(FactId),
    /// How many records of a list satisfy a filter: the `Count` node.
    Count(NodeId),
    Point(PointId),
}

/// A variable of a diagram with its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) subject: Subject,
    pub(crate) cells: Cells,
}

/// How the values of a variable fall into cells that no rule tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cells {
    /// One cell an option.
    Options(u16),
    /// The outcomes of a point, how many: first a cell for "open", then one an outcome.
    Outcomes(u16),
    /// Stretches of an interval: where each begins, ascending, and the last value of all.
    Stretches { starts: Vec<i64>, last: i64 },
}

impl Cells {
    pub(crate) fn len(&self) -> usize {
        match self {
            Cells::Options(options) => usize::from(*options),
            Cells::Outcomes(outcomes) => usize::from(*outcomes).saturating_add(1),
            Cells::Stretches { starts, .. } => starts.len(),
        }
    }

    /// The smallest and the largest value of a cell.
    pub(crate) fn bounds(&self, cell: usize) -> (i64, i64) {
        match self {
            Cells::Options(_) => {
                let option = i64::try_from(cell).unwrap_or(0);
                (option, option)
            }
            // What stands for "open" is settled when the diagram is built.
            Cells::Outcomes(_) => {
                let outcome = i64::try_from(cell.saturating_sub(1)).unwrap_or(0);
                (outcome, outcome)
            }
            Cells::Stretches { starts, last } => {
                let low = starts.get(cell).copied().unwrap_or(*last);
                let next = starts.get(cell.saturating_add(1));
                (low, next.map_or(*last, |start| start.saturating_sub(1)))
            }
        }
    }

    /// The cell that a value falls into.
    pub(crate) fn of(&self, value: i64) -> usize {
        match self {
            Cells::Options(options) => usize::try_from(value)
                .unwrap_or(0)
                .min(usize::from(*options).saturating_sub(1)),
            Cells::Outcomes(outcomes) => usize::try_from(value.saturating_add(1))
                .unwrap_or(0)
                .min(usize::from(*outcomes)),
            Cells::Stretches { starts, .. } => starts
                .partition_point(|start| *start <= value)
                .saturating_sub(1),
        }
    }
}

/// Values for the leaves of an expression; `None` where there is none yet.
pub(crate) trait Environment {
    fn fact(&self, fact: FactId) -> Option<i64>;

    fn point(&self, _point: PointId) -> Option<i64> {
        None
    }

    fn count(&self, _node: NodeId) -> Option<i64> {
        None
    }
}

/// The value of an expression, or what it needs first.
///
/// `All` and `Any` look at every operand, so that a known failure decides whatever the rest is.
pub(crate) fn value(
    pack: &Pack,
    node: NodeId,
    on: Date,
    environment: &dyn Environment,
) -> Result<i64, Subject> {
    let of = |node: NodeId| value(pack, node, on, environment);
    let date = |node: NodeId| of(node).map(Date::from_days);
    let Some(expression) = pack.nodes.get(node.index()) else {
        return Ok(0);
    };
    Ok(match expression {
        Node::Constant(value) => *value,
        Node::Option(_, position) => i64::from(*position),
        Node::Today => on.days(),
        Node::Fact(fact) => environment.fact(*fact).ok_or(Subject::Fact(*fact))?,
        Node::Point(point) => environment.point(*point).ok_or(Subject::Point(*point))?,
        Node::Count { .. } => environment.count(node).ok_or(Subject::Count(node))?,
        Node::Not(inner) => i64::from(of(*inner)? == 0),
        Node::All(parts) => lazy(parts, &of, 0)?,
        Node::Any(parts) => lazy(parts, &of, 1)?,
        Node::AtLeast(a, b) => i64::from(of(*a)? >= of(*b)?),
        Node::OneOf(inner, options) => one_of(of(*inner)?, *options),
        Node::If(condition, then, otherwise) => {
            if of(*condition)? != 0 {
                of(*then)?
            } else {
                of(*otherwise)?
            }
        }
        Node::Add(a, b) => of(*a)?.saturating_add(of(*b)?),
        Node::YearsSince(inner) => date(*inner)?.full_years_until(on),
        Node::MonthsSince(inner) => date(*inner)?.full_months_until(on),
        Node::YearsUntil(inner) => on.years_left_before(date(*inner)?),
        Node::MonthsUntil(inner) => on.months_left_before(date(*inner)?),
        Node::AddMonths(inner, months) => date(*inner)?.add_months(i64::from(*months)).days(),
        Node::Schedule {
            schedule,
            row,
            born,
        } => scheduled(pack, *schedule, *row, date(*born)?).days(),
    })
}

/// Calls `see` for a node and everything below it, operands first.
pub(crate) fn visit(pack: &Pack, node: NodeId, see: &mut dyn FnMut(NodeId)) {
    if let Some(expression) = pack.nodes.get(node.index()) {
        for operand in expression.operands() {
            visit(pack, operand, see);
        }
    }
    see(node);
}

/// 1 when the position of an option is among the bits set.
pub(crate) fn one_of(position: i64, options: u64) -> i64 {
    u32::try_from(position)
        .ok()
        .and_then(|position| 1_u64.checked_shl(position))
        .map_or(0, |bit| i64::from(options & bit != 0))
}

/// The day that a schedule sets for somebody born on `born`.
pub(crate) fn scheduled(pack: &Pack, schedule: ScheduleId, row: u16, born: Date) -> Date {
    let row = pack
        .vocabulary
        .schedules
        .get(schedule.index())
        .and_then(|schedule| schedule.rows.get(usize::from(row)));
    match row {
        Some(row) => {
            let (year, month, _) = born.ymd();
            let born_month = i64::from(year) * 12 + i64::from(month) - 1;
            let since = born_month.saturating_sub(i64::from(row.first_month));
            let delay = if since < 0 {
                0
            } else {
                (since / i64::from(row.step.max(1)))
                    .saturating_add(1)
                    .min(i64::from(row.cap))
            };
            born.add_months(i64::from(row.base_months).saturating_add(delay))
        }
        None => born,
    }
}

fn lazy(
    parts: &[NodeId],
    of: &dyn Fn(NodeId) -> Result<i64, Subject>,
    decisive: i64,
) -> Result<i64, Subject> {
    let mut open = None;
    for part in parts {
        match of(*part) {
            Ok(value) if i64::from(value != 0) == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(subject) => open = open.or(Some(subject)),
        }
    }
    open.map_or(Ok(1 - decisive), Err)
}
