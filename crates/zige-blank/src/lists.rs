//! Lists: a row of labels over empty rows. A column's label applies down.

use crate::document::{is_box, is_marked_box};
use crate::grid::Table;
use crate::label::{Label, readings};
use crate::lexicon::{Asked, Found, Part};
use crate::model::{Doubt, Place, State, Unfit};
use crate::plan::{Ask, Holder, Plan, Spot};
use crate::profile::{Given, Kind};
use crate::recognise::{Reader, Reading, is_used, mark};
use crate::resolve::{Around, Meaning};
use crate::slots::Slot;
use crate::value::NOTHING;
use crate::words::{self, Whose};

/// Whether a column belongs to no fact, in whatever list: it counts, or is for whoever checks.
fn is_aside(labels: &[Label]) -> bool {
    labels.first().is_some_and(|label| {
        let key = label.key.as_str();
        words::is_number(key) || matches!(key, "备注" | "证明人")
    })
}

/// A row of labels with the empty rows below it.
#[derive(Debug)]
struct Area {
    /// The label cells, from left to right.
    heads: Vec<usize>,
    /// The cells of each row below, in the order of the labels.
    rows: Vec<Vec<usize>>,
}

/// Which list an area is.
enum Which {
    /// This one.
    List(usize),
    /// This one by its columns, though its title says something unknown.
    Perhaps(usize),
    /// The person's own facts, in one row.
    Own,
    /// Several people, one a row.
    People,
    /// What a heading says about whose data it is.
    Whose(Meaning),
    /// Unknown.
    Unknown,
}

impl<'a> Reader<'_, 'a, '_> {
    /// Finds the lists of a table and plans their rows.
    pub(crate) fn lists(&mut self, number: usize, table: &Table<'a>, reading: &mut Reading) {
        for row in 0..table.rows.saturating_sub(1) {
            for area in self.areas(number, table, row, reading) {
                for cell in area.heads.iter().chain(area.rows.iter().flatten()) {
                    mark(&mut reading.used, *cell);
                }
                self.area(number, table, row, &area, reading);
            }
        }
    }

    /// Stretches of two or more labels in a row, each over an empty cell with the same edges.
    fn areas(&self, number: usize, table: &Table<'a>, row: usize, reading: &Reading) -> Vec<Area> {
        let mut areas = Vec::new();
        let mut heads: Vec<usize> = Vec::new();
        let mut flush = |heads: &mut Vec<usize>| {
            if heads.len() >= 2 {
                areas.push(std::mem::take(heads));
            }
            heads.clear();
        };
        for position in table.row(row) {
            let is_head = table.cell(position).is_some_and(|cell| {
                let below = table.look(row + 1, cell.column);
                let text = cell.text();
                !is_used(&reading.used, position)
                    && cell.row_end == row + 1
                    && !cell.is_blank()
                    && !text.chars().any(|c| is_box(c) || is_marked_box(c))
                    && !self.is_open(number, position)
                    && below.is_some_and(|(below, under)| {
                        (under.row, under.column, under.column_end)
                            == (row + 1, cell.column, cell.column_end)
                            && under.row_count() == 1
                            && self.is_entry(number, below)
                            && !is_used(&reading.used, below)
                    })
            });
            match is_head {
                true => heads.push(position),
                // A column of numbers does not part its neighbours.
                false => flush(&mut heads),
            }
        }
        flush(&mut heads);
        areas
            .into_iter()
            .map(|heads| {
                let mut rows: Vec<Vec<usize>> = Vec::new();
                for below in row + 1..table.rows {
                    let cells: Option<Vec<usize>> = heads
                        .iter()
                        .map(|head| {
                            let head = table.cell(*head)?;
                            let (position, cell) = table.look(below, head.column)?;
                            let fits = (cell.row, cell.row_end) == (below, below + 1)
                                && (cell.column, cell.column_end) == (head.column, head.column_end)
                                && !is_used(&reading.used, position)
                                && self.is_entry(number, position);
                            fits.then_some(position)
                        })
                        .collect();
                    match cells {
                        Some(cells) => rows.push(cells),
                        None => break,
                    }
                }
                Area { heads, rows }
            })
            .filter(|area| !area.rows.is_empty())
            .collect()
    }

    /// Whether a cell of a list is to be filled, or only counts: `1`, `（一）`.
    fn is_entry(&self, number: usize, position: usize) -> bool {
        let text: String = self.text(number, position).into_iter().collect();
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let counts = !bare.is_empty()
            && bare.chars().count() <= 4
            && bare
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十（）().、".contains(c));
        counts || self.is_open(number, position)
    }

