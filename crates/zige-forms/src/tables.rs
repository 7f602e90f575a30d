//! The tables of a form, with answers in their cells.

use zige_core::answers::Records;
use zige_core::ids::FactId;
use zige_core::pack::{Cell, ColumnWhat, Fact, FormColumn, FormRow, FormTable};

use crate::entries::{Entries, record_tag, shown};
use crate::filled::{Content, FilledCell, FilledRow, FilledTable, Value, Why, spanned};
use crate::geometry::{Paper, ROW_MILLIMETRES, twips};
use crate::value::{NOTHING, Setting};
use crate::{grid, paragraphs, photo, xml};

/// The most lines that are printed of one list; what is beyond is reported, not printed.
const MOST_RECORDS: usize = 500;

/// One part's rows, filled and set.
pub(crate) fn table(
    entries: &mut Entries<'_>,
    title: &str,
    rows: &[FormRow],
    paper: Paper,
) -> FilledTable {
    let mut filled: Vec<FilledRow> = Vec::new();
    for row in rows {
        filled.extend(lines_of(entries, row));
    }
    grid::widen(&mut filled);
    grid::join(&mut filled);
    set_texts(&mut filled, paper);
    FilledTable {
        title: title.to_owned(),
        rows: filled,
    }
}

/// One row of the layout: several on paper where it holds a list.
fn lines_of(entries: &mut Entries<'_>, row: &FormRow) -> Vec<FilledRow> {
    let mut label = String::new();
    let mut columns: Vec<Vec<FilledRow>> = Vec::new();
    for (width, cell) in &row.cells {
        let content = match cell {
            Cell::Table(table) => {
                columns.push(records(entries, table, *width));
                continue;
            }
            Cell::Label(text) => {
                label = xml::clean(text);
                Content::Label(label.clone())
            }
            Cell::Value(slot) => entries
                .value(*slot, Setting::Cell(&label))
                .map_or(Content::Blank, Content::Value),
            Cell::Text(pieces) => Content::Text(paragraphs::pieces(entries, pieces)),
            Cell::Ink(caption) => {
                entries.ink(if label.is_empty() { caption } else { &label });
                Content::Ink(xml::clean(caption))
            }
            Cell::Photo => {
                entries.by_hand(photo::BY_HAND.to_owned());
                Content::Photo(None)
            }
            Cell::Continue => Content::Continued,
        };
        columns.push(vec![line(vec![single(*width, content)])]);
    }
    let count = columns.iter().map(Vec::len).max().unwrap_or(1);
    let has_list = row
        .cells
        .iter()
        .any(|(_, cell)| matches!(cell, Cell::Table(_)));
    let height = match row.height {
        0 => ROW_MILLIMETRES,
        given => given,
    };
    let share = height.div_ceil(u16::try_from(count).unwrap_or(u16::MAX));
    let height = grid::height_class(if count > 1 {
        share.max(ROW_MILLIMETRES - 1)
    } else {
        share
    });
    (0..count)
        .map(|position| FilledRow {
            height,
            keep: position > 0,
            spare: is_spare(&columns, position),
            head: has_list && position == 0,
            cells: columns
                .iter()
                .flat_map(|column| slice(column, position))
                .collect(),
        })
        .collect()
}

/// Whether a line on paper is spare in each list that still has one there.
fn is_spare(columns: &[Vec<FilledRow>], position: usize) -> bool {
    let mut lists = columns
        .iter()
        .filter(|column| column.len() > 1)
        .filter_map(|column| column.get(position));
    let Some(first) = lists.next() else {
        return false;
    };
    first.spare && lists.all(|row| row.spare)
}

