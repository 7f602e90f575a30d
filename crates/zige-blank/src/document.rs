//! A document as its reader sees it: paragraphs, and tables of cells, each character with its place
//! in the XML.
//!
//! What Word does not show is not here (deleted text, hidden text, instructions of fields), what it
//! shows is, however it is wrapped (insertions, content controls, links, results of fields).

use std::ops::Range;

use zige_office::xml::Node;

/// The namespaces of WordprocessingML: transitional and strict.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The body of a document.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    /// Paragraphs and tables of the body itself, in their order.
    pub(crate) blocks: Vec<Block>,
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
    /// All tables; those inside of a cell follow the one that holds them.
    pub(crate) tables: Vec<RawTable<'a>>,
    /// How many text boxes there are: their text is not looked at.
    pub(crate) text_boxes: usize,
    /// Whether changes are tracked in it.
    pub(crate) tracked: bool,
    /// The page, in twentieths of a point.
    pub(crate) page: Page,
}

/// What stands in the body, by position in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(usize),
    Table(usize),
}

/// The page of the last section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A table as it is written: rows of cells, not yet on a grid.
#[derive(Debug)]
pub(crate) struct RawTable<'a> {
    /// Widths of the grid's columns.
    pub(crate) columns: Vec<u32>,
    pub(crate) rows: Vec<RawRow<'a>>,
    /// Space at the left and right of text in its cells, together.
    pub(crate) sides: u32,
}

#[derive(Debug)]
pub(crate) struct RawRow<'a> {
    /// Columns left out before the first cell, and after the last.
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) width_before: u32,
    pub(crate) height: Height,
    pub(crate) cells: Vec<RawCell<'a>>,
}

/// How high a row is, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Height {
    /// As high as its text.
    Auto,
    /// At least so high.
    AtLeast(u32),
    /// Exactly so high: what does not fit is cut off.
    Exact(u32),
}

#[derive(Debug)]
pub(crate) struct RawCell<'a> {
    /// Columns of the grid that it covers.
    pub(crate) span: usize,
    /// Its own width, where it is given in absolute terms.
    pub(crate) width: Option<u32>,
    pub(crate) merge: Merge,
    /// Whether its text runs downward.
    pub(crate) vertical: bool,
    pub(crate) sides: Option<u32>,
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
    /// Tables inside of it, by position in [`Body::tables`].
    pub(crate) tables: Vec<usize>,
}

/// How a cell is joined with the one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merge {
    None,
    Starts,
    Continues,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'a> {
    pub(crate) node: Node<'a, 'a>,
    /// Its visible characters; `\n` and `\t` for breaks and tabs.
    pub(crate) glyphs: Vec<Glyph<'a>>,
    /// Whether it holds a picture.
    pub(crate) picture: bool,
    /// Whether it holds a text box.
    pub(crate) text_box: bool,
    /// The tag of a content control around its text, or inside of it.
    pub(crate) tag: Option<&'a str>,
}

/// One visible character.
#[derive(Clone, Debug)]
pub(crate) struct Glyph<'a> {
    pub(crate) character: char,
    pub(crate) source: Source,
    /// The run that it stands in.
    pub(crate) run: Node<'a, 'a>,
    /// Whether it only stands in for what is to be entered.
    pub(crate) placeholder: bool,
    /// Whether it is underlined, as the blanks of a line to fill in are.
    pub(crate) underlined: bool,
}

/// Where a character stands in the XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// In a `w:t` with this range.
    Text(Range<usize>),
    /// A `w:br`, `w:tab` or the like, that is this element.
    Element(Range<usize>),
    /// A `w:sym`; whether it is a box with a mark in it.
    Symbol {
        element: Range<usize>,
        font: &'static str,
        marked: &'static str,
    },
    /// The box of an old form field: where its state is written.
    OldBox(Range<usize>),
    /// The box of a content control: where its state is written, and the text with the box.
    NewBox {
        state: Range<usize>,
        text: Range<usize>,
    },
}

