//! Forms and papers that a policy names.

use serde::{Deserialize, Serialize};

use crate::ids::{ArticleId, CheckId, ChoiceId, FactId};

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
    /// What stands at the top of it; the name, where the layout says nothing else.
    pub title: String,
    /// Whether its pages lie on their side, as lists with many columns do.
    pub landscape: bool,
    /// What is laid out, from top to bottom; empty for a paper that is only declared.
    pub parts: Vec<FormPart>,
    /// What only this form asks.
    pub fields: Vec<FormField>,
}

impl Form {
    /// Everything that is entered on the form, in its order: one of a list's facts as that list.
    /// What stands in two places is there twice.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        for part in &self.parts {
            match &part.body {
                PartBody::Rows(rows) => {
                    for (_, cell) in rows.iter().flat_map(|row| &row.cells) {
                        match cell {
                            Cell::Value(slot) => slots.push(*slot),
                            Cell::Text(pieces) => slots.extend(slots_of(pieces)),
                            Cell::Table(table) => slots.push(Slot::Fact(table.records)),
                            Cell::Label(_) | Cell::Ink(_) | Cell::Photo | Cell::Continue => {}
                        }
                    }
                }
                PartBody::Text(paragraphs) => {
                    for paragraph in paragraphs {
                        slots.extend(slots_of(&paragraph.pieces));
                        slots.extend(slots_of(&paragraph.aside));
                    }
                }
            }
        }
        slots
    }

    /// Its lists, in its order.
    pub fn tables(&self) -> impl Iterator<Item = &FormTable> {
        let rows = self.parts.iter().flat_map(|part| match &part.body {
            PartBody::Rows(rows) => rows.as_slice(),
            PartBody::Text(_) => &[],
        });
        let cells = rows.flat_map(|row| &row.cells);
        cells.filter_map(|(_, cell)| match cell {
            Cell::Table(table) => Some(table),
            _ => None,
        })
    }
}

fn slots_of(pieces: &[Piece]) -> impl Iterator<Item = Slot> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Value { slot, .. } | Piece::Ticks(slot) => Some(*slot),
        Piece::Text(_) | Piece::Blank(_) => None,
    })
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

/// A part of a form: a table, or running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPart {
    /// A heading above it; may be empty.
    pub title: String,
    /// Whether it begins a page.
    pub on_new_page: bool,
    /// What it holds.
    pub body: PartBody,
}

/// What a part of a form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartBody {
    /// Rows from top to bottom, on a grid of 24 columns.
    Rows(Vec<FormRow>),
    /// Paragraphs from top to bottom, as in an agreement, a letter or a notice.
    Text(Vec<FormParagraph>),
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
    /// A value.
    Value(Slot),
    /// Text with values or boxes to tick in it.
    Text(Vec<Piece>),
    /// Left blank for ink: a signature, a seal, an opinion. The text is printed small.
    Ink(String),
    /// Room for a photograph; continues over the rows below that hold [`Cell::Continue`].
    Photo,
    /// Belongs to the cell above.
    Continue,
    /// Records, one a line.
    Table(FormTable),
}

/// Whose value stands in a place of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// A fact that is no list and belongs to none.
    Fact(FactId),
    /// One of the form's own fields, by position in [`Form::fields`].
    Field(u16),
    /// A fact of one record of a list, such as the second trainee's name.
    Record {
        /// The list.
        list: FactId,
        /// Which record, from 1.
        row: u8,
        /// The record's fact.
        fact: FactId,
    },
}

/// A repeated table inside a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTable {
    /// The list.
    pub records: FactId,
    /// Its columns from left to right.
    pub columns: Vec<FormColumn>,
    /// Rows printed even when there are fewer records.
    pub least_rows: u8,
}

/// A column of a [`FormTable`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormColumn {
    /// Its width, of 24.
    pub width: u8,
    /// What stands at its head; empty for the label of its fact.
    pub head: String,
    /// What stands in it.
    pub what: ColumnWhat,
}

/// What stands in a column of a [`FormTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnWhat {
    /// The number of the line, from 1.
    Number,
    /// A fact of the record.
    Fact(FactId),
    /// Nothing: it is left for ink.
    Blank,
}

/// A paragraph of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormParagraph {
    /// How it is set.
    pub style: ParagraphStyle,
    /// What it says. A value that stands alone may have several paragraphs of its own.
    pub pieces: Vec<Piece>,
    /// What stands beside it, in the right half of the page; may be empty.
    pub aside: Vec<Piece>,
}

/// How a paragraph of running text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParagraphStyle {
    /// From edge to edge, its first line indented by two characters.
    Body,
    /// From the left edge, as an addressee or a party is named.
    Flush,
    /// A heading, which stays with what follows it.
    Heading,
    /// In the middle.
    Centred,
    /// At the right, as the office and the day under a notice.
    Right,
    /// Left for ink: lines to sign and to seal. At the right, or in two halves.
    Ink,
    /// In the size of the tables: how to fill the form, what a table leaves out.
    Note,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Printed text.
    Text(String),
    /// A value.
    Value {
        /// Whose.
        slot: Slot,
        /// The room that is left while it is empty: characters, or lines where the value is a
        /// paragraph by itself.
        room: u8,
    },
    /// The options of a choice, each with a box; that of the answer is ticked.
    Ticks(Slot),
    /// Room for ink, in characters.
    Blank(u8),
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
    /// Other names that offices' own forms have for it.
    pub aliases: Vec<String>,
}

/// The type of a form's own field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line, at most so many characters (0: no limit).
    Line(u16),
    /// Several lines, at most so many characters (0: no limit).
    Lines(u16),
    /// A date.
    Date,
    /// One of the options of a list, which is the form's own; kept as the option's text.
    Choice(ChoiceId),
    /// A number from 0; kept as it is written, such as `92.5`.
    Number {
        /// The largest value.
        max: u32,
        /// Decimal places.
        scale: u8,
        /// What is counted; may be empty.
        unit: String,
    },
}
