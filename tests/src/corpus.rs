//! Cases written to files, so that other builds of the evaluator (WASM under Node and in browsers)
//! can be held to the native one.
//!
//! `packs.zige` is the container of all packs. `cases.ndjson` has one JSON object a line: `pack`,
//! `check`, `on`, `answers` (a string, to be handed on as it is), `possible` (1 ineligible, plus 2
//! discretionary, plus 4 eligible; 0 for answers that contradict each other), `conditions` (the same
//! for each), `missing` (ids in the order to ask) and, in every hundredth, `whole` (the SHA-256 of the
//! whole canonical report, null where it is refused). `tests/agreement/replay.mjs` repeats them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::{Subject, answers_to_json, to_json, whole_report};

use crate::cases::Cases;
use crate::reference::Reference;

/// How many cases lie between two of which the whole report is compared.
const WHOLE_EVERY: usize = 100;

/// Writes the packs and, for each check, so many cases into a folder; returns how many cases.
///
/// # Errors
/// When a file cannot be written.
///
/// # Panics
/// When a pack cannot be written or evaluated, which `zige lint` would have refused.
pub fn write(
    folder: &Path,
    packs: &[Pack],
    on: Date,
    cases_per_check: usize,
    seed: u64,
) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let together: Vec<(&Pack, Option<&str>)> = packs.iter().map(|pack| (pack, None)).collect();
    let container = zige_pack::format::write(&together).expect("sound packs");
    fs::write(folder.join("packs.zige"), container)?;
    let mut file = BufWriter::new(File::create(folder.join("cases.ndjson"))?);
    let mut written = 0;
    for pack in packs {
        let (_, hash) = zige_pack::format::encode(pack).expect("a sound pack");
        let hash = hash.to_string();
        for (position, check) in pack.checks.iter().enumerate() {
            let id = CheckId(u16::try_from(position).expect("few checks"));
            let evaluator = Evaluator::new(pack, id, on).expect("a check that can be evaluated");
            let reference = Reference::new(pack, id, on);
            let cases = Cases::new(pack, &reference, seed);
            for case in 0..cases_per_check {
                let (answers, _) = cases.draw(&evaluator, case);
                let text = answers_to_json(pack, &answers);
                // What a browser is given went through JSON, where answers that mean nothing can vanish.
                let answers = zige_json::answers_from_json(pack, &text)
                    .expect("answers that were just written");
                let subject = Subject {
                    pack,
                    pack_hash: &hash,
                    evaluator: &evaluator,
                    answers: &answers,
                };
                let judged = evaluator.report(pack, &answers);
                let conditions: Vec<u8> = judged
                    .conditions
                    .iter()
                    .map(|own| own.possible.bits())
                    .collect();
                let mut missing: Vec<&str> = Vec::new();
                for fact in &judged.missing {
                    let id = pack.vocabulary.facts[fact.fact.index()].id.as_str();
                    if !missing.contains(&id) {
                        missing.push(id);
                    }
                }
                let mut line = json!({
                    "pack": pack.id,
                    "check": check.id,
                    "on": on.to_string(),
                    "answers": text,
                    "possible": judged.possible.bits(),
                    "conditions": conditions,
                    "missing": missing,
                });
                if case % WHOLE_EVERY == 0 {
                    let refused = evaluator.check(pack, &answers).is_err();
                    let whole = whole_report(&subject).expect("a check that can be evaluated");
                    line["whole"] = if refused {
                        Value::Null
                    } else {
                        Value::String(digest(&to_json(&whole)))
                    };
                }
                writeln!(file, "{line}")?;
                written += 1;
            }
        }
    }
    file.flush()?;
    Ok(written)
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
