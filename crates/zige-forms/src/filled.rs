//! The filled form: a plain model of pages, tables, rows and cells.

use serde::{Deserialize, Serialize};
use zige_core::date::Date;

use crate::MARK;
use crate::checklist::{self, ChecklistLine};
use crate::data::FormData;
use crate::exact::Exact;
use crate::qr::{Code, CodeError};

/// A form with its answers in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledForm {
    /// The form's id in its pack.
    pub id: String,
    /// Its name, as printed at the top.
    pub name: String,
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

    /// The form with the checklist of its papers as the last page.
    #[must_use]
    pub fn with_checklist(mut self) -> FilledForm {
        self.pages.push(checklist::page(&self.checklist));
        self
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
            "依据《{}》{}制作，以主管机关的表样为准",
            self.title, self.article
        )
    }

    /// The line at the foot of each page.
    #[must_use]
    pub fn footer(&self) -> String {
        let (year, month, day) = self.on.ymd();
        let hash = self.short_hash();
        format!(
            "{MARK} · {} · {} · {hash} · {year}年{month}月{day}日",
            self.pack, self.version
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
    /// Its tables from top to bottom.
    pub tables: Vec<FilledTable>,
    /// How many sheets of paper it takes: one, or more where a row is taller than a sheet.
    pub sheets: u16,
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
    /// Printed words that are no label.
    Text(String),
    /// A value.
    Value(Value),
    /// Left blank for ink. The last line stands at the lower right, those before it at the left;
    /// empty lines between them keep them apart.
    Ink(String),
    /// Room for a photograph.
    Photo,
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
