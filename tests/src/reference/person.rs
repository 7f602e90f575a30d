//! One person, and what a rule says about them.

use zige_core::ids::{ConditionId, FactId, NodeId, PointId};
use zige_core::pack::{Node, Pack, Requirement};

use super::calendar;

/// A person of whom some facts are known exactly and the others not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The day for which the check is made, in days since 1970-01-01.
    pub today: i64,
    /// The value of each fact, in the pack's order. A fact of a record stands here only while a
    /// rule is looked at outside any record.
    pub facts: Vec<Option<i64>>,
    /// The records of each list, in the pack's order of facts.
    pub lists: Vec<Option<Vec<Row>>>,
    /// The outcome of each point.
    pub outcomes: Vec<Option<u16>>,
}

/// One record: the value of each fact, in the pack's order.
pub type Row = Vec<Option<i64>>;

/// What has to be known before a rule has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A fact of the person.
    Fact(FactId),
    /// Which records a list has.
    List(FactId),
    /// A fact of one record.
    Field {
        /// The list.
        list: FactId,
        /// The record's position.
        row: usize,
        /// The fact.
        fact: FactId,
    },
    /// How a point is decided.
    Point(PointId),
}

impl Person {
    /// Somebody of whom nothing is known.
    #[must_use]
    pub fn unknown(pack: &Pack, today: i64) -> Person {
        Person {
            today,
            facts: vec![None; pack.vocabulary.facts.len()],
            lists: vec![None; pack.vocabulary.facts.len()],
            outcomes: vec![None; pack.points.len()],
        }
    }

    /// What a node comes to.
    ///
    /// # Errors
    /// With something that has to be known first; facts before points.
    pub fn value(&self, pack: &Pack, node: NodeId) -> Result<i64, Need> {
        self.value_in(pack, node, None)
    }

    /// Whether a check's requirement holds.
    ///
    /// # Errors
    /// With something that has to be known first; facts before points.
    pub fn holds(&self, pack: &Pack, requirement: &Requirement) -> Result<bool, Need> {
        let condition = |condition: ConditionId| self.condition(pack, condition);
        self.holds_if(requirement, &condition)
    }

    /// Whether a condition holds.
    ///
    /// # Errors
    /// With something that has to be known first; facts before points.
    pub fn condition(&self, pack: &Pack, condition: ConditionId) -> Result<bool, Need> {
        let rule = pack.conditions[condition.index()].rule;
        self.value(pack, rule).map(|value| value != 0)
    }

    /// Whether a requirement holds when its conditions come to what is given.
    ///
    /// # Errors
    /// With something that has to be known first; facts before points.
    pub fn holds_if(
        &self,
        requirement: &Requirement,
        condition: &dyn Fn(ConditionId) -> Result<bool, Need>,
    ) -> Result<bool, Need> {
        let part = |part| self.holds_if(part, condition);
        match requirement {
            Requirement::Condition(id) => condition(*id),
            Requirement::All(parts) => settle(parts.iter().map(part), false),
            Requirement::Any(parts) => settle(parts.iter().map(part), true),
        }
    }

    fn value_in(
        &self,
        pack: &Pack,
        node: NodeId,
        row: Option<(FactId, usize)>,
    ) -> Result<i64, Need> {
        let value = |node: &NodeId| self.value_in(pack, *node, row);
        let holds = |node: &NodeId| value(node).map(|value| value != 0);
        Ok(match &pack.nodes[node.index()] {
            Node::Constant(value) => *value,
            Node::Today => self.today,
            Node::Option(_, position) => i64::from(*position),
            Node::Fact(fact) => self.fact(pack, *fact, row)?,
            Node::Point(point) => {
                let outcome = self.outcomes[point.index()].ok_or(Need::Point(*point))?;
                i64::from(outcome)
            }
            Node::Not(operand) => i64::from(!holds(operand)?),
            Node::All(operands) => i64::from(settle(operands.iter().map(holds), false)?),
            Node::Any(operands) => i64::from(settle(operands.iter().map(holds), true)?),
            Node::AtLeast(left, right) => {
                i64::from(both(value(left), value(right), |l, r| l >= r)?)
            }
            Node::OneOf(operand, set) => {
                let position = u32::try_from(value(operand)?).expect("an option's position");
                i64::from(set.checked_shr(position).unwrap_or(0) & 1 == 1)
            }
            Node::If(condition, then, otherwise) => {
                if holds(condition)? {
                    value(then)?
                } else {
                    value(otherwise)?
                }
            }
            Node::Add(left, right) => both(value(left), value(right), |l, r| l + r)?,
            Node::YearsSince(date) => calendar::full_years(value(date)?, self.today),
            Node::MonthsSince(date) => calendar::full_months(value(date)?, self.today),
            Node::YearsUntil(date) => calendar::years_until(self.today, value(date)?),
            Node::MonthsUntil(date) => calendar::months_until(self.today, value(date)?),
            Node::AddMonths(date, months) => calendar::add_months(value(date)?, i64::from(*months)),
            Node::Schedule {
                schedule,
                row,
                born,
            } => {
                let rows = &pack.vocabulary.schedules[schedule.index()].rows;
                calendar::scheduled(&rows[usize::from(*row)], value(born)?)
            }
            Node::Count { records, filter } => {
                let list = self.lists[records.index()].as_ref();
                let rows = list.ok_or(Need::List(*records))?.len();
                let mut count = 0;
                for position in 0..rows {
                    count += self.value_in(pack, *filter, Some((*records, position)))?;
                }
                count
            }
        })
    }

    fn fact(&self, pack: &Pack, fact: FactId, row: Option<(FactId, usize)>) -> Result<i64, Need> {
        let list = pack.vocabulary.facts[fact.index()].record_of;
        match (list, row) {
            (Some(list), Some((here, row))) if list == here => self.lists[list.index()]
                .as_ref()
                .and_then(|rows| rows[row][fact.index()])
                .ok_or(Need::Field { list, row, fact }),
            _ => self.facts[fact.index()].ok_or(Need::Fact(fact)),
        }
    }
}

/// One `settling` part settles "all" (by failing) or "any" (by holding), whatever the others need.
fn settle(parts: impl Iterator<Item = Result<bool, Need>>, settling: bool) -> Result<bool, Need> {
    let mut missing: Option<Need> = None;
    for part in parts {
        match part {
            Ok(value) if value == settling => return Ok(settling),
            Ok(_) => {}
            Err(need) => missing = Some(missing.map_or(need, |other| other.min(need))),
        }
    }
    missing.map_or(Ok(!settling), Err)
}

fn both<T>(
    left: Result<i64, Need>,
    right: Result<i64, Need>,
    join: impl Fn(i64, i64) -> T,
) -> Result<T, Need> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok(join(left, right)),
        (Err(left), Err(right)) => Err(left.min(right)),
        (Err(need), Ok(_)) | (Ok(_), Err(need)) => Err(need),
    }
}
