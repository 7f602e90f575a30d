//! Reads a form's .docx back, also after Word, WPS or LibreOffice have saved it.
//!
//! What counts are the content controls and their tags; where they stand, how the text is cut into
//! runs and what else was changed does not matter. Rows of a list count in the order of the page: a row
//! that was copied, with its tags, is one more record.

use std::collections::BTreeMap;

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, Pack};
use zige_office::xml::{self, Node};
use zige_office::{Kind, OfficeError, Package};

use crate::reading::{Misfit, Reader, Reading, Source};
use crate::understand;
use crate::value::NOTHING;
use crate::{data, exact};

/// What our properties are named after, in `docProps/custom.xml`.
pub(super) const PREFIX: &str = "zige.";
/// How a ticked box looks, here and in what editors make of it.
const TICKS: [&str; 5] = ["☑", "☒", "√", "✓", "✔"];
/// What stands before the tag of a cell that holds more than it shows.
pub(super) const IS: &str = "is.";

/// It multiplies the text of controls, keeps the first paragraph of several, and loses tags.
const SAVES_WRONGLY: &str = "LibreOffice/7.4";

/// A .docx with the controls that were found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedDocument {
    controls: Vec<Control>,
    properties: BTreeMap<String, String>,
    /// The program that saved it, as far as it says so.
    program: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Control {
    /// Empty where a program has lost it, as LibreOffice 7.4 does; then its title has to do.
    tag: String,
    title: String,
    text: String,
    /// The table row that it stands in, by its place in the part.
    row: Option<usize>,
}

impl TaggedDocument {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is no .docx, or damaged, or larger than a form can be.
    pub fn open(bytes: &[u8]) -> Result<TaggedDocument, OfficeError> {
        let package = Package::open(bytes, Kind::Document)?;
        let main = package.main().to_owned();
        let text = package.text(&main)?;
        let tree = xml::parse(&main, &text)?;
        let mut controls = Vec::new();
        for node in tree.descendants().filter(|node| is(node, "sdt")) {
            let tag = property(&node, "tag").unwrap_or_default();
            let title = property(&node, "alias").unwrap_or_default();
            if tag.is_empty() && title.is_empty() {
                continue;
            }
            let inside = node.children().find(|child| is(child, "sdtContent"));
            let mut shown = String::new();
            let placeholder = properties_of(&node).any(|child| is(&child, "showingPlcHdr"));
            if let Some(inside) = inside.filter(|_| !placeholder) {
                collect(&inside, &mut shown);
            }
            let row = node.ancestors().find(|above| is(above, "tr"));
            controls.push(Control {
                tag: tag.to_owned(),
                title: title.to_owned(),
                // A line to write on that some program took for text.
                text: shown
                    .trim_matches(|c: char| c.is_whitespace() || c == '_')
                    .to_owned(),
                row: row.map(|row| row.range().start),
            });
        }
        Ok(TaggedDocument {
            controls,
            properties: custom_properties(&package)?,
            program: program(&package).unwrap_or_default(),
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

    /// The tags of its controls, in the order of the page.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.controls.iter().map(|control| control.tag.as_str());
        tags.filter(|tag| !tag.is_empty())
    }

    /// Its answers, for a pack and one of its forms.
    #[must_use]
    pub fn read(&self, pack: &Pack, form: &str) -> Reading {
        let mut reader = Reader::new(pack, form);
        reader.made_with(&self.source());
        if self.program.starts_with(SAVES_WRONGLY) {
            reader.misfit("", SAVES_WRONGLY, "", Misfit::SavedWrongly);
        }
        let mut lists = Lists::default();
        let tagged = self.tagged(&reader, pack, form);
        let ticked = ticked(&reader, &tagged);
        for control in &ticked {
            let mut parts = control.tag.split('.');
            match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some(list), Some(number), Some(column), None) => {
                    let known = reader.fact(list);
                    let rows = known.is_none_or(|(list, _)| reader.rows_are_records(list));
                    if let Some(twice) = lists.take(control, list, number, column, rows) {
                        self.twice(&mut reader, list, &twice, control);
                    }
                }
                (Some(id), None, ..) => self.single(&mut reader, id, &control.text),
                _ => unknown(&mut reader, control),
            }
        }
        self.lists(&mut reader, &lists);
        reader.finish()
    }

