//! Builds a .docx from a readable source, the same bytes every time.
//!
//! | line | means |
//! |---|---|
//! | `page 11906 16838` | the page |
//! | `p TEXT` | a paragraph of the body |
//! | `table 800 1200 …` | a table with these grid columns |
//! | `row [709!] [before=1]` | a row: height, `!` exact |
//! | `- [2] [v or ^] [down] TEXT` | a cell: span, vertical merge begins or goes on, text runs downward |
//! | `begin` … `end` | a table inside the cell above |
//!
//! In a text: `\n` a new paragraph, `\b` a line break, `\t` a tab, `{a|b}` runs of their own,
//! `[+a+]` inserted, `[-a-]` deleted, `[hid:a]` hidden, `[u:8]` eight underlined spaces, `[box:a]` a text
//! box, `[sym]` an empty box of Wingdings, `[sdt:a]` a placeholder, `[cb]` a content control's box, `[fc]` an
//! old form field's box, `[ft]` an old text field.

use std::fmt::Write;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A .docx with this body.
pub fn docx(source: &str) -> Vec<u8> {
    let document = document(source);
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
        <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document_rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
    let styles = format!(
        "<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"宋体\"/><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"
    );
    zige_office::zip::pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", document_rels.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ])
}

/// `word/document.xml` of a source.
pub fn document(source: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{W}\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><w:body>"
    );
    let lines: Vec<&str> = source
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut page = (11_906, 16_838);
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        let (word, text) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "page" => {
                let (width, height) = text.split_once(' ').unwrap();
                page = (width.parse().unwrap(), height.parse().unwrap());
                rest = after;
            }
            "p" => {
                paragraphs(&mut out, text);
                rest = after;
            }
            "table" => rest = table(&mut out, rest),
            other => panic!("`{other}` is no line of a form"),
        }
    }
    write!(
        out,
        "<w:sectPr><w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"850\" w:right=\"1134\" w:bottom=\"680\" w:left=\"1247\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        page.0, page.1
    )
    .unwrap();
    out
}

/// Writes a table and gives the lines after it.
fn table<'l>(out: &mut String, lines: &'l [&'l str]) -> &'l [&'l str] {
    let (head, mut rest) = lines.split_first().unwrap();
    let widths: Vec<&str> = head.split(' ').skip(1).collect();
    out.push_str(
        "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:jc w:val=\"center\"/><w:tblBorders>",
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        write!(
            out,
            "<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/>"
        )
        .unwrap();
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in &widths {
        write!(out, "<w:gridCol w:w=\"{width}\"/>").unwrap();
    }
    out.push_str("</w:tblGrid>");
    let widths: Vec<u32> = widths.iter().map(|width| width.parse().unwrap()).collect();
    let mut in_row = false;
    let mut column = 0;
    while let Some((line, after)) = rest.split_first() {
        let (word, text) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "row" => {
                if in_row {
                    out.push_str("</w:tr>");
                }
                in_row = true;
                column = row(out, text);
                rest = after;
            }
            "-" => {
                let nested = after.first() == Some(&"begin");
                rest = cell(
                    out,
                    text,
                    &widths,
                    &mut column,
                    nested.then_some(&after[nested as usize..]),
                );
                if !nested {
                    rest = after;
                }
            }
            _ => break,
        }
    }
    out.push_str("</w:tr></w:tbl>");
    rest
}

fn row(out: &mut String, text: &str) -> usize {
    let mut height = String::new();
    let mut before = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if let Some(columns) = word.strip_prefix("before=") {
            before = columns.parse().unwrap();
        } else {
            let rule = if word.ends_with('!') {
                " w:hRule=\"exact\""
            } else {
                ""
            };
            height = format!(
                "<w:trHeight{rule} w:val=\"{}\"/>",
                word.trim_end_matches('!')
            );
        }
    }
    let skipped = match before {
        0 => String::new(),
        columns => format!("<w:gridBefore w:val=\"{columns}\"/>"),
    };
    write!(out, "<w:tr><w:trPr>{skipped}{height}</w:trPr>").unwrap();
    before
}

