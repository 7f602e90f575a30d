//! The form as a .docx for Word, WPS and LibreOffice.
//!
//! The parts are written directly (ECMA-376 / ISO 29500 transitional, elements in the order of its
//! schema) into a zip without compression: the same form gives the same bytes. Each value stands in
//! a content control whose tag is the fact's id, so that what is edited can be read back.

mod read;

pub use read::TaggedDocument;

use read::{IS, PREFIX};

use crate::filled::{Content, FilledCell, FilledForm, FilledRow, FilledTable, Value};
use crate::geometry::{
    CELL_EDGE, CELL_SIDE, COLUMN, COLUMNS, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP,
    PAGE_HEIGHT, PAGE_WIDTH, twips,
};
use crate::{MARK, xml, zip};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The longest tag or title that Word accepts on a content control.
const LONGEST_TAG: usize = 64;

/// The whole file.
#[must_use]
pub fn write(form: &FilledForm) -> Vec<u8> {
    let parts = parts(form);
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    zip::pack(&parts)
}

/// The parts of the file, by name; `[Content_Types].xml` comes first, as readers expect.
fn parts(form: &FilledForm) -> [(&'static str, String); 11] {
    [
        (
            "[Content_Types].xml",
            include_str!("docx/content_types.xml").to_owned(),
        ),
        ("_rels/.rels", include_str!("docx/rels.xml").to_owned()),
        ("word/document.xml", document(form)),
        (
            "word/_rels/document.xml.rels",
            include_str!("docx/document_rels.xml").to_owned(),
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

/// `word/document.xml`.
#[must_use]
pub fn document(form: &FilledForm) -> String {
    let mut body = Body {
        out: format!("{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>"),
        controls: 0,
    };
    body.paragraph("ZigeTitle", &form.name, false);
    body.paragraph("ZigeSubtitle", &form.provenance.basis(), false);
    for (number, page) in form.pages.iter().enumerate() {
        for (position, table) in page.tables.iter().enumerate() {
            body.before_table(table, number > 0 && position == 0, position > 0);
            body.table(table, page.sheets > 1);
        }
    }
    body.paragraph("ZigeGap", "", false);
    body.out.push_str(&format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{PAGE_WIDTH}\" w:h=\"{PAGE_HEIGHT}\"/>\
         <w:pgMar w:top=\"{MARGIN_TOP}\" w:right=\"{MARGIN_RIGHT}\" w:bottom=\"{MARGIN_BOTTOM}\" w:left=\"{MARGIN_LEFT}\" \
         w:header=\"624\" w:footer=\"454\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    ));
    body.out
}

struct Body {
    out: String,
    controls: u32,
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

    /// A heading, or a paragraph that is next to nothing: two tables would grow together without.
    fn before_table(&mut self, table: &FilledTable, on_new_page: bool, follows_table: bool) {
        match table.title.as_str() {
            "" if on_new_page || follows_table => self.paragraph("ZigeGap", "", on_new_page),
            "" => {}
            title => self.paragraph("ZigeHeading", title, on_new_page),
        }
    }

    fn table(&mut self, table: &FilledTable, splits: bool) {
        let width = COLUMN * u32::from(COLUMNS);
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
            self.out.push_str(&format!("<w:gridCol w:w=\"{COLUMN}\"/>"));
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
        let width = COLUMN * u32::from(cell.columns);
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
            Content::Text(text) => self.paragraph("ZigeValue", text, false),
            Content::Value(value) => self.control(value),
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
            Content::Photo => self.paragraph("ZigePhoto", "照片", false),
            Content::Continued | Content::Blank => self.paragraph("ZigeValue", "", false),
        }
        self.out.push_str("</w:tc>");
    }

    fn control(&mut self, value: &Value) {
        self.controls = self.controls.saturating_add(1);
        let number = self.controls.to_string();
        let empty = if value.text.is_empty() {
            "<w:showingPlcHdr/>"
        } else {
            ""
        };
        let style = if value.prose {
            "ZigeProse"
        } else {
            "ZigeValue"
        };
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"
        ));
        xml::write(
            &mut self.out,
            &[
                "<w:sdt><w:sdtPr><w:alias w:val=\"",
                shortened(&value.label),
                "\"/><w:tag w:val=\"",
                shortened(&value.tag),
                "\"/><w:id w:val=\"",
                &number,
                "\"/>",
            ],
        );
        self.out.push_str(empty);
        // LibreOffice loses the breaks of a plain-text control; without a type it is rich text.
        if !value.text.contains('\n') {
            self.out.push_str("<w:text w:multiLine=\"1\"/>");
        }
        self.out.push_str("</w:sdtPr><w:sdtContent>");
        if value.text.is_empty() {
            // Word takes this for a hint, which vanishes as one writes; on paper it is blank.
            self.run(
                "<w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr>",
                "\u{3000}\u{3000}",
            );
        } else {
            self.run("", &value.text);
        }
        self.out.push_str("</w:sdtContent></w:sdt></w:p>");
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
    let mut out = format!("{XML}<w:ftr xmlns:w=\"{W}\">");
    xml::write(
        &mut out,
        &[
            "<w:p><w:pPr><w:pStyle w:val=\"ZigeFooter\"/></w:pPr><w:r><w:t>",
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
