//! Reads a workbook back, also after rows and columns were added, removed, sorted or moved.

use std::collections::BTreeMap;

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, Pack};
use zige_office::xml;
use zige_office::{Kind, OfficeError, Package};

use super::sheet::{Cells, Held, Shared, position};
use super::{
    CONTENT, HIDDEN, ITEM, NUMBER, PREFIX, Single, cell_name, column_name, lists, singles,
};
use crate::exact;
use crate::reading::{Misfit, Reader, Reading, Source};
use crate::understand::{self, folded};
use crate::value::NOTHING;

/// Where the head of a list is looked for, in rows from the top.
const HEAD_WITHIN: usize = 30;

/// A workbook that was opened.
#[derive(Debug)]
pub struct Workbook {
    sheets: Vec<(String, Cells)>,
    names: Vec<Name>,
    properties: BTreeMap<String, String>,
    shared: Shared,
}

/// A name of a cell.
#[derive(Debug)]
struct Name {
    tag: String,
    sheet: String,
    column: usize,
    row: usize,
}

/// The head of a list on its sheet.
struct Head<'a> {
    sheet: &'a str,
    cells: &'a Cells,
    row: usize,
    /// For each column of the list, in its order, where it stands.
    columns: Vec<Option<usize>>,
}

impl Workbook {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is no .xlsx, or damaged, or larger than a list can be.
    pub fn open(bytes: &[u8]) -> Result<Workbook, OfficeError> {
        let package = Package::open(bytes, Kind::Workbook)?;
        let main = package.main().to_owned();
        let text = package.text(&main)?;
        let tree = xml::parse(&main, &text)?;
        let relations = package.relations(&main)?;
        let element = |name: &str| {
            let mut all = tree.root_element().children();
            all.find(|node| node.tag_name().name() == name)
        };
        let from_1904 = element("workbookPr")
            .and_then(|node| node.attribute("date1904"))
            .is_some_and(|value| matches!(value, "1" | "true"));
        let shared = Shared::read(&package, from_1904)?;
        let mut sheets = Vec::new();
        let mut hidden = Cells::new();
        for sheet in element("sheets")
            .into_iter()
            .flat_map(|sheets| sheets.children())
        {
            let name = sheet.attribute("name").unwrap_or_default();
            let mut attributes = sheet.attributes();
            let id = attributes
                .find(|attribute| attribute.name() == "id" && attribute.namespace().is_some());
            let target = id.and_then(|id| {
                let mut all = relations.iter();
                all.find(|relation| relation.id == id.value() && relation.kind == "worksheet")
            });
            let Some(target) = target.filter(|target| package.has(&target.target)) else {
                continue;
            };
            let cells = shared.cells(&package, &target.target)?;
            match name == HIDDEN {
                true => hidden = cells,
                false => sheets.push((name.to_owned(), cells)),
            }
        }
        let names = element("definedNames")
            .into_iter()
            .flat_map(|names| names.children());
        Ok(Workbook {
            sheets,
            names: names.filter_map(|name| named(&name)).collect(),
            properties: properties(&hidden),
            shared,
        })
    }

    /// What it says it was made with.
    #[must_use]
    pub fn source(&self) -> Source {
        let said = |name: &str| self.properties.get(name).cloned().unwrap_or_default();
        Source {
            pack: said("pack"),
            form: said("form"),
            hash: said("sha256").chars().take(12).collect(),
            on: Date::parse(&said("on")),
        }
    }

