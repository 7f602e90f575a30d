//! The form as a .docx for Word, WPS and LibreOffice.
//!
//! The parts are written directly (ECMA-376 / ISO 29500 transitional, elements in the order of its
//! schema) into a zip without compression: the same form gives the same bytes. Each value stands in
//! a content control whose tag is the fact's id, so that what is edited can be read back.

mod read;

pub use read::TaggedDocument;

use read::{IS, PREFIX};

use zige_core::pack::ParagraphStyle;

use crate::filled::{
    BETWEEN_OPTIONS, Content, FilledBlock, FilledCell, FilledForm, FilledPage, FilledParagraph,
    FilledPiece, FilledRow, FilledTable, Ticks, Value, has_room,
};
use crate::geometry::{CELL_EDGE, CELL_SIDE, COLUMNS, MARGIN_BOTTOM, MARGIN_TOP, Paper, twips};
use crate::photo::ShownPhoto;
use crate::{MARK, grid, paginate, xml, zip};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A font that has a ticked box.
const TICK_FONT: &str = "Segoe UI Symbol";
/// The longest tag or title that Word accepts on a content control.
const LONGEST_TAG: usize = 64;

/// The whole file.
#[must_use]
pub fn write(form: &FilledForm) -> Vec<u8> {
    let texts = parts(form);
    let mut parts: Vec<(&str, &[u8])> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    if let Some(photo) = form.photo() {
        parts.push((PHOTO, &photo.jpeg));
    }
    zip::pack(&parts)
}

/// The parts of the file, by name; `[Content_Types].xml` comes first, as readers expect.
fn parts(form: &FilledForm) -> [(&'static str, String); 11] {
    [
        (
            "[Content_Types].xml",
            with_photo(
                form,
                include_str!("docx/content_types.xml"),
                "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/></Types>",
            ),
        ),
        ("_rels/.rels", include_str!("docx/rels.xml").to_owned()),
        ("word/document.xml", document(form)),
        (
            "word/_rels/document.xml.rels",
            with_photo(
                form,
                include_str!("docx/document_rels.xml"),
                &format!(
                    "<Relationship Id=\"{PHOTO_ID}\" Type=\"{R}/image\" Target=\"media/photo.jpeg\"/></Relationships>"
                ),
            ),
        ),
        (
            "word/styles.xml",
            include_str!("docx/styles.xml").to_owned(),
        ),
        (
            "word/settings.xml",
            include_str!("docx/settings.xml").to_owned(),
        ),
        (
            "word/fontTable.xml",
            include_str!("docx/font_table.xml").to_owned(),
        ),
        ("word/header1.xml", header()),
        ("word/footer1.xml", footer(form)),
        ("docProps/core.xml", core_properties(form)),
        ("docProps/custom.xml", custom_properties(form)),
    ]
}

/// The photograph's part.
const PHOTO: &str = "word/media/photo.jpeg";
/// Its relationship.
const PHOTO_ID: &str = "rIdPhoto";
/// English metric units in a tenth of a millimetre.
const EMU_IN_A_TENTH: u32 = 3_600;

/// A part with what a photograph needs before its end, which `added` closes again.
fn with_photo(form: &FilledForm, part: &str, added: &str) -> String {
    match (form.photo(), part.rsplit_once("</")) {
        (Some(_), Some((before, _))) => [before, added].concat(),
        _ => part.to_owned(),
    }
}

/// `word/document.xml`.
#[must_use]
pub fn document(form: &FilledForm) -> String {
    let mut body = Body {
        out: format!(
            "{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\" xmlns:mc=\"{MC}\" xmlns:w14=\"{W14}\" mc:Ignorable=\"w14\"><w:body>"
        ),
        controls: 0,
        paper: form.paper,
    };
    body.paragraph("ZigeTitle", &form.title, false);
    body.paragraph("ZigeSubtitle", &form.provenance.basis(), false);
    let mut after_table = false;
    let flow = flow(form.pages.iter().chain(&form.checklist_page));
    for (position, placed) in flow.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| flow.get(before));
        let apart = before.is_some_and(|before| paginate::apart(&before.block, &placed.block));
        if apart && !placed.on_new_page {
            body.paragraph("ZigeSpace", "", false);
        }
        match &placed.block {
            FilledBlock::Table(table) => {
                body.before_table(table, placed.on_new_page, after_table);
                body.table(table, placed.splits);
            }
            FilledBlock::Paragraph(paragraph) => {
                let rest = flow.get(position.saturating_add(1)..).unwrap_or_default();
                body.text(paragraph, placed.on_new_page, goes_on(rest));
            }
        }
        after_table = matches!(placed.block, FilledBlock::Table(_));
    }
    body.paragraph("ZigeGap", "", false);
    let paper = form.paper;
    let lies = match paper {
        Paper::Portrait => "",
        Paper::Landscape => " w:orient=\"landscape\"",
    };
    body.out.push_str(&format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{lies}/>\
         <w:pgMar w:top=\"{MARGIN_TOP}\" w:right=\"{}\" w:bottom=\"{MARGIN_BOTTOM}\" w:left=\"{}\" \
         w:header=\"624\" w:footer=\"454\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        paper.width(),
        paper.height(),
        paper.margin_right(),
        paper.margin_left(),
    ));
    body.out
}