impl Paragraph<'_> {
    /// Its text as one sees it.
    pub(crate) fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.character).collect()
    }

    /// Whether nothing is to be seen in it, or only what stands in for an entry.
    pub(crate) fn is_blank(&self) -> bool {
        !self.picture
            && !self.text_box
            && self
                .glyphs
                .iter()
                .all(|glyph| glyph.placeholder || glyph.character.is_whitespace())
    }
}

/// Whether a node is an element of WordprocessingML with this name.
pub(crate) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().name() == name
        && node
            .tag_name()
            .namespace()
            .is_some_and(|namespace| NAMESPACES.contains(&namespace))
}

/// A child element of WordprocessingML.
pub(crate) fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| is(*child, name))
}

/// An attribute, with or without the namespace of WordprocessingML.
pub(crate) fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// The value of a property such as `<w:gridSpan w:val="2"/>`.
fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Whether a property such as `<w:vanish/>` is switched on.
fn is_on(properties: Option<Node<'_, '_>>, name: &str) -> bool {
    let switch =
        properties.and_then(|properties| properties.children().find(|child| is(*child, name)));
    switch.is_some_and(|switch| {
        !matches!(
            switch
                .attributes()
                .find(|a| a.name() == "val")
                .map(|a| a.value()),
            Some("0" | "false" | "off" | "none")
        )
    })
}

/// A width or height in twentieths of a point; fractions are cut, nonsense is 0.
fn twips(text: &str) -> u32 {
    let whole = text.split('.').next().unwrap_or_default();
    whole.parse().unwrap_or(0)
}

/// A measure that is given in absolute terms.
fn absolute(node: Option<Node<'_, '_>>) -> Option<u32> {
    let node = node?;
    match attribute_of(node, "type") {
        None | Some("dxa") => attribute_of(node, "w")
            .map(twips)
            .filter(|width| *width > 0),
        _ => None,
    }
}

fn attribute_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// Reads the body; `None` when there is none.
pub(crate) fn read<'a>(root: Node<'a, 'a>) -> Option<Body<'a>> {
    let node = child(root, "body").filter(|_| is(root, "document"))?;
    let mut body = Body {
        blocks: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        text_boxes: 0,
        tracked: false,
        page: page(node),
    };
    body.tracked = node
        .descendants()
        .any(|node| is(node, "ins") || is(node, "del"));
    let mut found = Vec::new();
    blocks(node, None, &mut found);
    for (block, tag) in found {
        if is(block, "p") {
            let paragraph = body.paragraph(block, tag);
            body.blocks.push(Block::Paragraph(body.paragraphs.len()));
            body.paragraphs.push(paragraph);
        } else {
            let table = body.table(block);
            body.blocks.push(Block::Table(table));
        }
    }
    Some(body)
}

fn page(body: Node<'_, '_>) -> Page {
    let sections = body.descendants().filter(|node| is(*node, "sectPr"));
    let size = sections
        .max_by_key(|section| section.range().start)
        .and_then(|section| section.children().find(|child| is(*child, "pgSz")));
    let side = |name| {
        size.and_then(|size| attribute_of(size, name))
            .map_or(0, twips)
    };
    Page {
        width: side("w"),
        height: side("h"),
    }
}

/// The paragraphs and tables below a node that shows them, each with the tag of the content control
/// around it.
fn blocks<'a>(
    node: Node<'a, 'a>,
    tag: Option<&'a str>,
    found: &mut Vec<(Node<'a, 'a>, Option<&'a str>)>,
) {
    for child in node.children() {
        if is(child, "p") || is(child, "tbl") {
            found.push((child, tag));
        } else if is(child, "sdt") {
            blocks(child, control_tag(child).or(tag), found);
        } else if WRAPPERS.iter().any(|name| is(child, name)) {
            blocks(child, tag, found);
        }
    }
}

/// Elements whose content is shown as if they were not there.
const WRAPPERS: [&str; 10] = [
    "ins",
    "moveTo",
    "smartTag",
    "customXml",
    "sdtContent",
    "hyperlink",
    "fldSimple",
    "dir",
    "bdo",
    "sdt",
];

