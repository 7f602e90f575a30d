//! A form as a workbook: each list a sheet that can be sorted, continued and read back.
//!
//! Written directly (ECMA-376 part 1, SpreadsheetML, elements in the order of its schema) into a zip
//! without compression. All cells are text, in the shapes that the form shows, so that no program turns
//! `1983.10` into a number. Columns and cells have names that carry their fact ids; they move along when
//! columns are moved. A hidden sheet says which form this is, and what its cells hold and do not show.

mod read;
mod sheet;

pub use read::Workbook;

use zige_core::answers::{Answer, Records};
use zige_core::ids::FactId;
use zige_core::pack::{Cell, ColumnWhat, Fact, FactKind, FieldKind, Form, Pack, PartBody, Slot};

use crate::fill::Filling;
use crate::filled::Provenance;
use crate::value::{self, NOTHING, Setting, YES_NO};
use crate::{MARK, count, exact, xml, zip};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The sheet that nobody needs to see.
const HIDDEN: &str = "zige";
/// The sheet of what stands once on the form.
const SINGLES: &str = "填表内容";
/// Its columns.
const ITEM: &str = "项目";
const CONTENT: &str = "内容";
/// The column that counts rows.
const NUMBER: &str = "序号";
/// What names of cells begin with.
const PREFIX: &str = "zige.";
/// The most rows of a list that are written.
const MOST_ROWS: usize = crate::reading::MOST_RECORDS;

/// Widths in characters. A landscape A4 page has room for some 130.
const PAGE_CHARACTERS: u32 = 128;
/// The height of a line, in points.
const LINE_POINTS: u32 = 16;
/// The tallest row that Excel knows, in points.
const TALLEST: u32 = 409;

/// The width of a list's fact that stands in no column of the form, of 24.
const WIDTH_ALONE: u8 = 4;

/// Styles, by their place in `styles.xml`.
const HEADER: u8 = 1;
const TEXT: u8 = 2;
const COUNT: u8 = 3;
const LABEL: u8 = 4;
/// Of whole columns, so that what is typed below the last row stays text too.
const COLUMN: u8 = 5;

/// The whole file.
#[must_use]
pub fn write(filling: &Filling<'_>) -> Vec<u8> {
    let parts = parts(filling);
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    zip::pack(&parts)
}

/// The parts of the file by name, in order.
#[must_use]
pub fn parts(filling: &Filling<'_>) -> Vec<(String, String)> {
    let provenance = filling.provenance();
    let mut hidden = HiddenSheet::of(filling, &provenance);
    let sheets = sheets(filling);
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            content_types(sheets.len() + 1),
        ),
        (
            "_rels/.rels".to_owned(),
            include_str!("xlsx/rels.xml").to_owned(),
        ),
        ("xl/workbook.xml".to_owned(), workbook(&sheets)),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            relations(sheets.len() + 1),
        ),
        (
            "xl/styles.xml".to_owned(),
            include_str!("xlsx/styles.xml").to_owned(),
        ),
    ];
    for (number, sheet) in (1..).zip(&sheets) {
        let text = worksheet(sheet, number == 1, filling.form, &provenance, &mut hidden);
        parts.push((format!("xl/worksheets/sheet{number}.xml"), text));
    }
    let number = sheets.len() + 1;
    parts.push((
        format!("xl/worksheets/sheet{number}.xml"),
        hidden.worksheet(),
    ));
    parts
}

/// A sheet that people see.
#[derive(Debug)]
struct Sheet {
    name: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Entry>>,
    /// Names of cells: what they are called, their column and row, from 0.
    names: Vec<(String, usize, usize)>,
}

#[derive(Debug)]
struct Column {
    label: String,
    /// In characters.
    width: u32,
    /// What may be chosen in it.
    options: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    text: String,
    style: u8,
    /// What may be chosen in it; of single cells.
    options: Vec<String>,
}

