//! The packs of this repository, compiled from `policies/`.

use std::path::Path;

use zige_core::ids::CheckId;
use zige_core::pack::Pack;

/// All packs, by file name.
///
/// # Panics
/// With the compiler's messages when a policy does not compile.
#[must_use]
pub fn compiled() -> Vec<Pack> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    match zige_pack::compile_dir(&policies) {
        Ok(compiled) => compiled.packs,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// 辽宁特培.
///
/// # Panics
/// When the policies do not compile.
#[must_use]
pub fn liaoning() -> Pack {
    compiled()
        .into_iter()
        .find(|pack| pack.id == "liaoning-minority-professionals-draft")
        .expect("a policy of this name")
}

/// The position of a check.
#[must_use]
pub fn check(pack: &Pack, id: &str) -> Option<CheckId> {
    let position = pack.checks.iter().position(|check| check.id == id)?;
    u16::try_from(position).ok().map(CheckId)
}