fn control_tag<'a>(control: Node<'a, 'a>) -> Option<&'a str> {
    value(child(control, "sdtPr")?, "tag").filter(|tag| !tag.is_empty())
}

/// Rows of a table, or cells of a row, however they are wrapped.
fn shown<'a>(node: Node<'a, 'a>, name: &str, found: &mut Vec<Node<'a, 'a>>) {
    for child in node.children() {
        if is(child, name) {
            found.push(child);
        } else if WRAPPERS.iter().any(|wrapper| is(child, wrapper)) {
            shown(child, name, found);
        }
    }
}

impl<'a> Body<'a> {
    /// Reads a table and gives its position.
    fn table(&mut self, node: Node<'a, 'a>) -> usize {
        let properties = child(node, "tblPr");
        let position = self.tables.len();
        let columns = child(node, "tblGrid").map_or_else(Vec::new, |grid| {
            grid.children()
                .filter(|child| is(*child, "gridCol"))
                .map(|column| attribute(column, "w").map_or(0, twips))
                .collect()
        });
        // Word's own margin is 0.19 cm at each side.
        let sides = properties
            .and_then(|properties| sides(child(properties, "tblCellMar")?))
            .unwrap_or(216);
        self.tables.push(RawTable {
            columns,
            rows: Vec::new(),
            sides,
        });
        let mut rows = Vec::new();
        shown(node, "tr", &mut rows);
        for row in rows {
            let properties = child(row, "trPr");
            let is_deleted =
                properties.is_some_and(|properties| child(properties, "del").is_some());
            if is_deleted {
                continue;
            }
            let row = self.row(row, properties);
            if let Some(table) = self.tables.get_mut(position) {
                table.rows.push(row);
            }
        }
        position
    }

    fn row(&mut self, node: Node<'a, 'a>, properties: Option<Node<'a, 'a>>) -> RawRow<'a> {
        let count = |name| {
            let given = properties.and_then(|properties| value(properties, name));
            given.and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        let height = properties.and_then(|properties| child(properties, "trHeight"));
        let height = height.map_or(Height::Auto, |height| {
            let value = attribute(height, "val").map_or(0, twips);
            match attribute(height, "hRule") {
                Some("exact") => Height::Exact(value),
                Some("auto") => Height::Auto,
                _ => Height::AtLeast(value),
            }
        });
        let width_before = absolute(properties.and_then(|properties| child(properties, "wBefore")));
        let mut nodes = Vec::new();
        shown(node, "tc", &mut nodes);
        let mut cells: Vec<RawCell<'a>> = Vec::new();
        for node in nodes {
            let cell = self.cell(node);
            // The old way to join cells of a row.
            let joins = child(node, "tcPr")
                .and_then(|properties| child(properties, "hMerge"))
                .is_some_and(|merge| attribute(merge, "val") != Some("restart"));
            match cells.last_mut().filter(|_| joins) {
                Some(last) => {
                    last.span += cell.span;
                    last.width = last.width.zip(cell.width).map(|(a, b)| a.saturating_add(b));
                }
                None => cells.push(cell),
            }
        }
        RawRow {
            before: count("gridBefore"),
            after: count("gridAfter"),
            width_before: width_before.unwrap_or(0),
            height,
            cells,
        }
    }

