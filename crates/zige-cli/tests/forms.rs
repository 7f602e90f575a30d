//! Forms out of the command line, and back.

mod running;

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use running::{Ran, zige, zige_reading};

const PACK: &str = "panzhihua-mentoring-2022";

/// A form of the pack with a list, and what somebody says to it.
const FORM: &str = "yearly_appraisal_form";

fn answers() -> &'static str {
    r#"{ "full_name": "示例甲", "birth_date": "1975-03-07", "panzhihua_talent_class": "三类", "unit_name": "某某医院",
         "panzhihua_trainees": [{ "pair_name": "示例乙", "pair_birth_date": "1990-05", "pair_unit": "某某镇卫生院" },
                                { "pair_name": "示例丙", "pair_birth_date": "1991-11-30" }] }"#
}

/// A folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("forms-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn form(output: &Path, more: &[&str]) -> Ran {
    let output = output.display().to_string();
    let mut arguments = vec![
        "form",
        PACK,
        FORM,
        "--answers",
        "-",
        "--on",
        "2026-11-21",
        "-o",
        &output,
    ];
    arguments.extend(more);
    zige_reading(&arguments, answers())
}

fn read(file: &Path, more: &[&str]) -> Ran {
    let file = file.display().to_string();
    let mut arguments = vec!["read", &file];
    arguments.extend(more);
    zige(&arguments)
}

fn check(ran: &Ran, folder: &Path, code: i32, expected: Expect) {
    let told = format!("{}{}", ran.stdout, ran.stderr).replace(&folder.display().to_string(), "…");
    expected.assert_eq(&told);
    assert_eq!(ran.code, code);
}

#[test]
fn each_kind_of_file_comes_back_the_same() {
    let folder = folder("same");
    let said: Vec<String> = ["docx", "xlsx", "json"]
        .iter()
        .map(|ending| {
            let file = folder.join(format!("form.{ending}"));
            assert_eq!(form(&file, &[]).code, 0);
            let back = read(&file, &["--json"]);
            assert_eq!((back.code, back.stderr.as_str()), (0, ""));
            back.stdout
        })
        .collect();
    let parsed: Vec<serde_json::Value> = said
        .iter()
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    assert_eq!(parsed[0], parsed[1]);
    for key in ["answers", "fields", "pack", "form", "on"] {
        assert_eq!(parsed[0][key], parsed[2][key], "{key}");
    }
    let given: serde_json::Value = serde_json::from_str(answers()).unwrap();
    assert_eq!(parsed[0]["answers"], given);
    // What was read is taken by the other commands.
    let again = zige_reading(
        &[
            "form",
            PACK,
            FORM,
            "--answers",
            "-",
            "-o",
            &folder.join("again.docx").display().to_string(),
        ],
        &said[0],
    );
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(
        fs::read(folder.join("again.docx")).unwrap(),
        fs::read(folder.join("form.docx")).unwrap()
    );
}

#[test]
fn codes_on_the_page_are_read_from_what_a_scanner_types() {
    let folder = folder("codes");
    let file = folder.join("form.html");
    assert_eq!(
        form(&file, &["--address", "https://example.org/", "--checklist"]).code,
        0
    );
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("<svg class=\"zf-code\"") && page.contains("材料清单"));
    let typed = folder.join("scanned.txt");
    fs::write(&typed, "94431123\n").unwrap();
    check(&read(&typed, &[]), &folder, 1, expect![[""]]);
}

#[test]
fn a_form_is_told_in_words() {
    let folder = folder("words");
    let file = folder.join("form.docx");
    check(&form(&file, &[]), &folder, 0, expect![[""]]);
    check(&read(&file, &[]), &folder, 0, expect![[""]]);
}

#[test]
fn a_calendar_lists_what_it_cannot_date() {
    let folder = folder("calendar");
    let file = folder.join("dates.ics");
    check(
        &form(&file, &["--event", "结对开始=2026-09-01"]),
        &folder,
        0,
        expect![[""]],
    );
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .starts_with("BEGIN:VCALENDAR\r\n")
    );
    check(
        &form(&file, &["--event", "结对开始"]),
        &folder,
        1,
        expect![[""]],
    );
}

#[test]
fn each_mistake_says_how_to_mend_it() {
    let folder = folder("mistakes");
    let file = |name: &str| folder.join(name);
    check(&form(&file("form.pdf"), &[]), &folder, 2, expect![[""]]);
    check(
        &form(&file("form.html"), &["--address", "https://example.org/#x"]),
        &folder,
        1,
        expect![[""]],
    );
    fs::write(file("broken.docx"), "PK\u{3}\u{4}").unwrap();
    check(&read(&file("broken.docx"), &[]), &folder, 1, expect![[""]]);
    check(&read(&file("nothing.xlsx"), &[]), &folder, 1, expect![[""]]);
    fs::write(file("plain.json"), "{\"full_name\": \"示例甲\"}").unwrap();
    check(&read(&file("plain.json"), &[]), &folder, 1, expect![[""]]);
    check(
        &read(&file("plain.json"), &["--pack", PACK]),
        &folder,
        0,
        expect![[""]],
    );
    check(
        &zige(&["form", PACK, "nothing", "--answers", "-", "-o", "x.docx"]),
        &folder,
        1,
        expect![[""]],
    );
    check(
        &zige(&[
            "form",
            PACK,
            "term_summary",
            "--answers",
            "-",
            "-o",
            "x.docx",
        ]),
        &folder,
        1,
        expect![[""]],
    );
}
