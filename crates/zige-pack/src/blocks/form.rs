//! Forms: their papers and their layout on a grid of 24 columns.

use zige_core::ids::ArticleId;
use zige_core::pack::{FieldKind, FormField};

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::{Fence, Text, is_id};
use crate::table::{Table, Value, ValueWhat};

use super::Context;

/// Columns of the grid.
pub(crate) const COLUMNS: u32 = 24;

/// `form`.
#[derive(Debug)]
pub(crate) struct FormSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) name: String,
    pub(crate) named: bool,
    pub(crate) check: Option<Text>,
    pub(crate) filled_by: String,
    pub(crate) copies: Option<u8>,
    pub(crate) electronic: bool,
    pub(crate) attachments: Vec<AttachmentSource>,
    pub(crate) chain: Vec<String>,
    pub(crate) due: String,
    pub(crate) remark: String,
    pub(crate) parts: Vec<PartSource>,
    pub(crate) fields: Vec<FormField>,
}

/// Something attached to a form.
#[derive(Debug)]
pub(crate) struct AttachmentSource {
    pub(crate) name: String,
    pub(crate) copies: Option<u8>,
    pub(crate) proves: Option<Text>,
}

/// A table of a form.
#[derive(Debug)]
pub(crate) struct PartSource {
    pub(crate) title: String,
    pub(crate) rows: Vec<RowSource>,
}

/// A row of cells.
#[derive(Debug)]
pub(crate) struct RowSource {
    pub(crate) height: u16,
    pub(crate) cells: Vec<(u8, CellSource)>,
}

/// What stands in a cell.
#[derive(Debug)]
pub(crate) enum CellSource {
    Label(String),
    Value(Text),
    Ink(String),
    Photo,
    Continue,
    Table {
        list: Text,
        least_rows: u8,
        columns: Vec<(u8, Text)>,
    },
}

