//! The true grid of a table: which rows and columns each cell covers.
//!
//! A row says how many columns its cells span. Where the spans of all rows come to the same number,
//! they are the grid. Where they do not (some programs leave spans out and give widths alone), the
//! edges of the cells are: edges closer than [`NEAR`] are one line.

use crate::document::{Height, Merge, Paragraph, RawCell, RawRow, RawTable};

/// Edges closer than this are one line, in twentieths of a point: 2 mm.
const NEAR: u32 = 113;

/// A table on its grid.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) heights: Vec<Height>,
    pub(crate) cells: Vec<Cell<'a>>,
    /// The cell that covers each place, row by row.
    covers: Vec<Option<usize>>,
}

/// A cell with the rows and columns that it covers.
#[derive(Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) raw: RawCell<'a>,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) row_end: usize,
    pub(crate) column_end: usize,
    /// The width of its text, in twentieths of a point.
    pub(crate) room: u32,
    pub(crate) sides: u32,
}

impl<'a> Cell<'a> {
    pub(crate) fn paragraphs(&self) -> &[Paragraph<'a>] {
        &self.raw.paragraphs
    }

    /// Its text, paragraphs parted by `\n`.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<String> = self.raw.paragraphs.iter().map(Paragraph::text).collect();
        lines.join("\n")
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.raw.tables.is_empty() && self.raw.paragraphs.iter().all(Paragraph::is_blank)
    }

    pub(crate) fn row_count(&self) -> usize {
        self.row_end - self.row
    }
}

/// One cell on its way to the grid.
struct Placed<'a> {
    raw: RawCell<'a>,
    row: usize,
    start: u32,
    end: u32,
}

impl<'a> Table<'a> {
    /// Puts a table's cells on their grid.
    pub(crate) fn new(raw: RawTable<'a>) -> Table<'a> {
        let heights: Vec<Height> = raw.rows.iter().map(|row| row.height).collect();
        let widths = raw.columns.clone();
        let sides = raw.sides;
        let by_spans = spans_agree(&raw.rows);
        let placed = place(raw.rows, by_spans);
        let edges = edges(&placed, by_spans);
        let rows = heights.len();
        let columns = edges.len().saturating_sub(1);

        let mut table = Table {
            rows,
            columns,
            heights,
            cells: Vec::new(),
            covers: vec![None; rows * columns],
        };
        for one in placed {
            let at = |edge: u32| line(&edges, edge);
            let (column, column_end) = (at(one.start), at(one.end));
            let column_end = column_end.max(column + 1).min(columns);
            if column >= column_end {
                continue;
            }
            let above = one.row.checked_sub(1).and_then(|row| table.at(row, column));
            let above = above.filter(|_| one.raw.merge == Merge::Continues);
            let joined = above.filter(|above| {
                table.cells.get(*above).is_some_and(|above| {
                    above.raw.merge != Merge::None
                        && (above.column, above.column_end) == (column, column_end)
                })
            });
            let cell = match joined {
                Some(joined) => {
                    if let Some(cell) = table.cells.get_mut(joined) {
                        cell.row_end = one.row + 1;
                    }
                    joined
                }
                None => {
                    let width = match (one.raw.width, by_spans) {
                        (_, true) if widths.len() == columns => {
                            widths.iter().skip(column).take(column_end - column).sum()
                        }
                        (Some(width), _) => width,
                        (None, _) => one.end - one.start,
                    };
                    let sides = one.raw.sides.unwrap_or(sides);
                    table.cells.push(Cell {
                        row: one.row,
                        column,
                        row_end: one.row + 1,
                        column_end,
                        room: width.saturating_sub(sides),
                        sides,
                        raw: one.raw,
                    });
                    table.cells.len() - 1
                }
            };
            for column in column..column_end {
                if let Some(place) = table.covers.get_mut(one.row * columns + column) {
                    *place = Some(cell);
                }
            }
        }
        table
    }

    /// The cell that covers a place.
    pub(crate) fn at(&self, row: usize, column: usize) -> Option<usize> {
        if column >= self.columns || row >= self.rows {
            return None;
        }
        self.covers
            .get(row * self.columns + column)
            .copied()
            .flatten()
    }

    pub(crate) fn cell(&self, position: usize) -> Option<&Cell<'a>> {
        self.cells.get(position)
    }

    /// The cell that covers a place, with its position.
    pub(crate) fn look(&self, row: usize, column: usize) -> Option<(usize, &Cell<'a>)> {
        let position = self.at(row, column)?;
        Some((position, self.cells.get(position)?))
    }

    /// The cells that cover a row, from left to right.
    pub(crate) fn row(&self, row: usize) -> Vec<usize> {
        let mut cells: Vec<usize> = (0..self.columns)
            .filter_map(|column| self.at(row, column))
            .collect();
        cells.dedup();
        cells
    }

    /// How high a cell is, where all its rows have an exact height.
    pub(crate) fn exact_height(&self, cell: &Cell<'_>) -> Option<u32> {
        let rows = self.heights.get(cell.row..cell.row_end)?;
        rows.iter()
            .map(|height| match height {
                Height::Exact(height) => Some(*height),
                _ => None,
            })
            .sum()
    }
}

fn spans_agree(rows: &[RawRow<'_>]) -> bool {
    let mut counts = rows
        .iter()
        .map(|row| row.before + row.after + row.cells.iter().map(|cell| cell.span).sum::<usize>());
    let first = counts.next().unwrap_or(0);
    counts.all(|count| count == first) && first <= 1000
}

/// The edges of each cell: in columns where the spans agree, else in twentieths of a point.
fn place(rows: Vec<RawRow<'_>>, by_spans: bool) -> Vec<Placed<'_>> {
    let mut placed = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let number_of = |columns: usize| u32::try_from(columns).unwrap_or(u32::MAX);
        let mut reached = match by_spans {
            true => number_of(row.before),
            false => row.width_before,
        };
        for raw in row.cells {
            let start = reached;
            let width = match by_spans {
                true => number_of(raw.span),
                // A cell without a width is as wide as a column of some 16 mm.
                false => raw.width.unwrap_or(907 * number_of(raw.span)),
            };
            reached = reached.saturating_add(width.max(1));
            placed.push(Placed {
                raw,
                row: number,
                start,
                end: reached,
            });
        }
    }
    placed
}

/// The lines of the grid, from left to right.
fn edges(placed: &[Placed<'_>], by_spans: bool) -> Vec<u32> {
    let near = if by_spans { 1 } else { NEAR };
    let mut all: Vec<u32> = placed
        .iter()
        .flat_map(|cell| [cell.start, cell.end])
        .collect();
    all.sort_unstable();
    let mut edges: Vec<u32> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|last| edge - last >= near) {
            edges.push(edge);
        }
    }
    edges
}

/// The line that an edge belongs to: the last one not right of it.
fn line(edges: &[u32], edge: u32) -> usize {
    edges
        .partition_point(|line| *line <= edge)
        .saturating_sub(1)
}
