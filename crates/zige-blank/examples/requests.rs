//! `requests FILE`: the blank forms of the tests with what the filling module is asked for each, and one
//! with all of them in a row; JSON, name to `{"request", "blank"}` in hexadecimal. For
//! `cargo xtask bench`.

#[path = "../tests/blanks/build.rs"]
mod build;
#[path = "../tests/blanks/corpus.rs"]
mod corpus;

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use zige_blank::{Options, Request};
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::pack::Pack;

fn main() -> Result<()> {
    let file = std::env::args_os()
        .nth(1)
        .context("name the file to write: requests FILE")?;
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let packs = zige_pack::compile_dir(&policies)?.packs;
    let Value::Object(said) = corpus::complete_answers() else {
        anyhow::bail!("the answers are no object");
    };
    let answers = packs.iter().map(|pack| answers(pack, &said));
    let request = Request {
        answers: answers.collect::<Result<_>>()?,
        fields: Vec::new(),
        options: Options {
            on: Date::parse("2026-11-21").context("the date is none")?,
            side: None,
            shrink: false,
            photo: None,
        },
        decisions: Vec::new(),
    }
    .encode();
    let mut sources: Vec<(String, String)> = corpus::names()
        .into_iter()
        .map(|name| (name.clone(), corpus::source(&name)))
        .collect();
    let all: Vec<&str> = sources.iter().map(|(_, source)| source.as_str()).collect();
    sources.push(("all in a row".to_owned(), all.join("\n")));
    let requests: Map<String, Value> = sources
        .into_iter()
        .map(|(name, source)| {
            let blank = hex(&build::docx(&source));
            (name, json!({"request": hex(&request), "blank": blank}))
        })
        .collect();
    std::fs::write(&file, Value::Object(requests).to_string())
        .with_context(|| format!("`{}`", file.display()))
}

/// What of all that was said this pack asks for.
fn answers(pack: &Pack, said: &Map<String, Value>) -> Result<(String, Answers)> {
    let facts = &pack.vocabulary.facts;
    let asked = said
        .iter()
        .filter(|(id, _)| facts.iter().any(|fact| fact.id == **id))
        .map(|(id, value)| (id.clone(), value.clone()))
        .collect();
    let answers = zige_json::answers_from_json(pack, &Value::Object(asked).to_string())?;
    Ok((pack.id.clone(), answers))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
