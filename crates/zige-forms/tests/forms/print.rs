//! The pages as a browser reads them.

use proptest::prelude::*;
use roxmltree::{Document, Node};
use zige_forms::html;

use crate::anybody::{answers, text, values};
use crate::sample::{fill, fill_agreement, pack};

/// What the pages hold, by the fact it is marked with: of a choice what is ticked; what a page
/// break parts is whole again.
fn marked(pages: &str) -> Vec<(String, String)> {
    let document = Document::parse(pages).unwrap_or_else(|error| panic!("{error}: {pages}"));
    let mut found: Vec<(String, String)> = Vec::new();
    for node in document.descendants() {
        let Some(fact) = node.attribute("data-fact") else {
            continue;
        };
        let class = node.attribute("class").unwrap();
        let lines: Vec<Node> = node.children().filter(Node::is_element).collect();
        let text = match class {
            "zf-ticks" => {
                let ticked = node.text().unwrap().split_once('☑');
                ticked
                    .map_or("", |(_, after)| after.split('　').next().unwrap())
                    .to_owned()
            }
            "zf-long" => {
                let texts: Vec<&str> = lines
                    .iter()
                    .map(|line| line.text().unwrap_or_default())
                    .collect();
                texts.join("\n")
            }
            _ => node.text().unwrap_or_default().to_owned(),
        };
        match node.attribute("data-joint") {
            Some(joint) => {
                let before = &mut found.last_mut().unwrap().1;
                if joint == "lines" {
                    before.push('\n');
                }
                before.push_str(&text);
            }
            None => found.push((fact.to_owned(), text)),
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_said_stands_in_its_cell_and_nothing_else_gets_in(answers in answers(), wish in text()) {
        let pack = pack();
        let fields = ["study_wish", "task", "months", "manner"].map(|id| (id.to_owned(), wish.clone()));
        let said = (answers, fields.into());
        for form in [fill(&pack, &said), fill_agreement(&pack, &said)] {
            let pages = html::pages(&form, 1);
            prop_assert_eq!(marked(&pages), values(&form));
            let document = Document::parse(&pages).unwrap();
            for node in document.descendants().filter(Node::is_element) {
                let known = ["div", "section", "p", "h1", "h2", "table", "colgroup", "col", "tbody", "tr", "th", "td", "span"];
                prop_assert!(known.contains(&node.tag_name().name()));
                for attribute in node.attributes() {
                    prop_assert!(["class", "colspan", "rowspan", "data-fact", "data-joint", "aria-hidden"].contains(&attribute.name()));
                }
            }
        }
    }
}

#[test]
fn each_height_of_a_row_has_its_class() {
    let css = zige_forms::STYLES;
    for millimetres in (8..=60).chain((65..=245).step_by(5)) {
        assert!(
            css.contains(&format!(".zf-h{millimetres}{{height:{millimetres}mm}}")),
            "{millimetres}"
        );
    }
}