/// The head of a list and its lines, at least as many as the layout asks for.
fn records(entries: &mut Entries<'_>, table: &FormTable, width: u8) -> Vec<FilledRow> {
    let filling = entries.filling;
    let Some(list) = filling.fact(table.records) else {
        return vec![line(vec![single(width, Content::Blank)])];
    };
    let known = |column: &&FormColumn| match column.what {
        ColumnWhat::Fact(fact) => filling.fact(fact).is_some(),
        ColumnWhat::Number | ColumnWhat::Blank => true,
    };
    let columns: Vec<&FormColumn> = table.columns.iter().filter(known).collect();
    let widths = grid::fit(columns.iter().map(|column| column.width), width);
    let heads: Vec<String> = columns
        .iter()
        .map(|column| head(filling.fact(fact_of(column)), column))
        .collect();
    let labels = heads.iter().cloned().map(Content::Label);
    let mut lines = vec![line(cells(&widths, labels))];

    let none = Records::default();
    let given = entries.records(table.records);
    let records = given.unwrap_or(&none);
    if records.rows.len() > MOST_RECORDS {
        entries.gap(&list.id, &list.label, Why::MoreRecords);
    }
    let printed = records.rows.len().min(MOST_RECORDS);
    for position in 0..printed.max(usize::from(table.least_rows)).max(1) {
        let number = position + 1;
        let mut contents: Vec<Content> = Vec::new();
        for (column, head) in columns.iter().zip(&heads) {
            let content = match column.what {
                ColumnWhat::Number => Content::Label(number.to_string()),
                ColumnWhat::Blank => Content::Blank,
                ColumnWhat::Fact(id) if position < printed => entries
                    .of_record(list, records, position, id, head)
                    .map_or(Content::Blank, Content::Value),
                ColumnWhat::Fact(id) => filling.fact(id).map_or(Content::Blank, |fact| {
                    let tag = record_tag(list, number, fact);
                    Content::Value(shown(tag, fact.label.clone(), String::new()))
                }),
            };
            contents.push(content);
        }
        lines.push(FilledRow {
            spare: position >= printed,
            ..line(cells(&widths, contents))
        });
    }
    if let Some(first) = lines
        .get_mut(1)
        .filter(|_| records.rows.is_empty() && records.complete)
    {
        let nothing = shown(list.id.clone(), list.label.clone(), NOTHING.to_owned());
        *first = line(vec![single(width, Content::Value(nothing))]);
    }
    lines
}

fn fact_of(column: &FormColumn) -> FactId {
    match column.what {
        ColumnWhat::Fact(fact) => fact,
        ColumnWhat::Number | ColumnWhat::Blank => FactId(u16::MAX),
    }
}

fn head(fact: Option<&Fact>, column: &FormColumn) -> String {
    match (column.head.as_str(), fact) {
        ("", Some(fact)) => fact.label.clone(),
        (head, _) => xml::clean(head),
    }
}

fn line(cells: Vec<FilledCell>) -> FilledRow {
    FilledRow {
        height: 0,
        keep: false,
        spare: false,
        head: false,
        cells,
    }
}

fn single(columns: u8, content: Content) -> FilledCell {
    FilledCell {
        columns,
        rows: 1,
        content,
    }
}

fn cells(widths: &[u8], contents: impl IntoIterator<Item = Content>) -> Vec<FilledCell> {
    let contents = contents
        .into_iter()
        .chain(std::iter::repeat(Content::Blank));
    widths
        .iter()
        .zip(contents)
        .map(|(columns, content)| single(*columns, content))
        .collect()
}

/// The cells that a column of a row has on its `position`th line: what is one line high goes on, a
/// list that has ended is blank.
fn slice(column: &[FilledRow], position: usize) -> Vec<FilledCell> {
    match (column.get(position), column) {
        (Some(row), _) => row.cells.clone(),
        (None, [row]) => {
            let go_on = |cell: &FilledCell| single(cell.columns, Content::Continued);
            row.cells.iter().map(go_on).collect()
        }
        (None, [row, ..]) => {
            let blank = |cell: &FilledCell| single(cell.columns, Content::Blank);
            row.cells.iter().map(blank).collect()
        }
        (None, []) => Vec::new(),
    }
}

/// Sets each text as its cell has room for it.
fn set_texts(rows: &mut [FilledRow], paper: Paper) {
    let heights: Vec<u32> = rows.iter().map(|row| twips(row.height)).collect();
    for (position, row) in rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            let height = spanned(&heights, position, cell.rows);
            match &mut cell.content {
                Content::Label(text) => *text = grid::set_label(text, cell.columns, height, paper),
                Content::Ink(text) => *text = grid::set_caption(text, cell.columns, height, paper),
                Content::Value(value) => set_value(value, cell.columns, paper),
                Content::Text(_) | Content::Photo(_) | Content::Continued | Content::Blank => {}
            }
        }
    }
}

/// Several lines in a wide cell, and more than two in any, read better from the left; a date is broken before its age.
fn set_value(value: &mut Value, columns: u8, paper: Paper) {
    let wraps = grid::lines(&value.text, columns, paper) > 1;
    let long = columns >= 8 || grid::lines(&value.text, columns, paper) > 2;
    value.prose = value.text.contains('\n') || wraps && long;
    if let Some(broken) = grid::set_value(&value.text, columns, paper).filter(|_| !value.prose) {
        value.text = broken;
    }
}
