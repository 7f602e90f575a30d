//! Answers in and out, and every mistake that can be made with them.

mod sample;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_json::{MOST_BYTES, MOST_RECORDS, answers_from_json, answers_to_json, contradiction};

fn refused(json: &str, expected: Expect) {
    let error = answers_from_json(&sample::pack(), json).unwrap_err();
    expected.assert_eq(&error.to_string());
}

fn taken(json: &str, expected: Expect) {
    let pack = sample::pack();
    let answers = answers_from_json(&pack, json).unwrap_or_else(|error| panic!("{error}"));
    let written = answers_to_json(&pack, &answers);
    expected.assert_eq(&written);
    assert_eq!(answers_from_json(&pack, &written), Ok(answers));
}

#[test]
fn every_type_of_answer_is_read_and_written() {
    taken(
        r#"{
          "full_name": "王小明",
          "birth_date": "1980-03-07", "work_start": "2001-08",
          "title_level": "副高级", "on_leave": "是", "leave_days": 2.50, "tuition": 100000,
          "awards": 3, "outstanding": "已认定",
          "papers": [{"paper_title": "论示范", "paper_first": true}, {"paper_date": null}]
        }"#,
        expect![[r#"
            {
              "birth_date": "1980-03-07",
              "work_start": "2001-08",
              "title_level": "副高级",
              "on_leave": true,
              "leave_days": "2.5",
              "tuition": 100000,
              "papers": [
                {
                  "paper_title": "论示范",
                  "paper_first": true
                },
                {
                  "paper_date": null
                }
              ],
              "awards": 3,
              "full_name": "王小明",
              "outstanding": "已认定"
            }"#]],
    );
}

#[test]
fn not_asked_and_not_known_are_two_things() {
    taken(
        r#"{ "birth_date": null, "papers": {"records": [], "complete": false}, "outstanding": null }"#,
        expect![[r#"
            {
              "birth_date": null,
              "papers": {
                "records": [],
                "complete": false
              }
            }"#]],
    );
    taken("\u{feff} {}", expect!["{}"]);
}

#[test]
fn all_mistakes_are_told_together() {
    refused(
        r#"{
          "birth_date": "1980-02-30", "work_start": "2001年8月",
          "title_level": "副高", "on_leave": "yes", "leave_days": 2.55, "tuition": 10.5,
          "awards": "three", "outstanding": true, "place": 3, "papers": "two",
          "brith_date": "1980-03-07", "salary": 3000, "paper_first": true
        }"#,
        expect![[r#"
            `birth_date` is `1980-02-30`, and there is no such date; give a day such as `1980-03-07`, or a month such as `1980-03`
            `work_start` is `2001年8月`, which is not written as a date; give a day such as `1980-03-07`, or a month such as `1980-03`
            `title_level` is `副高`, which is not one of its options, did you mean `副高级`?
            `on_leave` is `yes`, give `true` or `false`
            `leave_days` is `2.55`, give a number such as `2.5`, with at most 1 decimal place
            `tuition` is `10.5`, give whole 分, such as `100000` for 1,000 元
            `awards` is `three`, give a whole number such as `3`
            `outstanding` is `true`, give `不予认定`, `已认定`, or null while it is open
            `place` is `3`, give one of its options, such as `"甲乡"`
            `papers` is `two`, give an array of records, or `{"records": […], "complete": false}` when there may be more
            `brith_date` is no fact or point of this pack, did you mean `birth_date`?
            `salary` is no fact or point of this pack, see `zige facts` for those it has
            `paper_first` is no fact or point of this pack, it belongs inside the records of `papers`"#]],
    );
}

#[test]
fn values_outside_their_range_are_refused() {
    refused(
        r#"{ "birth_date": "1899-12-31", "work_start": "2101-01", "awards": 100, "leave_days": -0.5,
             "tuition": 99999999999999999999999999 }"#,
        expect![[r#"
            `birth_date` is `1899-12-31`, give a value from `1900-01-01` to `2100-12-31`
            `work_start` is `2101-01`, give a value from `1900-01-01` to `2100-12-31`
            `awards` is `100`, give a value from `0` to `99`
            `leave_days` is `-0.5`, give a value from `0.0` to `365.0`
            `tuition` is `99999999999999999999999999`, give a value from `0` to `100000000`"#]],
    );
}

#[test]
fn mistakes_inside_records_say_which_record() {
    refused(
        r#"{ "papers": [{"paper_first": 1}, "one", {"paper_frist": true, "birth_date": "1980-01-01"},
                        {"paper_first": true, "paper_first": false}] }"#,
        expect![[r#"
            `papers[1].paper_first` is `1`, give `true` or `false`
            `papers[2]` is `one`, give an object with the record's answers
            `papers[3].paper_frist` is nothing that a record of `papers` has, did you mean `paper_first`?
            `papers[3].birth_date` is nothing that a record of `papers` has, choose one of `paper_title`, `paper_date`, `paper_first`
            `papers[4].paper_first` is given more than once, keep one of the values"#]],
    );
    let many = vec!["{}"; MOST_RECORDS + 1].join(",");
    refused(
        &format!(r#"{{ "papers": [{many}] }}"#),
        expect!["`papers` has `1001` records, give at most 1000"],
    );
}

#[test]
fn a_key_stands_there_once() {
    refused(
        r#"{ "awards": 1, "awards": 2 }"#,
        expect!["`awards` is given more than once, keep one of the values"],
    );
}

#[test]
fn what_is_no_json_object_is_refused() {
    refused(
        "{\n  \"awards\": 1,\n}",
        expect![
            "the answers are not JSON: key must be a string at line 3 column 1; correct it there"
        ],
    );
    refused(
        "{\"awards\": 01}",
        expect!["the answers are not JSON: invalid number at line 1 column 13; correct it there"],
    );
    refused(
        "[1, 2]",
        expect![[
            r#"the answers are `[1, 2]`, give one JSON object from fact ids to values, such as `{"birth_date": "1980-03-07"}`"#
        ]],
    );
    refused(
        "",
        expect![
            "the answers are not JSON: EOF while parsing a value at line 1 column 0; correct it there"
        ],
    );
    refused(
        r#"{"full_name": "\ud800"}"#,
        expect![[r#"`full_name` is `\ud800`, give a text without broken escapes"#]],
    );
}

#[test]
fn ten_megabytes_and_bottomless_nesting_are_refused() {
    let long = format!(
        "{{\"full_name\": \"{}\"}}",
        "长".repeat(10 * MOST_BYTES / 3)
    );
    refused(
        &long,
        expect![
            "the answers are longer than 1 MB (`1000000` bytes), leave out what is not an answer"
        ],
    );
    let deep = format!(
        "{{\"papers\": {}{}}}",
        "[".repeat(400_000),
        "]".repeat(400_000)
    );
    refused(
        &deep,
        expect![
            "`papers[1]` is `[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…`, give an object with the record's answers"
        ],
    );
}

#[test]
fn only_the_first_mistakes_of_very_many_are_told() {
    let many: Vec<String> = (0..1000).map(|n| format!("\"x{n:03}\": 1")).collect();
    let error = answers_from_json(&sample::pack(), &format!("{{{}}}", many.join(","))).unwrap_err();
    expect!["and 980 more mistakes"].assert_eq(error.to_string().lines().last().unwrap());
}

#[test]
fn answers_that_break_a_constraint_name_both_facts() {
    let pack = sample::pack();
    let on = zige_core::date::Date::new(2026, 11, 21).unwrap();
    let evaluator = Evaluator::new(&pack, CheckId(0), on).unwrap();
    let message = |json: &str| {
        let answers = answers_from_json(&pack, json).unwrap();
        contradiction(
            &pack,
            &answers,
            &evaluator.check(&pack, &answers).unwrap_err(),
        )
    };
    expect!["`birth_date` is `1980-03-07` and `work_start` is `1980-03-01`, which cannot all be true; correct one of them（参加工作时间应当晚于出生日期，请核对这两个日期。）"]
        .assert_eq(&message(r#"{ "birth_date": "1980-03-07", "work_start": "1980-03-01" }"#));
    expect!["`birth_date` is `2026-11-22`, which cannot be true on this day; correct it（出生日期不会晚于今天，请核对。）"]
        .assert_eq(&message(r#"{ "birth_date": "2026-11-22" }"#));
}

proptest! {
    /// Whatever the text, it is taken or refused, and what is taken can be written and read again.
    #[test]
    fn no_text_is_too_much(keys in proptest::collection::vec(("[a-z_]{1,12}|awards|papers|birth_date|leave_days", value()), 0..6)) {
        let pack = sample::pack();
        let members: Vec<String> = keys.iter().map(|(key, value)| format!("{key:?}: {value}")).collect();
        if let Ok(answers) = answers_from_json(&pack, &format!("{{{}}}", members.join(", "))) {
            prop_assert_eq!(answers_from_json(&pack, &answers_to_json(&pack, &answers)), Ok(answers));
        }
    }

    #[test]
    fn no_bytes_are_too_much(text in ".{0,200}") {
        let _ = answers_from_json(&sample::pack(), &text);
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,5})?(e[0-9])?",
        "\"[0-9]{4}-[0-9]{2}(-[0-9]{2})?\"",
        "\\[(\\{\"paper_first\": (true|null)\\})?\\]",
    ]
}
