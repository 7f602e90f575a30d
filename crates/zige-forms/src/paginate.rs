//! Breaks a form into pages.
//!
//! Line heights are exact and characters of known width, so that what fits here fits in print and in
//! a word processor; pages are broken here once, for all of them.

use std::collections::VecDeque;

use zige_core::pack::ParagraphStyle;

use crate::filled::{
    Content, FilledBlock, FilledForm, FilledPage, FilledParagraph, FilledRow, FilledTable,
};
use crate::geometry::{
    BASIS_LINE, BASIS_TEXT, HEAD_SPACE, HEADING, NAME_LINE, NAME_TEXT, PROSE_LINE, Paper,
    TABLE_SPACE,
};
use crate::{count, grid, paragraphs};

/// The head and lines of a list that must fit before a page break, or the whole list goes below it.
const LEAST_LINES: usize = 4;
/// The lines of a paragraph that stand alone on neither side of a page break.
const LEAST_TEXT: u32 = 2;
/// The lines of a paragraph that goes along with the lines to sign below it.
const SHORT_TEXT: u32 = 5;

/// Something to be put on pages.
#[derive(Debug)]
pub(crate) struct Laid {
    /// Whether it begins a page.
    pub(crate) on_new_page: bool,
    pub(crate) block: FilledBlock,
}

/// Puts tables and text on pages. Rows tied by a cell that covers them stay together where a page
/// can hold them, long lists break between lines, long values between sentences; a heading stays
/// with what follows it, and lines to sign with what they sign.
pub(crate) fn pages(laid: Vec<Laid>, head: u32, paper: Paper) -> Vec<FilledPage> {
    let mut pages = Pages {
        paper,
        done: Vec::new(),
        page: empty_page(),
        left: paper.body().saturating_sub(head),
        headings: Vec::new(),
    };
    let mut laid: VecDeque<Laid> = laid.into();
    while let Some(Laid { on_new_page, block }) = laid.pop_front() {
        if on_new_page {
            pages.flush();
            pages.turn();
        }
        match block {
            FilledBlock::Table(table) => pages.table(table),
            FilledBlock::Paragraph(paragraph) if is_heading(&paragraph) => {
                pages.headings.push(paragraph);
            }
            FilledBlock::Paragraph(paragraph) => {
                let closing = closing(&mut laid);
                pages.paragraph(paragraph, closing);
            }
        }
    }
    pages.finish()
}

/// The height of what stands above the first block.
pub(crate) fn head(title: &str, basis: &str, paper: Paper) -> u32 {
    let lines = |text, size| count::lines(text, paper.line_room(size));
    lines(title, NAME_TEXT) * NAME_LINE + lines(basis, BASIS_TEXT) * BASIS_LINE + HEAD_SPACE
}

/// The height that is left on a form's last page; none where it takes several sheets.
pub(crate) fn room(form: &FilledForm) -> u32 {
    let Some(page) = form.pages.last().filter(|page| page.sheets == 1) else {
        return 0;
    };
    let head = match form.pages.len() {
        1 => head(&form.title, &form.provenance.basis(), form.paper),
        _ => 0,
    };
    let pairs = page.blocks.windows(2);
    let spaces = pairs.filter(|pair| matches!(pair, [before, block] if apart(before, block)));
    let spaces = u32::try_from(spaces.count()).unwrap_or(u32::MAX);
    let head = head.saturating_add(spaces.saturating_mul(TABLE_SPACE));
    let blocks = page.blocks.iter().map(|block| match block {
        FilledBlock::Table(table) => {
            let rows: u32 = grid::heights(&table.rows, form.paper).iter().sum();
            heading(&table.title) + rows
        }
        FilledBlock::Paragraph(paragraph) => paragraphs::height(paragraph, form.paper),
    });
    let used = blocks.fold(head, u32::saturating_add);
    form.paper.body().saturating_sub(used)
}

/// Whether a space stands between two blocks: between running text and a table without a heading.
pub(crate) fn apart(before: &FilledBlock, block: &FilledBlock) -> bool {
    match (before, block) {
        (FilledBlock::Paragraph(_), FilledBlock::Table(table)) => table.title.is_empty(),
        (FilledBlock::Table(_), FilledBlock::Paragraph(paragraph)) => {
            paragraph.style != ParagraphStyle::Note
        }
        _ => false,
    }
}

fn is_heading(paragraph: &FilledParagraph) -> bool {
    paragraph.style == ParagraphStyle::Heading
}

/// Whether a paragraph is a line to sign or the day under it.
pub(crate) fn is_closing(paragraph: &FilledParagraph) -> bool {
    matches!(paragraph.style, ParagraphStyle::Right | ParagraphStyle::Ink)
}

