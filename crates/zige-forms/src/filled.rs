//! The filled form: a plain model of pages, tables, rows and cells.

use serde::{Deserialize, Serialize};
use zige_core::date::Date;
use zige_core::pack::ParagraphStyle;

use crate::MARK;
use crate::checklist::{self, ChecklistLine};
use crate::count::BLANK;
use crate::data::FormData;
use crate::exact::Exact;
use crate::geometry::Paper;
use crate::photo::ShownPhoto;
use crate::qr::{Code, CodeError};

/// A form with its answers in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledForm {
    /// The form's id in its pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is printed at the top of it.
    pub title: String,
    /// How its sheets lie.
    pub paper: Paper,
    /// Paper copies that the policy asks for; `None` when it does not say.
    pub copies: Option<u8>,
    /// The pages, in order; at least one.
    pub pages: Vec<FilledPage>,
    /// What is still empty, in the order of the form.
    pub gaps: Vec<Gap>,
    /// Texts longer than the form has room for.
    pub overlong: Vec<Overlong>,
    /// What is done by hand on the printed form: photograph, signatures, opinions, seals.
    pub by_hand: Vec<String>,
    /// What is handed in with it.
    pub attachments: Vec<AttachmentLine>,
    /// The offices it passes through, in order.
    pub chain: Vec<String>,
    /// By when; may be empty.
    pub due: String,
    /// Further remarks; may be empty.
    pub remark: String,
    /// What it was filled from.
    pub provenance: Provenance,
    /// What its cells hold and do not show, for whoever reads a file of it back.
    pub exact: Vec<Exact>,
    /// The ids of lists whose records are all given.
    pub complete_lists: Vec<String>,
    /// The papers to hand in, in the order of stapling.
    pub checklist: Vec<ChecklistLine>,
    /// That checklist as a page, where it is printed ([`FilledForm::with_checklist`]).
    pub checklist_page: Option<FilledPage>,
    /// What it says, for whoever receives it.
    pub data: FormData,
    /// Codes with its data, for the printout; none unless they were added
    /// ([`FilledForm::with_codes`]).
    pub codes: Vec<Code>,
    /// Why there are no codes though they were wanted; mostly empty.
    pub no_codes: String,
}

/// What an office needs to repeat a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The pack's id.
    pub pack: String,
    /// The programme's short name.
    pub short: String,
    /// The policy's title.
    pub title: String,
    /// The article that names the form.
    pub article: String,
    /// The version of the text.
    pub version: String,
    /// The pack's SHA-256, in hexadecimal digits.
    pub hash: String,
    /// The day for which ages were counted.
    pub on: Date,
}

impl FilledForm {
    /// The form with codes on its printout. They are for paper alone: a .docx can be edited, and a code
    /// that says something else than its page would be worse than none.
    #[must_use]
    pub fn with_codes(mut self, codes: Result<Vec<Code>, CodeError>) -> FilledForm {
        match codes {
            Ok(codes) => self.codes = codes,
            Err(error) => self.no_codes = error.to_string(),
        }
        self
    }

    /// The form with the checklist of its papers behind it. It is for whoever hands the form in: it is
    /// printed once, however many copies there are, and is no page of the form.
    #[must_use]
    pub fn with_checklist(mut self) -> FilledForm {
        self.checklist_page = Some(checklist::page(&self.checklist));
        self
    }

    /// Everything that is entered, in the order of the form; what a page break parts is whole.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        let mut values: Vec<Value> = Vec::new();
        for block in self.pages.iter().flat_map(|page| &page.blocks) {
            match block {
                FilledBlock::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        match &cell.content {
                            Content::Value(value) => values.push(value.clone()),
                            Content::Text(pieces) => push_values(pieces, &mut values),
                            Content::Label(_)
                            | Content::Ink(_)
                            | Content::Photo(_)
                            | Content::Continued
                            | Content::Blank => {}
                        }
                    }
                }
                FilledBlock::Paragraph(paragraph) => {
                    let first = values.len();
                    push_values(&paragraph.pieces, &mut values);
                    push_values(&paragraph.aside, &mut values);
                    if let Some(joint) = paragraph.joint {
                        let (before, rest) = values.split_at_mut(first);
                        if let (Some(before), Some(rest)) = (before.last_mut(), rest.first()) {
                            before.text.push_str(joint.between());
                            before.text.push_str(&rest.text);
                        }
                        values.truncate(first);
                    }
                }
            }
        }
        values
    }

    /// How many sheets of paper one copy takes.
    #[must_use]
    pub fn sheets(&self) -> u16 {
        self.pages
            .iter()
            .map(|page| page.sheets)
            .fold(0, u16::saturating_add)
    }
}

