//! Breaks a form into pages.
//!
//! Line heights are exact and characters of known width, so that what fits here fits in print and in
//! a word processor; pages are broken here once, for all of them.

use crate::filled::{Content, FilledForm, FilledPage, FilledRow, FilledTable};
use crate::geometry::{
    BASIS_LINE, BASIS_TEXT, BODY, HEAD_SPACE, HEADING, NAME_LINE, NAME_TEXT, TABLE,
};
use crate::{count, grid};

/// The head and lines of a list that must fit before a page break, or the whole list goes below it.
const LEAST_LINES: usize = 4;

/// Puts tables on pages. Rows tied by a cell that covers them stay together where a page can hold
/// them, long lists break between lines; a table without a heading goes on in the one above.
pub(crate) fn pages(tables: Vec<FilledTable>, head: u32) -> Vec<FilledPage> {
    let mut pages = Pages {
        done: Vec::new(),
        page: empty_page(),
        left: BODY.saturating_sub(head),
    };
    for table in tables.into_iter().filter(|table| !table.rows.is_empty()) {
        let heights = grid::heights(&table.rows);
        let mut title = table.title;
        let mut rows = table.rows.into_iter().zip(heights).peekable();
        while let Some(first) = rows.next() {
            let mut group = vec![first];
            while let Some(tied) = rows.next_if(|(row, _)| grid::is_tied(row)) {
                group.push(tied);
            }
            pages.put(&mut title, group);
        }
    }
    pages.finish()
}

/// The height of what stands above the first table.
pub(crate) fn head(name: &str, basis: &str) -> u32 {
    let lines = |text, size| count::lines(text, TABLE * 1000 / size);
    lines(name, NAME_TEXT) * NAME_LINE + lines(basis, BASIS_TEXT) * BASIS_LINE + HEAD_SPACE
}

/// The height that is left on a form's last page; none where it takes several sheets.
pub(crate) fn room(form: &FilledForm) -> u32 {
    let Some(page) = form.pages.last().filter(|page| page.sheets == 1) else {
        return 0;
    };
    let head = match form.pages.len() {
        1 => head(&form.name, &form.provenance.basis()),
        _ => 0,
    };
    let tables = page.tables.iter().map(|table| {
        let rows: u32 = grid::heights(&table.rows).iter().sum();
        heading(&table.title) + rows
    });
    BODY.saturating_sub(head + tables.sum::<u32>())
}

struct Pages {
    done: Vec<FilledPage>,
    page: FilledPage,
    left: u32,
}

impl Pages {
    fn put(&mut self, title: &mut String, group: Vec<(FilledRow, u32)>) {
        let height: u32 = group.iter().map(|(_, height)| height).sum();
        if height + heading(title) <= self.left {
            return self.take(title, group);
        }
        let first_lines: u32 = group
            .iter()
            .take(LEAST_LINES)
            .map(|(_, height)| height)
            .sum();
        let is_list = group.len() > LEAST_LINES && group.iter().skip(1).all(|(row, _)| row.keep);
        let splits = is_list && first_lines + heading(title) <= self.left;
        if height + heading(title) <= BODY && !splits && !self.page.tables.is_empty() {
            self.turn();
            return self.take(title, group);
        }
        for (row, height) in group {
            if height + heading(title) > self.left {
                self.turn();
                let sheets = (height + heading(title)).div_ceil(self.left.max(1));
                self.page.sheets = u16::try_from(sheets).unwrap_or(u16::MAX);
            }
            self.take(title, vec![(row, height)]);
        }
    }

    fn take(&mut self, title: &mut String, group: Vec<(FilledRow, u32)>) {
        if !title.is_empty() || self.page.tables.is_empty() {
            self.left = self.left.saturating_sub(heading(title));
            self.page.tables.push(FilledTable {
                title: std::mem::take(title),
                rows: Vec::new(),
            });
        }
        if let Some(table) = self.page.tables.last_mut() {
            for (row, height) in group {
                self.left = self.left.saturating_sub(height);
                table.rows.push(row);
            }
        }
    }

    fn turn(&mut self) {
        if !self.page.tables.is_empty() {
            self.left = BODY;
            self.done
                .push(std::mem::replace(&mut self.page, empty_page()));
        }
    }

    fn finish(mut self) -> Vec<FilledPage> {
        if !self.page.tables.is_empty() || self.done.is_empty() {
            self.done.push(self.page);
        }
        repeat_labels(&mut self.done);
        for table in self.done.iter_mut().flat_map(|page| &mut page.tables) {
            grid::join(&mut table.rows);
        }
        self.done
    }
}

fn empty_page() -> FilledPage {
    FilledPage {
        tables: Vec::new(),
        sheets: 1,
    }
}

fn heading(title: &str) -> u32 {
    if title.is_empty() { 0 } else { HEADING }
}

/// A label that covers rows on both sides of a page break is printed again below it.
fn repeat_labels(pages: &mut [FilledPage]) {
    for position in 1..pages.len() {
        let (before, after) = pages.split_at_mut(position);
        let rows_before = before
            .last()
            .and_then(|page| page.tables.last())
            .map_or(&[][..], |table| &table.rows);
        let first = after
            .first_mut()
            .and_then(|page| page.tables.first_mut())
            .and_then(|table| table.rows.first_mut());
        let Some(row) = first else { continue };
        let mut start = 0;
        for cell in &mut row.cells {
            if cell.content == Content::Continued {
                cell.content = covering(rows_before, start);
            }
            start += u32::from(cell.columns);
        }
    }
}

/// The label above a place, looking up over the cells that it covers.
fn covering(rows: &[FilledRow], start: u32) -> Content {
    let contents = rows.iter().rev().filter_map(|row| {
        let mut reached = 0;
        row.cells.iter().find(|cell| {
            let found = reached == start;
            reached += u32::from(cell.columns);
            found
        })
    });
    match contents
        .map(|cell| &cell.content)
        .find(|content| **content != Content::Continued)
    {
        Some(Content::Label(text)) => Content::Label(text.clone()),
        _ => Content::Blank,
    }
}
