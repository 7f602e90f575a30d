//! Each command on the small policy, in words; and each mistake.

mod running;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect, expect_file};
use running::{SAMPLE, policies, zige, zige_reading};

const ANSWERS: &str = r#"{ "title_level": "初级", "work_start": "2012-01", "birth_date": "1983-03-07",
    "papers": [], "awards": 1, "on_leave": true, "leave_days": 7.5, "place": "丙镇" }"#;

fn checked(answers: &str) -> String {
    let ran = zige_reading(
        &[
            "check",
            "sample",
            "trainee",
            "--packs",
            &SAMPLE,
            "--answers",
            "-",
            "--on",
            "2026-11-21",
        ],
        answers,
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // The hash changes with the byte format.
    let hash = ran
        .stdout
        .lines()
        .last()
        .unwrap()
        .split("  ")
        .nth(2)
        .unwrap();
    assert_eq!(hash.len(), 12);
    ran.stdout.replace(hash, "0123456789ab")
}

fn refused(arguments: &[&str], stdin: &str, code: i32, expected: Expect) {
    let ran = zige_reading(arguments, stdin);
    expected.assert_eq(&ran.stderr.replace(env!("CARGO_TARGET_TMPDIR"), "…"));
    assert_eq!((ran.code, ran.stdout.as_str()), (code, ""));
}

fn check(answers: &str, on: &str, code: i32, expected: Expect) {
    let arguments = [
        "check",
        "sample",
        "trainee",
        "--packs",
        &SAMPLE,
        "--answers",
        "-",
        "--on",
        on,
    ];
    refused(&arguments, answers, code, expected);
}

#[test]
fn a_check_in_words() {
    expect_file!["golden/check-ineligible.txt"].assert_eq(&checked(ANSWERS));
    expect_file!["golden/check-incomplete.txt"].assert_eq(&checked(
        r#"{ "title_level": "中级", "work_start": "2021-11", "birth_date": null }"#,
    ));
    expect_file!["golden/check-discretionary.txt"].assert_eq(&checked(
        r#"{ "title_level": "中级", "work_start": "2010-07", "birth_date": "1980-11-21",
             "papers": [{"paper_first": true}], "on_leave": false }"#,
    ));
    expect_file!["golden/check-eligible.txt"].assert_eq(&checked(
        r#"{ "title_level": "正高级", "work_start": "2010-07-01", "birth_date": "1983-03-07",
             "awards": 2, "on_leave": false, "place": "甲乡" }"#,
    ));
}

