//! What an evaluation tells: positions in the pack, no wording.

use crate::answers::Answers;
use crate::date::Date;
use crate::ids::{ConditionId, FactId, PointId};
use crate::programme::{ApplicationState, ProgrammeState};
use crate::verdict::Possible;

/// The result of a check. `possible.verdict()` is the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The day for which the check was made.
    pub on: Date,
    /// The state of the text on that day.
    pub programme: ProgrammeState,
    /// Whether applications are taken on that day.
    pub applications: ApplicationState,
    /// What the completions reach; empty when the answers contradict each other.
    pub possible: Possible,
    /// For an incomplete verdict: two completions that come to different classes.
    pub witnesses: Option<Box<[Answers; 2]>>,
    /// Each condition of the check, in author order.
    pub conditions: Vec<ConditionReport>,
    /// Facts that can still shrink `possible` while facts that the person does not know stay
    /// unknown, in the order to ask. The first is the next question.
    pub missing: Vec<Missing>,
    /// Facts that the person does not know and that still matter, in author order.
    pub blocked_by: Vec<FactId>,
}

/// One condition's own result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionReport {
    /// The condition.
    pub condition: ConditionId,
    /// What it can come to by itself.
    pub possible: Possible,
    /// The facts with an answer that its rule can use.
    pub facts: Vec<FactId>,
    /// The open points that still matter to it.
    pub points: Vec<PointId>,
    /// Whether all its facts are only declared.
    pub declared: bool,
}

/// A fact to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The fact.
    pub fact: FactId,
    /// For a fact of a list: the record, from 0.
    pub record: Option<u16>,
}

/// Why the verdict is what it is: minimal sets of conditions that fix it whatever the others are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Because {
    /// For an eligible or ineligible verdict: the sets that fix it. For a discretionary one: the
    /// sets that keep it from being eligible.
    pub sets: Vec<Vec<ConditionId>>,
    /// For a discretionary verdict: the sets that keep it from being ineligible.
    pub still: Vec<Vec<ConditionId>>,
}

/// What would change a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Changes {
    /// Minimal sets of new values, smallest first.
    pub sets: Vec<Change>,
    /// Whether there are more.
    pub truncated: bool,
}

/// One way to a better verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The facts to change, each with the nearest value that will do.
    pub facts: Vec<(FactId, i64)>,
    /// What the verdict is then.
    pub class: crate::verdict::Class,
}

/// A closed interval of dates on which the verdict stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The verdict on each of these days.
    pub possible: Possible,
}

/// A proof to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// The fact that it proves.
    pub fact: FactId,
    /// The conditions that used the fact.
    pub conditions: Vec<ConditionId>,
    /// How many copies a form of the check asks for; `None` when the text does not say.
    pub copies: Option<u8>,
}

/// A route of the check and the cases of it that can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// Position in [`Pack::routes`](crate::pack::Pack).
    pub route: usize,
    /// Positions of the cases that can apply, and whether each certainly does.
    pub cases: Vec<(usize, bool)>,
}
