//! What a diagram branches on, and the cells that its values fall into.

use crate::date::Date;
use crate::ids::{FactId, NodeId, PointId, ScheduleId};
use crate::pack::{Node, Pack};

use super::Bits;
use super::domain::Domain;

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Fact(FactId),
    /// How many records of a list satisfy each of the filters that rules count it by.
    List(FactId),
    Point(PointId),
}

/// What an expression needs before it has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Fact(FactId),
    Point(PointId),
    /// How many records satisfy a filter: the `Count` node.
    Count(NodeId),
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
    /// One cell an option; of a list, one for each way in which its counts can come out.
    Options(u16),
    /// The outcomes of a point, how many: first a cell for "open", then one an outcome.
    Outcomes(u16),
    /// Stretches of an interval: where each begins, ascending, and the last value of all.
    Stretches { starts: Vec<i64>, last: i64 },
    /// A value and the day on which it stands for its cell, where the day is not fixed.
    Moments(Vec<(i64, Date)>),
}

impl Cells {
    pub(crate) fn len(&self) -> usize {
        match self {
            Cells::Options(options) => usize::from(*options),
            Cells::Outcomes(outcomes) => usize::from(*outcomes).saturating_add(1),
            Cells::Stretches { starts, .. } => starts.len(),
            Cells::Moments(moments) => moments.len(),
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
            Cells::Moments(moments) => {
                let value = moments.get(cell).map_or(0, |(value, _)| *value);
                (value, value)
            }
        }
    }

    /// The cells that meet what is left of a fact, ascending.
    pub(crate) fn within(&self, domain: Domain) -> impl Iterator<Item = usize> + use<> {
        let (first, last, bits) = match domain {
            Domain::Options(bits) => (0, self.len().saturating_sub(1), Bits::first(bits)),
            Domain::Interval { low, high } => (self.of(low), self.of(high), Bits::ALL),
            Domain::Untracked => (0, self.len().saturating_sub(1), Bits::ALL),
        };
        (first..=last).filter(move |cell| bits.contains(*cell))
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
            Cells::Moments(moments) => moments
                .iter()
                .position(|(own, _)| *own == value)
                .unwrap_or(0),
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

    /// Which branch an `if` takes, where that is supposed.
    fn branch(&self, _node: NodeId) -> Option<bool> {
        None
    }
}

/// Which branch each `if` inside a comparison takes.
pub(crate) type Branches = Vec<(NodeId, bool)>;

/// An `if` that a value depends on when others take their branches, and its condition.
pub(crate) fn open_branch(
    pack: &Pack,
    node: NodeId,
    branches: &[(NodeId, bool)],
) -> Option<(NodeId, NodeId)> {
    let expression = pack.nodes.get(node.index())?;
    if let Node::If(condition, then, otherwise) = expression {
        return match branches.iter().find(|(own, _)| *own == node) {
            Some((_, true)) => open_branch(pack, *then, branches),
            Some((_, false)) => open_branch(pack, *otherwise, branches),
            None => Some((node, *condition)),
        };
    }
    expression
        .operands()
        .into_iter()
        .find_map(|operand| open_branch(pack, operand, branches))
}

/// The nodes that a value is made of when each `if` takes its branch.
pub(crate) fn resolved(pack: &Pack, node: NodeId, branches: &[(NodeId, bool)]) -> Vec<NodeId> {
    fn add(pack: &Pack, node: NodeId, branches: &[(NodeId, bool)], form: &mut Vec<NodeId>) {
        match pack.nodes.get(node.index()) {
            Some(Node::If(_, then, otherwise)) => {
                let then_taken = branches.iter().any(|(own, taken)| *own == node && *taken);
                let taken = if then_taken { *then } else { *otherwise };
                add(pack, taken, branches, form);
            }
            Some(expression) => {
                form.push(node);
                for operand in expression.operands() {
                    add(pack, operand, branches, form);
                }
            }
            None => {}
        }
    }
    let mut form = Vec::new();
    add(pack, node, branches, &mut form);
    form
}

/// The different ways in which the choices inside a comparison can turn out, as far as what is known
/// leaves them open.
pub(crate) fn forms(pack: &Pack, node: NodeId, known: &dyn Environment, on: Date) -> Vec<Branches> {
    fn split(
        search: &Forms<'_>,
        branches: &mut Branches,
        found: &mut Vec<(Vec<NodeId>, Branches)>,
    ) {
        let Forms {
            pack,
            node,
            known,
            on,
        } = *search;
        let Some((open, condition)) = open_branch(pack, node, branches) else {
            let form = resolved(pack, node, branches);
            if !found.iter().any(|(own, _)| *own == form) {
                found.push((form, branches.clone()));
            }
            return;
        };
        let settled = value(pack, condition, on, known)
            .ok()
            .map(|value| value != 0);
        for taken in [true, false] {
            if settled.is_none_or(|settled| settled == taken) {
                branches.push((open, taken));
                split(search, branches, found);
                branches.pop();
            }
        }
    }
    struct Forms<'a> {
        pack: &'a Pack,
        node: NodeId,
        known: &'a dyn Environment,
        on: Date,
    }
    let search = Forms {
        pack,
        node,
        known,
        on,
    };
    let mut found = Vec::new();
    split(&search, &mut Vec::new(), &mut found);
    found.into_iter().map(|(_, branches)| branches).collect()
}

