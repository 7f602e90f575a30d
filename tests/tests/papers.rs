//! Every form of every policy, from somebody who has said everything and somebody who has said little:
//! what is written as .docx and what is printed.

use std::fmt::Write;

use expect_test::{expect, expect_file};
use roxmltree::{Document, Node};
use zige_forms::{docx, html};
use zige_tests::packs::compiled;
use zige_tests::papers::papers;

#[test]
fn each_form_is_drawn_as_it_was() {
    let packs = compiled();
    for paper in papers(&packs) {
        let name = paper.name();
        expect_file![format!("papers/{name}.docx.txt")]
            .assert_eq(&outline(&docx::document(&paper.filled)));
        expect_file![format!("papers/{name}.html")]
            .assert_eq(&lines(&html::pages(&paper.filled, 1)));
    }
}

#[test]
fn whoever_has_said_everything_leaves_nothing_empty_and_writes_nothing_too_long() {
    let packs = compiled();
    for paper in papers(&packs)
        .iter()
        .filter(|paper| paper.who == "complete")
    {
        let name = paper.name();
        assert_eq!(paper.filled.gaps, [], "{name}");
        assert_eq!(paper.filled.overlong, [], "{name}");
        assert!(!paper.form.filled_by.is_empty(), "{name}");
    }
}