/// Whether a block is an empty line.
pub(crate) fn is_empty(block: &FilledBlock) -> bool {
    matches!(block, FilledBlock::Paragraph(paragraph) if paragraph.pieces.is_empty())
}

/// Takes the lines to sign that follow, with the empty lines above them.
fn closing(laid: &mut VecDeque<Laid>) -> Vec<FilledParagraph> {
    let mut count = 0;
    for (position, next) in laid.iter().enumerate() {
        match &next.block {
            _ if next.on_new_page => break,
            FilledBlock::Paragraph(paragraph) if is_closing(paragraph) => {
                count = position.saturating_add(1);
            }
            block if is_empty(block) => {}
            _ => break,
        }
    }
    let taken = laid.drain(..count).map(|laid| laid.block);
    taken
        .filter_map(|block| match block {
            FilledBlock::Paragraph(paragraph) => Some(paragraph),
            FilledBlock::Table(_) => None,
        })
        .collect()
}

struct Pages {
    paper: Paper,
    done: Vec<FilledPage>,
    page: FilledPage,
    left: u32,
    /// Headings that wait for what follows them.
    headings: Vec<FilledParagraph>,
}

impl Pages {
    fn height(&self, paragraphs: &[FilledParagraph]) -> u32 {
        let heights = paragraphs
            .iter()
            .map(|paragraph| paragraphs::height(paragraph, self.paper));
        heights.fold(0, u32::saturating_add)
    }

    fn table(&mut self, table: FilledTable) {
        let heights = grid::heights(&table.rows, self.paper);
        let mut title = table.title;
        let mut rows = table.rows.into_iter().zip(heights).peekable();
        while let Some(first) = rows.next() {
            let mut group = vec![first];
            while let Some(tied) = rows.next_if(|(row, _)| grid::is_tied(row)) {
                group.push(tied);
            }
            self.rows(&mut title, group);
        }
    }

    fn rows(&mut self, title: &mut String, group: Vec<(FilledRow, u32)>) {
        let above = self.above(title);
        let height: u32 = group.iter().map(|(_, height)| height).sum();
        if height + above <= self.left {
            return self.take_rows(title, group);
        }
        let first_lines: u32 = group
            .iter()
            .take(LEAST_LINES)
            .map(|(_, height)| height)
            .sum();
        let is_list = group.len() > LEAST_LINES && group.iter().skip(1).all(|(row, _)| row.keep);
        let splits = is_list && first_lines + above <= self.left;
        if height + above <= self.paper.body() && !splits && !self.page.blocks.is_empty() {
            self.turn();
            return self.take_rows(title, group);
        }
        let head = group.first().filter(|(row, _)| row.head).cloned();
        let spare = group.iter().rev().take_while(|(row, _)| row.spare).count();
        let needed = group.len().saturating_sub(spare);
        for (position, (row, height)) in group.into_iter().enumerate() {
            let above = self.above(title);
            if height + above > self.left {
                // Spare lines fill a page, they do not begin one.
                if position >= needed && position > 1 {
                    break;
                }
                self.turn();
                if let Some(head) = head.clone().filter(|_| position > 0) {
                    self.take_rows(title, vec![head]);
                }
                let sheets = (height + above).div_ceil(self.left.max(1));
                self.page.sheets = u16::try_from(sheets).unwrap_or(u16::MAX);
            }
            self.take_rows(title, vec![(row, height)]);
        }
    }

    /// What comes between what is on the page and a table's next row.
    fn above(&self, title: &str) -> u32 {
        let is_text = match self.page.blocks.last() {
            _ if !self.headings.is_empty() => true,
            Some(FilledBlock::Paragraph(_)) => true,
            Some(FilledBlock::Table(_)) | None => false,
        };
        let space = if is_text && title.is_empty() {
            TABLE_SPACE
        } else {
            0
        };
        heading(title) + self.height(&self.headings) + space
    }