impl Entry {
    fn of(text: String, style: u8) -> Entry {
        Entry {
            text,
            style,
            options: Vec::new(),
        }
    }
}

/// A list of a form: its fact, its columns with their widths, and rows that are there at least.
pub(crate) struct List<'a> {
    pub(crate) id: FactId,
    pub(crate) fact: &'a Fact,
    pub(crate) columns: Vec<(u8, FactId, &'a Fact)>,
    least: usize,
}

/// The lists of a form, each once, in its order. Of a list whose records stand in cells of their own
/// the facts are columns as well.
pub(crate) fn lists<'a>(pack: &'a Pack, form: &Form) -> Vec<List<'a>> {
    let mut lists: Vec<List<'a>> = Vec::new();
    let mut add = |list: FactId, least: usize, columns: &[(u8, FactId)]| {
        let fact = |id: FactId| pack.vocabulary.facts.get(id.index());
        let Some(own) = fact(list) else { return };
        let known = lists.iter().position(|known| known.id == list);
        let place = known.unwrap_or_else(|| {
            lists.push(List {
                id: list,
                fact: own,
                columns: Vec::new(),
                least: 0,
            });
            lists.len() - 1
        });
        let Some(list) = lists.get_mut(place) else {
            return;
        };
        list.least = list.least.max(least);
        for (width, id) in columns {
            let new = list.columns.iter().all(|(_, known, _)| known != id);
            if let Some(fact) = fact(*id).filter(|_| new) {
                list.columns.push((*width, *id, fact));
            }
        }
    };
    for table in form.tables() {
        let columns = table.columns.iter().filter_map(|column| match column.what {
            ColumnWhat::Fact(fact) => Some((column.width, fact)),
            ColumnWhat::Number | ColumnWhat::Blank => None,
        });
        let columns: Vec<(u8, FactId)> = columns.collect();
        add(table.records, usize::from(table.least_rows), &columns);
    }
    for slot in form.slots() {
        if let Slot::Record { list, row, fact } = slot {
            add(list, usize::from(row), &[(WIDTH_ALONE, fact)]);
        }
    }
    lists
}

/// What stands once on a form: tag and label of each fact and field, in the form's order.
pub(crate) fn singles<'a>(pack: &'a Pack, form: &'a Form) -> Vec<(Single<'a>, String)> {
    let mut singles: Vec<(Single<'a>, String)> = Vec::new();
    let lists: Vec<FactId> = form.tables().map(|table| table.records).collect();
    for (slot, label) in labelled(form) {
        let single = match slot {
            Slot::Fact(id) if !lists.contains(&id) => {
                let fact = pack.vocabulary.facts.get(id.index());
                fact.map(|fact| Single::Fact(id, fact))
            }
            Slot::Field(place) => {
                let field = form.fields.get(usize::from(place));
                field.map(|field| Single::Field(&field.id, &field.kind, &field.label))
            }
            Slot::Fact(_) | Slot::Record { .. } => None,
        };
        let Some(single) = single else { continue };
        if singles.iter().any(|(known, _)| known.tag() == single.tag()) {
            continue;
        }
        // Two cells behind one label are told apart by their own names.
        let taken = label.is_empty() || singles.iter().any(|(_, known)| *known == label);
        let name = if taken {
            single.label().to_owned()
        } else {
            label
        };
        singles.push((single, name));
    }
    singles
}

/// The slots of a form with the label that stands before each in its row; a slot in a text has none.
fn labelled(form: &Form) -> Vec<(Slot, String)> {
    let mut labels: Vec<(Slot, String)> = Vec::new();
    let rows = form.parts.iter().flat_map(|part| match &part.body {
        PartBody::Rows(rows) => rows.as_slice(),
        PartBody::Text(_) => &[],
    });
    for row in rows {
        let mut label = String::new();
        for (_, cell) in &row.cells {
            match cell {
                Cell::Label(text) => label = xml::clean(text).split_whitespace().collect(),
                Cell::Value(slot) => labels.push((*slot, label.clone())),
                _ => {}
            }
        }
    }
    let label = |slot: Slot| {
        let known = labels.iter().find(|(known, _)| *known == slot);
        known.map_or_else(String::new, |(_, label)| label.clone())
    };
    let slots = form.slots().into_iter();
    slots.map(|slot| (slot, label(slot))).collect()
}

/// One fact or field that stands once on a form.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Single<'a> {
    Fact(FactId, &'a Fact),
    Field(&'a str, &'a FieldKind, &'a str),
}

impl<'a> Single<'a> {
    pub(crate) fn tag(&self) -> &'a str {
        match self {
            Single::Fact(_, fact) => &fact.id,
            Single::Field(id, ..) => id,
        }
    }

    pub(crate) fn label(&self) -> &'a str {
        match self {
            Single::Fact(_, fact) => &fact.label,
            Single::Field(.., label) => label,
        }
    }
}

