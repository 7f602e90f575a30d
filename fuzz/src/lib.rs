//! What several targets read: a policy with forms and lists.

use std::sync::LazyLock;

use zige_core::pack::Pack;

/// The policy whose forms are read back.
pub static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let vocabulary = include_str!("../../policies/vocabulary.md");
    let policy = include_str!("../../policies/chifeng-talent-leaders-2014.md");
    let compiled = zige_pack::compile_str(vocabulary, &[("chifeng-talent-leaders-2014", policy)]);
    let mut packs = compiled.map_or_else(|mistakes| panic!("{mistakes}"), |all| all.packs);
    packs.remove(0)
});

/// One of its forms, with a list.
pub const FORM: &str = "pairing_letter";
