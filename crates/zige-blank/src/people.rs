//! A column for each person: 项目 | 导师 | 培养对象, or | 本人 | 配偶, and a label at the left of each row.

use crate::grid::{Cell, Table};
use crate::recognise::{Reader, Reading, is_used, mark};
use crate::resolve::Around;
use crate::words::{self, Whose};

/// Fewer persons are no columns of people.
const FEWEST: usize = 2;

/// The head of a column.
struct Person {
    whose: Whose,
    key: String,
    column: usize,
    column_end: usize,
}

impl<'a> Reader<'_, 'a, '_> {
    /// Finds columns that are headed by persons, and plans their rows.
    pub(crate) fn people(&mut self, number: usize, table: &Table<'a>, reading: &mut Reading) {
        for row in 0..table.rows.saturating_sub(1) {
            let people = self.heads(table, row);
            let Some(first) = people.first().filter(|_| people.len() >= FEWEST) else {
                continue;
            };
            let Some(labels) = first.column.checked_sub(1) else {
                continue;
            };
            for below in row + 1..table.rows {
                let label = table.look(below, labels).filter(|(position, cell)| {
                    (cell.row, cell.row_end) == (below, below + 1)
                        && !cell.is_blank()
                        && !self.is_open(number, *position)
                });
                let Some((at, label)) = label else { break };
                let printed = label.text();
                let cells: Vec<Option<usize>> = people
                    .iter()
                    .map(|person| self.under(number, table, below, person, reading))
                    .collect();
                if cells.iter().all(Option::is_none) {
                    break;
                }
                mark(&mut reading.used, at);
                for (person, cell) in people.iter().zip(cells) {
                    let Some(cell) = cell else { continue };
                    let around = Around {
                        whose: Some(person.whose),
                        whose_key: person.key.clone(),
                        ..Around::default()
                    };
                    let meaning = self
                        .resolver
                        .meaning(&self.resolver.label(&printed), &around);
                    let slot = self.slot(number, cell);
                    self.plan(number, cell, &printed, meaning, slot, false);
                    mark(&mut reading.used, cell);
                }
            }
        }
    }

    /// The persons that a row names, each in a cell of its own.
    fn heads(&self, table: &Table<'a>, row: usize) -> Vec<Person> {
        let person = |cell: &Cell<'a>| {
            let label = self.resolver.label(&cell.text());
            let whose = words::person(&label.key)?;
            (words::ink(&label).is_none() && cell.row_end == row + 1).then_some(Person {
                whose,
                key: label.key,
                column: cell.column,
                column_end: cell.column_end,
            })
        };
        let cells = table.row(row).into_iter();
        cells
            .filter_map(|position| person(table.cell(position)?))
            .collect()
    }

    /// The open cell of a row under a person.
    fn under(
        &self,
        number: usize,
        table: &Table<'a>,
        row: usize,
        person: &Person,
        reading: &Reading,
    ) -> Option<usize> {
        let (position, cell) = table.look(row, person.column)?;
        let fits = (cell.row, cell.row_end) == (row, row + 1)
            && (cell.column, cell.column_end) == (person.column, person.column_end)
            && self.is_open(number, position)
            && !is_used(&reading.used, position);
        fits.then_some(position)
    }
}