fn sheets(filling: &Filling<'_>) -> Vec<Sheet> {
    let lists = lists(filling.pack, filling.form);
    let singles = singles(filling.pack, filling.form);
    let is_a_list = lists
        .first()
        .is_some_and(|list| singles.len() <= list.columns.len());
    let mut sheets: Vec<Sheet> = Vec::new();
    for list in &lists {
        let name = sheet_name(&list.fact.label, &sheets);
        sheets.push(list_sheet(filling, list, name));
    }
    if !singles.is_empty() || sheets.is_empty() {
        let sheet = singles_sheet(filling, &singles);
        match is_a_list {
            true => sheets.push(sheet),
            false => sheets.insert(0, sheet),
        }
    }
    sheets
}

fn list_sheet(filling: &Filling<'_>, list: &List<'_>, name: String) -> Sheet {
    let all: u32 = list
        .columns
        .iter()
        .map(|(width, ..)| u32::from(*width))
        .sum();
    let mut columns = vec![Column {
        label: NUMBER.to_owned(),
        width: 6,
        options: Vec::new(),
    }];
    columns.extend(list.columns.iter().map(|(width, _, fact)| Column {
        label: fact.label.clone(),
        width: (u32::from(*width) * (PAGE_CHARACTERS - 6) / all.max(1)).clamp(10, 60),
        options: options(filling.pack, fact),
    }));
    let none = Records::default();
    let records = match filling.answers.get(list.id) {
        Answer::Records(records) => records,
        _ => &none,
    };
    let given = records.rows.len().min(MOST_ROWS);
    let mut rows: Vec<Vec<Entry>> = (0..given.max(list.least).max(1))
        .map(|position| {
            let number = Entry::of((position + 1).to_string(), COUNT);
            let cells = list.columns.iter().map(|(_, id, fact)| {
                let answer = records.answer(position, *id);
                let entry = value::entry(
                    filling.pack,
                    fact,
                    answer,
                    Setting::Cell(&fact.label),
                    filling.on,
                );
                Entry::of(entry.text, TEXT)
            });
            std::iter::once(number).chain(cells).collect()
        })
        .collect();
    if let Some(cell) = rows.first_mut().and_then(|row| row.get_mut(1))
        && records.rows.is_empty()
        && records.complete
    {
        NOTHING.clone_into(&mut cell.text);
    }
    let names = (1..)
        .zip(&list.columns)
        .map(|(column, (_, _, fact))| (format!("{PREFIX}{}.{}", list.fact.id, fact.id), column, 0));
    Sheet {
        name,
        columns,
        rows,
        names: names.collect(),
    }
}

