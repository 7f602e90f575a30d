//! Reads a document again, by its own means: the text of each cell, by table, row and column.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::Node;

/// A cell's place, counted from 1; table 0 holds the paragraphs of the body.
pub type At = (usize, usize, usize);

pub fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The parts of a package.
pub fn names(docx: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

/// A part's bytes as they stand in the archive.
pub fn raw(docx: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let index = archive.index_for_name(name).unwrap();
    let mut bytes = Vec::new();
    archive
        .by_index_raw(index)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// The text of each cell.
pub fn cells(docx: &[u8]) -> BTreeMap<At, String> {
    let text = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&text).unwrap();
    places(&tree)
        .into_iter()
        .map(|(at, node)| {
            let lines: Vec<String> = match node.tag_name().name() {
                "tc" => children(node, "p").map(read).collect(),
                _ => vec![read(node)],
            };
            (at, lines.join("\n"))
        })
        .collect()
}

/// A document's markup with the content of these cells cut out, their properties left in.
pub fn without(document: &str, filled: &BTreeSet<At>) -> String {
    let tree = roxmltree::Document::parse(document).unwrap();
    let mut cut: Vec<_> = places(&tree)
        .into_iter()
        .filter(|(at, _)| filled.contains(at))
        .map(|(_, node)| {
            let properties = children(node, "tcPr").next();
            let start = properties.map_or(node.range().start, |first| first.range().end);
            start..node.range().end
        })
        .collect();
    cut.sort_by_key(|range| range.start);
    let mut kept = String::new();
    let mut from = 0;
    for range in cut {
        // A table inside a filled cell is cut out with it.
        if range.start >= from {
            kept.push_str(&document[from..range.start]);
            kept.push('…');
            from = range.end;
        }
    }
    kept.push_str(&document[from..]);
    kept
}

/// The cells and the paragraphs of the body.
fn places<'a, 'i>(tree: &'a roxmltree::Document<'i>) -> Vec<(At, Node<'a, 'i>)> {
    let mut places = Vec::new();
    let body = tree.root_element().first_element_child().unwrap();
    for (number, paragraph) in children(body, "p").enumerate() {
        places.push(((0, number + 1, 0), paragraph));
    }
    let tables = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "tbl");
    for (number, table) in tables.enumerate() {
        for (row_number, row) in children(table, "tr").enumerate() {
            let mut column = 1 + count(row, "trPr", "gridBefore").unwrap_or(0);
            for cell in children(row, "tc") {
                places.push(((number + 1, row_number + 1, column), cell));
                column += count(cell, "tcPr", "gridSpan").unwrap_or(1);
            }
        }
    }
    places
}

fn children<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.tag_name().name() == name)
}

fn count(node: Node<'_, '_>, properties: &str, name: &str) -> Option<usize> {
    let find = |node: Node<'_, '_>, name: &str| {
        node.children()
            .find(|child| child.tag_name().name() == name)
            .map(|child| child.id())
    };
    let tree = node.document();
    let properties = tree.get_node(find(node, properties)?)?;
    let value = tree.get_node(find(properties, name)?)?;
    value
        .attributes()
        .find(|a| a.name() == "val")?
        .value()
        .parse()
        .ok()
}

fn read(paragraph: Node<'_, '_>) -> String {
    let mut text = String::new();
    for node in paragraph.descendants() {
        let skipped = node
            .ancestors()
            .any(|above| matches!(above.tag_name().name(), "del" | "txbxContent" | "instrText"));
        if skipped {
            continue;
        }
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "br" => text.push('\n'),
            "tab"
                if node
                    .parent()
                    .is_some_and(|run| run.tag_name().name() == "r") =>
            {
                text.push('\t')
            }
            "sym" => text.push_str(
                match node
                    .attributes()
                    .find(|a| a.name() == "char")
                    .unwrap()
                    .value()
                {
                    "F0FE" => "☑",
                    _ => "□",
                },
            ),
            "checkBox" => {
                let on = node
                    .children()
                    .any(|child| child.tag_name().name() == "checked");
                text.push_str(if on { "☑" } else { "☐" });
            }
            "drawing" => text.push_str("[图]"),
            _ => {}
        }
    }
    text
}
