//! The plain model that a page shows: the form's cells, what each is taken for, and what is decided.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where a cell is. Stable for one blank form, so that a decision can be kept under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The table, from 1 in the order of the document; 0 for running text.
    pub table: u16,
    /// The row of the table, or the paragraph, from 1.
    pub row: u16,
    /// The column of the table's grid, from 1; 0 in running text.
    pub column: u16,
    /// Which of several openings in one cell or paragraph, from 1.
    pub part: u16,
}

/// What was recognised in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// A hash of the form's labels in hexadecimal digits, the same for each copy of the form.
    pub fingerprint: String,
    /// The tables as one sees them, to show a cell where it stands.
    pub tables: Vec<Picture>,
    /// What can be filled, what cannot, and what is left for ink, in the order of the document.
    pub cells: Vec<FormCell>,
    /// What else a person should know.
    pub remarks: Vec<Remark>,
}

/// A table as one sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its rows; a cell stands in the first row that it covers.
    pub rows: Vec<Vec<PictureCell>>,
}

/// A cell of a [`Picture`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureCell {
    /// What is printed in it.
    pub text: String,
    /// How many rows it covers.
    pub rows: u16,
    /// How many columns it covers.
    pub columns: u16,
    /// Positions in [`Recognised::cells`] of what stands in it.
    pub cells: Vec<u32>,
}

/// One thing that the form asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormCell {
    /// Where it is.
    pub place: Place,
    /// Its label, as the form has it; for a column of a list with the number of the row.
    pub label: String,
    /// What it is taken for: a fact's id, several joined by `+`, `list.1.fact` in a list; empty
    /// when it was not recognised.
    pub tag: String,
    /// The Chinese name of that; may be empty.
    pub name: String,
    /// What is, or would be, written; may be empty.
    pub value: String,
    /// What becomes of it.
    pub state: State,
}

/// What becomes of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is filled unless the person drops it.
    Ready,
    /// Recognised, but not answered yet.
    NotAnswered,
    /// Recognised; the person does not know it.
    NotKnown,
    /// It is filled only if the person accepts it.
    Doubtful(Doubt),
    /// The label is not in the dictionary.
    NotRecognised,
    /// It is left for ink.
    ByHand(Hand),
    /// It cannot be filled.
    NotFillable(Unfit),
}

/// Why a cell is not filled by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// Several facts have this name.
    SeveralFacts,
    /// The same was asked before in this table, perhaps of somebody else.
    Repeated,
    /// The row before asked about somebody else, and this one may go on with them.
    AfterOther,
    /// The form asks about a mentor and a trainee, and it is not known which of them the person is.
    WhichPerson,
    /// Another label of the form fits the fact better.
    BetterLabel,
    /// No box, or more than one, stands for the answer.
    NoBox,
    /// The answer cannot be written as the form asks.
    Shape,
    /// The list's title is not known, though its columns are.
    WhichList,
}

/// What is done by hand on the printed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    /// A signature.
    Signature,
    /// A seal.
    Seal,
    /// An opinion or a decision.
    Opinion,
    /// The photograph.
    Photo,
}

/// Why a cell cannot be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unfit {
    /// It is about somebody else.
    OtherPerson,
    /// A list of several people.
    SeveralPeople,
}

impl State {
    /// The sentence for the person, in Chinese.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            State::Ready => "可以填",
            State::NotAnswered => "还没有填过这一项",
            State::NotKnown => "您选了“不知道”",
            State::Doubtful(Doubt::SeveralFacts) => "有几项资料都叫这个名字，请您选一项",
            State::Doubtful(Doubt::Repeated) => "这张表里前面问过同一项，可能是问别人的，请您核对",
            State::Doubtful(Doubt::AfterOther) => {
                "上面一行问的是别人的情况，这一栏可能也是，请您核对"
            }
            State::Doubtful(Doubt::WhichPerson) => "表里分导师和培养对象，请说明您是哪一方",
            State::Doubtful(Doubt::BetterLabel) => "表里另有一栏更符合这项资料，请您核对",
            State::Doubtful(Doubt::NoBox) => "没有找到唯一符合的方框，请您自己选",
            State::Doubtful(Doubt::Shape) => "答案不能照这一栏的格式写，请您核对",
            State::Doubtful(Doubt::WhichList) => "不能确定这一栏要填哪一类经历，请您核对",
            State::NotRecognised => "没有认出这一栏要填什么",
            State::ByHand(Hand::Signature) => "留着签名",
            State::ByHand(Hand::Seal) => "留着盖章",
            State::ByHand(Hand::Opinion) => "留给单位填写",
            State::ByHand(Hand::Photo) => "贴照片的地方",
            State::NotFillable(Unfit::OtherPerson) => "这一栏问的是别人的情况",
            State::NotFillable(Unfit::SeveralPeople) => "这是多人名单，请由单位汇总填写",
        }
    }

    /// An English word for it, for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Ready => "ready",
            State::NotAnswered => "not_answered",
            State::NotKnown => "not_known",
            State::Doubtful(_) => "doubtful",
            State::NotRecognised => "not_recognised",
            State::ByHand(_) => "by_hand",
            State::NotFillable(_) => "not_fillable",
        }
    }
}