fn singles_sheet(filling: &Filling<'_>, singles: &[(Single<'_>, String)]) -> Sheet {
    let column = |label: &str, width| Column {
        label: label.to_owned(),
        width,
        options: Vec::new(),
    };
    let rows = singles.iter().map(|(single, label)| {
        let (text, options) = match single {
            Single::Fact(id, fact) => {
                let text = match filling.applies(fact) {
                    true => {
                        let answer = filling.answers.get(*id);
                        value::entry(filling.pack, fact, answer, Setting::Cell(label), filling.on)
                            .text
                    }
                    false => NOTHING.to_owned(),
                };
                (text, options(filling.pack, fact))
            }
            Single::Field(id, kind, _) => {
                let text = filling.fields.get(*id).map_or("", String::as_str);
                let (entry, options) = match kind {
                    FieldKind::Date => {
                        let setting = Setting::Cell(label);
                        (value::written_date(text, setting, filling.on), Vec::new())
                    }
                    FieldKind::Number { unit, .. } => {
                        (value::written_number(text, unit), Vec::new())
                    }
                    FieldKind::Choice(choice) => {
                        let set = filling.pack.vocabulary.choices.get(choice.index());
                        let options = set.map_or_else(Vec::new, |set| set.options.clone());
                        (value::written(text), options)
                    }
                    FieldKind::Line(_) | FieldKind::Lines(_) => (value::written(text), Vec::new()),
                };
                (entry.text, options)
            }
        };
        let cell = Entry {
            text,
            style: TEXT,
            options,
        };
        vec![Entry::of(label.clone(), LABEL), cell]
    });
    let names = (1..)
        .zip(singles)
        .map(|(row, (single, _))| (format!("{PREFIX}{}", single.tag()), 1, row));
    Sheet {
        name: SINGLES.to_owned(),
        columns: vec![column(ITEM, 30), column(CONTENT, 90)],
        rows: rows.collect(),
        names: names.collect(),
    }
}

/// What a cell may hold, where that is a choice.
fn options(pack: &Pack, fact: &Fact) -> Vec<String> {
    match &fact.kind {
        FactKind::YesNo => YES_NO.map(str::to_owned).to_vec(),
        FactKind::Choice(choice) => {
            let set = pack.vocabulary.choices.get(choice.index());
            set.map_or_else(Vec::new, |set| set.options.clone())
        }
        _ => Vec::new(),
    }
}

/// A name that Excel takes for a sheet: at most 31 characters, without the marks that it needs, and
/// not taken.
fn sheet_name(label: &str, sheets: &[Sheet]) -> String {
    let clean: String = xml::clean(label)
        .chars()
        .filter(|character| !"[]:*?/\\'\n".contains(*character))
        .take(25)
        .collect();
    let taken = |name: &str| {
        [SINGLES, HIDDEN, ""].contains(&name) || sheets.iter().any(|sheet| sheet.name == name)
    };
    let numbered = (2..100).map(|number| format!("{clean}{number}"));
    std::iter::once(clean.clone())
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or(clean)
}

fn worksheet(
    sheet: &Sheet,
    first: bool,
    form: &Form,
    provenance: &Provenance,
    hidden: &mut HiddenSheet,
) -> String {
    let mut out = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{}\"/>\
         <sheetViews><sheetView{} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"B2\" sqref=\"B2\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        cell_name(sheet.columns.len().saturating_sub(1), sheet.rows.len()),
        if first { " tabSelected=\"1\"" } else { "" },
    );
    for (number, column) in (1..).zip(&sheet.columns) {
        out.push_str(&format!(
            "<col min=\"{number}\" max=\"{number}\" width=\"{}\" style=\"{COLUMN}\" customWidth=\"1\"/>",
            column.width
        ));
    }
    out.push_str("</cols><sheetData>");
    let head: Vec<Entry> = sheet
        .columns
        .iter()
        .map(|column| Entry::of(column.label.clone(), HEADER))
        .collect();
    for (number, row) in std::iter::once(&head).chain(&sheet.rows).enumerate() {
        push_row(&mut out, sheet, number, row);
    }
    out.push_str("</sheetData>");
    validations(&mut out, sheet, hidden);
    out.push_str(
        "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.6\" right=\"0.6\" top=\"1\" bottom=\"0.7\" header=\"0.4\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>",
    );
    let plain = |text: &str| text.replace('&', "&&");
    let header = format!("&C&\"宋体,加粗\"&16{}&R&9{MARK}", plain(&form.name));
    let footer = format!("&L&8{}&R&9第&P页 共&N页", plain(&provenance.footer()));
    let longest = |text: &str| text.chars().take(250).collect::<String>();
    xml::write(
        &mut out,
        &[
            "<headerFooter><oddHeader>",
            &longest(&header),
            "</oddHeader><oddFooter>",
            &longest(&footer),
            "</oddFooter></headerFooter></worksheet>",
        ],
    );
    out
}