    /// A record's fact that stands in two places of the form.
    fn twice(&self, reader: &mut Reader<'_>, list: &str, first: &str, again: &Control) {
        if !again.text.is_empty() && again.text != first {
            let label = reader
                .fact(list)
                .map_or_else(String::new, |(_, list)| list.label.clone());
            reader.misfit("", &label, &again.text, Misfit::SaidTwice);
        }
    }

    /// The controls, each with a tag: its own, or the one that its title stands for in this form.
    fn tagged(&self, reader: &Reader<'_>, pack: &Pack, form: &str) -> Vec<Control> {
        let titles = match self.controls.iter().all(|control| !control.tag.is_empty()) {
            true => Titles::default(),
            false => Titles::of(pack, form),
        };
        let controls = self
            .controls
            .iter()
            .filter_map(|control| match control.tag.is_empty() {
                false => Some(control.clone()),
                true => Some(Control {
                    tag: titles
                        .tag(&control.title)
                        .or_else(|| titles.tag_of_box(reader, &control.title))?,
                    ..control.clone()
                }),
            });
        controls.collect()
    }

    fn single(&self, reader: &mut Reader<'_>, id: &str, text: &str) {
        let exact = self.properties.get(&format!("{IS}{id}"));
        if let Some(kind) = reader.field_kind(id) {
            let text = understand::field(kind, text, exact.map(String::as_str));
            return reader.field("", id, &text);
        }
        let Some((fact_id, fact)) = reader.fact(id) else {
            return reader.misfit("", id, text, Misfit::UnknownFact);
        };
        if let FactKind::Records { .. } = fact.kind {
            // The one line of a list that says there is nothing.
            return match text {
                NOTHING => reader.list(fact_id, true),
                "" => {}
                other => reader.misfit("", &fact.label, other, Misfit::OtherType),
            };
        }
        match understand::answer(reader.pack(), fact, text) {
            Ok(answer) => {
                let exact = exact.map_or("", String::as_str);
                reader.answer("", fact_id, exact::sharpened(answer, exact, None));
            }
            Err(misfit) => reader.misfit("", &fact.label, text, misfit),
        }
    }

    fn lists(&self, reader: &mut Reader<'_>, lists: &Lists<'_>) {
        let complete = self.properties.get("lists").map_or("", String::as_str);
        for (id, rows) in &lists.all {
            let Some((list, _)) = reader.fact(id) else {
                for control in rows.iter().flat_map(|row| &row.cells) {
                    unknown(reader, control);
                }
                continue;
            };
            let rows = rows.iter().enumerate();
            let said = rows.filter(|(_, row)| row.says_something());
            let mut any = false;
            for (place, row) in said {
                any = true;
                let record = self.record(reader, list, place + 1, row);
                reader.record(list, record);
            }
            // A table whose rows were all emptied is no list any more, unless it says 无.
            if any || !reader.rows_are_records(list) {
                reader.list(list, complete.split(' ').any(|known| known == *id));
            }
        }
    }

    fn record(
        &self,
        reader: &mut Reader<'_>,
        list: FactId,
        place: usize,
        row: &Row<'_>,
    ) -> Vec<(FactId, Answer)> {
        let place = format!("第{place}条");
        let mut record: Vec<(FactId, Answer)> = Vec::new();
        let mut exact: Vec<&str> = Vec::new();
        for control in &row.cells {
            let column = control.tag.rsplit('.').next().unwrap_or_default();
            let Some((id, fact)): Option<(FactId, &Fact)> = reader.column(list, column) else {
                unknown(reader, control);
                continue;
            };
            match understand::answer(reader.pack(), fact, &control.text) {
                Ok(answer) => {
                    record.push((id, answer));
                    let is = self.properties.get(&format!("{IS}{}", control.tag));
                    exact.push(is.map_or("", String::as_str));
                }
                Err(misfit) => reader.misfit(&place, &fact.label, &control.text, misfit),
            }
        }
        let checksum = exact::record_checksum(reader.pack(), &record);
        let sharp = record
            .into_iter()
            .zip(exact)
            .map(|((id, answer), is)| (id, exact::sharpened(answer, is, Some(&checksum))));
        sharp.collect()
    }
}