    fn take_rows(&mut self, title: &mut String, group: Vec<(FilledRow, u32)>) {
        self.flush();
        let goes_on = matches!(self.page.blocks.last(), Some(FilledBlock::Table(_)));
        if !title.is_empty() || !goes_on {
            self.left = self.left.saturating_sub(self.above(title));
            self.page.blocks.push(FilledBlock::Table(FilledTable {
                title: std::mem::take(title),
                rows: Vec::new(),
            }));
        }
        if let Some(FilledBlock::Table(table)) = self.page.blocks.last_mut() {
            for (row, height) in group {
                self.left = self.left.saturating_sub(height);
                table.rows.push(row);
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: FilledParagraph, closing: Vec<FilledParagraph>) {
        if paragraph.long_value().is_some() {
            let below = self.height(&closing);
            while self.above_and(&paragraph).saturating_add(below) > self.left {
                let above = self
                    .height(&self.headings)
                    .saturating_add(self.space_below_table());
                let lines = self.left.saturating_sub(above) / PROSE_LINE;
                // What is signed does not stand on a page of its own.
                let fits = self.above_and(&paragraph) <= self.left;
                let most = if fits {
                    lines.saturating_sub(LEAST_TEXT)
                } else {
                    lines
                };
                let parts = paragraphs::part(&paragraph, most, self.paper);
                match parts.filter(|_| most >= LEAST_TEXT) {
                    Some((stays, goes)) => {
                        self.take(vec![stays]);
                        self.turn();
                        paragraph = goes;
                    }
                    None if self.page.blocks.is_empty() => break,
                    None => self.turn(),
                }
            }
            self.put(vec![paragraph]);
            return self.put(closing);
        }
        let short = paragraphs::height(&paragraph, self.paper) <= SHORT_TEXT * PROSE_LINE;
        match short {
            true => self.put([vec![paragraph], closing].concat()),
            false => {
                self.put(vec![paragraph]);
                self.put(closing);
            }
        }
    }

    fn above_and(&self, paragraph: &FilledParagraph) -> u32 {
        let height = paragraphs::height(paragraph, self.paper);
        let above = self
            .height(&self.headings)
            .saturating_add(self.space_below_table());
        height.saturating_add(above)
    }

    /// Puts paragraphs that stay together on this page or the next.
    fn put(&mut self, group: Vec<FilledParagraph>) {
        if group.is_empty() {
            return;
        }
        let height = self
            .height(&group)
            .saturating_add(self.height(&self.headings));
        if group.iter().all(is_closing) {
            self.drop_spare_rows(height.saturating_add(self.space_below_table()));
        }
        if height > self.left {
            self.turn();
        }
        if height > self.left {
            let sheets = height.div_ceil(self.left.max(1));
            self.page.sheets = u16::try_from(sheets).unwrap_or(u16::MAX);
        }
        self.take(group);
    }

    /// Lines to sign do not stand on a page of their own because of spare lines above them.
    fn drop_spare_rows(&mut self, needed: u32) {
        let Some(FilledBlock::Table(table)) = self.page.blocks.last_mut() else {
            return;
        };
        let heights = grid::heights(&table.rows, self.paper);
        let spare = table.rows.iter().rev().take_while(|row| row.spare).count();
        // One line is left to write on.
        let most = spare.min(table.rows.len().saturating_sub(2));
        let mut left = self.left;
        let mut dropped = 0;
        for height in heights.iter().rev().take(most) {
            if left >= needed {
                break;
            }
            left = left.saturating_add(*height);
            dropped += 1;
        }
        if left >= needed {
            table
                .rows
                .truncate(table.rows.len().saturating_sub(dropped));
            self.left = left;
        }
    }

    fn take(&mut self, group: Vec<FilledParagraph>) {
        self.flush();
        self.append(group);
    }

    /// What comes between a table that ends here and text below it; a note has its own.
    fn space_below_table(&self) -> u32 {
        match self.page.blocks.last() {
            Some(FilledBlock::Table(_)) => TABLE_SPACE,
            _ => 0,
        }
    }

    fn append(&mut self, paragraphs: Vec<FilledParagraph>) {
        if paragraphs.is_empty() {
            return;
        }
        let height = self
            .height(&paragraphs)
            .saturating_add(self.space_below_table());
        self.left = self.left.saturating_sub(height);
        let blocks = paragraphs.into_iter().map(FilledBlock::Paragraph);
        self.page.blocks.extend(blocks);
    }

    /// Puts the headings that wait.
    fn flush(&mut self) {
        let headings = std::mem::take(&mut self.headings);
        self.append(headings);
    }

    fn turn(&mut self) {
        if !self.page.blocks.is_empty() {
            self.left = self.paper.body();
            self.done
                .push(std::mem::replace(&mut self.page, empty_page()));
        }
    }

    fn finish(mut self) -> Vec<FilledPage> {
        self.flush();
        if !self.page.blocks.is_empty() || self.done.is_empty() {
            self.done.push(self.page);
        }
        repeat_labels(&mut self.done);
        for block in self.done.iter_mut().flat_map(|page| &mut page.blocks) {
            if let FilledBlock::Table(table) = block {
                grid::join(&mut table.rows);
            }
        }
        self.done
    }
}

fn empty_page() -> FilledPage {
    FilledPage {
        blocks: Vec::new(),
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
        let rows_before = match before.last().and_then(|page| page.blocks.last()) {
            Some(FilledBlock::Table(table)) => table.rows.as_slice(),
            _ => &[],
        };
        let first = match after.first_mut().and_then(|page| page.blocks.first_mut()) {
            Some(FilledBlock::Table(table)) => table.rows.first_mut(),
            _ => None,
        };
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