    /// The tags that its cells are named after.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.tag.as_str())
    }

    /// Its answers, for a pack and one of its forms.
    #[must_use]
    pub fn read(&self, pack: &Pack, form: &str) -> Reading {
        let mut reader = Reader::new(pack, form);
        reader.made_with(&self.source());
        let Some(form) = pack.forms.iter().find(|known| known.id == form) else {
            return reader.finish();
        };
        let singles = singles(pack, form);
        let sheet = self.singles(&mut reader, &singles);
        for list in lists(pack, form) {
            let columns: Vec<(FactId, &Fact)> = list
                .columns
                .iter()
                .map(|(_, id, fact)| (*id, *fact))
                .collect();
            if let Some(head) = self.head(list.fact, &columns, sheet) {
                self.list(&mut reader, list.id, list.fact, &columns, &head);
            }
        }
        reader.finish()
    }

    /// A cell's name for a person, with its sheet where there are several.
    fn place(&self, sheet: &str, cell: &str) -> String {
        match self.sheets.len() {
            0 | 1 => cell.to_owned(),
            _ => format!("“{sheet}”{cell}"),
        }
    }

    fn named<'a>(&'a self, tag: &str) -> impl Iterator<Item = &'a Name> + use<'a> {
        let tag = tag.to_owned();
        self.names.iter().filter(move |name| name.tag == tag)
    }

    /// Reads what stands once, and says on which sheet.
    fn singles(&self, reader: &mut Reader<'_>, singles: &[(Single<'_>, String)]) -> Option<&str> {
        let (sheet, cells, item, head) = self.sheets.iter().find_map(|(name, cells)| {
            let (row, found) = cells.iter().take(HEAD_WITHIN).find_map(|(row, cells)| {
                let is = |column: usize, word: &str| {
                    matches!(cells.get(&column), Some(Held::Text(text)) if folded(text) == word)
                };
                let mut places = cells.keys().copied();
                let item = places.find(|column| is(*column, ITEM) && is(*column + 1, CONTENT))?;
                Some((*row, item))
            })?;
            Some((name, cells, found, row))
        })?;
        let mut open: Vec<&(Single<'_>, String)> = singles.iter().collect();
        for (row, found) in cells.range(head + 1..) {
            let label = match found.get(&item) {
                Some(Held::Text(text)) => folded(text),
                _ => String::new(),
            };
            let by_name = |single: &Single<'_>| {
                self.named(single.tag())
                    .any(|name| name.sheet == *sheet && name.row == *row && name.column == item + 1)
            };
            let place = open
                .iter()
                .position(|(_, own)| folded(own) == label)
                .or_else(|| open.iter().position(|(single, _)| by_name(single)));
            let cell = self.place(sheet, &cell_name(item + 1, *row));
            match (place, found.get(&(item + 1))) {
                (Some(place), held) => {
                    let (single, _) = open.remove(place);
                    if let Some(held) = held {
                        self.single(reader, &cell, single, held);
                    }
                }
                (None, Some(held)) => {
                    reader.misfit(&cell, &label, &shown(held), Misfit::UnknownFact);
                }
                (None, None) => {}
            }
        }
        Some(sheet)
    }

    fn single(&self, reader: &mut Reader<'_>, cell: &str, single: &Single<'_>, held: &Held) {
        let exact = self.properties.get(&format!("is.{}", single.tag()));
        let exact = exact.map(String::as_str);
        match single {
            Single::Fact(id, fact) => {
                if let Some(answer) = self.answer(reader, cell, fact, held) {
                    let answer = exact::sharpened(answer, exact.unwrap_or_default(), None);
                    reader.answer(cell, *id, answer);
                }
            }
            Single::Field(id, kind, label) => match held {
                Held::Text(text) => {
                    reader.field(cell, id, &understand::field(kind, text, exact));
                }
                Held::Date { .. } => {
                    reader.field(cell, id, &understand::field(kind, &shown(held), exact));
                }
                Held::DigitsLost(_) => reader.misfit(cell, label, &shown(held), Misfit::DigitsLost),
                Held::Error(_) => reader.misfit(cell, label, &shown(held), Misfit::FormulaError),
            },
        }
    }

    /// The answer in a cell; `None` after a mistake, which is noted.
    fn answer(
        &self,
        reader: &mut Reader<'_>,
        cell: &str,
        fact: &Fact,
        held: &Held,
    ) -> Option<Answer> {
        let understood = match held {
            Held::Error(_) => Err(Misfit::FormulaError),
            Held::DigitsLost(_) => Err(Misfit::DigitsLost),
            Held::Date { .. } => understand::answer(reader.pack(), fact, &shown(held)),
            Held::Text(text) => {
                let plain = matches!(fact.kind, FactKind::Date { .. })
                    && text.len() == 5
                    && text.bytes().all(|byte| byte.is_ascii_digit());
                // Five digits are no date that a person writes; a program has lost the cell's format.
                match self.shared.day(text).filter(|_| plain) {
                    Some(day) => Ok(Answer::day(day)),
                    None => understand::answer(reader.pack(), fact, text),
                }
            }
        };
        match understood {
            Ok(answer) => Some(answer),
            Err(misfit) => {
                reader.misfit(cell, &fact.label, &shown(held), misfit);
                None
            }
        }
    }

    /// Where the head of a list stands: on the row that names the most of its columns.
    fn head<'a>(
        &'a self,
        list: &Fact,
        columns: &[(FactId, &Fact)],
        singles: Option<&str>,
    ) -> Option<Head<'a>> {
        let own = |fact: &Fact| format!("{}.{}", list.id, fact.id);
        let mut best: Option<(usize, Head<'a>)> = None;
        for (sheet, cells) in &self.sheets {
            if singles == Some(sheet.as_str()) {
                continue;
            }
            for (row, found) in cells.iter().take(HEAD_WITHIN) {
                let mut places: Vec<Option<usize>> = vec![None; columns.len()];
                let named = |place: usize, fact: &Fact| {
                    self.named(&own(fact)).any(|name| {
                        name.sheet == *sheet && name.row == *row && name.column == place
                    })
                };
                // What the head says counts most; a name helps where two say the same, or one was
                // worded anew.
                for (column, held) in found {
                    let Held::Text(text) = held else { continue };
                    let says = |fact: &Fact| folded(&fact.label) == folded(text);
                    let free = |place: usize| places.get(place).copied().flatten().is_none();
                    let mut fitting = (0..columns.len()).filter(|place| free(*place));
                    let both = |place: &usize| {
                        columns
                            .get(*place)
                            .is_some_and(|(_, fact)| says(fact) && named(*column, fact))
                    };
                    let place = fitting.clone().find(both).or_else(|| {
                        fitting
                            .find(|place| columns.get(*place).is_some_and(|(_, fact)| says(fact)))
                    });
                    if let Some(place) = place.and_then(|place| places.get_mut(place)) {
                        *place = Some(*column);
                    }
                }
                let said = places.iter().flatten().count();
                for (place, (_, fact)) in places.iter_mut().zip(columns) {
                    if place.is_none() {
                        let mut all = self.named(&own(fact));
                        let name = all.find(|name| name.sheet == *sheet && name.row == *row);
                        *place = name.map(|name| name.column);
                    }
                }
                let count = places.iter().flatten().count();
                let names_help = count > said;
                // One word that happens to be a column's name makes no head.
                let enough = names_help || said * 2 > columns.len() || said == columns.len();
                if enough && best.as_ref().is_none_or(|(most, _)| count > *most) {
                    best = Some((
                        count,
                        Head {
                            sheet,
                            cells,
                            row: *row,
                            columns: places,
                        },
                    ));
                }
            }
        }
        best.map(|(_, head)| head)
    }

    fn list(
        &self,
        reader: &mut Reader<'_>,
        list: FactId,
        fact: &Fact,
        columns: &[(FactId, &Fact)],
        head: &Head<'_>,
    ) {
        self.strangers(reader, head);
        let days = self.days(&fact.id);
        let complete = self.properties.get("lists").map_or("", String::as_str);
        let complete = complete.split(' ').any(|known| known == fact.id);
        let mut rows = 0;
        let mut nothing = false;
        for (row, found) in head.cells.range(head.row + 1..) {
            let cell = |place: &Option<usize>| place.and_then(|column| found.get(&column));
            let cells: Vec<Option<&Held>> = head.columns.iter().map(cell).collect();
            let said: Vec<&Held> = cells.iter().copied().flatten().collect();
            match said.as_slice() {
                [] => continue,
                [Held::Text(text)] if text == NOTHING => {
                    nothing = true;
                    continue;
                }
                _ => rows += 1,
            }
            let mut record = Vec::new();
            for (((id, fact), held), place) in columns.iter().zip(&cells).zip(&head.columns) {
                let answer = match (held, place) {
                    (Some(held), Some(column)) => {
                        let name = self.place(head.sheet, &cell_name(*column, *row));
                        self.answer(reader, &name, fact, held)
                    }
                    _ => Some(Answer::Absent),
                };
                if let Some(answer) = answer {
                    record.push((*id, answer));
                }
            }
            let checksum = exact::record_checksum(reader.pack(), &record);
            let sharp = record.into_iter().map(|(id, answer)| {
                let fact = columns.iter().find(|(known, _)| *known == id);
                let key = fact.map(|(_, fact)| (fact.id.clone(), checksum.clone()));
                let day = key
                    .and_then(|key| days.get(&key))
                    .map_or("", String::as_str);
                (id, exact::sharpened(answer, day, None))
            });
            let sharp = sharp.collect();
            reader.record(list, sharp);
        }
        if rows > 0 || nothing {
            reader.list(list, complete || rows == 0);
        }
    }

    /// Columns beside the list that hold something and belong to nothing.
    fn strangers(&self, reader: &mut Reader<'_>, head: &Head<'_>) {
        let mut told: Vec<usize> = Vec::new();
        for (row, found) in head.cells.range(head.row..) {
            for (column, held) in found {
                let known = head.columns.contains(&Some(*column)) || told.contains(column);
                let counts = matches!(
                    head.cells.get(&head.row).and_then(|row| row.get(column)),
                    Some(Held::Text(text)) if folded(text) == NUMBER
                );
                // A head without anything below it says nothing.
                if known || counts || *row == head.row {
                    continue;
                }
                told.push(*column);
                let label = head.cells.get(&head.row).and_then(|row| row.get(column));
                let label = label.map_or_else(String::new, shown);
                let place = self.place(head.sheet, &format!("{}列", column_name(*column)));
                reader.misfit(&place, &label, &shown(held), Misfit::NoColumn);
            }
        }
    }

    /// What rows hold and do not show: by fact and by the checksum of the row. Two rows that show
    /// the same and hold different days tell nothing.
    fn days(&self, list: &str) -> BTreeMap<(String, String), String> {
        let mut days: BTreeMap<(String, String), Option<String>> = BTreeMap::new();
        for (name, is) in &self.properties {
            let own = name
                .strip_prefix("is.")
                .and_then(|tag| tag.strip_prefix(list));
            let own = own.and_then(|rest| rest.strip_prefix('.'));
            let column = own
                .and_then(|rest| rest.split_once('.'))
                .map(|(_, column)| column);
            let (Some(column), Some((is, row))) = (column, is.split_once(' ')) else {
                continue;
            };
            let known = days.entry((column.to_owned(), row.to_owned()));
            let known = known.or_insert_with(|| Some(is.to_owned()));
            if known.as_deref() != Some(is) {
                *known = None;
            }
        }
        days.into_iter()
            .filter_map(|(key, day)| Some((key, day?)))
            .collect()
    }
}

