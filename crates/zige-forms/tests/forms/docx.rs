//! The .docx file read by others: as a zip, as XML, against the order that the schema asks for.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use roxmltree::{Document, Node};
use zige_core::answers::{Answer, Answers};
use zige_forms::{Photo, docx, html};
use zige_office::{Kind, Package};

use crate::anybody::{self, answers, values};
use crate::sample::{self, complete, fill, fill_agreement, pack, sparse};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    (0..archive.len())
        .map(|position| {
            let mut part = archive.by_index(position).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The order of children in ISO 29500-1, transitional, as far as we write them.
const ORDER: [(&str, &[&str]); 16] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "pageBreakBefore",
            "widowControl",
            "tabs",
            "autoSpaceDE",
            "autoSpaceDN",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "jc",
        ],
    ),
    (
        "rPr",
        &[
            "rStyle", "rFonts", "b", "bCs", "color", "sz", "szCs", "u", "lang",
        ],
    ),
    (
        "tblPr",
        &["tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
    ),
    (
        "tblBorders",
        &["top", "left", "bottom", "right", "insideH", "insideV"],
    ),
    ("tblCellMar", &["top", "left", "bottom", "right"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    ("tr", &["trPr", "tc"]),
    ("trPr", &["cantSplit", "trHeight"]),
    ("tc", &["tcPr", "p"]),
    ("tcPr", &["tcW", "gridSpan", "vMerge", "vAlign"]),
    ("sdt", &["sdtPr", "sdtContent"]),
    (
        "sdtPr",
        &[
            "rPr",
            "alias",
            "tag",
            "id",
            "showingPlcHdr",
            "text",
            "checkbox",
        ],
    ),
    (
        "sectPr",
        &["headerReference", "footerReference", "pgSz", "pgMar"],
    ),
    (
        "style",
        &[
            "name",
            "basedOn",
            "uiPriority",
            "semiHidden",
            "qFormat",
            "pPr",
            "rPr",
            "tblPr",
        ],
    ),
    (
        "font",
        &["altName", "panose1", "charset", "family", "pitch"],
    ),
    (
        "settings",
        &[
            "zoom",
            "defaultTabStop",
            "characterSpacingControl",
            "compat",
            "themeFontLang",
            "decimalSymbol",
            "listSeparator",
        ],
    ),
];

fn assert_order(part: &str, node: Node) {
    let name = node.tag_name().name();
    let children: Vec<&str> = node
        .children()
        .filter(Node::is_element)
        .map(|child| child.tag_name().name())
        .collect();
    if let Some((_, order)) = ORDER.iter().find(|(parent, _)| *parent == name) {
        let places: Vec<usize> = children
            .iter()
            .map(|child| {
                order
                    .iter()
                    .position(|known| known == child)
                    .unwrap_or_else(|| panic!("{part}: {name}/{child}"))
            })
            .collect();
        assert!(
            places.is_sorted(),
            "{part}: children of {name} stand as {children:?}"
        );
    }
    for child in node.children().filter(Node::is_element) {
        assert_order(part, child);
    }
}

/// All that a word processor insists on and that a golden file does not show.
fn assert_valid(file: &[u8]) {
    let parts = parts(file);
    for (name, text) in &parts {
        let document = Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_order(name, document.root_element());
    }
    let types = &parts["[Content_Types].xml"];
    for name in parts
        .keys()
        .filter(|name| !name.ends_with(".rels") && *name != "[Content_Types].xml")
    {
        assert!(
            types.contains(&format!("PartName=\"/{name}\"")),
            "{name} has no content type"
        );
    }
    let styles = &parts["word/styles.xml"];
    let document = Document::parse(&parts["word/document.xml"]).unwrap();
    let mut ids = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let val = node.attribute((W, "val")).unwrap_or_default();
        match node.tag_name().name() {
            "pStyle" | "rStyle" => {
                assert!(styles.contains(&format!("w:styleId=\"{val}\"")), "{val}")
            }
            "tc" => assert_eq!(node.last_element_child().unwrap().tag_name().name(), "p"),
            "tag" | "alias" => assert!(val.chars().count() <= 64),
            "tr" => assert_eq!(spans(node).iter().sum::<usize>(), 24),
            "id" => ids.push(val.to_owned()),
            "body" => {
                let last: Vec<&str> = node
                    .children()
                    .map(|child| child.tag_name().name())
                    .collect();
                assert_eq!(last[last.len() - 2..], ["p", "sectPr"]);
            }
            _ => {}
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "each control has its own number");
}

fn spans(row: Node) -> Vec<usize> {
    let cells = row.children().filter(|child| child.has_tag_name((W, "tc")));
    cells
        .map(|cell| {
            let span = cell
                .descendants()
                .find(|node| node.has_tag_name((W, "gridSpan")));
            span.map_or(1, |span| {
                span.attribute((W, "val")).unwrap().parse().unwrap()
            })
        })
        .collect()
}

/// What the controls of the document hold: tag and text, in order; a hint counts as nothing, and
/// of the boxes of a choice the text after the one that is ticked.
fn controls(file: &[u8]) -> Vec<(String, String)> {
    let parts = parts(file);
    let document = Document::parse(&parts["word/document.xml"]).unwrap();
    let has = |node: Node, name: &str| {
        let mut below = node.descendants();
        below.any(|node| node.tag_name().name() == name)
    };
    let mut found: Vec<(String, String)> = Vec::new();
    for control in document
        .descendants()
        .filter(|node| node.has_tag_name((W, "sdt")))
    {
        let part = |name| control.children().find(|node| node.has_tag_name((W, name)));
        let (properties, content) = (part("sdtPr").unwrap(), part("sdtContent").unwrap());
        let tag = properties
            .children()
            .find(|node| node.has_tag_name((W, "tag")))
            .unwrap()
            .attribute((W, "val"))
            .unwrap();
        if has(properties, "checkbox") {
            let (tag, number) = tag.split_once('=').unwrap();
            let ticked = text(content) == "☑";
            let option = text(control.next_sibling().unwrap());
            if number == "1" {
                found.push((tag.to_owned(), String::new()));
            }
            if ticked {
                found.last_mut().unwrap().1 = option;
            }
            continue;
        }
        let hint = has(properties, "showingPlcHdr");
        found.push((
            tag.to_owned(),
            if hint { String::new() } else { text(content) },
        ));
    }
    found
}

/// The text of a node, its paragraphs on lines of their own.
fn text(node: Node) -> String {
    let first = node.descendants().find(|node| node.has_tag_name((W, "p")));
    node.descendants()
        .filter_map(|node| match node.tag_name().name() {
            "br" => Some("\n"),
            "p" if Some(node) != first => Some("\n"),
            "t" => Some(node.text().unwrap_or_default()),
            _ => None,
        })
        .collect()
}

#[test]
fn others_can_read_every_part() {
    let pack = pack();
    for said in [complete(&pack), sparse(&pack)] {
        for form in [fill(&pack, &said), fill_agreement(&pack, &said)] {
            let file = docx::write(&form);
            assert_valid(&file);
            assert_eq!(controls(&file), values(&form));
            assert_eq!(docx::write(&form), file, "the same bytes each time");
        }
    }
}

#[test]
fn the_file_says_what_it_was_filled_from_and_nothing_of_the_machine() {
    let pack = pack();
    let parts = parts(&docx::write(&fill(&pack, &complete(&pack))));
    let custom = &parts["docProps/custom.xml"];
    for value in [
        sample::HASH,
        "sample-programme",
        "征求意见稿",
        "recommendation",
        "2026-11-21",
    ] {
        assert!(
            custom.contains(&format!("<vt:lpwstr>{value}</vt:lpwstr>")),
            "{value}"
        );
    }
    assert!(parts["word/header1.xml"].contains("样表（非官方）"));
    assert!(parts["word/footer1.xml"].contains("3f9a0c5e7b1d"));
    assert!(!parts["docProps/core.xml"].contains("creator"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_said_is_found_again_by_its_tag(answers in answers(), wish in anybody::text()) {
        let pack = pack();
        let fields = ["study_wish", "task", "months", "manner"].map(|id| (id.to_owned(), wish.clone()));
        let said = (answers, fields.into());
        for form in [fill(&pack, &said), fill_agreement(&pack, &said)] {
            let file = docx::write(&form);
            assert_valid(&file);
            prop_assert_eq!(controls(&file), values(&form));
        }
    }

    #[test]
    fn a_text_stays_as_it_was_written_but_for_what_cannot_be_printed(wish in anybody::text()) {
        let pack = pack();
        let said = (Answers::new(&pack), ["study_wish", "task"].map(|id| (id.to_owned(), wish.clone())).into());
        let printable = |text: &str| text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect::<String>();
        for (form, field) in [(fill(&pack, &said), "study_wish"), (fill_agreement(&pack, &said), "task")] {
            let found = values(&form).into_iter().find(|(tag, _)| tag == field).unwrap().1;
            prop_assert_eq!(printable(&found), printable(&wish));
        }
    }
}

#[test]
fn a_very_long_text_grows_over_pages_and_loses_nothing() {
    let pack = pack();
    let (mut answers, fields) = complete(&pack);
    let long = "长期在基层工作，".repeat(2000);
    answers
        .set(&pack, sample::ACHIEVEMENTS, Answer::Text(long.clone()))
        .unwrap();
    let form = fill(&pack, &(answers, fields));
    assert!(form.pages.iter().any(|page| page.sheets > 1));
    assert_eq!(
        form.overlong
            .iter()
            .map(|text| (text.tag.as_str(), text.length, text.limit))
            .collect::<Vec<_>>(),
        [("achievements", 16_000, 300)]
    );
    let file = docx::write(&form);
    assert_valid(&file);
    assert!(controls(&file).contains(&("achievements".to_owned(), long)));
}

#[test]
fn a_photograph_stands_in_its_cell_as_a_part_of_its_own() {
    let pack = pack();
    let photo = Photo {
        jpeg: b"\xFF\xD8\xFF\xE0 a picture".to_vec(),
        width: 25,
        height: 35,
    };
    let form = fill(&pack, &complete(&pack)).with_photo(&photo);
    assert!(!form.by_hand.iter().any(|by_hand| by_hand == "照片"));
    let file = docx::write(&form);
    let package = Package::open(&file, Kind::Document).unwrap();
    assert_eq!(package.part("word/media/photo.jpeg").unwrap(), photo.jpeg);
    assert_eq!(
        package.content_type("word/media/photo.jpeg").unwrap(),
        "image/jpeg"
    );
    let document = package.text("word/document.xml").unwrap();
    // Three rows of 10 mm leave room for 27.
    assert!(document.contains("<wp:extent cx=\"691200\" cy=\"964800\"/>"));
    let page = html::pages(&form, 2);
    assert_eq!(page.matches("<img width=\"72\" height=\"101\"").count(), 2);

    let other = Photo {
        jpeg: b"GIF89a".to_vec(),
        ..photo
    };
    let form = fill(&pack, &complete(&pack)).with_photo(&other);
    assert!(!html::pages(&form, 1).contains("<img"));
}