    fn cell(&mut self, node: Node<'a, 'a>) -> RawCell<'a> {
        let properties = child(node, "tcPr");
        let given = |name| properties.and_then(|properties| value(properties, name));
        let merge = properties.and_then(|properties| child(properties, "vMerge"));
        let merge = merge.map_or(Merge::None, |merge| match attribute(merge, "val") {
            Some("restart") => Merge::Starts,
            _ => Merge::Continues,
        });
        let mut cell = RawCell {
            span: given("gridSpan")
                .and_then(|span| span.parse().ok())
                .filter(|span| (1..=1000).contains(span))
                .unwrap_or(1),
            width: absolute(properties.and_then(|properties| child(properties, "tcW"))),
            merge,
            vertical: given("textDirection")
                .is_some_and(|direction| !matches!(direction, "lrTb" | "tb" | "lrTbV")),
            sides: properties.and_then(|properties| sides(child(properties, "tcMar")?)),
            paragraphs: Vec::new(),
            tables: Vec::new(),
        };
        let mut found = Vec::new();
        blocks(node, None, &mut found);
        for (block, tag) in found {
            if is(block, "p") {
                cell.paragraphs.push(self.paragraph(block, tag));
            } else {
                cell.tables.push(self.table(block));
            }
        }
        cell
    }

    fn paragraph(&mut self, node: Node<'a, 'a>, tag: Option<&'a str>) -> Paragraph<'a> {
        let mut reader = Reader {
            paragraph: Paragraph {
                node,
                glyphs: Vec::new(),
                picture: false,
                text_box: false,
                tag,
            },
            fields: Vec::new(),
            text_boxes: 0,
        };
        reader.inline(node, Control::default());
        self.text_boxes += reader.text_boxes;
        reader.paragraph
    }
}

fn sides(margins: Node<'_, '_>) -> Option<u32> {
    let side = |names: [&str; 2]| {
        let side = margins
            .children()
            .find(|child| names.iter().any(|name| is(*child, name)))?;
        attribute_of(side, "w").map(twips)
    };
    let left = side(["left", "start"]);
    let right = side(["right", "end"]);
    (left.is_some() || right.is_some())
        .then(|| left.unwrap_or(108).saturating_add(right.unwrap_or(108)))
}

/// What a content control around a run says about it.
#[derive(Clone, Default)]
struct Control {
    placeholder: bool,
    check_box: Option<Range<usize>>,
}

struct Reader<'a> {
    paragraph: Paragraph<'a>,
    /// For each field that is open: whether its result has begun.
    fields: Vec<bool>,
    text_boxes: usize,
}

impl<'a> Reader<'a> {
    fn inline(&mut self, node: Node<'a, 'a>, control: Control) {
        for child in node.children().filter(Node::is_element) {
            if is(child, "r") {
                self.run(child, &control);
            } else if is(child, "sdt") {
                let control = self.control(child, &control);
                self.inline(child, control);
            } else if WRAPPERS.iter().any(|name| is(child, name)) {
                self.inline(child, control.clone());
            } else if child.tag_name().name() == "AlternateContent" {
                self.shape(child);
            }
        }
    }

    fn control(&mut self, node: Node<'a, 'a>, outer: &Control) -> Control {
        let Some(properties) = child(node, "sdtPr") else {
            return outer.clone();
        };
        if self.paragraph.tag.is_none() {
            self.paragraph.tag = control_tag(node);
        }
        // w14:checkbox, of another namespace.
        let named = |parent: Node<'a, 'a>, name: &str| {
            parent
                .children()
                .find(|child| child.tag_name().name() == name)
        };
        let state = named(properties, "checkbox").and_then(|check_box| named(check_box, "checked"));
        Control {
            placeholder: outer.placeholder || is_on(Some(properties), "showingPlcHdr"),
            check_box: state.map(|state| state.range()).or(outer.check_box.clone()),
        }
    }