/// Whether what comes next belongs to what stands before it: lines to sign, an empty line above them.
fn goes_on(rest: &[Placed]) -> bool {
    let closes = |placed: &Placed| match &placed.block {
        FilledBlock::Paragraph(paragraph) if !placed.on_new_page => {
            Some(paginate::is_closing(paragraph))
        }
        _ => None,
    };
    match rest {
        [next, after, ..] if paginate::is_empty(&next.block) => {
            closes(next).is_some() && closes(after) == Some(true)
        }
        [next, ..] => closes(next) == Some(true),
        [] => false,
    }
}

/// A line to write on, of so many characters: underscores, because spaces at the end of a line vanish.
fn line(room: u8) -> String {
    "_".repeat(2 * usize::from(room))
}

/// What page breaks a paragraph asks for.
#[derive(Clone, Copy, Debug)]
struct Breaks {
    /// One before it.
    on_new_page: bool,
    /// None after it.
    goes_on: bool,
}

impl Breaks {
    const NONE: Breaks = Breaks {
        on_new_page: false,
        goes_on: false,
    };
}

/// How a paragraph is set beside its style.
#[derive(Clone, Copy, Debug)]
enum Set {
    Plain,
    /// Not to the right edge.
    Ragged,
    /// In two halves.
    Halves,
}

/// A block with the page break before it.
struct Placed {
    block: FilledBlock,
    on_new_page: bool,
    splits: bool,
}

/// The blocks of all pages. A value that a page break parts is whole again: a word processor breaks
/// it where it finds the end of the page.
fn flow<'a>(pages: impl Iterator<Item = &'a FilledPage>) -> Vec<Placed> {
    let mut flow: Vec<Placed> = Vec::new();
    for (number, page) in pages.enumerate() {
        for (position, block) in page.blocks.iter().enumerate() {
            let joint = match block {
                FilledBlock::Paragraph(paragraph) => paragraph.joint.zip(paragraph.long_value()),
                FilledBlock::Table(_) => None,
            };
            match (joint, flow.last_mut().map(|placed| &mut placed.block)) {
                (Some((joint, (rest, _))), Some(FilledBlock::Paragraph(before))) => {
                    for piece in &mut before.pieces {
                        if let FilledPiece::Value { value, .. } = piece {
                            value.text.push_str(joint.between());
                            value.text.push_str(&rest.text);
                        }
                    }
                }
                _ => flow.push(Placed {
                    block: block.clone(),
                    on_new_page: number > 0 && position == 0,
                    splits: page.sheets > 1,
                }),
            }
        }
    }
    flow
}

struct Body {
    out: String,
    controls: u32,
    paper: Paper,
}

