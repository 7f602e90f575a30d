//! The form as HTML for preview and print on A4.
//!
//! Class names only (`zf-…`, styles in [`STYLES`]): the app's policy allows no inline
//! styles.

mod codes;

use zige_core::pack::ParagraphStyle;

use crate::filled::{
    Content, FilledBlock, FilledCell, FilledForm, FilledPage, FilledParagraph, FilledPiece,
    FilledRow, FilledTable, Joint, Ticks, Value, has_room,
};
use crate::geometry::{COLUMNS, Paper};
use crate::qr::Code;
use crate::{MARK, STYLES, grid, paginate, photo, xml};

/// The most copies that are printed at once.
const MOST_COPIES: u8 = 20;

/// The pages as they are printed: one set is shown on the screen, `copies` (1 to 20) are printed.
#[must_use]
pub fn pages(form: &FilledForm, copies: u8) -> String {
    let wide = match form.paper {
        Paper::Portrait => "",
        Paper::Landscape => " zf-wide",
    };
    let mut out = format!("<div class=\"zf-preview\"><div class=\"zf-sheets{wide}\">");
    for copy in 0..copies.clamp(1, MOST_COPIES) {
        let mut first: u16 = 1;
        for page in &form.pages {
            push_page(&mut out, form, page, first, copy);
            first = first.saturating_add(page.sheets);
        }
        if !codes::fit_on_last_page(form) {
            for leaf in codes::leaves(form) {
                push_leaf(&mut out, form, leaf, copy);
            }
        }
    }
    if let Some(page) = &form.checklist_page {
        push_checklist(&mut out, form, page);
    }
    out.push_str("</div></div>\n");
    out
}

/// A whole document with its styles, for a file of its own.
#[must_use]
pub fn document(form: &FilledForm, copies: u8) -> String {
    let mut out = String::new();
    xml::write(
        &mut out,
        &[
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<title>",
            &form.name,
            "（",
            MARK.trim_end_matches("（非官方）"),
            "）</title>\n<style>\n",
        ],
    );
    out.push_str(STYLES);
    out.push_str("</style>\n</head>\n<body class=\"zf-body\">\n");
    push_guide(&mut out, form);
    out.push_str(&pages(form, copies));
    out.push_str("</body>\n</html>\n");
    out
}

/// What to do before handing it in; shown, not printed.
fn push_guide(out: &mut String, form: &FilledForm) {
    out.push_str("<section class=\"zf-guide\">\n");
    let gaps: Vec<String> = form.gaps.iter().map(|gap| gap.label.clone()).collect();
    push_list(out, "还没有填的", &gaps);
    let overlong: Vec<String> = form
        .overlong
        .iter()
        .map(|text| format!("{}：{}字，最多{}字", text.label, text.length, text.limit))
        .collect();
    push_list(out, "写得太长的", &overlong);
    push_list(out, "打印后手工完成的", &form.by_hand);
    let attachments: Vec<String> = form
        .attachments
        .iter()
        .map(|line| match line.copies {
            Some(copies) => format!("{}（{copies}份）", line.name),
            None => line.name.clone(),
        })
        .collect();
    push_list(out, "一起交的材料", &attachments);
    push_list(out, "经过的单位", &form.chain);
    push_list(out, "什么时候交", &given(&form.due));
    push_list(out, "说明", &given(&form.remark));
    out.push_str("</section>\n");
}

fn given(text: &str) -> Vec<String> {
    Some(text)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .into_iter()
        .collect()
}

fn push_list(out: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    xml::write(out, &["<h2>", heading, "</h2>\n<ul>\n"]);
    for item in items {
        xml::write(out, &["<li>", item, "</li>\n"]);
    }
    out.push_str("</ul>\n");
}

fn push_page(out: &mut String, form: &FilledForm, page: &FilledPage, first: u16, copy: u8) {
    open_page(
        out,
        form,
        if page.sheets > 1 { " zf-spills" } else { "" },
        copy,
    );
    if first == 1 {
        xml::write(
            out,
            &[
                "<p class=\"zf-title\">",
                &form.title,
                "</p>\n<p class=\"zf-subtitle\">",
            ],
        );
        xml::write(out, &["", &form.provenance.basis(), "</p>\n"]);
    }
    let mut before: Option<&FilledBlock> = None;
    for block in &page.blocks {
        if before.is_some_and(|before| paginate::apart(before, block)) {
            out.push_str("<div class=\"zf-space\"></div>\n");
        }
        match block {
            FilledBlock::Table(table) => push_table(out, table, form.paper),
            FilledBlock::Paragraph(paragraph) => push_paragraph(out, paragraph),
        }
        before = Some(block);
    }
    let ends = first.saturating_add(page.sheets) > form.sheets();
    if ends && !form.codes.is_empty() && codes::fit_on_last_page(form) {
        codes::push(out, &form.codes);
    }
    if ends && !form.no_codes.is_empty() {
        push_element(out, "<p class=\"zf-codes\">", &form.no_codes, "</p>\n");
    }
    out.push_str("</div>\n");
    let last = match page.sheets {
        1 => String::new(),
        sheets => format!("—{}", first.saturating_add(sheets - 1)),
    };
    let number = format!("第{first}{last}页 共{}页", form.sheets());
    close_page(out, form, &number);
}

