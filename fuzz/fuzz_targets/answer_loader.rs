//! Whatever JSON comes in: answers or a message; and answers that were taken come back the same.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zige_core::pack::Pack;
use zige_json::{answers_from_json, answers_to_json};

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let vocabulary = include_str!("../../policies/vocabulary.md");
    let policy = include_str!("../../policies/liaoning-minority-professionals-draft.md");
    let id = "liaoning-minority-professionals-draft";
    let compiled = zige_pack::compile_str(vocabulary, &[(id, policy)]);
    let mut packs = compiled.map_or_else(|mistakes| panic!("{mistakes}"), |all| all.packs);
    packs.remove(0)
});

fuzz_target!(|text: &str| match answers_from_json(&PACK, text) {
    Ok(answers) => {
        let written = answers_to_json(&PACK, &answers);
        match answers_from_json(&PACK, &written) {
            Ok(again) => assert!(again == answers, "{written}"),
            Err(error) => panic!("{error}: {written}"),
        }
    }
    Err(error) => assert!(!error.to_string().is_empty()),
});