impl Context<'_> {
    pub(super) fn form(&mut self, fence: &Fence, article: ArticleId) -> FormSource {
        let mut table = self.table(fence);
        let parts = table.tables("part", self.problems);
        let parts = parts.into_iter().map(|part| self.part(part)).collect();
        let problems = &mut *self.problems;
        let copies = copies(&mut table, problems);
        let form = FormSource {
            id: fence.id.clone(),
            article,
            name: table.text("name", problems).text,
            named: table.flag("named", problems),
            check: table.optional_text("check", problems),
            filled_by: table.text("filled_by", problems).text,
            copies,
            electronic: table.flag("electronic", problems),
            attachments: table
                .tables("attachments", problems)
                .into_iter()
                .map(|mut attachment| {
                    let read = AttachmentSource {
                        name: attachment.text("name", problems).text,
                        copies: self::copies(&mut attachment, problems),
                        proves: attachment.optional_text("proves", problems),
                    };
                    attachment.finish(problems);
                    read
                })
                .collect(),
            chain: table
                .texts("chain", problems)
                .into_iter()
                .map(|step| step.text)
                .collect(),
            due: table.string("due", problems),
            remark: table.string("remark", problems),
            parts,
            fields: table
                .tables("field", problems)
                .into_iter()
                .map(|field| read_field(field, problems))
                .collect(),
        };
        table.finish(problems);
        form
    }

    fn part(&mut self, mut part: Table) -> PartSource {
        let title = part.string("title", self.problems);
        let rows = match part.value("rows") {
            Some(Value {
                what: ValueWhat::List(rows),
                ..
            }) => rows
                .into_iter()
                .filter_map(|row| self.row(&part, row))
                .collect(),
            Some(value) => {
                part.wrong("rows", &value, "a list of rows", self.problems);
                Vec::new()
            }
            None => Vec::new(),
        };
        part.finish(self.problems);
        PartSource { title, rows }
    }

    fn row(&mut self, part: &Table, row: Value) -> Option<RowSource> {
        let place = row.place;
        let (height, cells) = match row.what {
            ValueWhat::List(cells) => (8, cells),
            ValueWhat::Table(entries) => {
                let mut height = 8;
                let mut cells = Vec::new();
                for (key, value) in entries {
                    match (key.text.as_str(), value.what) {
                        ("height", ValueWhat::Integer(Some(number))) if (4..=260).contains(&number) => {
                            height = u16::try_from(number).unwrap_or(8);
                        }
                        ("cells", ValueWhat::List(list)) => cells = list,
                        (name, _) => self.problems.push(
                            Diagnostic::error(
                                Kind::FormLayout,
                                key.place,
                                format!("a row cannot have this `{name}`"),
                            )
                            .mend("write `{ height = 60, cells = [\"…\", \"…\"] }`, the height in millimetres from 4 to 260"),
                        ),
                    }
                }
                (height, cells)
            }
            _ => {
                part.wrong(
                    "rows",
                    &row,
                    "a list of rows: `[\"3 姓名\", \"21 =full_name\"]`",
                    self.problems,
                );
                return None;
            }
        };
        let mut read = Vec::new();
        let mut sound = true;
        for cell in cells {
            match self.cell(cell) {
                Some(cell) => read.push(cell),
                None => sound = false,
            }
        }
        let width: u32 = read.iter().map(|(width, _)| u32::from(*width)).sum();
        if sound && width != COLUMNS {
            self.problems.push(
                Diagnostic::error(
                    Kind::FormLayout,
                    place,
                    format!("the cells of this row are {width} columns wide, not {COLUMNS}"),
                )
                .label("this row")
                .mend(match width < COLUMNS {
                    true => format!(
                        "make some cells wider, {} columns are left",
                        COLUMNS - width
                    ),
                    false => format!("make some cells narrower by {} columns", width - COLUMNS),
                }),
            );
        }
        Some(RowSource {
            height,
            cells: read,
        })
    }

    fn cell(&mut self, cell: Value) -> Option<(u8, CellSource)> {
        let place = cell.place;
        let ValueWhat::String(text) = &cell.what else {
            return self.bad_cell(place, "a cell is a text in quotation marks");
        };
        let text = text.trim();
        let (width, content) = text.split_once([' ', '\u{3000}']).unwrap_or((text, ""));
        let Some(width) = width
            .parse::<u8>()
            .ok()
            .filter(|width| (1..=24).contains(width))
        else {
            return self.bad_cell(place, "a cell begins with its width from 1 to 24");
        };
        let content = content.trim();
        let name = |text: &str| Text {
            text: text.trim().to_owned(),
            place,
        };
        let source = if let Some(value) = content.strip_prefix(['=', '＝']) {
            CellSource::Value(name(value))
        } else if let Some(ink) = content.strip_prefix(['~', '～']) {
            CellSource::Ink(ink.trim().to_owned())
        } else if let Some(command) = content.strip_prefix('@') {
            let mut words = command.split_whitespace();
            match words.next() {
                Some("photo") => CellSource::Photo,
                Some("above") => CellSource::Continue,
                Some("table") => return self.records(width, words, place),
                _ => return self.bad_cell(place, "`@` is followed by `photo`, `above` or `table`"),
            }
        } else {
            CellSource::Label(content.to_owned())
        };
        Some((width, source))
    }

    fn records<'a>(
        &mut self,
        width: u8,
        mut words: impl Iterator<Item = &'a str>,
        place: Place,
    ) -> Option<(u8, CellSource)> {
        let like = "a table is written `@table work_history 4 6:job_from 6:job_to 12:job_unit`: the list, the least number of rows, and each column's width and fact";
        let (Some(list), Some(rows)) = (words.next(), words.next()) else {
            return self.bad_cell(place, like);
        };
        let columns: Option<Vec<(u8, Text)>> = words
            .map(|word| {
                let (width, fact) = word.split_once([':', '：'])?;
                let text = fact.to_owned();
                Some((width.parse().ok()?, Text { text, place }))
            })
            .collect();
        let (Some(least_rows), Some(columns)) =
            (rows.parse().ok().filter(|rows| *rows <= 60), columns)
        else {
            return self.bad_cell(place, like);
        };
        let total: u32 = columns.iter().map(|(width, _)| u32::from(*width)).sum();
        if total != u32::from(width) || columns.is_empty() {
            self.problems.push(
                Diagnostic::error(
                    Kind::FormLayout,
                    place,
                    format!("the columns of this table are {total} wide, its cell is {width}"),
                )
                .mend("let the columns' widths add up to the cell's width"),
            );
        }
        Some((
            width,
            CellSource::Table {
                list: Text {
                    text: list.to_owned(),
                    place,
                },
                least_rows,
                columns,
            },
        ))
    }

    fn bad_cell<T>(&mut self, place: Place, what: &str) -> Option<T> {
        self.problems.push(
            Diagnostic::error(Kind::FormLayout, place, "this cell cannot be read").mend(format!(
                "{what}; like `\"3 姓名\"`, `\"5 =full_name\"`, `\"21 ~（盖章）\"` or `\"4 @photo\"`"
            )),
        );
        None
    }
}

fn copies(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Option<u8> {
    table
        .integer("copies", 1..=99, problems)
        .and_then(|copies| u8::try_from(copies).ok())
}

fn read_field(mut field: Table, problems: &mut Vec<Diagnostic>) -> FormField {
    #[derive(Clone, Copy)]
    enum Word {
        Line,
        Lines,
        Date,
    }
    let id = field.text("id", problems);
    if !is_id(&id.text) && !id.text.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                id.place,
                format!("`{}` cannot be an id", id.text),
            )
            .mend("use lower-case English letters, digits and `_`, a letter first"),
        );
    }
    let label = field.text("label", problems).text;
    let help = field.string("help", problems);
    let limit = field
        .integer("limit", 0..=10_000, problems)
        .and_then(|limit| u16::try_from(limit).ok())
        .unwrap_or(0);
    let words = [
        ("line", Word::Line),
        ("lines", Word::Lines),
        ("date", Word::Date),
    ];
    let kind = match field.one_of("kind", &words, problems) {
        None | Some(Word::Line) => FieldKind::Line(limit),
        Some(Word::Lines) => FieldKind::Lines(limit),
        Some(Word::Date) => FieldKind::Date,
    };
    field.finish(problems);
    FormField {
        id: id.text,
        label,
        help,
        kind,
    }
}
