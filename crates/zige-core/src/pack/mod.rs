//! The compiled pack: one policy with its slice of the shared vocabulary.
//!
//! A pack is plain data. The compiler in `zige-pack` guarantees what the
//! evaluator relies on: every index points into its table, a node comes after
//! the nodes it refers to, and expressions are well typed.

mod expression;
mod form;
mod policy;
mod requirement;
mod union;
mod vocabulary;

pub use expression::{Node, Span};
pub use form::{
    Attachment, Cell, ColumnWhat, FieldKind, Form, FormColumn, FormField, FormParagraph, FormPart,
    FormRow, FormTable, ParagraphStyle, PartBody, Piece, Slot,
};
pub use policy::{
    Article, Block, BlockKind, Case, Check, Condition, Constraint, Deadline, DeadlineWhen,
    Entitlement, Grade, GradeRow, Interval, Note, Obligation, Point, Programme, Recurrence, Route,
    Step, Strength, Who,
};
pub use requirement::Requirement;
pub use union::union;
pub use vocabulary::{
    ChoiceSet, Direction, Fact, FactKind, FactRole, Schedule, ScheduleRow, Section, Vocabulary,
};

use serde::{Deserialize, Serialize};

use crate::ids::FactId;

/// One policy, compiled: everything that a check, an explanation or a form needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The file name of the policy text without its ending, such as `yuxi-grassroots-2019`.
    pub id: String,
    /// The policy's own title.
    pub title: String,
    /// A short name for lists and headings.
    pub short: String,
    /// One sentence for applicants: what the programme offers and to whom.
    pub summary: String,
    /// The issuing offices.
    pub issuer: String,
    /// The place whose people it concerns.
    pub region: String,
    /// The version of the text, such as `征求意见稿` or a document number.
    pub version: String,
    /// When it is in force and takes applications.
    pub programme: Programme,
    /// The shared vocabulary, cut down to what this pack uses.
    pub vocabulary: Vocabulary,
    /// Expressions in topological order: a node refers only to earlier ones.
    pub nodes: Vec<Node>,
    /// Where each node stands in the pack's source; as long as `nodes`.
    pub spans: Vec<Span>,
    /// Facts that must fit together.
    pub constraints: Vec<Constraint>,
    /// Open decisions.
    pub points: Vec<Point>,
    /// Requirements.
    pub conditions: Vec<Condition>,
    /// Who is checked for what.
    pub checks: Vec<Check>,
    /// Amounts and benefits.
    pub entitlements: Vec<Entitlement>,
    /// Which office does what, in which order.
    pub routes: Vec<Route>,
    /// Grading tables.
    pub grades: Vec<Grade>,
    /// Continuing duties.
    pub obligations: Vec<Obligation>,
    /// Dates and periods.
    pub deadlines: Vec<Deadline>,
    /// Forms and papers.
    pub forms: Vec<Form>,
    /// Texts that were read and hold nothing to compute.
    pub notes: Vec<Note>,
    /// Every article and numbered item, in the order of the text.
    pub articles: Vec<Article>,
    /// Other names that offices' own forms have for a fact; only needed to fill those.
    pub aliases: Vec<(FactId, Vec<String>)>,
}
