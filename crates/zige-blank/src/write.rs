//! Writes a value into the XML: edits at single places, everything else keeps its bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use zige_office::xml::Node;
use zige_office::{Edits, text};

use crate::document::{Glyph, Paragraph, Source, child, is};
use crate::photo::Picture;
use crate::plan::{Form, Holder, Plan, Room};
use crate::slots::{self, Slot};

/// Properties of a run that stand after its size, in the order of the schema.
const AFTER_SIZE: [&str; 14] = [
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
];

/// What a paragraph's mark has beside the properties of a run.
const OF_MARK: [&str; 5] = ["ins", "del", "moveFrom", "moveTo", "rPrChange"];

pub(crate) struct Writer<'w, 'a> {
    form: &'w Form<'a>,
    source: &'w str,
    edits: &'w mut Edits,
    /// What is to stand in the place of single characters: several values may share a run.
    instead: BTreeMap<Holder, Places>,
}

/// Characters by paragraph and position, with what takes their place.
type Places = BTreeMap<(usize, usize), Instead>;

/// What takes the place of a character.
#[derive(Clone, Debug)]
enum Instead {
    Text(String),
    Marked,
}

/// A character, and what takes its place.
type Change<'c, 'a> = (&'c Glyph<'a>, Option<&'c Instead>);

impl<'w, 'a> Writer<'w, 'a> {
    pub(crate) fn new(form: &'w Form<'a>, source: &'w str, edits: &'w mut Edits) -> Writer<'w, 'a> {
        Writer {
            form,
            source,
            edits,
            instead: BTreeMap::new(),
        }
    }

    /// Writes what was put in the place of single characters.
    pub(crate) fn finish(mut self) {
        for (holder, instead) in std::mem::take(&mut self.instead) {
            self.replace(holder, &instead);
        }
    }

    /// What already takes the place of characters of a holder.
    fn places(&mut self, holder: Holder) -> &mut Places {
        self.instead.entry(holder).or_default()
    }

    /// Writes a plan's text; whether there was a place for it. `size` in half points makes it
    /// smaller.
    pub(crate) fn write(&mut self, plan: &Plan, size: Option<u32>) -> bool {
        let text = text::clean(&plan.text);
        if text.is_empty() {
            return false;
        }
        let holder = plan.spot.holder;
        match &plan.spot.slot {
            Slot::Blank | Slot::Hint(_) => self.blank(holder, &text, size),
            Slot::Date { year, month, day } => match date(&text) {
                Some((y, m, d)) => {
                    let mut rooms = vec![(year.clone(), y), (month.clone(), m)];
                    if let (Some(day), Some(d)) = (day, d) {
                        rooms.push((day.clone(), d));
                    }
                    self.rooms(holder, &rooms)
                }
                None => false,
            },
            Slot::Age { before, inside } => {
                let open = text.find(['（', '(']);
                let date = open.and_then(|open| text.get(..open)).unwrap_or(&text);
                let age: String = match open.and_then(|open| text.get(open..)) {
                    Some(rest) => rest.chars().filter(char::is_ascii_digit).collect(),
                    None => String::new(),
                };
                let mut rooms = vec![(before.clone(), date.to_owned())];
                if !age.is_empty() {
                    rooms.push((inside.clone(), age));
                }
                self.rooms(holder, &rooms)
            }
            Slot::Unit { room, unit } => {
                let padded = match unit.is_empty() {
                    true => self.padded(holder, room, &text),
                    // Nothing else stands in the cell.
                    false => text.clone(),
                };
                self.rooms(holder, &[(room.clone(), padded)])
            }
            Slot::Boxes { options, .. } => match slots::choose(options, &text) {
                Some(at) => self.mark(holder, at),
                None => false,
            },
            Slot::Squares(cells) => self.squares(holder, cells, &text),
            Slot::Digits(boxes) => {
                let rooms: Vec<(Room, String)> = boxes
                    .iter()
                    .zip(text.chars())
                    .map(|(at, digit)| (*at..*at + 1, digit.to_string()))
                    .collect();
                boxes.len() == text.chars().count() && self.rooms(holder, &rooms)
            }
            Slot::Text => false,
        }
    }

    /// A character into each cell of a row.
    fn squares(&mut self, holder: Holder, cells: &[usize], text: &str) -> bool {
        let Holder::Cell(table, _) = holder else {
            return false;
        };
        let fits = cells.len() == text.chars().count();
        let mut digits = cells.iter().zip(text.chars());
        fits && digits
            .all(|(cell, digit)| self.blank(Holder::Cell(table, *cell), &digit.to_string(), None))
    }

    /// A value on a printed line keeps what is left of the line behind it.
    fn padded(&self, holder: Holder, room: &Room, text: &str) -> String {
        let all = self.form.characters(holder);
        let line: Vec<char> = all
            .get(room.clone())
            .unwrap_or_default()
            .iter()
            .map(|(c, _)| *c)
            .collect();
        let underlined = self.form.underlined(holder);
        let is_underlined = room
            .clone()
            .all(|at| underlined.get(at).copied().unwrap_or(false));
        let last = line.last().copied();
        let width = |c: char| if c.is_ascii() { 1 } else { 2 };
        let have: usize = line.iter().map(|c| width(*c)).sum();
        let used: usize = text.chars().map(width).sum();
        match last {
            Some(mark) if is_underlined || !mark.is_whitespace() => {
                let rest = have.saturating_sub(used) / width(mark).max(1);
                format!("{text}{}", mark.to_string().repeat(rest))
            }
            // Something else may follow in the same line.
            Some(mark) if all.len() > room.end && have > used => {
                let rest = (have - used) / width(mark).max(1);
                format!("{text}{}", mark.to_string().repeat(rest.max(1)))
            }
            _ => text.to_owned(),
        }
    }

    /// Replaces stretches of a holder's characters.
    fn rooms(&mut self, holder: Holder, rooms: &[(Room, String)]) -> bool {
        let all = self.form.characters(holder);
        let mut instead = self.places(holder).clone();
        for (room, value) in rooms {
            let first = (room.start..room.end).find_map(|at| Some((at, all.get(at)?.1?)));
            match first {
                Some((first, place)) => {
                    instead.insert(place, Instead::Text(value.clone()));
                    for at in first + 1..room.end {
                        if let Some((c, Some(place))) = all.get(at)
                            && *c != '\n'
                        {
                            instead.insert(*place, Instead::Text(String::new()));
                        }
                    }
                }
                // No room is printed: after the character before it, or before the one after it.
                None => {
                    let before = room.start.checked_sub(1).and_then(|at| all.get(at));
                    let after = all.get(room.end);
                    match (before, after) {
                        (Some((c, Some(place))), _) => {
                            let old = known(&instead, *place).unwrap_or_else(|| c.to_string());
                            instead.insert(*place, Instead::Text(format!("{old}{value}")));
                        }
                        (_, Some((c, Some(place)))) => {
                            let old = known(&instead, *place).unwrap_or_else(|| c.to_string());
                            instead.insert(*place, Instead::Text(format!("{value}{old}")));
                        }
                        _ => return false,
                    }
                }
            }
        }
        let done = !instead.is_empty();
        *self.places(holder) = instead;
        done
    }

    fn mark(&mut self, holder: Holder, at: usize) -> bool {
        let all = self.form.characters(holder);
        match all.get(at).and_then(|(_, place)| *place) {
            Some(place) => {
                self.places(holder).insert(place, Instead::Marked);
                true
            }
            None => false,
        }
    }

    /// Puts something in the place of single characters.
    fn replace(&mut self, holder: Holder, instead: &Places) {
        let form = self.form;
        let mut elements: Vec<(Range<usize>, Vec<Change<'_, 'a>>)> = Vec::new();
        for (number, paragraph) in form.paragraphs(holder).iter().enumerate() {
            for (at, glyph) in paragraph.glyphs.iter().enumerate() {
                let change = instead.get(&(number, at));
                let element = match &glyph.source {
                    Source::Text(range) | Source::Element(range) | Source::OldBox(range) => range,
                    Source::Symbol { element, .. } => element,
                    Source::NewBox { text, .. } => text,
                };
                match elements.last_mut().filter(|(known, _)| known == element) {
                    Some((_, glyphs)) => glyphs.push((glyph, change)),
                    None => elements.push((element.clone(), vec![(glyph, change)])),
                }
            }
        }
        for (element, glyphs) in elements {
            if glyphs.iter().any(|(_, change)| change.is_some()) {
                self.element(element, &glyphs);
            }
        }
    }

    /// Writes one element anew.
    fn element(&mut self, element: Range<usize>, glyphs: &[Change<'_, 'a>]) {
        let prefix = prefix(self.source, element.start);
        let Some((first, change)) = glyphs.first() else {
            return;
        };
        match (&first.source, change) {
            (Source::Symbol { font, marked, .. }, Some(Instead::Marked)) => {
                let symbol =
                    format!("<{prefix}sym {prefix}font=\"{font}\" {prefix}char=\"{marked}\"/>");
                self.edits.replace(element, symbol);
            }
            (Source::OldBox(range), Some(Instead::Marked)) => self.old_box(range.clone(), &prefix),
            (
                Source::Symbol { .. } | Source::Element(_) | Source::OldBox(_),
                Some(Instead::Text(text)),
            ) => {
                let text = match text.as_str() {
                    "" => String::new(),
                    text => texts(&prefix, text),
                };
                self.edits.replace(element, text);
            }
            _ => {
                let mut whole = String::new();
                for (glyph, change) in glyphs {
                    match change {
                        None => whole.push(glyph.character),
                        Some(Instead::Text(text)) => whole.push_str(text),
                        Some(Instead::Marked) => {
                            whole.push(match glyph.character {
                                '○' => '●',
                                _ => '☑',
                            });
                            if let Source::NewBox { state, .. } = &glyph.source {
                                self.switch_on(state.clone());
                            }
                        }
                    }
                }
                self.edits.replace(element, texts(&prefix, &whole));
            }
        }
    }

    /// Writes the state of an old form field's box.
    fn old_box(&mut self, range: Range<usize>, prefix: &str) {
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let mark = format!("<{prefix}checked/>");
        let open = format!("<{prefix}checked");
        let changed = match (raw.find(&open), raw.rfind("</")) {
            (Some(start), _) => {
                let length = raw
                    .get(start..)
                    .and_then(|rest| rest.find('>'))
                    .map_or(0, |at| at + 1);
                let before = raw.get(..start).unwrap_or_default();
                let after = raw.get(start + length..).unwrap_or_default();
                format!("{before}{mark}{after}")
            }
            (None, Some(end)) => {
                let before = raw.get(..end).unwrap_or_default();
                let after = raw.get(end..).unwrap_or_default();
                format!("{before}{mark}{after}")
            }
            (None, None) => return,
        };
        self.edits.replace(range, changed);
    }

    /// Sets the `val` of a box's state to 1.
    fn switch_on(&mut self, range: Range<usize>) {
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let off = ["val=\"0\"", "val=\"false\"", "val='0'", "val='false'"];
        if let Some(word) = off.iter().find(|word| raw.contains(*word)) {
            let changed = raw.replacen(word, "val=\"1\"", 1);
            self.edits.replace(range, changed);
        }
    }

    /// Writes into a holder in which nothing is printed.
    fn blank(&mut self, holder: Holder, text: &str, size: Option<u32>) -> bool {
        let form = self.form;
        let paragraphs = form.paragraphs(holder);
        let with_room = paragraphs.iter().find(|one| !one.glyphs.is_empty());
        let Some(paragraph) = with_room.or_else(|| paragraphs.first()) else {
            return false;
        };
        // A value of several paragraphs in a hint's place, spaces, placeholders: the first run takes
        // the text, the others lose theirs.
        let glyphs: Vec<&Glyph<'a>> = paragraphs.iter().flat_map(|one| &one.glyphs).collect();
        let run = glyphs
            .iter()
            .find(|glyph| matches!(glyph.source, Source::Text(_)));
        let (Some(first), true) = (
            run,
            paragraph
                .glyphs
                .iter()
                .any(|g| matches!(g.source, Source::Text(_))),
        ) else {
            return self.new_run(holder, paragraph, text, size);
        };
        let first_run = first.run;
        let mut elements: Vec<Range<usize>> = Vec::new();
        for glyph in &glyphs {
            if let Source::Text(range) | Source::Element(range) = &glyph.source {
                let inside =
                    range.start >= first_run.range().start && range.end <= first_run.range().end;
                if !inside && elements.last() != Some(range) {
                    elements.push(range.clone());
                }
            }
        }
        elements.sort_by_key(|range| range.start);
        elements.dedup();
        for element in elements {
            self.edits.replace(element, "");
        }
        let is_placeholder = first.placeholder;
        let own = child(first_run, "rPr");
        let raw = match (
            own.filter(|_| !is_placeholder),
            properties_of_mark(paragraph),
        ) {
            (Some(own), _) => self.children(own, size),
            (None, Some(mark)) => self.children(mark, size),
            (None, None) => self.sized(String::new(), size, first_run),
        };
        let prefix = prefix(self.source, first_run.range().start);
        self.edits
            .replace(first_run.range(), run_xml(&prefix, &raw, text));
        if is_placeholder {
            self.no_placeholder(first_run);
        }
        true
    }

    /// Takes back that a content control shows what only stands in for an entry.
    fn no_placeholder(&mut self, run: Node<'a, 'a>) {
        let marks = run
            .ancestors()
            .filter(|node| is(*node, "sdt"))
            .filter_map(|control| child(child(control, "sdtPr")?, "showingPlcHdr"));
        for mark in marks {
            self.edits.replace(mark.range(), "");
        }
    }

    /// Puts a run into a paragraph that has no text.
    fn new_run(
        &mut self,
        holder: Holder,
        paragraph: &Paragraph<'a>,
        text: &str,
        size: Option<u32>,
    ) -> bool {
        let node = paragraph.node;
        let range = node.range();
        let prefix = prefix(self.source, range.start);
        let raw = match properties(paragraph) {
            Some(properties) => self.children(properties, size),
            None => {
                let beside = self.beside(holder, paragraph);
                self.sized(beside, size, node)
            }
        };
        let run = run_xml(&prefix, &raw, text);
        let Some(whole) = self.source.get(range.clone()) else {
            return false;
        };
        match whole.strip_suffix("/>") {
            Some(open) => {
                let open = open.trim_end();
                self.edits
                    .replace(range, format!("{open}>{run}</{prefix}p>"));
            }
            None => match whole.rfind("</") {
                Some(end) => self.edits.insert(range.start + end, run),
                None => return false,
            },
        }
        true
    }

    /// Font and size of the nearest text in the same table, when the paragraph has neither a
    /// style nor properties of its own.
    fn beside(&self, holder: Holder, paragraph: &Paragraph<'a>) -> String {
        let has_style = child(paragraph.node, "pPr")
            .is_some_and(|properties| child(properties, "pStyle").is_some());
        let Holder::Cell(table, position) = holder else {
            return String::new();
        };
        let Some(table) = self.form.tables.get(table).filter(|_| !has_style) else {
            return String::new();
        };
        let before = table.cells.iter().take(position).rev();
        let after = table.cells.iter().skip(position + 1);
        let run = before
            .chain(after)
            .flat_map(|cell| cell.paragraphs())
            .find_map(|paragraph| {
                paragraph
                    .glyphs
                    .iter()
                    .find(|glyph| !glyph.character.is_whitespace())
            });
        let Some(properties) = run.and_then(|glyph| child(glyph.run, "rPr")) else {
            return String::new();
        };
        ["rFonts", "sz", "szCs"]
            .iter()
            .filter_map(|name| self.source.get(child(properties, name)?.range()))
            .collect()
    }

    /// The properties of a run as they are written, with another size.
    fn children(&self, properties: Node<'a, 'a>, size: Option<u32>) -> String {
        let mut raw = String::new();
        let mut sized = size.is_none();
        for node in properties.children().filter(Node::is_element) {
            let name = node.tag_name().name();
            let of_mark = OF_MARK.contains(&name) || name == "vanish" || name == "webHidden";
            if of_mark || size.is_some() && matches!(name, "sz" | "szCs") {
                continue;
            }
            if let (false, true, Some(size)) = (sized, AFTER_SIZE.contains(&name), size) {
                raw.push_str(&size_xml(&prefix(self.source, node.range().start), size));
                sized = true;
            }
            raw.push_str(self.source.get(node.range()).unwrap_or_default());
        }
        if let (false, Some(size)) = (sized, size) {
            raw.push_str(&size_xml(
                &prefix(self.source, properties.range().start),
                size,
            ));
        }
        raw
    }

    fn sized(&self, raw: String, size: Option<u32>, near: Node<'a, 'a>) -> String {
        match size {
            None => raw,
            Some(size) => {
                let prefix = prefix(self.source, near.range().start);
                let fonts = raw
                    .find(&format!("<{prefix}sz"))
                    .and_then(|at| raw.get(..at));
                format!("{}{}", fonts.unwrap_or(&raw), size_xml(&prefix, size))
            }
        }
    }

    /// Puts a photograph into its cell, in the place of what is printed there.
    pub(crate) fn photo(&mut self, holder: Holder, picture: &Picture) -> bool {
        let Holder::Cell(number, position) = holder else {
            return false;
        };
        let form = self.form;
        let Some(table) = form.tables.get(number) else {
            return false;
        };
        let Some((cell, paragraph)) = table
            .cell(position)
            .and_then(|cell| Some((cell, cell.paragraphs().first()?)))
        else {
            return false;
        };
        let prefix = prefix(self.source, paragraph.node.range().start);
        let height = table.exact_height(cell);
        let used = form.body.paragraphs.len() + 90_000;
        let drawing = picture.drawing(cell.room, height, used);
        let drawing = format!(
            "<{prefix}r>{}</{prefix}r>",
            drawing
                .replace("<w:", &format!("<{prefix}"))
                .replace("</w:", &format!("</{prefix}"))
        );
        let (first, others) = match cell.paragraphs().split_first() {
            Some(split) => split,
            None => return false,
        };
        let mark = "ctr";
        let whole = format!(
            "<{prefix}p><{prefix}pPr><{prefix}spacing {prefix}line=\"240\" {prefix}lineRule=\"auto\"/><{prefix}jc {prefix}val=\"{}\"/></{prefix}pPr>{drawing}</{prefix}p>",
            if mark == "ctr" { "center" } else { "left" }
        );
        self.edits.replace(first.node.range(), whole);
        for other in others {
            self.edits.replace(other.node.range(), "");
        }
        true
    }
}

/// What a character was replaced by before.
fn known(instead: &BTreeMap<(usize, usize), Instead>, place: (usize, usize)) -> Option<String> {
    match instead.get(&place) {
        Some(Instead::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// The properties that text in a paragraph has: those of its runs, else those of its mark.
pub(crate) fn properties<'a>(paragraph: &Paragraph<'a>) -> Option<Node<'a, 'a>> {
    let runs = paragraph.node.children().filter(|node| is(*node, "r"));
    let of_run = runs.rev().find_map(|run| child(run, "rPr"));
    let of_mark = properties_of_mark(paragraph);
    match paragraph.glyphs.is_empty() {
        true => of_mark.or(of_run),
        false => of_run.or(of_mark),
    }
}

fn properties_of_mark<'a>(paragraph: &Paragraph<'a>) -> Option<Node<'a, 'a>> {
    child(child(paragraph.node, "pPr")?, "rPr")
}

/// The prefix of the element that begins at this place, with its colon: `w:`.
fn prefix(source: &str, start: usize) -> String {
    let tag = source
        .get(start..)
        .and_then(|rest| rest.strip_prefix('<'))
        .unwrap_or_default();
    let end = tag
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))
        .unwrap_or(0);
    let name = tag.get(..end).unwrap_or_default();
    match name.split_once(':') {
        Some((prefix, _)) => format!("{prefix}:"),
        None => String::new(),
    }
}

fn size_xml(prefix: &str, size: u32) -> String {
    format!("<{prefix}sz {prefix}val=\"{size}\"/><{prefix}szCs {prefix}val=\"{size}\"/>")
}

fn run_xml(prefix: &str, properties: &str, text: &str) -> String {
    let properties = match properties {
        "" => String::new(),
        some => format!("<{prefix}rPr>{some}</{prefix}rPr>"),
    };
    format!("<{prefix}r>{properties}{}</{prefix}r>", texts(prefix, text))
}

/// Text elements with breaks between lines.
fn texts(prefix: &str, text: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str(&format!("<{prefix}br/>"));
        }
        out.push_str(&format!("<{prefix}t xml:space=\"preserve\">"));
        text::push(&mut out, line);
        out.push_str(&format!("</{prefix}t>"));
    }
    out
}

/// Year, month and perhaps day of a date that was written with them.
fn date(text: &str) -> Option<(String, String, Option<String>)> {
    let mut parts = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = parts.next()?;
    let day = parts.next();
    let plain = |digits: &str| {
        let digits = digits.trim_start_matches('0');
        digits.to_owned()
    };
    Some((year.to_owned(), plain(month), day.map(plain)))
}