/// As many as a scale or list can have.
const MOST_OPTIONS: usize = 64;

/// The controls, the boxes of a choice as one that holds what is ticked.
fn ticked(reader: &Reader<'_>, tagged: &[Control]) -> Vec<Control> {
    let mut controls: Vec<Control> = Vec::new();
    // The numbers of the options that the last one has taken in.
    let mut seen: Vec<&str> = Vec::new();
    for control in tagged {
        let Some((tag, number)) = control.tag.split_once('=') else {
            seen.clear();
            controls.push(control.clone());
            continue;
        };
        let id = tag.rsplit('.').next().unwrap_or_default();
        let option = number
            .parse()
            .ok()
            .and_then(|number| reader.option(id, number));
        let text = match (TICKS.contains(&control.text.as_str()), option) {
            (false, _) => String::new(),
            (true, Some(option)) => option.to_owned(),
            (true, None) => control.tag.clone(),
        };
        let last = controls.last_mut();
        let last =
            last.filter(|last| last.tag == tag && !seen.is_empty() && !seen.contains(&number));
        if last.is_none() {
            seen.clear();
        }
        seen.push(number);
        match last {
            // Of two that are ticked, the text is none of the options, and is named.
            Some(last) if !last.text.is_empty() && !text.is_empty() => {
                last.text.push('、');
                last.text.push_str(&text);
            }
            Some(last) => last.text.push_str(&text),
            None => controls.push(Control {
                tag: tag.to_owned(),
                title: control.title.clone(),
                text,
                row: control.row,
            }),
        }
    }
    controls
}

/// What the titles of a form's controls stand for. A title that stands for two things stands for none.
#[derive(Debug, Default)]
struct Titles {
    singles: BTreeMap<String, Option<String>>,
    /// By the list's name and the column's name.
    columns: BTreeMap<(String, String), (String, String)>,
}

impl Titles {
    fn of(pack: &Pack, form: &str) -> Titles {
        let mut titles = Titles::default();
        let Some(form) = pack.forms.iter().find(|known| known.id == form) else {
            return titles;
        };
        let fact = |id: FactId| pack.vocabulary.facts.get(id.index());
        let mut singles: Vec<(&str, &str)> = Vec::new();
        for (id, columns) in data::facts(form) {
            let Some(own) = fact(id) else { continue };
            singles.push((&own.label, &own.id));
            for column in columns.into_iter().filter_map(fact) {
                titles.columns.insert(
                    (own.label.clone(), column.label.clone()),
                    (own.id.clone(), column.id.clone()),
                );
            }
        }
        singles.extend(
            form.fields
                .iter()
                .map(|field| (field.label.as_str(), field.id.as_str())),
        );
        for (title, tag) in singles {
            let known = titles.singles.entry(title.to_owned());
            known
                .and_modify(|tag| *tag = None)
                .or_insert_with(|| Some(tag.to_owned()));
        }
        titles
    }

    fn tag(&self, title: &str) -> Option<String> {
        let row = title.split_once('第').and_then(|(list, rest)| {
            let (number, column) = rest.split_once("条：")?;
            let (list, column) = self.columns.get(&(list.to_owned(), column.to_owned()))?;
            Some(format!("{list}.{number}.{column}"))
        });
        row.or_else(|| self.singles.get(title)?.clone())
    }

    /// The tag of a box to tick, whose title ends with its option.
    fn tag_of_box(&self, reader: &Reader<'_>, title: &str) -> Option<String> {
        let (title, option) = title.rsplit_once('：')?;
        let tag = self.tag(title)?;
        let id = tag.rsplit('.').next()?;
        let number =
            (1..=MOST_OPTIONS).find(|number| reader.option(id, *number) == Some(option))?;
        Some(format!("{tag}={number}"))
    }
}

fn unknown(reader: &mut Reader<'_>, control: &Control) {
    if !control.text.is_empty() {
        reader.misfit("", &control.tag, &control.text, Misfit::UnknownFact);
    }
}

/// The rows of lists, in the order of the page.
#[derive(Debug, Default)]
struct Lists<'a> {
    all: Vec<(&'a str, Vec<Row<'a>>)>,
}