#[test]
fn each_policy_has_its_forms() {
    let packs = compiled();
    let mut list = String::new();
    for pack in &packs {
        for form in &pack.forms {
            let sheets: Vec<String> = papers(std::slice::from_ref(pack))
                .iter()
                .filter(|paper| paper.form.id == form.id)
                .map(|paper| paper.filled.sheets().to_string())
                .collect();
            let sheets = match sheets.as_slice() {
                [] => "only declared".to_owned(),
                sheets => sheets.join(" and "),
            };
            writeln!(list, "{} {} {sheets}", pack.id, form.id).unwrap();
        }
    }
    expect![[r#"
        chifeng-talent-leaders-2014 recommendation 3 and 3
        chifeng-talent-leaders-2014 recommendation_material 2 and 2
        chifeng-talent-leaders-2014 mentor_certificate 1 and 1
        chifeng-talent-leaders-2014 candidate_list 1 and 1
        chifeng-talent-leaders-2014 pairing_letter 2 and 2
        chifeng-talent-leaders-2014 mentee_plan 2 and 1
        chifeng-talent-leaders-2014 local_plan 2 and 2
        chifeng-talent-leaders-2014 assessment_report 1 and 1
        liaoning-minority-professionals-draft selection_notice 3 and 2
        liaoning-minority-professionals-draft recommendation 2 and 2
        liaoning-minority-professionals-draft recommendation_publicity 1 and 1
        liaoning-minority-professionals-draft selected_trainees 1 and 1
        liaoning-minority-professionals-draft department_publicity 1 and 1
        liaoning-minority-professionals-draft training_agreement 3 and 2
        liaoning-minority-professionals-draft training_plan 2 and 2
        liaoning-minority-professionals-draft quarterly_report 3 and 1
        liaoning-minority-professionals-draft group_quarterly_report 2 and 1
        liaoning-minority-professionals-draft change_request 1 and 1
        liaoning-minority-professionals-draft major_event_report 1 and 1
        liaoning-minority-professionals-draft leave_request 1 and 1
        liaoning-minority-professionals-draft interruption_request 1 and 1
        liaoning-minority-professionals-draft transfer_request 1 and 1
        liaoning-minority-professionals-draft grading_plan 2 and 2
        liaoning-minority-professionals-draft sending_unit_grading 1 and 1
        liaoning-minority-professionals-draft training_unit_grading 1 and 1
        liaoning-minority-professionals-draft group_grading 1 and 1
        liaoning-minority-professionals-draft department_grading 1 and 1
        liaoning-minority-professionals-draft city_results_report 2 and 1
        liaoning-minority-professionals-draft unit_trainee_database 1 and 1
        liaoning-minority-professionals-draft grade_publicity 1 and 1
        liaoning-minority-professionals-draft follow_up_visit 1 and 1
        liaoning-minority-professionals-draft training_file 3 and 2
        liaoning-minority-professionals-draft work_briefing 2 and 1
        liaoning-minority-professionals-draft yearly_summary 3 and 1
        liaoning-minority-professionals-draft results_collection 1 and 1
        panzhihua-mentoring-2022 training_plan 3 and 2
        panzhihua-mentoring-2022 yearly_summary 2 and 2
        panzhihua-mentoring-2022 change_report 1 and 1
        panzhihua-mentoring-2022 mentoring_ledger 2 and 2
        panzhihua-mentoring-2022 yearly_appraisal_form 3 and 3
        panzhihua-mentoring-2022 term_summary 2 and 2
        yuxi-grassroots-2019 application 3 and 2
        yuxi-grassroots-2019 summary_list 1 and 1
        yuxi-grassroots-2019 trainee_list 1 and 1
        yuxi-grassroots-2019 training_plan 2 and 1
        yuxi-grassroots-2019 party_letter 1 and 1
        yuxi-grassroots-2019 written_summary 2 and 2
        yuxi-grassroots-2019 grading_form 2 and 2
        yuxi-grassroots-2019 follow_up_plan 1 and 1
        yuxi-grassroots-2019 cancellation_report 1 and 1
        yuxi-grassroots-2019 leave_request 1 and 1
        yuxi-grassroots-2019 extension_request 1 and 1
        ziliujing-talent-training service_agreement 1 and 1
        ziliujing-talent-training registration 3 and 2
        ziliujing-talent-training trainee_list 1 and 1
        ziliujing-talent-training training_plan 2 and 1
        ziliujing-talent-training reward_claim 2 and 2
        ziliujing-talent-training yearly_evaluation 1 and 1
    "#]]
    .assert_eq(&list);
}

/// A file read by people: each cell and row on a line of its own.
fn lines(markup: &str) -> String {
    let breaks = ["<td", "<th", "<tr"];
    breaks.iter().fold(markup.to_owned(), |text, tag| {
        text.replace(tag, &format!("\n{tag}"))
    })
}

/// The document without its markup: each paragraph and cell on a line, with all its properties.
fn outline(xml: &str) -> String {
    let document = Document::parse(xml).unwrap();
    let body = document.root_element().first_element_child().unwrap();
    let mut out = String::new();
    for block in elements(body) {
        push_block(&mut out, block, "");
    }
    out
}

fn push_block(out: &mut String, block: Node, indent: &str) {
    match block.tag_name().name() {
        "p" => writeln!(out, "{indent}{}", paragraph(block)).unwrap(),
        "sdt" => {
            writeln!(
                out,
                "{indent}[{}",
                child(block, "sdtPr").map_or_else(String::new, properties)
            )
            .unwrap();
            for inner in child(block, "sdtContent").into_iter().flat_map(elements) {
                push_block(out, inner, &format!("{indent}  "));
            }
            writeln!(out, "{indent}]").unwrap();
        }
        "tbl" => {
            let columns = child(block, "tblGrid").map_or(0, |grid| elements(grid).count());
            let own = child(block, "tblPr").map_or_else(String::new, properties);
            writeln!(out, "{indent}table of {columns} columns {own}").unwrap();
            for row in elements(block).filter(|node| node.tag_name().name() == "tr") {
                let own = child(row, "trPr").map_or_else(String::new, properties);
                writeln!(out, "{indent}row {own}").unwrap();
                for cell in elements(row).filter(|node| node.tag_name().name() == "tc") {
                    let own = child(cell, "tcPr").map_or_else(String::new, properties);
                    let inside = elements(cell).filter(|node| node.tag_name().name() == "p");
                    let inside: Vec<String> = inside.map(paragraph).collect();
                    writeln!(out, "{indent}  {own} | {}", inside.join(" ¶ ")).unwrap();
                }
            }
        }
        _ => writeln!(out, "{indent}{}", property(block)).unwrap(),
    }
}

fn paragraph(node: Node) -> String {
    let mut out = child(node, "pPr").map_or_else(String::new, properties);
    out.push(':');
    for inner in elements(node) {
        match inner.tag_name().name() {
            "r" => out.push_str(&run(inner)),
            "sdt" => {
                let own = child(inner, "sdtPr").map_or_else(String::new, properties);
                let content = child(inner, "sdtContent").into_iter().flat_map(elements);
                let content: String = content.map(run).collect();
                out.push_str(&format!(" [{own}:{content}]"));
            }
            "pPr" => {}
            _ => out.push_str(&property(inner)),
        }
    }
    out
}

fn run(node: Node) -> String {
    let own = child(node, "rPr").map_or_else(String::new, |own| format!("({})", properties(own)));
    let text = elements(node).map(|inner| match inner.tag_name().name() {
        "t" => inner.text().unwrap_or_default().to_owned(),
        "rPr" => String::new(),
        other => format!("<{other}>"),
    });
    format!(" {own}“{}”", text.collect::<String>())
}

/// Properties on one line: names and values, in their order.
fn properties(node: Node) -> String {
    let all: Vec<String> = elements(node).map(property).collect();
    all.join(" ")
}

fn property(node: Node) -> String {
    let values: Vec<&str> = node
        .attributes()
        .map(|attribute| attribute.value())
        .collect();
    let inner = properties(node);
    let name = node.tag_name().name();
    match (values.is_empty(), inner.is_empty()) {
        (true, true) => name.to_owned(),
        (true, false) => format!("{name}({inner})"),
        (false, true) => format!("{name}={}", values.join("/")),
        (false, false) => format!("{name}={}({inner})", values.join("/")),
    }
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    elements(node).find(|child| child.tag_name().name() == name)
}