    fn area(
        &mut self,
        number: usize,
        table: &Table<'a>,
        row: usize,
        area: &Area,
        reading: &Reading,
    ) {
        let columns: Vec<(String, Vec<Label>)> = area
            .heads
            .iter()
            .filter_map(|head| table.cell(*head))
            .map(|cell| {
                let text = cell.text();
                let mut labels: Vec<Label> = readings(&text)
                    .iter()
                    .map(|text| Label::new(text))
                    .collect();
                // Under a wider label, the two together may be the name.
                let over = cell
                    .row
                    .checked_sub(1)
                    .and_then(|above| table.look(above, cell.column));
                if let Some((_, over)) = over.filter(|(_, over)| {
                    over.column_end - over.column > cell.column_end - cell.column
                }) {
                    labels.push(Label::new(&format!("{}{text}", over.text())));
                }
                (text, labels)
            })
            .collect();
        let (which, around) = self.which(number, table, row, area, &columns, reading);
        match which {
            Which::List(list) => {
                // Half a row is no record that a form could use.
                let asked = columns.iter().filter(|(_, labels)| !is_aside(labels));
                let known = asked
                    .clone()
                    .filter(|(_, labels)| self.column(list, labels).is_some());
                let state = (known.count() * 2 < asked.count())
                    .then_some(State::Doubtful(Doubt::WhichList));
                self.records(number, area, &columns, list, state);
            }
            Which::Perhaps(list) => {
                self.records(
                    number,
                    area,
                    &columns,
                    list,
                    Some(State::Doubtful(Doubt::WhichList)),
                );
            }
            Which::Own => {
                for (position, (text, labels)) in columns.iter().enumerate() {
                    let Some(cell) = area.rows.first().and_then(|cells| cells.get(position)) else {
                        continue;
                    };
                    let label = labels.first().cloned().unwrap_or_else(|| Label::new(text));
                    let known = labels
                        .iter()
                        .find(|label| self.resolver.lexicon.find(None, &label.key, None).is_some());
                    let meaning = self.resolver.meaning(known.unwrap_or(&label), &around);
                    if !words::is_number(&label.key) {
                        let slot = self.slot(number, *cell);
                        self.plan(number, *cell, text, meaning, slot, around.whose.is_none());
                    }
                }
            }
            Which::People => self.refuse(
                number,
                area,
                &columns,
                State::NotFillable(Unfit::SeveralPeople),
            ),
            Which::Whose(meaning) => {
                let state = match meaning {
                    Meaning::WhichPerson => State::Doubtful(Doubt::WhichPerson),
                    _ => State::NotFillable(Unfit::OtherPerson),
                };
                self.refuse(number, area, &columns, state);
            }
            Which::Unknown => self.refuse(number, area, &columns, State::NotRecognised),
        }
    }

