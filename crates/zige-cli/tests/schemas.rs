//! What `--json` writes is what docs/schemas says: on the small policy, and on every policy of the
//! repository.

mod running;

use std::path::Path;

use boon::{Compiler, Schemas};
use running::{SAMPLE, policies, zige, zige_reading};
use serde_json::{Value, json};

fn valid(schema: &str, value: &Value) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/schemas")
        .join(format!("{schema}.schema.json"));
    let mut schemas = Schemas::new();
    let index = Compiler::new()
        .compile(
            &file.canonicalize().unwrap().display().to_string(),
            &mut schemas,
        )
        .unwrap_or_else(|error| panic!("{error:#}"));
    schemas
        .validate(value, index)
        .map_err(|error| format!("{error:#}"))
}

fn holds(schema: &str, arguments: &[&str], stdin: &str) -> Value {
    let ran = zige_reading(arguments, stdin);
    let value: Value = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", ran.stderr));
    valid(schema, &value).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    value
}

fn ids(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn reports_of_every_verdict() {
    for (answers, verdict) in [
        (json!({}), "incomplete"),
        (
            json!({"title_level": "中级", "work_start": "2021-11", "birth_date": null}),
            "incomplete",
        ),
        (
            json!({"papers": {"records": [{}], "complete": false}, "title_level": "中级"}),
            "incomplete",
        ),
        (
            json!({"title_level": "中级", "work_start": "2010-07", "birth_date": "1980-11-21",
                   "papers": [{"paper_first": true}], "on_leave": false}),
            "discretionary",
        ),
        (
            json!({"title_level": "初级", "work_start": "2010-07", "birth_date": "1983-03-07",
                   "awards": 2, "on_leave": true, "leave_days": "7.5"}),
            "ineligible",
        ),
        (
            json!({"title_level": "正高级", "work_start": "2010-07", "birth_date": "1983-03-07",
                   "awards": 2, "on_leave": true, "leave_days": 1}),
            "eligible",
        ),
    ] {
        valid("answers", &answers).unwrap();
        let report = holds(
            "report",
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
                "--json",
            ],
            &answers.to_string(),
        );
        assert_eq!(report["verdict"], verdict);
        for witness in report["witnesses"].as_array().into_iter().flatten() {
            valid("answers", &witness["answers"]).unwrap();
        }
    }
}

#[test]
fn every_pack_article_and_block() {
    let mut packs = vec![(
        "sample".to_owned(),
        vec!["--packs".to_owned(), SAMPLE.clone()],
    )];
    packs.extend(
        ids(&holds("list", &["list", "--json"], ""))
            .into_iter()
            .map(|id| (id, Vec::new())),
    );
    for (pack, options) in &packs {
        let run = |schema: &str, command: &[&str]| {
            let mut arguments = command.to_vec();
            arguments.extend(options.iter().map(String::as_str));
            holds(schema, &arguments, "")
        };
        run("facts", &["facts", pack, "--json"]);
        let articles = run("articles", &["articles", pack, "--json"]);
        for article in articles.as_array().unwrap() {
            let name = article["article"].as_str().unwrap();
            let shown = run("show", &["show", pack, name, "--json"]);
            let kinds: Vec<Value> = shown["blocks"]
                .as_array()
                .unwrap()
                .iter()
                .map(|block| block["kind"].clone())
                .collect();
            assert_eq!(Value::from(kinds), article["blocks"]);
        }
    }
}

#[test]
fn lint_and_compile() {
    let sample = policies().display().to_string();
    let broken = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .display()
        .to_string();
    assert_eq!(holds("lint", &["lint", &sample, "--json"], "")["errors"], 0);
    assert_ne!(holds("lint", &["lint", &broken, "--json"], "")["errors"], 0);
    holds(
        "compile",
        &["compile", &sample, "-o", "schema.zige", "--json"],
        "",
    );
}

#[test]
fn a_new_document() {
    let official = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/new/pine-county-2024.txt"
    );
    let folder = format!("schema-new-{}", std::process::id());
    let arguments =
        |id| ["new", id, "--source", official, "-o", &folder, "--json"].map(str::to_owned);
    for (id, wrote_vocabulary) in [("first", true), ("second", false)] {
        let arguments = arguments(id);
        let told = holds("new", &arguments.each_ref().map(String::as_str), "");
        assert_eq!(told["vocabulary"].is_string(), wrote_vocabulary);
        assert_eq!(told["articles"], 5);
    }
    std::fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join(&folder)).unwrap();
}

#[test]
fn forms_of_every_kind_of_file() {
    let answers = json!({"full_name": "示例甲", "title_level": null, "work_start": "2010-07"});
    let pack = "liaoning-minority-professionals-draft";
    for ending in ["docx", "html", "xlsx", "ics", "json"] {
        let file = format!("schema-{}.{ending}", std::process::id());
        let form = holds(
            "form",
            &[
                "form",
                pack,
                "recommendation",
                "--answers",
                "-",
                "--on",
                "2026-11-21",
                "-o",
                &file,
                "--json",
            ],
            &answers.to_string(),
        );
        assert_eq!(form["format"], ending);
        assert_eq!(form["undated"] == json!([]), ending != "ics");
        if ["docx", "xlsx", "json"].contains(&ending) {
            holds("own-data", &["read", &file, "--json"], "");
        }
    }
}

#[test]
fn the_schemas_refuse_what_is_missing_or_too_much() {
    let ran = zige(&["list", "--json", "--packs", &SAMPLE]);
    let good: Value = serde_json::from_str(&ran.stdout).unwrap();
    let mut missing = good.clone();
    missing[0].as_object_mut().unwrap().remove("pack_hash");
    let mut more = good.clone();
    more[0]["colour"] = json!("red");
    let mut other = good.clone();
    other[0]["checks"][0]["who"] = json!("cat");
    assert!(valid("list", &good).is_ok());
    for bad in [missing, more, other] {
        assert!(valid("list", &bad).is_err());
    }
}
