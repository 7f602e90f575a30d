//! Who the forms are filled for, and how.

use std::path::Path;
use std::sync::LazyLock;

use zige_blank::{Options, Profile};
use zige_core::date::Date;
use zige_core::pack::{Pack, union};

use crate::corpus::complete_answers;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let compiled =
        zige_pack::compile_dir(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    union(&compiled.packs.iter().collect::<Vec<&Pack>>())
});

/// A profile from answers in JSON.
fn profile(json: &str) -> Profile {
    let answers =
        zige_json::answers_from_json(&PACK, json).unwrap_or_else(|error| panic!("{error}"));
    let mut profile = Profile::new();
    profile.add(&PACK, &answers);
    profile
}

/// Somebody who has answered everything.
pub fn complete() -> Profile {
    profile(&complete_answers().to_string())
}

/// How forms are filled when nothing else is said.
pub fn options() -> Options {
    Options {
        on: Date::parse("2026-11-21").unwrap(),
        side: None,
        shrink: false,
        photo: None,
    }
}