    /// Which list it is: by the heading left of it or above it, else by its columns.
    fn which(
        &mut self,
        number: usize,
        table: &Table<'a>,
        row: usize,
        area: &Area,
        columns: &[(String, Vec<Label>)],
        reading: &Reading,
    ) -> (Which, Around) {
        let start = area
            .heads
            .first()
            .and_then(|head| table.cell(*head))
            .map_or(0, |cell| cell.column);
        let left = start
            .checked_sub(1)
            .and_then(|column| table.look(row, column));
        let left =
            left.filter(|(position, cell)| !cell.is_blank() && !self.is_open(number, *position));
        let title = match left {
            Some((_, cell)) => Some(self.resolver.label(&cell.text())),
            None => reading
                .sections
                .get(row)
                .and_then(|heading| Some(heading.as_ref()?.label.clone())),
        };
        // A wide label right above.
        let over = row.checked_sub(1).map(|above| table.row(above));
        let over = over.unwrap_or_default();
        let over = match over.as_slice() {
            [only] if left.is_none() => table.cell(*only),
            _ => None,
        };
        let over = over.filter(|cell| !cell.is_blank() && cell.row_end == row);
        let title = match over {
            Some(cell) if title.is_none() => Some(self.resolver.label(&cell.text())),
            _ => title,
        };
        let above = self.above(row, reading);

        let by_columns = self.by_columns(columns);
        let key = title
            .as_ref()
            .map(|title| title.key.clone())
            .unwrap_or_default();
        let lists = self.resolver.lists(&key);
        let around = Around {
            whose: words::heading(&key).or(above.whose),
            whose_key: match words::heading(&key) {
                Some(_) => key.clone(),
                None => above.whose_key.clone(),
            },
            ..Around::default()
        };
        if let [list] = lists.as_slice() {
            return (Which::List(*list), around);
        }
        if lists.len() > 1 {
            // 简历 may be told in rows: the columns say which part it is.
            let fitting: Vec<usize> = by_columns
                .iter()
                .copied()
                .filter(|list| lists.contains(list))
                .collect();
            return match fitting.as_slice() {
                [list] => (Which::List(*list), around),
                _ => (Which::Unknown, around),
            };
        }
        let whose = self.resolver.whose(around.whose, &around.whose_key);
        match (around.whose, whose) {
            (Some(Whose::Trainee), Ok(Some(list))) => return (Which::List(list), around),
            (Some(_), Err(meaning)) => return (Which::Whose(meaning), around),
            _ => {}
        }
        let is_own = around.whose.is_some()
            || matches!(key.as_str(), "" | "联系方式" | "通讯方式" | "通信方式");
        let own = columns
            .iter()
            .filter(|(_, labels)| {
                labels.iter().any(|label| {
                    matches!(
                        self.resolver.lexicon.find(None, &label.key, None),
                        Some(Found::Facts(_))
                    )
                })
            })
            .count();
        let which = match (by_columns.as_slice(), area.rows.len()) {
            (_, 1) if is_own && own * 2 >= columns.len() && own >= 2 => Which::Own,
            // A signature or an opinion under each label.
            (_, 1) if own == 0 && columns.iter().any(|(_, labels)| is_ink(labels)) => Which::Own,
            ([list], _) if key.is_empty() => Which::List(*list),
            ([list], _) => Which::Perhaps(*list),
            _ if own >= 2
                && columns
                    .iter()
                    .any(|(_, labels)| labels.iter().any(|label| label.key == "姓名")) =>
            {
                Which::People
            }
            _ => Which::Unknown,
        };
        (which, around)
    }

    /// The lists that have each column, numbers and remarks aside; at least two of them.
    fn by_columns(&self, columns: &[(String, Vec<Label>)]) -> Vec<usize> {
        let facts = self.resolver.profile.facts.iter().enumerate();
        facts
            .filter(|(_, fact)| matches!(fact.kind, Kind::Records { .. }))
            .map(|(list, _)| list)
            .filter(|list| {
                let mut known = 0;
                let all = columns.iter().all(|(_, labels)| {
                    let found = self.column(*list, labels).is_some();
                    known += usize::from(found);
                    found || is_aside(labels)
                });
                all && known >= 2
            })
            .collect()
    }

    /// What a column asks of each record.
    fn column(&self, list: usize, labels: &[Label]) -> Option<Vec<Asked>> {
        labels.iter().find_map(|label| {
            match self.resolver.lexicon.find(Some(list), &label.key, None) {
                Some(Found::Facts(asked)) => Some(asked),
                _ => None,
            }
        })
    }