impl Provenance {
    /// What the layout is made after; stands under the form's name.
    #[must_use]
    pub fn basis(&self) -> String {
        format!(
            "依据《{}》{}，以主管机关的表样为准",
            self.title, self.article
        )
    }

    /// The line at the foot of each page.
    #[must_use]
    pub fn footer(&self) -> String {
        let (year, month, day) = self.on.ymd();
        let hash = self.short_hash();
        format!(
            "{MARK} · {} · {} · 校验码{hash} · {year}年{month}月{day}日",
            self.short, self.version
        )
    }

    /// The first twelve digits of the hash, enough to tell packs apart on paper.
    #[must_use]
    pub fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledPage {
    /// What stands on it, from top to bottom.
    pub blocks: Vec<FilledBlock>,
    /// How many sheets of paper it takes: one, or more where a row is taller than a sheet.
    pub sheets: u16,
}

impl FilledPage {
    /// Its tables from top to bottom.
    pub fn tables(&self) -> impl Iterator<Item = &FilledTable> {
        self.blocks.iter().filter_map(|block| match block {
            FilledBlock::Table(table) => Some(table),
            FilledBlock::Paragraph(_) => None,
        })
    }
}

/// Something that stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilledBlock {
    /// A table.
    Table(FilledTable),
    /// A paragraph of running text.
    Paragraph(FilledParagraph),
}

/// A paragraph of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledParagraph {
    /// How it is set.
    pub style: ParagraphStyle,
    /// What it says. A value that stands alone may have several lines, each a paragraph.
    pub pieces: Vec<FilledPiece>,
    /// What stands beside it, in the right half; may be empty.
    pub aside: Vec<FilledPiece>,
    /// Set where it goes on with the value that ends the page before.
    pub joint: Option<Joint>,
}

impl FilledParagraph {
    /// The value that stands alone in it, and the lines left for it while it is empty.
    #[must_use]
    pub fn long_value(&self) -> Option<(&Value, u8)> {
        match self.pieces.as_slice() {
            [FilledPiece::Value { value, room }]
                if self.style == ParagraphStyle::Body && self.aside.is_empty() =>
            {
                Some((value, *room))
            }
            _ => None,
        }
    }
}

/// Where a page break parts a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Between two of its lines.
    Lines,
    /// After a sentence.
    Sentences,
}

impl Joint {
    /// What stands between the two parts.
    #[must_use]
    pub fn between(self) -> &'static str {
        match self {
            Joint::Lines => "\n",
            Joint::Sentences => "",
        }
    }
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilledPiece {
    /// Printed text.
    Text(String),
    /// A value, underlined.
    Value {
        /// The value.
        value: Value,
        /// Characters left for it while it is empty; lines where it stands alone.
        room: u8,
    },
    /// Options, each with a box.
    Ticks(Ticks),
    /// Room for ink, in characters.
    Blank(u8),
}

/// Options of which one may be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// The fact's id, as in [`Value`].
    pub tag: String,
    /// Its Chinese name.
    pub label: String,
    /// The options.
    pub options: Vec<String>,
    /// The one that is ticked, from 0.
    pub chosen: Option<usize>,
    /// Whether the last stands first, as the best of a scale does on forms.
    pub from_the_top: bool,
}

impl Ticks {
    /// The options in the order of the form, each with its place in `options`.
    pub(crate) fn in_order(&self) -> Vec<(usize, &str)> {
        let options = self.options.iter().map(String::as_str).enumerate();
        match self.from_the_top {
            true => options.rev().collect(),
            false => options.collect(),
        }
    }

    /// The options with their boxes.
    pub(crate) fn written(&self) -> String {
        let options = self.in_order().into_iter();
        let boxes: Vec<String> = options
            .map(|(position, option)| format!("{}{option}", self.mark(position)))
            .collect();
        boxes.join(BETWEEN_OPTIONS)
    }

    /// The box of one option.
    pub(crate) fn mark(&self, position: usize) -> char {
        if self.chosen == Some(position) {
            TICKED
        } else {
            UNTICKED
        }
    }
}

/// What stands between two options.
pub(crate) const BETWEEN_OPTIONS: &str = "　";
/// A box that is ticked.
pub(crate) const TICKED: char = '☑';
/// A box that is not.
pub(crate) const UNTICKED: char = '□';

/// Room for ink, as it is measured.
fn blank(room: u8) -> String {
    BLANK.to_string().repeat(usize::from(room))
}

