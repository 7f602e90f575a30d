//! The pages as a browser reads them.

use proptest::prelude::*;
use roxmltree::Document;
use zige_forms::html;

use crate::anybody::{answers, text, values};
use crate::sample::{fill, pack};

/// What the cells of the pages hold, by the fact they are marked with.
fn cells(pages: &str) -> Vec<(String, String)> {
    let document = Document::parse(pages).unwrap_or_else(|error| panic!("{error}: {pages}"));
    let cells = document
        .descendants()
        .filter_map(|node| Some((node, node.attribute("data-fact")?)));
    cells
        .map(|(cell, fact)| (fact.to_owned(), cell.text().unwrap_or_default().to_owned()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_said_stands_in_its_cell_and_nothing_else_gets_in(answers in answers(), wish in text()) {
        let pack = pack();
        let form = fill(&pack, &(answers, [("study_wish".to_owned(), wish)].into()));
        let pages = html::pages(&form, 1);
        prop_assert_eq!(cells(&pages), values(&form));
        let document = Document::parse(&pages).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let known = ["div", "section", "p", "h1", "h2", "table", "colgroup", "col", "tbody", "tr", "th", "td", "span"];
            prop_assert!(known.contains(&node.tag_name().name()));
            for attribute in node.attributes() {
                prop_assert!(["class", "colspan", "rowspan", "data-fact", "aria-hidden"].contains(&attribute.name()));
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