/// What a cell shows.
fn shown(held: &Held) -> String {
    match held {
        Held::Text(text) | Held::DigitsLost(text) | Held::Error(text) => text.clone(),
        Held::Date { day, to_the_day } => {
            let (year, month, number) = day.ymd();
            match to_the_day {
                true => format!("{year:04}.{month:02}.{number:02}"),
                false => format!("{year:04}.{month:02}"),
            }
        }
    }
}

fn properties(hidden: &Cells) -> BTreeMap<String, String> {
    let text = |held: Option<&Held>| match held {
        Some(Held::Text(text)) => Some(text.clone()),
        _ => None,
    };
    hidden
        .values()
        .filter_map(|row| Some((text(row.get(&0))?, text(row.get(&1))?)))
        .collect()
}

fn named(node: &xml::Node<'_, '_>) -> Option<Name> {
    let tag = node.attribute("name")?.strip_prefix(PREFIX)?;
    let (sheet, cell) = node.text()?.rsplit_once('!')?;
    let (column, row) = position(cell)?;
    let sheet = sheet
        .strip_prefix('\'')
        .and_then(|sheet| sheet.strip_suffix('\''))
        .unwrap_or(sheet);
    Some(Name {
        tag: tag.to_owned(),
        sheet: sheet.replace("''", "'"),
        column,
        row,
    })
}