impl Body {
    fn paragraph(&mut self, style: &str, text: &str, on_new_page: bool) {
        let turn = if on_new_page {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{turn}</w:pPr>"
        ));
        if !text.is_empty() {
            self.run("", text);
        }
        self.out.push_str("</w:p>");
    }

    fn text(&mut self, paragraph: &FilledParagraph, on_new_page: bool, goes_on: bool) {
        if let Some((value, room)) = paragraph.long_value() {
            return self.long(value, room, on_new_page, goes_on);
        }
        let style = match paragraph.style {
            ParagraphStyle::Body => "ZigeBody",
            ParagraphStyle::Flush => "ZigeFlush",
            ParagraphStyle::Note => "ZigeNote",
            ParagraphStyle::Heading => "ZigeSubhead",
            ParagraphStyle::Centred => "ZigeCentred",
            ParagraphStyle::Right | ParagraphStyle::Ink if paragraph.aside.is_empty() => {
                "ZigeRight"
            }
            ParagraphStyle::Right | ParagraphStyle::Ink => "ZigeFlush",
        };
        let (halves, ragged) = (
            !paragraph.aside.is_empty(),
            style == "ZigeBody" && has_room(&paragraph.pieces),
        );
        let set = match (halves, ragged) {
            (true, _) => Set::Halves,
            (false, true) => Set::Ragged,
            (false, false) => Set::Plain,
        };
        let breaks = Breaks {
            on_new_page,
            goes_on,
        };
        self.open(style, breaks, set);
        self.pieces(&paragraph.pieces, "<w:rPr><w:u w:val=\"single\"/></w:rPr>");
        if !paragraph.aside.is_empty() {
            self.out.push_str("<w:r><w:tab/></w:r>");
            self.pieces(&paragraph.aside, "<w:rPr><w:u w:val=\"single\"/></w:rPr>");
        }
        self.out.push_str("</w:p>");
    }

    /// A value that stands alone: a control around its paragraphs.
    fn long(&mut self, value: &Value, room: u8, on_new_page: bool, goes_on: bool) {
        self.open_control(value, "", false);
        self.out.push_str("<w:sdtContent>");
        let lines: Vec<&str> = value.text.split('\n').collect();
        for (position, line) in lines.iter().enumerate() {
            let breaks = Breaks {
                on_new_page: on_new_page && position == 0,
                goes_on: goes_on && position.saturating_add(1) == lines.len(),
            };
            self.open("ZigeBody", breaks, Set::Plain);
            match (value.text.as_str(), *line) {
                ("", _) => self.hint(),
                (_, "") => {}
                (_, line) => self.run("", line),
            }
            self.out.push_str("</w:p>");
        }
        self.out.push_str("</w:sdtContent></w:sdt>");
        if value.text.is_empty() {
            for _ in 1..room {
                self.paragraph("ZigeBody", "", false);
            }
        }
    }

    fn open(&mut self, style: &str, breaks: Breaks, set: Set) {
        let keep = if breaks.goes_on { "<w:keepNext/>" } else { "" };
        let turn = if breaks.on_new_page {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        let set = match set {
            Set::Plain => String::new(),
            Set::Ragged => "<w:jc w:val=\"left\"/>".to_owned(),
            Set::Halves => format!(
                "<w:tabs><w:tab w:val=\"left\" w:pos=\"{}\"/></w:tabs>",
                self.paper.table() / 2
            ),
        };
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}{turn}{set}</w:pPr>"
        ));
    }

    /// Pieces of a paragraph; values and blanks have these run properties.
    fn pieces(&mut self, pieces: &[FilledPiece], underlined: &str) {
        for piece in pieces {
            match piece {
                FilledPiece::Text(text) => self.run("", text),
                FilledPiece::Blank(room) => self.run("", &line(*room)),
                FilledPiece::Ticks(ticks) => self.ticks(ticks),
                FilledPiece::Value { value, room } => {
                    // LibreOffice would not underline what stands in a plain-text control.
                    self.open_control(value, underlined, false);
                    self.out.push_str("<w:sdtContent>");
                    match value.text.as_str() {
                        "" => self.run(
                            "<w:rPr><w:rStyle w:val=\"PlaceholderText\"/><w:color w:val=\"000000\"/></w:rPr>",
                            &line(*room),
                        ),
                        text => self.run(underlined, text),
                    }
                    self.out.push_str("</w:sdtContent></w:sdt>");
                }
            }
        }
    }

    /// Options with a box each, which Word and WPS tick at a click; the control's tag has the
    /// option's number, from 1.
    fn ticks(&mut self, ticks: &Ticks) {
        for (place, (position, option)) in ticks.in_order().into_iter().enumerate() {
            if place > 0 {
                self.run("", BETWEEN_OPTIONS);
            }
            let ticked = ticks.chosen == Some(position);
            self.controls = self.controls.saturating_add(1);
            let number = self.controls.to_string();
            let tag = format!("{}={}", shortened(&ticks.tag), position.saturating_add(1));
            let label = format!("{}：{option}", ticks.label);
            xml::write(
                &mut self.out,
                &[
                    "<w:sdt><w:sdtPr><w:alias w:val=\"",
                    shortened(&label),
                    "\"/><w:tag w:val=\"",
                    &tag,
                    "\"/><w:id w:val=\"",
                    &number,
                    "\"/>",
                ],
            );
            let checked = u8::from(ticked);
            self.out.push_str(&format!(
                "<w14:checkbox><w14:checked w14:val=\"{checked}\"/><w14:checkedState w14:val=\"2611\" w14:font=\"{TICK_FONT}\"/>\
                 <w14:uncheckedState w14:val=\"25A1\" w14:font=\"宋体\"/></w14:checkbox></w:sdtPr><w:sdtContent>"
            ));
            let font = if ticked { TICK_FONT } else { "宋体" };
            let properties = format!(
                "<w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/></w:rPr>"
            );
            self.run(&properties, &ticks.mark(position).to_string());
            self.out.push_str("</w:sdtContent></w:sdt>");
            self.run("", option);
        }
    }

    /// A heading, or a paragraph that is next to nothing: two tables would grow together without.
    fn before_table(&mut self, table: &FilledTable, on_new_page: bool, follows_table: bool) {
        match table.title.as_str() {
            "" if on_new_page || follows_table => self.paragraph("ZigeGap", "", on_new_page),
            "" => {}
            title => self.paragraph("ZigeHeading", title, on_new_page),
        }
    }

    fn table(&mut self, table: &FilledTable, splits: bool) {
        let (width, column) = (self.paper.table(), self.paper.column());
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>"
        ));
        for (side, size) in [
            ("top", 12),
            ("left", 12),
            ("bottom", 12),
            ("right", 12),
            ("insideH", 6),
            ("insideV", 6),
        ] {
            self.out.push_str(&format!(
                "<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/>"
            ));
        }
        self.out
            .push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
        for (side, space) in [
            ("top", CELL_EDGE),
            ("left", CELL_SIDE),
            ("bottom", CELL_EDGE),
            ("right", CELL_SIDE),
        ] {
            self.out
                .push_str(&format!("<w:{side} w:w=\"{space}\" w:type=\"dxa\"/>"));
        }
        self.out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
        for _ in 0..COLUMNS {
            self.out.push_str(&format!("<w:gridCol w:w=\"{column}\"/>"));
        }
        self.out.push_str("</w:tblGrid>");
        for row in &table.rows {
            self.row(row, splits);
        }
        self.out.push_str("</w:tbl>");
    }

    fn row(&mut self, row: &FilledRow, splits: bool) {
        let whole = if splits { "" } else { "<w:cantSplit/>" };
        let height = twips(row.height);
        self.out.push_str(&format!(
            "<w:tr><w:trPr>{whole}<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/></w:trPr>"
        ));
        for cell in &row.cells {
            self.cell(cell);
        }
        self.out.push_str("</w:tr>");
    }

    fn cell(&mut self, cell: &FilledCell) {
        let width = self.paper.column() * u32::from(cell.columns);
        self.out.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
        ));
        if cell.columns > 1 {
            self.out
                .push_str(&format!("<w:gridSpan w:val=\"{}\"/>", cell.columns));
        }
        match &cell.content {
            Content::Continued => self.out.push_str("<w:vMerge/>"),
            _ if cell.rows > 1 => self.out.push_str("<w:vMerge w:val=\"restart\"/>"),
            _ => {}
        }
        let place = match &cell.content {
            Content::Value(value) if value.prose => "top",
            Content::Ink(_) => "bottom",
            _ => "center",
        };
        self.out
            .push_str(&format!("<w:vAlign w:val=\"{place}\"/></w:tcPr>"));
        match &cell.content {
            Content::Label(text) => self.paragraph("ZigeLabel", text, false),
            Content::Value(value) => self.control(value),
            Content::Text(pieces) => {
                let left = grid::stands_left(pieces, cell.columns, self.paper);
                let style = if left { "ZigeProse" } else { "ZigeValue" };
                self.open(style, Breaks::NONE, Set::Plain);
                self.pieces(pieces, "");
                self.out.push_str("</w:p>");
            }
            Content::Ink(caption) => {
                let (above, last) = caption
                    .rsplit_once('\n')
                    .map_or((None, caption.as_str()), |(above, last)| {
                        (Some(above), last)
                    });
                for line in above.into_iter().flat_map(|above| above.split('\n')) {
                    self.paragraph("ZigeStatement", line, false);
                }
                self.paragraph("ZigeInk", last, false);
            }
            Content::Photo(Some(photo)) => self.photo(photo),
            Content::Photo(None) => self.paragraph("ZigePhoto", "照片", false),
            Content::Continued | Content::Blank => self.paragraph("ZigeValue", "", false),
        }
        self.out.push_str("</w:tc>");
    }

    /// The picture stands in its line, which must be as high as it is.
    fn photo(&mut self, photo: &ShownPhoto) {
        let (wide, high) = (
            u32::from(photo.width) * EMU_IN_A_TENTH,
            u32::from(photo.height) * EMU_IN_A_TENTH,
        );
        self.controls = self.controls.saturating_add(1);
        let id = self.controls;
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"ZigePhoto\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:drawing>\
             <wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{id}\" name=\"照片\" descr=\"照片\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"photo.jpeg\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{PHOTO_ID}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        ));
    }

    fn control(&mut self, value: &Value) {
        let style = if value.prose {
            "ZigeProse"
        } else {
            "ZigeValue"
        };
        self.open(style, Breaks::NONE, Set::Plain);
        self.open_control(value, "", true);
        self.out.push_str("<w:sdtContent>");
        match value.text.as_str() {
            "" => self.hint(),
            text => self.run("", text),
        }
        self.out.push_str("</w:sdtContent></w:sdt></w:p>");
    }

    /// The properties of a control; `plain` for one that holds text without properties of its own.
    fn open_control(&mut self, value: &Value, properties: &str, plain: bool) {
        self.controls = self.controls.saturating_add(1);
        let number = self.controls.to_string();
        self.out.push_str("<w:sdt><w:sdtPr>");
        self.out.push_str(properties);
        xml::write(
            &mut self.out,
            &[
                "<w:alias w:val=\"",
                shortened(&value.label),
                "\"/><w:tag w:val=\"",
                shortened(&value.tag),
                "\"/><w:id w:val=\"",
                &number,
                "\"/>",
            ],
        );
        if value.text.is_empty() {
            self.out.push_str("<w:showingPlcHdr/>");
        }
        // LibreOffice loses the breaks of a plain-text control; without a type it is rich text.
        if plain && !value.text.contains('\n') {
            self.out.push_str("<w:text w:multiLine=\"1\"/>");
        }
        self.out.push_str("</w:sdtPr>");
    }

    /// Word takes this for a hint, which vanishes as one writes; on paper it is blank.
    fn hint(&mut self) {
        self.run(
            "<w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr>",
            "\u{3000}\u{3000}",
        );
    }

    /// Runs, one a line, with a break between them.
    fn run(&mut self, properties: &str, text: &str) {
        for (position, line) in text.split('\n').enumerate() {
            let turn = if position > 0 { "<w:br/>" } else { "" };
            let open = format!("<w:r>{properties}{turn}<w:t xml:space=\"preserve\">");
            xml::write(&mut self.out, &[&open, line, "</w:t></w:r>"]);
        }
    }
}

