//! Whatever an author writes: the compiler gives packs or messages, and every message can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// Parts the vocabulary from the policy. Without it, the whole text is the policy.
const CUT: &str = "\n%%%%\n";

fuzz_target!(|text: &str| {
    let (vocabulary, policy) = text.split_once(CUT).unwrap_or(("", text));
    match zige_pack::compile_str(vocabulary, &[("policy", policy)]) {
        Ok(compiled) => {
            assert!(compiled.packs.len() <= 1);
            drop(compiled.warnings.render(false));
        }
        Err(mistakes) => {
            assert!(mistakes.errors() > 0);
            assert!(!mistakes.render(false).is_empty());
            drop(mistakes.render(true));
        }
    }
});
