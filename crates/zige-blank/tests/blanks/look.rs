//! Reads a document again, by its own means: the text of each cell, by table, row and column.

use std::collections::BTreeMap;
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

pub fn cells(docx: &[u8]) -> BTreeMap<At, String> {
    let text = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&text).unwrap();
    let mut cells = BTreeMap::new();
    let is = |node: &Node<'_, '_>, name: &str| node.is_element() && node.tag_name().name() == name;
    let body = tree.root_element().first_element_child().unwrap();
    for (number, paragraph) in body.children().filter(|node| is(node, "p")).enumerate() {
        cells.insert((0, number + 1, 0), read(paragraph));
    }
    let tables = tree.descendants().filter(|node| is(node, "tbl"));
    for (number, table) in tables.enumerate() {
        for (row_number, row) in table.children().filter(|node| is(node, "tr")).enumerate() {
            let mut column = 1 + count(row, "trPr", "gridBefore").unwrap_or(0);
            for cell in row.children().filter(|node| is(node, "tc")) {
                let lines: Vec<String> = cell
                    .children()
                    .filter(|node| is(node, "p"))
                    .map(read)
                    .collect();
                cells.insert((number + 1, row_number + 1, column), lines.join("\n"));
                column += count(cell, "tcPr", "gridSpan").unwrap_or(1);
            }
        }
    }
    cells
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
