//! The blocks of a policy.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::ids::{ArticleId, CheckId, ConditionId, FactId, NodeId, PointId};

use super::Requirement;

/// An article, numbered item or unnumbered last paragraph, with the blocks that stand under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// `第六条（一）`, `第二十九条末段`, `一（一）1`.
    pub name: String,
    /// The chapter heading that it stands under; may be empty.
    pub chapter: String,
    /// What it says, in plain Chinese.
    pub gist: String,
    /// The operative words, verbatim.
    pub quotes: Vec<String>,
    /// The blocks under it, in order.
    pub blocks: Vec<Block>,
}

/// A reference to a block under an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its position in the pack's table of that kind.
    pub index: u16,
}

/// The kinds of block that an article can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A requirement of a check.
    Condition,
    /// Who is checked for what.
    Check,
    /// An amount or a benefit.
    Entitlement,
    /// Which office does what.
    Route,
    /// A grading table.
    Grade,
    /// A continuing duty.
    Obligation,
    /// A date or period.
    Deadline,
    /// A form or paper.
    Form,
    /// An open decision.
    Point,
    /// Facts that must fit together.
    Constraint,
    /// A worked example (kept in the source, run by the compiler).
    Example,
    /// Read, and nothing to compute.
    Note,
}

/// When a programme is in force and when it takes applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// A draft for comment: not in force by itself.
    pub draft: bool,
    /// When the text is in force.
    pub force: Interval,
    /// When applications are taken.
    pub applications: Interval,
    /// What replaces it, from when on.
    pub replaced: Option<(Date, String)>,
    /// The article that sets the periods, if one does.
    pub article: Option<ArticleId>,
    /// What to tell people about its state, in plain Chinese.
    pub remark: String,
}

/// A period with both ends included; an end may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if known and if there is one.
    pub to: Option<Date>,
}

/// Facts that must fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// English snake_case.
    pub id: String,
    /// The yes/no expression that holds for every real person.
    pub rule: NodeId,
    /// What to tell somebody whose answers break it.
    pub message: String,
    /// The facts it links, in author order.
    pub facts: Vec<FactId>,
}

/// A named open decision that only an authority can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// English snake_case.
    pub id: String,
    /// Where it stands; `None` for one of the shared vocabulary.
    pub article: Option<ArticleId>,
    /// A short Chinese name.
    pub label: String,
    /// The office that decides.
    pub owner: String,
    /// What is to be decided, as a question.
    pub question: String,
    /// Why the text leaves it open.
    pub reason: String,
    /// Two to four outcomes, from the sternest to the most lenient.
    pub outcomes: Vec<String>,
}

/// How firm a requirement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// No exception.
    Hard,
    /// 原则上, 一般.
    InPrinciple,
    /// May be relaxed on a stated ground.
    Relaxable,
}

/// A requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// Other articles that bear on it.
    pub see: Vec<ArticleId>,
    /// A short Chinese name.
    pub label: String,
    /// How firm it is.
    pub strength: Strength,
    /// The yes/no expression.
    pub rule: NodeId,
    /// What to say when it is met, in plain Chinese; may be empty.
    pub met: String,
    /// What to say when it is not met; may be empty.
    pub unmet: String,
    /// What to say when an authority has to decide; may be empty.
    pub open: String,
    /// The facts that the rule can use, in author order.
    pub facts: Vec<FactId>,
    /// The points that the rule can use.
    pub points: Vec<PointId>,
}

/// Whether a person or a unit is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A natural person.
    Person,
    /// An employer or other organisation.
    Unit,
}

/// Who is checked for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// English snake_case: `trainee`, `mentor`, `reward`.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// The role, in Chinese: `学员`, `导师`.
    pub label: String,
    /// What is checked, as a question to the applicant.
    pub question: String,
    /// A person or a unit.
    pub who: Who,
    /// The conditions that it uses, in author order.
    pub conditions: Vec<ConditionId>,
    /// How they combine.
    pub require: Requirement,
    /// The facts that it can ask, in author order.
    pub facts: Vec<FactId>,
}

/// An amount or a benefit and what earns it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// A short Chinese name.
    pub label: String,
    /// The benefit, in plain Chinese.
    pub benefit: String,
    /// The amount in 分, when the text fixes one.
    pub amount: Option<i64>,
    /// `每人`, `一次性`, `每年`; may be empty.
    pub per: String,
    /// Who pays or grants it; may be empty.
    pub payer: String,
    /// The check it belongs to.
    pub check: Option<CheckId>,
    /// The yes/no expression that earns it; `None` when everyone in the programme has it.
    pub when: Option<NodeId>,
    /// What limits it (`可`, `不低于`), in plain Chinese; may be empty.
    pub limit: String,
}

/// Which office does what, in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// A short Chinese name.
    pub label: String,
    /// The check whose result page shows it.
    pub check: Option<CheckId>,
    /// Alternatives, tried in order; the first whose `when` holds applies.
    pub cases: Vec<Case>,
}

/// One alternative of a [`Route`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// For whom, in Chinese; may be empty.
    pub label: String,
    /// When it applies; `None` for always.
    pub when: Option<NodeId>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The office or person that acts.
    pub office: String,
    /// What it does.
    pub action: String,
    /// By when; may be empty.
    pub due: String,
}

/// A grading table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// Who is graded for what.
    pub label: String,
    /// Rows, tried in order; the first whose `when` holds applies.
    pub rows: Vec<GradeRow>,
}

/// One row of a grading table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRow {
    /// The grade.
    pub grade: String,
    /// When it is given; `None` for otherwise.
    pub when: Option<NodeId>,
    /// The rule in words.
    pub text: String,
}

/// How often a duty recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// Once.
    Once,
    /// At all times.
    Always,
    /// At least once in each month.
    Monthly,
    /// At least once in each quarter.
    Quarterly,
    /// At least once in each year.
    Yearly,
    /// Every two years.
    EveryTwoYears,
    /// Every three years.
    EveryThreeYears,
    /// Whenever the event happens.
    OnEvent,
    /// At least once in each half of a year.
    HalfYearly,
}

/// What a person or a unit must do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// A short Chinese name.
    pub label: String,
    /// Who must do it.
    pub who: String,
    /// What must be done, in plain Chinese.
    pub what: String,
    /// How often.
    pub every: Recurrence,
    /// To whom it is reported or handed in; may be empty.
    pub to: String,
    /// Until when; may be empty.
    pub until: String,
}

/// A date or a period counted from an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// A short Chinese name.
    pub label: String,
    /// Whom it binds; may be empty.
    pub who: String,
    /// When.
    pub when: DeadlineWhen,
}

/// When a deadline falls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeadlineWhen {
    /// The same day of each year.
    Yearly {
        /// Month, 1–12.
        month: u8,
        /// Day, 1–31.
        day: u8,
    },
    /// One day.
    On(Date),
    /// So many months after an event, counted to the corresponding day.
    Months {
        /// How many months.
        months: u16,
        /// After what, in Chinese.
        after: String,
    },
    /// So many days after an event.
    Days {
        /// How many days.
        days: u16,
        /// After what, in Chinese.
        after: String,
    },
    /// At an event, without a number.
    Event {
        /// At what, in Chinese.
        at: String,
    },
}

/// A text that was read and holds nothing to compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// English snake_case.
    pub id: String,
    /// Where it stands.
    pub article: ArticleId,
    /// Why there is nothing to compute.
    pub reason: String,
}
