//! The tables of a form: rows of cells on a grid of 24 columns.

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::Text;
use crate::table::{Table, Value, ValueWhat};

use super::Context;
use super::form::{CellSource, ColumnSource, ColumnWhatSource, RowSource};

/// Columns of the grid.
const COLUMNS: u32 = 24;

impl Context<'_> {
    pub(super) fn row(&mut self, part: &Table, row: Value) -> Option<RowSource> {
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
        let source = if let Some(value) = content.strip_prefix(['=', '＝']) {
            let text = value.trim().to_owned();
            CellSource::Value(Text { text, place })
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
        } else if let Some(text) = content.strip_prefix("* ") {
            CellSource::Text(self.pieces(text, place)?)
        } else if content.contains('{') {
            CellSource::Text(self.pieces(content, place)?)
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
        let like = "a table is written `@table work_history 4 2:# 5:job_from 5:job_to=止 9:job_unit 3:=备注`: the list, the least number of rows, and each column's width and fact, `#` for the number of the line, a head after `=`, and no fact where it is left for ink";
        let (Some(list), Some(rows)) = (words.next(), words.next()) else {
            return self.bad_cell(place, like);
        };
        let columns: Option<Vec<ColumnSource>> = words.map(|word| column(word, place)).collect();
        let (Some(least_rows), Some(columns)) =
            (rows.parse().ok().filter(|rows| *rows <= 60), columns)
        else {
            return self.bad_cell(place, like);
        };
        let total: u32 = columns.iter().map(|column| u32::from(column.width)).sum();
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

    pub(super) fn bad_cell<T>(&mut self, place: Place, what: &str) -> Option<T> {
        self.problems.push(
            Diagnostic::error(Kind::FormLayout, place, "this cell cannot be read").mend(format!(
                "{what}; like `\"3 姓名\"`, `\"5 =full_name\"`, `\"21 ~（盖章）\"` or `\"4 @photo\"`"
            )),
        );
        None
    }
}

/// `5:job_from`, `5:job_from=起`, `2:#`, `2:#=号`, `3:=备注`.
fn column(word: &str, place: Place) -> Option<ColumnSource> {
    let (width, content) = word.split_once([':', '：'])?;
    let (name, head) = content.split_once(['=', '＝']).unwrap_or((content, ""));
    let what = match name {
        "#" => ColumnWhatSource::Number,
        "" if head.is_empty() => return None,
        "" => ColumnWhatSource::Blank,
        name => ColumnWhatSource::Fact(Text {
            text: name.to_owned(),
            place,
        }),
    };
    Some(ColumnSource {
        width: width.parse().ok()?,
        head: head.to_owned(),
        what,
    })
}