#[derive(Debug)]
struct Row<'a> {
    number: &'a str,
    row: Option<usize>,
    cells: Vec<&'a Control>,
}

impl Row<'_> {
    fn says_something(&self) -> bool {
        self.cells.iter().any(|control| !control.text.is_empty())
    }
}

impl<'a> Lists<'a> {
    /// Takes a control into its record. Where rows are records, one that is there again begins
    /// another; elsewhere what it said first is given back.
    fn take(
        &mut self,
        control: &'a Control,
        list: &'a str,
        number: &'a str,
        column: &str,
        rows_are_records: bool,
    ) -> Option<String> {
        let place = match self.all.iter().position(|(known, _)| *known == list) {
            Some(place) => place,
            None => {
                self.all.push((list, Vec::new()));
                self.all.len() - 1
            }
        };
        let (_, rows) = self.all.get_mut(place)?;
        let same = rows
            .iter_mut()
            .rev()
            .find(|row| row.number == number && (row.row == control.row || !rows_are_records));
        let filled = |row: &Row<'_>| {
            let mut cells = row.cells.iter();
            let known = cells.find(|known| known.tag.rsplit('.').next() == Some(column));
            known.map(|known| known.text.clone())
        };
        match same.map(|row| (filled(row), row)) {
            Some((None, row)) => row.cells.push(control),
            // Twice in one row of the page is no copied row; the first counts.
            Some((Some(first), _)) if !rows_are_records || control.row.is_some() => {
                return Some(first);
            }
            _ => rows.push(Row {
                number,
                row: control.row,
                cells: vec![control],
            }),
        }
        None
    }
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn properties_of<'a, 'i>(sdt: &Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let properties = sdt.children().find(|child| is(child, "sdtPr"));
    properties
        .into_iter()
        .flat_map(|properties| properties.children())
}

/// The value of a control's property.
fn property<'a>(sdt: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    let found = properties_of(sdt).find(|child| is(child, name))?;
    let mut attributes = found.attributes();
    Some(
        attributes
            .find(|attribute| attribute.name() == "val")?
            .value(),
    )
}

/// What stands there once changes are accepted: text with its breaks, without what was deleted.
fn collect(node: &Node<'_, '_>, out: &mut String) {
    for child in node.children().filter(Node::is_element) {
        match child.tag_name().name() {
            "t" => out.push_str(child.text().unwrap_or_default()),
            "br" | "cr" => out.push('\n'),
            "tab" => out.push(' '),
            "noBreakHyphen" => out.push('-'),
            "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "rPr" | "pPr" => {}
            "p" => {
                if !out.is_empty() {
                    out.push('\n');
                }
                collect(&child, out);
            }
            _ => collect(&child, out),
        }
    }
}

/// The program that saved a file.
fn program(package: &Package<'_>) -> Option<String> {
    let relations = package.relations("").ok()?;
    let part = relations
        .iter()
        .find(|relation| relation.kind == "extended-properties")?;
    let text = package.text(&part.target).ok()?;
    let tree = xml::parse(&part.target, &text).ok()?;
    let mut nodes = tree.descendants();
    let named = nodes.find(|node| is(node, "Application"))?;
    Some(named.text()?.to_owned())
}

/// Our own properties, without their prefix; a file without any has none.
fn custom_properties(package: &Package<'_>) -> Result<BTreeMap<String, String>, OfficeError> {
    let mut found = BTreeMap::new();
    let relations = package.relations("")?;
    let part = relations
        .iter()
        .find(|relation| relation.kind == "custom-properties" && !relation.external);
    let Some(part) = part.filter(|part| package.has(&part.target)) else {
        return Ok(found);
    };
    let text = package.text(&part.target)?;
    let tree = xml::parse(&part.target, &text)?;
    for node in tree.root_element().children() {
        let name = node.attribute("name").unwrap_or_default();
        if let Some(name) = name.strip_prefix(PREFIX) {
            let value = node.children().find(Node::is_element);
            let value = value.and_then(|value| value.text()).unwrap_or_default();
            found.insert(name.to_owned(), value.to_owned());
        }
    }
    Ok(found)
}