#[test]
fn packs_articles_and_facts_in_words() {
    for command in ["list", "articles", "facts"] {
        let mut arguments = vec![command, "--packs", &SAMPLE];
        if command != "list" {
            arguments.push("sample");
        }
        let ran = zige(&arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        expect_file![format!(
            "{}/tests/golden/{command}.txt",
            env!("CARGO_MANIFEST_DIR")
        )]
        .assert_eq(&ran.stdout);
    }
}

#[test]
fn every_kind_of_block_in_words() {
    let mut all = String::new();
    for name in [
        "第二条",
        "title",
        "age",
        "outstanding",
        "results",
        "selection",
        "apply_by",
        "half_year_report",
        "final",
        "subsidy",
        "purpose",
        "application",
        "work_started_after_birth",
    ] {
        let ran = zige(&["show", "sample", name, "--packs", &SAMPLE]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        all.push_str(&format!("$ zige show sample {name}\n{}\n", ran.stdout));
    }
    expect_file!["golden/show.txt"].assert_eq(&all);
}

#[test]
fn the_repositorys_policies_come_with_the_command() {
    let pack = "liaoning-minority-professionals-draft";
    let ran = zige(&["list"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(pack));
    let ran = zige_reading(
        &[
            "check",
            pack,
            "trainee",
            "--answers",
            "-",
            "--on",
            "2026-11-21",
            "--json",
        ],
        r#"{ "unit_kind": "机关或者参照公务员法管理的单位" }"#,
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("\"verdict\": \"ineligible\""),
        "{}",
        ran.stdout
    );
}

#[test]
fn usage_that_is_wrong_ends_with_2() {
    let cases: [(&[&str], Expect); 8] = [
        (
            &[],
            expect![[r#"
            no command is given
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["chek"],
            expect![[r#"
            there is no command `chek`, did you mean `check`?
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["facts"],
            expect![[r#"
            `zige facts` takes 1 value(s), 0 are given
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["check", "sample", "trainee", "--on", "2026-11-21"],
            expect![[r#"
            `zige check` needs `--answers FILE`
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["check", "sample", "trainee", "--answers", "-"],
            expect![[r#"
            `zige check` needs `--on YYYY-MM-DD`
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["list", "--on", "2026-11-21"],
            expect![[r#"
            `zige list` has no option `--on`
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["list", "--colour"],
            expect![[r#"
            invalid option '--colour'
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["compile", "policies"],
            expect![[r#"
            `zige compile` needs `-o FILE`
            run `zige --help` to see how it is used
        "#]],
        ),
    ];
    for (arguments, expected) in cases {
        refused(arguments, "", 2, expected);
    }
}

#[test]
fn wrong_names_and_dates_end_with_1() {
    let check = |pack, check, on, expected| {
        let arguments = [
            "check",
            pack,
            check,
            "--packs",
            &SAMPLE,
            "--answers",
            "-",
            "--on",
            on,
        ];
        refused(&arguments, "{}", 1, expected);
    };
    check(
        "sampel",
        "trainee",
        "2026-11-21",
        expect![[r#"
        there is no pack `sampel`, did you mean `sample`?
    "#]],
    );
    check(
        "sample",
        "mentor",
        "2026-11-21",
        expect![[r#"
        `sample` has no check `mentor`, choose one of `trainee`
    "#]],
    );
    check(
        "sample",
        "trainee",
        "2026-02-30",
        expect![[r#"
        `--on` is `2026-02-30`, which is no date; give a day that exists, such as `2026-11-21`
    "#]],
    );
    refused(
        &["show", "sample", "第二条（九）", "--packs", &SAMPLE],
        "",
        1,
        expect![[r#"
            `sample` has no block or article `第二条（九）`, did you mean `第二条（一）`?; `zige articles sample` lists its articles
        "#]],
    );
}

#[test]
fn answers_that_are_wrong_end_with_1() {
    check(
        "",
        "2026-11-21",
        1,
        expect![[r#"
        the answers are not JSON: EOF while parsing a value at line 1 column 0; correct it there
    "#]],
    );
    check(
        r#"{ "title": "中级", "birth_date": "1983-02-29", "awards": "two" }"#,
        "2026-11-21",
        1,
        expect![[r#"
        `title` is no fact or point of this pack, did you mean `title_level`?
        `birth_date` is `1983-02-29`, and there is no such date; give a day such as `1980-03-07`, or a month such as `1980-03`
        `awards` is `two`, give a whole number such as `3`
    "#]],
    );
    check(
        r#"{ "birth_date": "2026-11-22" }"#,
        "2026-11-21",
        1,
        expect![[r#"
            `birth_date` is `2026-11-22`, which cannot be true on this day; correct it（出生日期不会晚于今天，请核对。）
        "#]],
    );
    check(
        r#"{ "birth_date": "1983-03-07", "work_start": "1983-03-07" }"#,
        "2026-11-21",
        1,
        expect![[r#"
            `birth_date` is `1983-03-07` and `work_start` is `1983-03-07`, which cannot all be true; correct one of them（参加工作时间应当晚于出生日期，请核对这两个日期。）
        "#]],
    );
    check(
        &" ".repeat(10_000_000),
        "2026-11-21",
        1,
        expect![[r#"
        the answers are longer than 1 MB (`1000000` bytes), leave out what is not an answer
    "#]],
    );
    refused(
        &[
            "check",
            "sample",
            "trainee",
            "--packs",
            &SAMPLE,
            "--answers",
            "nowhere.json",
            "--on",
            "2026-11-21",
        ],
        "",
        1,
        expect![[r#"
            `nowhere.json`: there is no file or folder of this name, check how it is written
            没有这个文件或者文件夹，请核对名字
        "#]],
    );
}

#[test]
fn packs_that_are_wrong_end_with_1() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let good = fs::read(SAMPLE.as_str()).unwrap();
    let mut other_version = good.clone();
    other_version[8] = 99;
    let mut damaged = good.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let cases: [(&str, &[u8], Expect); 4] = [
        (
            "words.zige",
            b"hello",
            expect![[r#"
            `…/words.zige`: this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote
        "#]],
        ),
        (
            "other.zige",
            &other_version,
            expect![[r#"
            `…/other.zige`: this file of packs has format version `99`, this program reads version `2`, compile the policies again or use the matching program
        "#]],
        ),
        (
            "short.zige",
            &good[..good.len() / 2],
            expect![[r#"
            `…/short.zige`: the file of packs ends inside pack number 1, fetch it again in full
        "#]],
        ),
        (
            "damaged.zige",
            &damaged,
            expect![[r#"
            `…/damaged.zige`: the bytes of pack number 1 do not match their SHA-256, fetch the file again
        "#]],
        ),
    ];
    for (name, bytes, expected) in cases {
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        refused(
            &["list", "--packs", &file.display().to_string()],
            "",
            1,
            expected,
        );
    }
}

#[test]
fn lint_says_where_and_how_to_mend_and_ends_with_1() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken");
    fs::create_dir_all(&folder).unwrap();
    let read = |name: &str| fs::read_to_string(policies().join(name)).unwrap();
    fs::write(folder.join("vocabulary.md"), read("vocabulary.md")).unwrap();
    fs::write(
        folder.join("sample.md"),
        read("sample.md")
            .replace("\"awards >= 2", "\"award >= 2")
            .replace("or awards", "or award"),
    )
    .unwrap();
    let ran = zige(&["lint", "broken"]);
    assert_eq!(ran.code, 1);
    expect_file!["golden/lint-broken.txt"].assert_eq(&format!("{}{}", ran.stderr, ran.stdout));
    let ran = zige(&["compile", "broken", "-o", "broken.zige"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.ends_with("nothing is written\n"),
        "{}",
        ran.stderr
    );
    assert!(!folder.join("../broken.zige").exists());
}

/// An empty folder of its own.
fn empty_folder(name: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    name.to_owned()
}

const OFFICIAL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/new/pine-county-2024.txt"
);

#[test]
fn new_lays_out_an_official_text() {
    let folder = empty_folder("new-laid-out");
    let ran = zige(&[
        "new",
        "pine-county-2024",
        "--source",
        OFFICIAL,
        "-o",
        &folder,
    ]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    expect_file!["golden/new.txt"].assert_eq(&ran.stdout.replace(env!("CARGO_MANIFEST_DIR"), "…"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder);
    expect_file!["golden/new.md"]
        .assert_eq(&fs::read_to_string(target.join("pine-county-2024.md")).unwrap());
    // What it wrote can be linted at once, with one message about all that is still to be written.
    let ran = zige(&["lint", &folder]);
    assert_eq!(ran.code, 1);
    expect_file!["golden/lint-new.txt"].assert_eq(&format!("{}{}", ran.stderr, ran.stdout));
}

#[test]
fn new_without_a_text_gives_two_articles_to_go_on_from() {
    let folder = empty_folder("new-empty");
    let ran = zige(&["new", "demo", "-o", &folder]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(&folder)
        .join("demo.md");
    expect_file!["golden/new-empty.md"].assert_eq(&fs::read_to_string(file).unwrap());
}

#[test]
fn new_writes_over_nothing() {
    let folder = empty_folder("new-twice");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder);
    fs::write(target.join("demo.md"), "my work").unwrap();
    fs::write(target.join("vocabulary.md"), "my words").unwrap();
    refused(
        &["new", "demo", "-o", &folder],
        "",
        1,
        expect![[r#"
        `new-twice/demo.md` is there already and stays as it is; choose another id, or move the file away
    "#]],
    );
    let ran = zige(&["new", "other", "-o", &folder, "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("\"vocabulary\": null"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        fs::read_to_string(target.join("demo.md")).unwrap(),
        "my work"
    );
    assert_eq!(
        fs::read_to_string(target.join("vocabulary.md")).unwrap(),
        "my words"
    );
}

#[test]
fn new_refuses_what_it_cannot_use() {
    let folder = empty_folder("new-refused");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder);
    fs::write(target.join("letter.txt"), "各位同事：\n大家好。\n").unwrap();
    fs::write(target.join("gbk.txt"), [0xb5, 0xda, 0xd2, 0xbb]).unwrap();
    let letter = format!("{folder}/letter.txt");
    let gbk = format!("{folder}/gbk.txt");
    let cases: [(&[&str], i32, Expect); 6] = [
        (
            &["new", "人才办法"],
            1,
            expect![[r#"
            `人才办法` cannot be an id, use lower-case English letters, digits and `-`, such as `haiyan-young-talents-2024`
        "#]],
        ),
        (
            &["new", "demo", "--source", &letter],
            1,
            expect![[r#"
            `new-refused/letter.txt` has no article that can be recognised, give the text with each `第一条` (or `一、` in a notice) and each `（一）` at the beginning of a line
        "#]],
        ),
        (
            &["new", "demo", "--source", &gbk],
            1,
            expect![[r#"
            `new-refused/gbk.txt`: this is not UTF-8 text, save the file as UTF-8
        "#]],
        ),
        (
            &["new", "demo", "--source", "nowhere.txt"],
            1,
            expect![[r#"
                `nowhere.txt`: there is no file or folder of this name, check how it is written
                没有这个文件或者文件夹，请核对名字
            "#]],
        ),
        (
            &["new"],
            2,
            expect![[r#"
            `zige new` takes 1 value(s), 0 are given
            run `zige --help` to see how it is used
        "#]],
        ),
        (
            &["lint", &folder, "--watch", "--json"],
            2,
            expect![[r#"
            `--watch` writes for people, leave out `--json`
            run `zige --help` to see how it is used
        "#]],
        ),
    ];
    for (arguments, code, expected) in cases {
        refused(arguments, "", code, expected);
    }
}

/// Counted as each 第N条 and each （n） below it; in a notice, as each （n） and each point below it.
#[test]
fn every_article_and_item_of_the_five_policies_is_accounted_for() {
    for (pack, numbered, last) in [
        ("panzhihua-mentoring-2022", 36, 0),
        ("ziliujing-talent-training", 32, 1),
        ("yuxi-grassroots-2019", 25, 0),
        ("chifeng-talent-leaders-2014", 26, 0),
        ("liaoning-minority-professionals-draft", 102, 2),
    ] {
        let ran = zige(&["articles", pack]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let (lasts, others): (Vec<&str>, Vec<&str>) = ran
            .stdout
            .lines()
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .partition(|name| name.ends_with("末段"));
        assert_eq!((others.len(), lasts.len()), (numbered, last), "{pack}");
        let total = match last {
            0 => format!("共{numbered}条、项\n"),
            _ => format!("共{numbered}条、项，另有{last}个没有编号的末段\n"),
        };
        assert!(ran.stdout.ends_with(&total), "{pack}: {}", ran.stdout);
    }
}

#[test]
fn compile_writes_one_file_or_one_for_each_policy() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split");
    fs::create_dir_all(&folder).unwrap();
    let all = folder.join("all.zige").display().to_string();
    let ran = zige(&[
        "compile",
        &policies().display().to_string(),
        "-o",
        &all,
        "--split",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        fs::read(&all).unwrap(),
        fs::read(folder.join("sample.zige")).unwrap()
    );
    let ran = zige(&["list", "--packs", &folder.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("sample\n"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zige"))
        .args(["facts", "sample", "--json", "--packs", &SAMPLE])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn help_is_given_on_standard_output() {
    let ran = zige(&["--help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("zige check"));
}

/// The policy that CONTRIBUTING.md takes an author through, written by following it.
fn authoring() -> String {
    let folder = empty_folder(&format!("authoring-{:?}", std::thread::current().id()));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let vocabulary = format!(
        "{}\n{}",
        read("policies/vocabulary.md"),
        read("tests/authoring/additions.md").replacen("# ", "## ", 1)
    );
    fs::write(target.join("vocabulary.md"), vocabulary).unwrap();
    for name in [
        "chenglan-qinghe-2026.md",
        "chenglan-qinghe-2026.lock",
        "chenglan-qinghe-2026.txt",
    ] {
        fs::write(target.join(name), read(&format!("tests/authoring/{name}"))).unwrap();
    }
    folder
}

#[test]
fn the_tutorials_policy_is_clean_and_its_quotes_are_verbatim() {
    let folder = authoring();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder);
    let lock = fs::read_to_string(target.join("chenglan-qinghe-2026.lock")).unwrap();
    let source = format!("{folder}/chenglan-qinghe-2026.txt");
    let ran = zige(&["lint", &folder, "--source", &source]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert!(
        ran.stdout.starts_with("1项政策，0个错误，0个提醒\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        fs::read_to_string(target.join("chenglan-qinghe-2026.lock")).unwrap(),
        lock,
        "compare tests/authoring/chenglan-qinghe-2026.md with its text again"
    );
    let file = format!("{folder}/packs.zige");
    let ran = zige(&["compile", &folder, "-o", &file]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // The documents themselves serve as packs, too.
    for packs in [&file, &folder] {
        let ran = zige(&["articles", "chenglan-qinghe-2026", "--packs", packs]);
        assert!(
            ran.stdout.ends_with("共32条、项，另有1个没有编号的末段\n"),
            "{}{}",
            ran.stdout,
            ran.stderr
        );
    }
}

#[test]
fn the_tutorials_policy_judges_an_applicant() {
    let folder = authoring();
    let verdict = |answers: &str| {
        let arguments = [
            "check",
            "chenglan-qinghe-2026",
            "applicant",
            "--packs",
            &folder,
            "--answers",
            "-",
            "--on",
            "2026-03-01",
        ];
        let ran = zige_reading(&arguments, answers);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran.stdout.lines().nth(1).unwrap().to_owned()
    };
    let rest = r#""qinghe_workplace": "乡镇（街道）、村的单位", "qinghe_field": "水利", "rural_technical_start": "2023-03-01",
        "skill_level": "中级工（四级）", "political_conduct": true, "law_abiding": true, "failed_an_appraisal": false,
        "under_discipline": false, "qinghe_managed": false, "qinghe_revoked": false,
        "qinghe_results": [{"result_date": "2025-06"}, {"result_date": "2023-03-02"}]"#;
    let born = |day: &str| format!(r#"{{"birth_date": "{day}", {rest}}}"#);
    assert_eq!(verdict(&born("1985-03-02")), "结论：符合");
    assert_eq!(verdict(&born("1985-03-01")), "结论：待认定");
    assert_eq!(verdict(&born("1975-03-01")), "结论：不符合");
    assert_eq!(verdict("{}"), "结论：待补充");
}
