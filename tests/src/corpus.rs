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
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::{Subject, answers_to_json, to_json, whole_report};

use crate::cases::Cases;
use crate::reference::Reference;

/// How many cases lie between two of which the whole report is compared.
const WHOLE_EVERY: usize = 100;

/// One check with all that its cases are made from.
struct Recorder<'a> {
    pack: &'a Pack,
    hash: String,
    check: CheckId,
    evaluator: Evaluator,
    cases: Cases<'a>,
}

/// Writes the packs and so many cases for each check into a folder; returns how many cases. The
/// checks take turns, so that each beginning of the file holds cases of them all.
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
    let recorders: Vec<Recorder<'_>> = packs
        .iter()
        .flat_map(|pack| Recorder::of_pack(pack, on, seed))
        .collect();
    let mut file = BufWriter::new(File::create(folder.join("cases.ndjson"))?);
    for case in 0..cases_per_check {
        for recorder in &recorders {
            writeln!(file, "{}", recorder.record(case))?;
        }
    }
    file.flush()?;
    Ok(cases_per_check * recorders.len())
}

impl<'a> Recorder<'a> {
    fn of_pack(pack: &'a Pack, on: Date, seed: u64) -> Vec<Recorder<'a>> {
        let (_, hash) = zige_pack::format::encode(pack).expect("a sound pack");
        (0..pack.checks.len())
            .map(|position| {
                let check = CheckId(u16::try_from(position).expect("few checks"));
                Recorder {
                    pack,
                    hash: hash.to_string(),
                    check,
                    evaluator: Evaluator::new(pack, check, on)
                        .expect("a check that can be evaluated"),
                    cases: Cases::new(pack, &Reference::new(pack, check, on), seed),
                }
            })
            .collect()
    }

    fn record(&self, case: usize) -> Value {
        let Recorder {
            pack, evaluator, ..
        } = self;
        let (answers, _) = self.cases.draw(evaluator, case);
        let text = answers_to_json(pack, &answers);
        // What a browser is given went through JSON, where answers that mean nothing can vanish.
        let answers =
            zige_json::answers_from_json(pack, &text).expect("answers that were just written");
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
            "check": pack.checks[self.check.index()].id,
            "on": evaluator.on().to_string(),
            "answers": text,
            "possible": judged.possible.bits(),
            "conditions": conditions,
            "missing": missing,
        });
        if case.is_multiple_of(WHOLE_EVERY) {
            line["whole"] = match evaluator.check(pack, &answers) {
                Ok(()) => Value::String(digest(&self.whole(&answers))),
                Err(_) => Value::Null,
            };
        }
        line
    }

    fn whole(&self, answers: &Answers) -> String {
        let subject = Subject {
            pack: self.pack,
            pack_hash: &self.hash,
            evaluator: &self.evaluator,
            answers,
        };
        to_json(&whole_report(&subject).expect("a check that can be evaluated"))
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
