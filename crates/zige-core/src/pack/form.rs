//! Forms and papers that a policy names.

use serde::{Deserialize, Serialize};

use crate::ids::{ArticleId, CheckId, FactId};

/// A form or paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// English snake_case.
    pub id: String,
    /// Where it is named.
    pub article: ArticleId,
    /// Its name, as the policy has it or, where it has none, as we call it.
    pub name: String,
    /// Whether the policy itself gives the name.
    pub named: bool,
    /// The check whose result page offers it.
    pub check: Option<CheckId>,
    /// Who fills it in.
    pub filled_by: String,
    /// Paper copies; `None` when the text does not say.
    pub copies: Option<u8>,
    /// Whether an electronic copy is asked for as well.
    pub electronic: bool,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// The offices it passes through, in order, with what each does.
    pub chain: Vec<String>,
    /// By when; may be empty.
    pub due: String,
    /// What it must contain, or other remarks; may be empty.
    pub remark: String,
    /// The cells that are laid out; empty for a paper that is only declared.
    pub parts: Vec<FormPart>,
    /// What only this form asks.
    pub fields: Vec<FormField>,
}

/// Something attached to a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What.
    pub name: String,
    /// How many copies; `None` when the text does not say.
    pub copies: Option<u8>,
    /// The fact that it proves, if one.
    pub proves: Option<FactId>,
}

/// A table of a form: rows on a grid of 24 columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPart {
    /// A heading above the table; may be empty.
    pub title: String,
    /// Rows from top to bottom.
    pub rows: Vec<FormRow>,
}

/// One row of cells; their widths add up to 24.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    /// Least height in millimetres.
    pub height: u16,
    /// Cells from left to right.
    pub cells: Vec<(u8, Cell)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// A printed label.
    Label(String),
    /// The value of a fact.
    Fact(FactId),
    /// The value of one of the form's own fields, by position in [`Form::fields`].
    Field(u16),
    /// Left blank for ink: a signature, a seal, an opinion. The text is printed small.
    Ink(String),
    /// Room for a photograph; continues over the rows below that hold [`Cell::Continue`].
    Photo,
    /// Belongs to the cell above.
    Continue,
    /// Records, one a line.
    Table(FormTable),
}

/// A repeated table inside a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTable {
    /// The list.
    pub records: FactId,
    /// Its columns: width (of 24), and the fact of a record.
    pub columns: Vec<(u8, FactId)>,
    /// Rows printed even when there are fewer records.
    pub least_rows: u8,
}

/// Something that only one form asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// English snake_case.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// What is to be entered; may be empty.
    pub help: String,
    /// Its type.
    pub kind: FieldKind,
}

/// The type of a form's own field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line, at most so many characters (0: no limit).
    Line(u16),
    /// Several lines, at most so many characters (0: no limit).
    Lines(u16),
    /// A date.
    Date,
}
