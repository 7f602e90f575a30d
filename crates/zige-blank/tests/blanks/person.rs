//! The people whose forms are filled.

use std::path::Path;
use std::sync::LazyLock;

use zige_blank::Profile;
use zige_core::pack::{Pack, union};

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let compiled =
        zige_pack::compile_dir(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    union(&compiled.packs.iter().collect::<Vec<&Pack>>())
});

/// A profile from answers in JSON.
pub fn profile(json: &str) -> Profile {
    let answers =
        zige_json::answers_from_json(&PACK, json).unwrap_or_else(|error| panic!("{error}"));
    let mut profile = Profile::new();
    profile.add(&PACK, &answers);
    profile
}