/// Something about the whole form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// So many text boxes, in which nothing is filled.
    TextBoxes(u32),
    /// It has tracked changes; insertions count, deletions do not.
    TrackedChanges,
    /// The page is not A4: width and height in millimetres.
    Page(u32, u32),
    /// A list has fewer rows than there are records: its label, rows, records.
    MoreRecords {
        /// The list's Chinese name.
        label: String,
        /// Rows of the form.
        rows: u32,
        /// Records of the person.
        records: u32,
    },
    /// A text is too long for a row of exact height.
    Clipped {
        /// The cell.
        place: Place,
        /// Its label.
        label: String,
        /// The size of its text in half points.
        size: u32,
        /// The largest size at which it fits, in half points; `None` when none does.
        fitting: Option<u32>,
        /// Whether the text was made smaller.
        shrunk: bool,
    },
    /// The form holds no table and no line to fill in.
    NothingToFill,
}

impl Remark {
    /// The sentence for the person, in Chinese.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Remark::TextBoxes(count) => {
                format!("表里有{count}个文本框，文本框里的内容没有填，请打开以后自己填。")
            }
            Remark::TrackedChanges => "这份表格带有修订记录，已经按修订以后的样子填写。".to_owned(),
            Remark::Page(width, height) => {
                format!("这份表格的纸张是{width}×{height}毫米，不是A4，打印前请核对纸张。")
            }
            Remark::MoreRecords {
                label,
                rows,
                records,
            } => format!("“{label}”有{records}条，表里只有{rows}行，多出的没有填，可以另附页。"),
            Remark::Clipped {
                label,
                fitting,
                shrunk,
                ..
            } => match (fitting, shrunk) {
                (Some(size), true) => {
                    format!("“{label}”的内容较长，已经把字缩小到{}磅。", points(*size))
                }
                (Some(size), false) => format!(
                    "“{label}”的内容较长，行高固定，会显示不全；把字缩小到{}磅可以放下。",
                    points(*size)
                ),
                (None, _) => {
                    format!("“{label}”的内容太长，行高固定，缩小字也放不下，请您精简。")
                }
            },
            Remark::NothingToFill => "没有找到可以填写的表格或者空格。".to_owned(),
        }
    }
}

/// Half points as points: 21 is `10.5`.
fn points(half_points: u32) -> String {
    match half_points % 2 {
        0 => format!("{}", half_points / 2),
        _ => format!("{}.5", half_points / 2),
    }
}

/// What a person decided about a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The cell.
    pub place: Place,
    /// What to do with it.
    pub choice: Choice,
}

/// What to do with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// Fill it as proposed.
    Accept,
    /// Leave it as it is.
    Drop,
    /// Write this text.
    Text(String),
    /// It asks for something else: a tag as in [`FormCell::tag`].
    Fact(String),
}

/// Which of two people the person is, where a form asks about both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The mentor.
    Mentor,
    /// The one who is trained.
    Trainee,
}

/// What to recognise and how to fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The day up to whose month ages are counted.
    pub on: zige_core::date::Date,
    /// Which of two people the person is; without it, it follows from the answers if it can.
    pub side: Option<Side>,
    /// Whether texts that do not fit into a row of exact height are made smaller.
    pub shrink: bool,
    /// A photograph, JPEG or PNG.
    pub photo: Option<Vec<u8>>,
}

/// A form that was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledBlank {
    /// The .docx; every part that was not touched has its old bytes.
    pub docx: Vec<u8>,
    /// What became of each cell; those that were written are [`State::Ready`].
    pub recognised: Recognised,
    /// The places that were written, in the order of the document.
    pub written: Vec<Place>,
}

/// A blank form that cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BlankError {
    /// The file cannot be read.
    #[error(transparent)]
    Office(#[from] zige_office::OfficeError),
    /// The document has no body.
    #[error("the document has no body, open it in Word or WPS and save it again")]
    NoBody,
    /// A decision names no cell of the form.
    #[error("there is no cell at table {}, row {}, column {}, part {}, decide on cells that were recognised", .0.table, .0.row, .0.column, .0.part)]
    NoSuchCell(Place),
    /// A decision names no fact.
    #[error("`{0}` is no fact, give a fact's id, several joined by `+`, or `list.1.fact`")]
    NoSuchFact(String),
    /// The request cannot be read.
    #[error("the request for a blank form cannot be read, build both modules from the same source")]
    Request,
    /// The photograph is neither JPEG nor PNG.
    #[error("the photograph is neither JPEG nor PNG, give one of these")]
    Photo,
}

impl BlankError {
    /// The message for people who use the app, in Chinese.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            BlankError::Office(error) => error.told(),
            BlankError::NoBody => {
                "这个文件里没有正文。请用 Word 或者 WPS 打开，另存一份再试。".to_owned()
            }
            BlankError::NoSuchCell(_) | BlankError::NoSuchFact(_) => {
                "记下的改动和这份表格对不上，请重新核对一遍。".to_owned()
            }
            BlankError::Request => "没有做成。请重新打开本页再试，已填的内容不会丢。".to_owned(),
            BlankError::Photo => "照片要用 JPG 或者 PNG 格式。".to_owned(),
        }
    }
}
