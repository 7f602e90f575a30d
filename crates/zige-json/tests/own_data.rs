//! One's own data, out and in again.

mod sample;

use expect_test::expect;
use proptest::prelude::*;
use zige_core::date::Date;
use zige_json::{OwnData, answers_from_json, own_data_from_json, own_data_to_json};

use sample::pack;

fn data() -> OwnData {
    let pack = pack();
    let answers = r#"{"title_level": "中级", "work_start": "2010-07", "papers": [{"paper_first": true}], "birth_date": null}"#;
    OwnData {
        pack: pack.id.clone(),
        hash: "0123456789ab".to_owned(),
        form: "recommendation".to_owned(),
        on: Date::parse("2026-11-21"),
        answers: answers_from_json(&pack, answers).unwrap(),
        fields: vec![("study_wish".to_owned(), "高中\n“物理”".to_owned())],
        events: vec![(
            "到培养单位报到".to_owned(),
            Date::parse("2026-09-01").unwrap(),
        )],
        mistakes: Vec::new(),
    }
}

#[test]
fn what_is_written_is_plain_and_comes_back() {
    let pack = pack();
    let text = own_data_to_json(&pack, &data());
    expect![[r#"
        {
          "zige": 1,
          "pack": "sample",
          "pack_hash": "0123456789ab",
          "form": "recommendation",
          "on": "2026-11-21",
          "answers": {
            "birth_date": null,
            "work_start": "2010-07",
            "title_level": "中级",
            "papers": [
              {
                "paper_first": true
              }
            ]
          },
          "fields": {
            "study_wish": "高中\n“物理”"
          },
          "events": {
            "到培养单位报到": "2026-09-01"
          }
        }"#]]
    .assert_eq(&text);
    assert_eq!(own_data_from_json(&pack, &text).unwrap(), data());
}

#[test]
fn plain_answers_are_data_too() {
    let pack = pack();
    let read = own_data_from_json(&pack, r#"{"title_level": "中级"}"#).unwrap();
    assert_eq!((read.pack.as_str(), read.mistakes.len()), ("", 0));
    assert!(!read.answers.is_empty());
}

#[test]
fn what_does_not_fit_is_named_and_the_rest_is_taken() {
    let pack = pack();
    let text = r#"{"zige": 1, "pack": 7, "on": "21.11.2026", "colour": "red", "fields": {"a": 1, "b": "c"},
        "answers": {"title_level": "教授", "of_another_pack": "x", "work_start": "2010-07"}, "events": {"报到": "soon"}}"#;
    let read = own_data_from_json(&pack, text).unwrap();
    let told: Vec<String> = read.mistakes.iter().map(ToString::to_string).collect();
    expect![[r#"
        `pack` is `7`, give a text in quotation marks
        `on` is `21.11.2026`, give a day such as `2026-11-21`
        `colour` is no fact or point of this pack, leave it out
        `fields.a` is `1`, give a text in quotation marks
        `title_level` is `教授`, which is not one of its options, choose one of `没有职称`, `初级`, `中级`, `副高级`, `正高级`
        `of_another_pack` is no fact or point of this pack, see `zige facts` for those it has
        `events.报到` is `soon`, which is no day; give a day such as `1980-03-07`, or a month such as `1980-03`"#]].assert_eq(&told.join("\n"));
    assert_eq!(read.fields, [("b".to_owned(), "c".to_owned())]);
    assert!(!read.answers.is_empty());
}

#[test]
fn what_is_no_data_is_refused() {
    let pack = pack();
    let told: Vec<String> = ["", "[]", "{", r#"{"zige": 2}"#, r#"{"zige": "1"}"#]
        .iter()
        .map(|text| own_data_from_json(&pack, text).unwrap_err().to_string())
        .collect();
    expect![[r#"
        the answers are not JSON: EOF while parsing a value at line 1 column 0; correct it there
        the answers are `[]`, give one JSON object from fact ids to values, such as `{"birth_date": "1980-03-07"}`
        the answers are not JSON: EOF while parsing an object at line 1 column 1; correct it there
        the data are of version `2`, this program reads version `1`; take a newer program
        the data are of version `"1"`, this program reads version `1`; take a newer program"#]].assert_eq(&told.join("\n"));
}

proptest! {
    #[test]
    fn no_text_does_harm(text in "\\PC{0,60}|\\{\"zige\": 1, \"(answers|fields|events|on)\": [\\[{\"a-z0-9:,}\\]]{0,20}\\}") {
        let _either = own_data_from_json(&pack(), &text);
    }
}