    fn run(&mut self, run: Node<'a, 'a>, control: &Control) {
        let properties = child(run, "rPr");
        let hidden = is_on(properties, "vanish") || is_on(properties, "webHidden");
        let underlined = is_on(properties, "u");
        for node in run.children().filter(Node::is_element) {
            if is(node, "fldChar") {
                self.field(run, node);
                continue;
            }
            let in_instruction = self.fields.iter().any(|result| !result);
            if hidden || in_instruction {
                continue;
            }
            let mut glyph = Glyph {
                character: ' ',
                source: Source::Element(node.range()),
                run,
                placeholder: control.placeholder,
                underlined,
            };
            match node.tag_name().name() {
                "t" if is(node, "t") => {
                    for character in node.text().unwrap_or_default().chars() {
                        glyph.character = match character {
                            '\n' | '\r' => ' ',
                            other => other,
                        };
                        glyph.source = match (&control.check_box, is_box(character)) {
                            (Some(state), true) => Source::NewBox {
                                state: state.clone(),
                                text: node.range(),
                            },
                            _ => Source::Text(node.range()),
                        };
                        self.paragraph.glyphs.push(glyph.clone());
                    }
                    continue;
                }
                "br" | "cr" => {
                    glyph.character = match attribute(node, "type") {
                        Some("page" | "column") => continue,
                        _ => '\n',
                    };
                }
                "tab" | "ptab" => glyph.character = '\t',
                "noBreakHyphen" => glyph.character = '-',
                "sym" => {
                    let font = attribute(node, "font").unwrap_or_default();
                    let code = attribute(node, "char").unwrap_or_default();
                    glyph.character = match symbol(font, code) {
                        Some((character, font, marked)) => {
                            glyph.source = Source::Symbol {
                                element: node.range(),
                                font,
                                marked,
                            };
                            character
                        }
                        None => '\u{FFFD}',
                    };
                }
                "ruby" => {
                    let base = child(node, "rubyBase");
                    if let Some(base) = base {
                        self.inline(base, control.clone());
                    }
                    continue;
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    self.shape(node);
                    continue;
                }
                _ => continue,
            }
            self.paragraph.glyphs.push(glyph);
        }
    }

    fn field(&mut self, run: Node<'a, 'a>, node: Node<'a, 'a>) {
        match attribute(node, "fldCharType") {
            Some("begin") => {
                self.fields.push(false);
                let data = child(node, "ffData").and_then(|data| child(data, "checkBox"));
                if let Some(data) = data {
                    let is_marked = is_on(Some(data), "checked")
                        || child(data, "checked").is_none() && is_on(Some(data), "default");
                    self.paragraph.glyphs.push(Glyph {
                        character: if is_marked { '☑' } else { '☐' },
                        source: Source::OldBox(data.range()),
                        run,
                        placeholder: false,
                        underlined: false,
                    });
                }
            }
            Some("separate") => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// A picture, or a text box: its text stands elsewhere on the page and is not looked at. The
    /// two ways to write one box, new and old, count once.
    fn shape(&mut self, node: Node<'a, 'a>) {
        let boxes = node
            .descendants()
            .filter(|node| is(*node, "txbxContent"))
            .filter(|node| {
                !node
                    .ancestors()
                    .any(|above| above.tag_name().name() == "Fallback")
            })
            .count();
        match boxes {
            0 => self.paragraph.picture = true,
            boxes => {
                self.paragraph.text_box = true;
                self.text_boxes += boxes;
            }
        }
    }
}

/// Empty boxes and circles that are marked by hand.
pub(crate) fn is_box(character: char) -> bool {
    matches!(
        character,
        '□' | '☐' | '◻' | '⬜' | '▢' | '○' | '◯' | '❏' | '❑'
    )
}

/// Boxes with a mark.
pub(crate) fn is_marked_box(character: char) -> bool {
    matches!(
        character,
        '☑' | '☒' | '■' | '●' | '⊙' | '◉' | '✓' | '✔' | '√'
    )
}

/// Boxes of the symbol fonts: the character that looks like it, and the code of the marked one.
fn symbol(font: &str, code: &str) -> Option<(char, &'static str, &'static str)> {
    let code = u32::from_str_radix(code, 16).ok()? & 0xFF;
    match (font, code) {
        ("Wingdings", 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) => Some(('□', "Wingdings", "F0FE")),
        ("Wingdings", 0xA1 | 0x6D) => Some(('○', "Wingdings", "F0A4")),
        ("Wingdings", 0xFE | 0xFD | 0xA4 | 0xFC) => Some(('☑', "Wingdings", "F0FE")),
        ("Wingdings 2", 0xA3 | 0x2A | 0x30) => Some(('□', "Wingdings 2", "F052")),
        ("Wingdings 2", 0x52..=0x54) => Some(('☑', "Wingdings 2", "F052")),
        _ => None,
    }
}