fn shortened(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_TAG) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

fn header() -> String {
    let mut out = format!("{XML}<w:hdr xmlns:w=\"{W}\">");
    xml::write(
        &mut out,
        &[
            "<w:p><w:pPr><w:pStyle w:val=\"ZigeMark\"/></w:pPr><w:r><w:t>",
            MARK,
            "</w:t></w:r></w:p></w:hdr>",
        ],
    );
    out
}

fn footer(form: &FilledForm) -> String {
    let pages = form.sheets().to_string();
    let edge = form.paper.table().to_string();
    let mut out = format!("{XML}<w:ftr xmlns:w=\"{W}\">");
    xml::write(
        &mut out,
        &[
            "<w:p><w:pPr><w:pStyle w:val=\"ZigeFooter\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"",
            &edge,
            "\"/></w:tabs></w:pPr><w:r><w:t>",
            &form.provenance.footer(),
            "</w:t></w:r><w:r><w:tab/><w:t>第</w:t></w:r>\
             <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t>页 共</w:t></w:r>\
             <w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>",
            &pages,
            "</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t></w:r></w:p></w:ftr>",
        ],
    );
    out
}

/// Title only: no author, no clock.
fn core_properties(form: &FilledForm) -> String {
    let mut out = String::from(XML);
    xml::write(
        &mut out,
        &[
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>",
            &form.name,
            "",
            MARK,
            "</dc:title></cp:coreProperties>",
        ],
    );
    out
}

/// Which form of which pack this is, and what its cells hold and do not show, for whoever reads the
/// file back.
fn custom_properties(form: &FilledForm) -> String {
    let mut out = format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    let from = &form.provenance;
    let on = from.on.to_string();
    let lists = form.complete_lists.join(" ");
    let mut properties = vec![
        ("pack".to_owned(), &from.pack),
        ("version".to_owned(), &from.version),
        ("sha256".to_owned(), &from.hash),
        ("form".to_owned(), &form.id),
        ("on".to_owned(), &on),
        ("lists".to_owned(), &lists),
    ];
    let exact = form.exact.iter();
    properties.extend(exact.map(|cell| (format!("{IS}{}", cell.tag), &cell.is)));
    for (position, (name, value)) in properties.iter().enumerate() {
        // Numbers below 2 are reserved.
        out.push_str(&format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{PREFIX}{name}\"><vt:lpwstr>",
            position + 2
        ));
        xml::push(&mut out, value);
        out.push_str("</vt:lpwstr></property>");
    }
    out.push_str("</Properties>");
    out
}