    /// Plans a row for each record.
    fn records(
        &mut self,
        number: usize,
        area: &Area,
        columns: &[(String, Vec<Label>)],
        list: usize,
        doubt: Option<State>,
    ) {
        let profile = self.resolver.profile;
        let asked: Vec<Option<Vec<Asked>>> = columns
            .iter()
            .map(|(_, labels)| self.column(list, labels))
            .collect();
        let asked = self.once(asked);
        let given = profile.facts.get(list).map(|fact| &fact.given);
        let label = profile
            .facts
            .get(list)
            .map(|fact| fact.label.clone())
            .unwrap_or_default();
        let count = match given {
            Some(Given::Records { rows, .. }) => rows.len(),
            _ => 0,
        };
        let is_empty =
            matches!(given, Some(Given::Records { rows, complete: true }) if rows.is_empty());
        if count > area.rows.len() {
            self.found.short.push((list, area.rows.len(), count));
        }
        // Columns that are not understood are named once.
        for (position, (text, labels)) in columns.iter().enumerate() {
            let first = labels
                .first()
                .map(|label| label.key.as_str())
                .unwrap_or_default();
            let cell = area.rows.first().and_then(|cells| cells.get(position));
            let known = asked.get(position).is_some_and(Option::is_some);
            let aside = words::is_number(first) || first == "备注";
            if let (false, false, Some(cell)) = (known, aside, cell) {
                let slot = self.slot(number, *cell);
                self.plan(number, *cell, text, Meaning::Unknown, slot, false);
            }
        }
        let fillable: Vec<usize> = (0..columns.len())
            .filter(|position| asked.get(*position).is_some_and(Option::is_some))
            .collect();
        let (Some(first), Some(cells)) = (fillable.first(), area.rows.first()) else {
            return;
        };
        if count == 0 {
            let Some(cell) = cells
                .get(*first)
                .and_then(|cell| self.form.tables.get(number)?.cell(*cell))
            else {
                return;
            };
            let (state, text) = match (is_empty, given) {
                (true, _) => (doubt.unwrap_or(State::Ready), NOTHING.to_owned()),
                (false, Some(Given::Unknown)) => (State::NotKnown, String::new()),
                (false, _) => (State::NotAnswered, String::new()),
            };
            self.found.plans.push(Plan {
                place: Place::new(number + 1, cell.row + 1, cell.column + 1, 1),
                printed: label,
                ask: Ask::Empty(list),
                state,
                text,
                spot: Spot {
                    holder: Holder::Cell(number, cells.get(*first).copied().unwrap_or(0)),
                    slot: Slot::Blank,
                },
                neutral: false,
            });
            return;
        }
        for (record, cells) in area.rows.iter().enumerate().take(count) {
            for position in &fillable {
                let (Some(cell), Some(Some(asked)), Some((text, _))) = (
                    cells.get(*position),
                    asked.get(*position),
                    columns.get(*position),
                ) else {
                    continue;
                };
                let Some(at) = self
                    .form
                    .tables
                    .get(number)
                    .and_then(|table| table.cell(*cell))
                else {
                    continue;
                };
                let place = Place::new(number + 1, at.row + 1, at.column + 1, 1);
                let spot = Spot {
                    holder: Holder::Cell(number, *cell),
                    slot: self.slot(number, *cell),
                };
                let meaning = Meaning::Facts(asked.clone(), Some(record));
                self.push(place, text, meaning, spot, false, Some(record));
                if let (Some(state), Some(plan)) = (doubt, self.found.plans.last_mut())
                    && plan.state == State::Ready
                {
                    plan.state = state;
                }
            }
        }
    }

    /// Of two columns that ask the same, the one that names it more closely; the other is not
    /// understood.
    fn once(&self, mut asked: Vec<Option<Vec<Asked>>>) -> Vec<Option<Vec<Asked>>> {
        let single = |asked: &Option<Vec<Asked>>| match asked.as_deref() {
            Some([one]) if one.part == Part::Whole => Some(*one),
            _ => None,
        };
        let all: Vec<Option<Asked>> = asked.iter().map(single).collect();
        for (position, place) in asked.iter_mut().enumerate() {
            let Some(one) = all.get(position).copied().flatten() else {
                continue;
            };
            let better = all.iter().enumerate().any(|(other, known)| {
                known.is_some_and(|known| {
                    known.fact == one.fact
                        && other != position
                        && (known.rank, other) < (one.rank, position)
                })
            });
            if better {
                *place = None;
            }
        }
        asked
    }

    /// Names what is not filled, once for the whole area.
    fn refuse(
        &mut self,
        number: usize,
        area: &Area,
        columns: &[(String, Vec<Label>)],
        state: State,
    ) {
        let Some(first) = area.rows.first().and_then(|cells| cells.first()) else {
            return;
        };
        let Some(cell) = self
            .form
            .tables
            .get(number)
            .and_then(|table| table.cell(*first))
        else {
            return;
        };
        let place = Place::new(number + 1, cell.row + 1, cell.column + 1, 1);
        if state == State::NotRecognised {
            for (position, (text, labels)) in columns.iter().enumerate() {
                let Some(cell) = area.rows.first().and_then(|cells| cells.get(position)) else {
                    continue;
                };
                let label = labels.first().cloned().unwrap_or_else(|| Label::new(text));
                if !words::is_number(&label.key) {
                    let meaning = match words::ink(&label) {
                        Some(ink) => Meaning::Ink(ink),
                        None => Meaning::Unknown,
                    };
                    let slot = self.slot(number, *cell);
                    self.plan(number, *cell, text, meaning, slot, false);
                }
            }
            return;
        }
        let names: Vec<String> = columns
            .iter()
            .filter_map(|(_, labels)| Some(labels.first()?.key.clone()))
            .collect();
        self.found.plans.push(Plan {
            place,
            printed: names.join("、"),
            ask: Ask::Nothing,
            state,
            text: String::new(),
            spot: Spot {
                holder: Holder::Cell(number, *first),
                slot: self.slot(number, *first),
            },
            neutral: false,
        });
    }
}

fn is_ink(labels: &[Label]) -> bool {
    labels
        .first()
        .is_some_and(|label| words::ink(label).is_some())
}