/// Whether room is left for ink. Such a paragraph is set ragged: a blank that goes to the next line
/// would stretch the line before.
pub(crate) fn has_room(pieces: &[FilledPiece]) -> bool {
    pieces.iter().any(|piece| match piece {
        FilledPiece::Value { value, .. } => value.text.is_empty(),
        FilledPiece::Blank(_) => true,
        FilledPiece::Text(_) | FilledPiece::Ticks(_) => false,
    })
}

/// What pieces come to on paper.
pub(crate) fn written(pieces: &[FilledPiece]) -> String {
    let piece = |piece: &FilledPiece| match piece {
        FilledPiece::Text(text) => text.clone(),
        FilledPiece::Value { value, room } if value.text.is_empty() => blank(*room),
        FilledPiece::Value { value, .. } => value.text.clone(),
        FilledPiece::Ticks(ticks) => ticks.written(),
        FilledPiece::Blank(room) => blank(*room),
    };
    pieces.iter().map(piece).collect()
}

fn push_values(pieces: &[FilledPiece], values: &mut Vec<Value>) {
    values.extend(pieces.iter().filter_map(|piece| {
        match piece {
            FilledPiece::Value { value, .. } => Some(value.clone()),
            FilledPiece::Ticks(ticks) => Some(Value {
                tag: ticks.tag.clone(),
                label: ticks.label.clone(),
                text: ticks
                    .chosen
                    .and_then(|chosen| ticks.options.get(chosen).cloned())
                    .unwrap_or_default(),
                prose: false,
            }),
            FilledPiece::Text(_) | FilledPiece::Blank(_) => None,
        }
    }));
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledTable {
    /// A heading above it; may be empty.
    pub title: String,
    /// Its rows from top to bottom.
    pub rows: Vec<FilledRow>,
}

/// One row; the widths of its cells add up to 24.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledRow {
    /// Least height in millimetres: up to 60 exact, above in steps of 5.
    pub height: u16,
    /// Whether it stays on one page with the row above: the lines of a list.
    pub keep: bool,
    /// Whether it is an empty line of a list beyond its records.
    pub spare: bool,
    /// Whether it is the head of a list, printed again on each page that the list goes on to.
    pub head: bool,
    /// Its cells from left to right.
    pub cells: Vec<FilledCell>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledCell {
    /// Its width, in columns of 24.
    pub columns: u8,
    /// How many rows it covers; 1 for [`Content::Continued`].
    pub rows: u16,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A printed label.
    Label(String),
    /// A value.
    Value(Value),
    /// Printed words that are no label; with values or boxes in it, it stands from the left.
    Text(Vec<FilledPiece>),
    /// Left blank for ink. The last line stands at the lower right, those before it at the left;
    /// empty lines between them keep them apart.
    Ink(String),
    /// A photograph, or room for one.
    Photo(Option<ShownPhoto>),
    /// Covered by the cell above.
    Continued,
    /// Nothing.
    Blank,
}

/// A value in its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The fact's id; in a list `list.row.fact`, rows counted from 1.
    pub tag: String,
    /// Its Chinese name.
    pub label: String,
    /// The text; empty while there is none. Lines are separated by `\n`.
    pub text: String,
    /// Whether it is set as running text, from the upper left.
    pub prose: bool,
}

/// A cell that is still empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The cell's tag.
    pub tag: String,
    /// Its Chinese name.
    pub label: String,
    /// Why it is empty.
    pub why: Why,
}

/// Why a cell is still empty, or not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Nothing was entered.
    NotAnswered,
    /// The person does not know it.
    NotKnown,
    /// There are more records than those entered.
    MoreRecords,
    /// The day of birth would be needed for the age.
    AgeOpen,
}

/// A text longer than the form has room for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlong {
    /// The cell's tag.
    pub tag: String,
    /// Its Chinese name.
    pub label: String,
    /// How long it is: characters for one line, 字 as Word counts them for several.
    pub length: u32,
    /// How long it may be.
    pub limit: u16,
}

/// One line of the checklist of attachments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentLine {
    /// What.
    pub name: String,
    /// How many copies; `None` when the text does not say.
    pub copies: Option<u8>,
    /// What it proves; may be empty.
    pub proves: String,
}

/// How high a cell is that begins in a row and goes over so many, in the unit of the rows' heights.
pub(crate) fn spanned(heights: &[u32], first: usize, rows: u16) -> u32 {
    let rest = heights.get(first..).unwrap_or_default();
    let covered = rest.iter().take(usize::from(rows));
    covered.fold(0, |sum, height| sum.saturating_add(*height))
}
