//! The small pack that these tests look at.

use std::path::Path;

use zige_core::pack::Pack;

/// `policies/sample.md`, compiled.
pub fn pack() -> Pack {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let mut compiled = zige_pack::compile_dir(&policies).unwrap_or_else(|all| panic!("{all}"));
    compiled.packs.remove(0)
}