/// The value of an expression, or what it needs first.
///
/// `All` and `Any` look at every operand, so that a known failure decides whatever the rest is.
pub(crate) fn value(
    pack: &Pack,
    node: NodeId,
    on: Date,
    environment: &dyn Environment,
) -> Result<i64, Need> {
    let of = |node: NodeId| value(pack, node, on, environment);
    let date = |node: NodeId| of(node).map(Date::from_days);
    let Some(expression) = pack.nodes.get(node.index()) else {
        return Ok(0);
    };
    Ok(match expression {
        Node::Constant(value) => *value,
        Node::Option(_, position) => i64::from(*position),
        Node::Today => on.days(),
        Node::Fact(fact) => environment.fact(*fact).ok_or(Need::Fact(*fact))?,
        Node::Point(point) => environment.point(*point).ok_or(Need::Point(*point))?,
        Node::Count { .. } => environment.count(node).ok_or(Need::Count(node))?,
        Node::Not(inner) => i64::from(of(*inner)? == 0),
        Node::All(parts) => lazy(parts, &of, 0)?,
        Node::Any(parts) => lazy(parts, &of, 1)?,
        Node::AtLeast(a, b) => i64::from(of(*a)? >= of(*b)?),
        Node::OneOf(inner, options) => one_of(of(*inner)?, *options),
        Node::If(condition, then, otherwise) => {
            let holds = match environment.branch(node) {
                Some(taken) => taken,
                None => of(*condition)? != 0,
            };
            of(if holds { *then } else { *otherwise })?
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

/// Whether an expression depends on the day.
pub(crate) fn moves(pack: &Pack, node: NodeId) -> bool {
    let mut moves = false;
    visit(pack, node, &mut |node| {
        moves |= matches!(
            pack.nodes.get(node.index()),
            Some(
                Node::Today
                    | Node::YearsSince(_)
                    | Node::MonthsSince(_)
                    | Node::YearsUntil(_)
                    | Node::MonthsUntil(_)
            )
        );
    });
    moves
}

/// What a node and everything below it needs, each once; the filters of counts are not looked at.
pub(crate) fn needs(pack: &Pack, node: NodeId) -> Vec<Need> {
    let mut needs = Vec::new();
    visit(pack, node, &mut |node| {
        let need = match pack.nodes.get(node.index()) {
            Some(Node::Fact(fact)) => Need::Fact(*fact),
            Some(Node::Point(point)) => Need::Point(*point),
            Some(Node::Count { .. }) => Need::Count(node),
            _ => return,
        };
        if !needs.contains(&need) {
            needs.push(need);
        }
    });
    needs
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
    of: &dyn Fn(NodeId) -> Result<i64, Need>,
    decisive: i64,
) -> Result<i64, Need> {
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