/// Codes that the last page has no room for.
fn push_leaf(out: &mut String, form: &FilledForm, codes: &[Code], copy: u8) {
    open_page(out, form, "", copy);
    xml::write(out, &["<p class=\"zf-heading\">", &form.name, "</p>\n"]);
    codes::push(out, codes);
    out.push_str("</div>\n");
    close_page(out, form, "附页");
}

/// What to staple, once for all copies.
fn push_checklist(out: &mut String, form: &FilledForm, page: &FilledPage) {
    open_page(out, form, "", 0);
    for table in page.tables() {
        push_table(out, table, form.paper);
    }
    out.push_str("</div>\n");
    close_page(out, form, "材料清单");
}

fn open_page(out: &mut String, form: &FilledForm, kind: &str, copy: u8) {
    let wide = match form.paper {
        Paper::Portrait => "",
        Paper::Landscape => " zf-landscape",
    };
    // Further copies are for the printer alone.
    let (copied, hidden) = if copy == 0 {
        ("", "")
    } else {
        (" zf-copy", " aria-hidden=\"true\"")
    };
    out.push_str(&format!(
        "<section class=\"zf-page{wide}{kind}{copied}\"{hidden}>\n"
    ));
    xml::write(
        out,
        &[
            "<p class=\"zf-mark\">",
            MARK,
            "</p>\n<div class=\"zf-main\">\n",
        ],
    );
}

fn close_page(out: &mut String, form: &FilledForm, number: &str) {
    xml::write(
        out,
        &[
            "<p class=\"zf-footer\"><span>",
            &form.provenance.footer(),
            "</span><span>",
            number,
            "</span></p>\n</section>\n",
        ],
    );
}

fn push_paragraph(out: &mut String, paragraph: &FilledParagraph) {
    if let Some((value, room)) = paragraph.long_value() {
        return push_long(out, value, room, paragraph.joint);
    }
    let class = match paragraph.style {
        ParagraphStyle::Body => "zf-text zf-body",
        ParagraphStyle::Flush => "zf-text",
        ParagraphStyle::Note => "zf-note",
        ParagraphStyle::Heading => "zf-text zf-subhead",
        ParagraphStyle::Centred => "zf-text zf-centred",
        ParagraphStyle::Right | ParagraphStyle::Ink if paragraph.aside.is_empty() => {
            "zf-text zf-right"
        }
        ParagraphStyle::Right | ParagraphStyle::Ink => "zf-text",
    };
    if paragraph.aside.is_empty() {
        let ragged = match has_room(&paragraph.pieces) {
            true => " zf-ragged",
            false => "",
        };
        out.push_str(&format!("<p class=\"{class}{ragged}\">"));
        push_pieces(out, &paragraph.pieces);
    } else {
        out.push_str(&format!("<p class=\"{class} zf-halves\"><span>"));
        push_pieces(out, &paragraph.pieces);
        out.push_str("</span><span>");
        push_pieces(out, &paragraph.aside);
        out.push_str("</span>");
    }
    out.push_str("</p>\n");
}

/// A value that stands alone: each of its lines is a paragraph.
fn push_long(out: &mut String, value: &Value, room: u8, joint: Option<Joint>) {
    let goes_on = match joint {
        Some(Joint::Lines) => "\" data-joint=\"lines\">",
        Some(Joint::Sentences) => "\" data-joint=\"sentences\">",
        None => "\">",
    };
    xml::write(
        out,
        &["<div class=\"zf-long\" data-fact=\"", &value.tag, goes_on],
    );
    if !value.text.is_empty() {
        for (position, line) in value.text.split('\n').enumerate() {
            let goes_on = position == 0 && joint == Some(Joint::Sentences);
            let class = if goes_on {
                "zf-text"
            } else {
                "zf-text zf-body"
            };
            push_element(out, &format!("<p class=\"{class}\">"), line, "</p>");
        }
    }
    out.push_str("</div>\n");
    if value.text.is_empty() {
        for _ in 0..room.max(1) {
            out.push_str("<p class=\"zf-text\"></p>\n");
        }
    }
}