fn push_row(out: &mut String, sheet: &Sheet, number: usize, row: &[Entry]) {
    let lines = row.iter().zip(&sheet.columns).map(|(entry, column)| {
        // Half an em a character; a little is lost to the cell's edges.
        count::lines(&entry.text, column.width.saturating_sub(1) * 500)
    });
    let points = (lines.max().unwrap_or(1) * LINE_POINTS + 4).clamp(22, TALLEST);
    out.push_str(&format!("<row r=\"{}\" ht=\"{points}\">", number + 1));
    for (column, entry) in row.iter().enumerate() {
        push_cell(out, column, number, entry);
    }
    out.push_str("</row>");
}

fn push_cell(out: &mut String, column: usize, row: usize, entry: &Entry) {
    let (name, style) = (cell_name(column, row), entry.style);
    if entry.text.is_empty() {
        out.push_str(&format!("<c r=\"{name}\" s=\"{style}\"/>"));
    } else if style == COUNT {
        out.push_str(&format!(
            "<c r=\"{name}\" s=\"{style}\"><v>{}</v></c>",
            entry.text
        ));
    } else {
        let open =
            format!("<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        xml::write(out, &[&open, &escaped(&entry.text), "</t></is></c>"]);
    }
}

/// Text in which Excel finds no escape of its own (`_x0041_` is an A to it).
fn escaped(text: &str) -> String {
    text.replace("_x", "_x005F_x")
}

/// What may be chosen, for a column or for single cells. Terms stand on the hidden sheet, because a
/// list inside of a rule ends at 255 characters.
fn validations(out: &mut String, sheet: &Sheet, hidden: &mut HiddenSheet) {
    let mut rules: Vec<(String, &[String])> = Vec::new();
    for (column, head) in sheet.columns.iter().enumerate() {
        if !head.options.is_empty() {
            let (first, last) = (cell_name(column, 1), cell_name(column, MOST_ROWS));
            rules.push((format!("{first}:{last}"), &head.options));
        }
    }
    for (row, entries) in (1..).zip(&sheet.rows) {
        for (column, entry) in entries.iter().enumerate() {
            if !entry.options.is_empty() {
                rules.push((cell_name(column, row), &entry.options));
            }
        }
    }
    if rules.is_empty() {
        return;
    }
    out.push_str(&format!("<dataValidations count=\"{}\">", rules.len()));
    for (place, options) in rules {
        let range = hidden.options(options);
        out.push_str(&format!(
            "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" errorStyle=\"warning\" errorTitle=\"请从列表里选\" \
             error=\"这里填的内容不在列表里，以后可能读不出来。\" sqref=\"{place}\"><formula1>{range}</formula1></dataValidation>"
        ));
    }
    out.push_str("</dataValidations>");
}

/// The sheet that says which form this is.
#[derive(Debug)]
struct HiddenSheet {
    properties: Vec<(String, String)>,
    options: Vec<Vec<String>>,
}

impl HiddenSheet {
    fn of(filling: &Filling<'_>, provenance: &Provenance) -> HiddenSheet {
        let mut properties = vec![
            ("pack".to_owned(), provenance.pack.clone()),
            ("version".to_owned(), provenance.version.clone()),
            ("sha256".to_owned(), provenance.hash.clone()),
            ("form".to_owned(), filling.form.id.clone()),
            ("on".to_owned(), provenance.on.to_string()),
            ("lists".to_owned(), exact::complete_lists(filling).join(" ")),
        ];
        let exact = exact::of(filling).into_iter();
        properties.extend(exact.map(|cell| (format!("is.{}", cell.tag), cell.is)));
        HiddenSheet {
            properties,
            options: Vec::new(),
        }
    }

    /// Where these terms stand, from the column D on.
    fn options(&mut self, options: &[String]) -> String {
        let known = self.options.iter().position(|known| known == options);
        let place = known.unwrap_or_else(|| {
            self.options.push(options.to_vec());
            self.options.len() - 1
        });
        let column = column_name(place + 3);
        format!("{HIDDEN}!${column}$1:${column}${}", options.len().max(1))
    }

    fn worksheet(&self) -> String {
        let mut out = format!(
            "{XML}<worksheet xmlns=\"{MAIN}\"><sheetFormatPr defaultRowHeight=\"15\"/><sheetData>"
        );
        let longest = self.options.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..self.properties.len().max(longest) {
            out.push_str(&format!("<row r=\"{}\">", row + 1));
            if let Some((name, is)) = self.properties.get(row) {
                push_cell(&mut out, 0, row, &Entry::of(name.clone(), 0));
                push_cell(&mut out, 1, row, &Entry::of(is.clone(), 0));
            }
            for (column, options) in (3..).zip(&self.options) {
                if let Some(term) = options.get(row) {
                    push_cell(&mut out, column, row, &Entry::of(term.clone(), 0));
                }
            }
            out.push_str("</row>");
        }
        out.push_str("</sheetData></worksheet>");
        out
    }
}

fn workbook(sheets: &[Sheet]) -> String {
    let mut out = format!(
        "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{R}\"><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"20000\" windowHeight=\"12000\"/></bookViews><sheets>"
    );
    for (number, sheet) in (1..).zip(sheets) {
        let rest = format!("\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        xml::write(&mut out, &["<sheet name=\"", &sheet.name, &rest]);
    }
    let number = sheets.len() + 1;
    out.push_str(&format!(
        "<sheet name=\"{HIDDEN}\" sheetId=\"{number}\" state=\"hidden\" r:id=\"rId{number}\"/></sheets><definedNames>"
    ));
    for (position, sheet) in sheets.iter().enumerate() {
        let open = format!("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{position}\">");
        let place = format!("'{}'!$1:$1", sheet.name);
        xml::write(&mut out, &[&open, &place, "</definedName>"]);
    }
    let names = sheets
        .iter()
        .flat_map(|sheet| sheet.names.iter().map(move |name| (sheet, name)));
    let mut names: Vec<_> = names.collect();
    // Excel keeps them in this order.
    names.sort_by(|(_, a), (_, b)| a.0.cmp(&b.0));
    for (sheet, (name, column, row)) in names {
        let place = format!("'{}'!${}${}", sheet.name, column_name(*column), row + 1);
        xml::write(
            &mut out,
            &[
                "<definedName name=\"",
                name,
                "\">",
                &place,
                "</definedName>",
            ],
        );
    }
    out.push_str("</definedNames></workbook>");
    out
}

fn content_types(sheets: usize) -> String {
    let mut out = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    );
    for number in 1..=sheets {
        out.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        ));
    }
    out.push_str("</Types>");
    out
}

fn relations(sheets: usize) -> String {
    let mut out = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for number in 1..=sheets {
        out.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{R}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        ));
    }
    out.push_str(&format!(
        "<Relationship Id=\"rId{}\" Type=\"{R}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    ));
    out
}

/// `A`, `Z`, `AA` … for columns from 0.
pub(crate) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// `C5` for a column and a row from 0.
pub(crate) fn cell_name(column: usize, row: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}