fn cell<'l>(
    out: &mut String,
    text: &str,
    widths: &[u32],
    column: &mut usize,
    nested: Option<&'l [&'l str]>,
) -> &'l [&'l str] {
    let mut span = 1;
    let mut properties = String::new();
    let mut rest = text;
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        match word {
            "v" => properties.push_str("<w:vMerge w:val=\"restart\"/>"),
            "^" => properties.push_str("<w:vMerge/>"),
            "down" => properties.push_str("<w:textDirection w:val=\"tbRlV\"/>"),
            number
                if !number.is_empty() && number.len() <= 2 && number.parse::<usize>().is_ok() =>
            {
                span = number.parse().unwrap();
            }
            _ => break,
        }
        rest = after;
    }
    let width: u32 = widths.iter().skip(*column).take(span).sum();
    *column += span;
    let spans = if span > 1 {
        format!("<w:gridSpan w:val=\"{span}\"/>")
    } else {
        String::new()
    };
    write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{spans}{properties}<w:vAlign w:val=\"center\"/></w:tcPr>").unwrap();
    let after = match nested {
        None => &[],
        Some(lines) => {
            let after = table(out, lines);
            assert_eq!(
                after.first(),
                Some(&"end"),
                "a table inside a cell ends with `end`"
            );
            &after[1..]
        }
    };
    paragraphs(out, rest);
    out.push_str("</w:tc>");
    after
}

fn paragraphs(out: &mut String, text: &str) {
    for paragraph in text.split("\\n") {
        out.push_str("<w:p><w:pPr><w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"24\"/></w:rPr></w:pPr>");
        inline(out, paragraph);
        out.push_str("</w:p>");
    }
}

fn inline(out: &mut String, text: &str) {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(character) = rest.chars().next() {
        let known = [("{", "}"), ("[+", "+]"), ("[-", "-]"), ("[", "]")];
        let special = known.iter().find(|(open, _)| rest.starts_with(open));
        let special = special.and_then(|(open, close)| {
            let inside = &rest[open.len()..];
            let end = inside.find(close)?;
            Some((*open, &inside[..end], &inside[end + close.len()..]))
        });
        match special {
            Some((open, inside, after)) => {
                run(out, &plain, "");
                plain.clear();
                match open {
                    "{" => inside.split('|').for_each(|part| run(out, part, "")),
                    "[+" => {
                        out.push_str("<w:ins w:id=\"1\" w:author=\"a\" w:date=\"2024-01-01T00:00:00Z\">");
                        run(out, inside, "");
                        out.push_str("</w:ins>");
                    }
                    "[-" => write!(out, "<w:del w:id=\"2\" w:author=\"a\" w:date=\"2024-01-01T00:00:00Z\"><w:r><w:delText>{inside}</w:delText></w:r></w:del>").unwrap(),
                    _ => special_run(out, inside),
                }
                rest = after;
            }
            None => {
                plain.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    run(out, &plain, "");
}

fn special_run(out: &mut String, inside: &str) {
    let (word, text) = inside.split_once(':').unwrap_or((inside, ""));
    match word {
        "hid" => run(out, text, "<w:vanish/>"),
        "u" => run(out, &" ".repeat(text.parse().unwrap()), "<w:u w:val=\"single\"/>"),
        "sym" => out.push_str("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r>"),
        "box" => write!(out, "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>").unwrap(),
        "sdt" => write!(out, "<w:sdt><w:sdtPr><w:id w:val=\"7\"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>").unwrap(),
        "cb" => out.push_str("<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"0\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"),
        "fc" => out.push_str("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText xml:space=\"preserve\"> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
        "ft" => out.push_str("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>\u{2002}\u{2002}\u{2002}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
        other => panic!("`[{other}]` is nothing that a text has"),
    }
}

fn run(out: &mut String, text: &str, more: &str) {
    if text.is_empty() {
        return;
    }
    let properties =
        format!("<w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/>{more}<w:sz w:val=\"24\"/></w:rPr>");
    let properties = match more.contains("<w:u ") {
        true => format!(
            "<w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"24\"/>{more}</w:rPr>"
        ),
        false => properties,
    };
    out.push_str(&format!("<w:r>{properties}"));
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    for (number, line) in text.split("\\b").enumerate() {
        if number > 0 {
            out.push_str("<w:br/>");
        }
        for (number, piece) in line.split("\\t").enumerate() {
            if number > 0 {
                out.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                out.push_str(&format!("<w:t xml:space=\"preserve\">{piece}</w:t>"));
            }
        }
    }
    out.push_str("</w:r>");
}