fn push_pieces(out: &mut String, pieces: &[FilledPiece]) {
    for piece in pieces {
        match piece {
            FilledPiece::Text(text) => xml::push(out, text),
            FilledPiece::Value { value, room } => {
                let open = "<span class=\"zf-slot\" data-fact=\"";
                xml::write(out, &[open, &value.tag, "\">", &value.text, "</span>"]);
                if value.text.is_empty() {
                    push_blank(out, *room);
                }
            }
            FilledPiece::Ticks(ticks) => push_ticks(out, ticks),
            FilledPiece::Blank(room) => push_blank(out, *room),
        }
    }
}

fn push_blank(out: &mut String, room: u8) {
    let room = "　".repeat(usize::from(room));
    push_element(out, "<span class=\"zf-blank\">", &room, "</span>");
}

fn push_ticks(out: &mut String, ticks: &Ticks) {
    let open = "<span class=\"zf-ticks\" data-fact=\"";
    xml::write(out, &[open, &ticks.tag, "\">", &ticks.written(), "</span>"]);
}

fn push_table(out: &mut String, table: &FilledTable, paper: Paper) {
    if !table.title.is_empty() {
        xml::write(out, &["<p class=\"zf-heading\">", &table.title, "</p>\n"]);
    }
    out.push_str("<table class=\"zf-table\">\n<colgroup>");
    for _ in 0..COLUMNS {
        out.push_str("<col/>");
    }
    out.push_str("</colgroup>\n<tbody>\n");
    for row in &table.rows {
        push_row(out, row, paper);
    }
    out.push_str("</tbody>\n</table>\n");
}

fn push_row(out: &mut String, row: &FilledRow, paper: Paper) {
    out.push_str(&format!("<tr class=\"zf-h{}\">", row.height));
    for cell in &row.cells {
        push_cell(out, cell, paper);
    }
    out.push_str("</tr>\n");
}

fn push_cell(out: &mut String, cell: &FilledCell, paper: Paper) {
    let mut span = String::new();
    if cell.columns > 1 {
        span.push_str(&format!(" colspan=\"{}\"", cell.columns));
    }
    if cell.rows > 1 {
        span.push_str(&format!(" rowspan=\"{}\"", cell.rows));
    }
    match &cell.content {
        Content::Label(text) => push_element(out, &format!("<th{span}>"), text, "</th>"),
        Content::Value(value) => {
            let class = if value.prose { "zf-prose" } else { "zf-value" };
            let open = format!("<td{span} class=\"{class}\" data-fact=\"");
            xml::write(out, &[&open, &value.tag, "\">", &value.text, "</td>"]);
        }
        Content::Text(pieces) => {
            let class = match grid::stands_left(pieces, cell.columns, paper) {
                true => " class=\"zf-mixed\"",
                false => "",
            };
            out.push_str(&format!("<td{span}{class}>"));
            push_pieces(out, pieces);
            out.push_str("</td>");
        }
        Content::Ink(caption) => {
            push_element(out, &format!("<td{span} class=\"zf-ink\">"), "", "");
            let (above, last) = caption
                .rsplit_once('\n')
                .map_or((None, caption.as_str()), |(above, last)| {
                    (Some(above), last)
                });
            for line in above.into_iter().flat_map(|above| above.split('\n')) {
                push_element(out, "<p class=\"zf-statement\">", line, "</p>");
            }
            push_element(out, "<p>", last, "</p></td>");
        }
        Content::Photo(Some(photo)) => {
            // In CSS pixels, 96 an inch: there are no inline styles to say millimetres in.
            let pixels = |tenths: u16| u32::from(tenths) * 96 / 254;
            let (width, height) = (pixels(photo.width), pixels(photo.height));
            out.push_str(&format!(
                "<td{span} class=\"zf-photo\"><img width=\"{width}\" height=\"{height}\" alt=\"照片\" src=\"data:image/jpeg;base64,{}\"></td>",
                photo::base64(&photo.jpeg)
            ));
        }
        Content::Photo(None) => push_element(
            out,
            &format!("<td{span} class=\"zf-photo\">"),
            "照片",
            "</td>",
        ),
        Content::Blank => push_element(out, &format!("<td{span}>"), "", "</td>"),
        Content::Continued => {}
    }
}

fn push_element(out: &mut String, open: &str, text: &str, close: &str) {
    xml::write(out, &[open, text, close]);
}
