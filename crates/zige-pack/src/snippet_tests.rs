//! The snippets for editors have exactly the keys that the blocks have.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::blocks::{read_policy, read_vocabulary};
use crate::source::{BlockName, File, read};
use crate::table::keys;

/// The snippets by name, with every placeholder filled with what it proposes.
fn snippets() -> BTreeMap<String, String> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/editor/zige.code-snippets"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let all: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    all.into_iter()
        .map(|(name, snippet)| {
            assert_eq!(snippet["prefix"], name.as_str());
            assert_eq!(snippet["scope"], "markdown");
            let lines = snippet["body"].as_array().unwrap().iter();
            let body: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
            (name, filled(&body.join("\n")))
        })
        .collect()
}

/// `${1:text}` is text, `${1|a,b|}` is a, `$0` is nothing.
fn filled(body: &str) -> String {
    let mut parts = body.split("${");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (place, rest) = part.split_once('}').unwrap();
        let (_, proposed) = place.split_once([':', '|']).unwrap();
        let first = match place.contains('|') {
            true => proposed.split([',', '|']).next().unwrap(),
            false => proposed,
        };
        out.push_str(first);
        out.push_str(rest);
    }
    out.replace("$0", "")
}

fn belongs_to_the_vocabulary(kind: &str) -> bool {
    ["fact", "scale", "list", "section", "schedule"].contains(&kind)
}

fn kind_of(snippet: &str) -> &str {
    snippet
        .split_once([' ', '`', '-'])
        .map_or(snippet, |(kind, _)| kind)
}

#[test]
fn every_snippet_is_a_sound_block_and_no_key_is_missing_or_too_much() {
    let mut kinds = Vec::new();
    for (name, body) in snippets() {
        let kind = kind_of(&name).to_owned();
        let mut problems = Vec::new();
        if belongs_to_the_vocabulary(&kind) {
            let file = File::new("vocabulary.md", &body);
            let document = read(0, &file, &mut problems);
            read_vocabulary(&file, &document, &mut problems);
        } else {
            let text = match kind.as_str() {
                "policy" => format!("# 标题\n\n{body}\n"),
                _ => format!("# 标题\n\n### 第一条\n\n{body}\n"),
            };
            // The policy block is called like its file.
            let text = text.replace("policy 文件名，不带 .md", "policy demo");
            let file = File::new("demo.md", &text);
            let document = read(0, &file, &mut problems);
            read_policy(&file, &document, &mut problems);
        }
        let told: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
        assert!(told.is_empty(), "{name}:\n{body}\n{told:#?}");
        kinds.push(kind);
    }
    for word in BlockName::WORDS {
        assert!(
            kinds.iter().any(|kind| kind == word),
            "no snippet for {word}"
        );
    }
    let (mut given, mut asked) = keys::noted();
    // The keys of these are names of conditions and facts.
    for named in ["example.conditions", "example.answers"] {
        given.remove(named);
        asked.remove(named);
    }
    assert_eq!(
        given, asked,
        "left: the keys of docs/editor/zige.code-snippets; right: those of the blocks"
    );
    let language = include_str!("../../../policies/LANGUAGE.md");
    for (table, keys) in asked {
        for key in keys {
            assert!(
                language.contains(&key),
                "policies/LANGUAGE.md does not tell of `{key}` in `{table}`"
            );
        }
    }
}
