//! The small pack that these tests look at.

use std::path::Path;

use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::{ReportJson, Subject, answers_from_json, whole_report};

/// `policies/sample.md`, compiled.
pub fn pack() -> Pack {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let mut compiled = zige_pack::compile_dir(&policies).unwrap_or_else(|all| panic!("{all}"));
    compiled.packs.remove(0)
}

/// The whole report on answers to the pack's check on 2026-11-21.

pub fn report(pack: &Pack, answers: &str) -> ReportJson {
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
