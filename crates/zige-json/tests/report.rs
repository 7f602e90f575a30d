//! Whole reports, written canonically.

mod sample;

use expect_test::expect_file;
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::{
    ReportJson, Subject, answers_from_json, facts, listed, show, to_json, whole_report,
};

/// The whole report on answers to the pack's check on 2026-11-21.
fn report(pack: &Pack, answers: &str) -> ReportJson {
    let answers: Answers = answers_from_json(pack, answers).unwrap();
    let on = Date::new(2026, 11, 21).unwrap();
    let evaluator = Evaluator::new(pack, CheckId(0), on).unwrap();
    let subject = Subject {
        pack,
        pack_hash: "0123",
        evaluator: &evaluator,
        answers: &answers,
    };
    whole_report(&subject).unwrap()
}

fn reported(answers: &str, golden: &str) {
    let pack = sample::pack();
    let json = to_json(&report(&pack, answers));
    expect_file![format!(
        "{}/tests/golden/{golden}",
        env!("CARGO_MANIFEST_DIR")
    )]
    .assert_eq(&format!("{json}\n"));
    assert_eq!(
        json,
        to_json(&report(&pack, answers)),
        "same input, same bytes"
    );
}

#[test]
fn incomplete_says_what_to_ask_and_shows_two_completions() {
    reported(
        r#"{ "title_level": "中级", "work_start": "2021", "birth_date": null }"#
            .replace("2021", "2021-11")
            .as_str(),
        "incomplete.json",
    );
}

#[test]
fn discretionary_says_who_decides() {
    reported(
        r#"{ "title_level": "中级", "work_start": "2010-07", "birth_date": "1980-11-21", "place": "丙镇",
             "papers": [{"paper_first": true}], "on_leave": false }"#,
        "discretionary.json",
    );
}

#[test]
fn ineligible_says_what_would_change_it() {
    reported(
        r#"{ "title_level": "初级", "work_start": "2012-01-15", "birth_date": "1983-03-07",
             "papers": [], "awards": 1, "on_leave": true, "leave_days": 7.5 }"#,
        "ineligible.json",
    );
}

#[test]
fn eligible_says_why_and_until_when() {
    reported(
        r#"{ "title_level": "正高级", "work_start": "2010-07", "birth_date": "1983-03-07", "awards": 2, "on_leave": false }"#,
        "eligible.json",
    );
}

#[test]
fn facts_and_packs() {
    let pack = sample::pack();
    expect_file!["golden/facts.json"].assert_eq(&format!("{}\n", to_json(&facts(&pack))));
    expect_file!["golden/list.json"].assert_eq(&format!("{}\n", to_json(&[listed(&pack, "0123")])));
}

#[test]
fn every_block_can_be_shown_by_article_and_by_id() {
    let pack = sample::pack();
    let all: Vec<_> = pack
        .articles
        .iter()
        .map(|article| show(&pack, &article.name).unwrap())
        .collect();
    expect_file!["golden/blocks.json"].assert_eq(&format!("{}\n", to_json(&all)));
    for shown in &all {
        for block in shown.blocks.iter().filter(|block| !block.id.is_empty()) {
            let alone = show(&pack, &block.id).unwrap();
            assert_eq!(alone.article, shown.article);
            assert_eq!(alone.blocks, std::slice::from_ref(block));
        }
    }
    assert_eq!(
        show(&pack, "work_started_after_birth").unwrap().article,
        None
    );
    assert_eq!(show(&pack, "第九条"), None);
}
