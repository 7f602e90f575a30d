//! Compiles the policies of the repository into the command.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policies = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../policies");
    println!("cargo:rerun-if-changed={}", policies.display());
    let packs = match zige_pack::compile_dir(&policies) {
        Ok(compiled) => compiled.packs,
        // `zige lint` must work while an author mends a policy; `zige list` says what is missing.
        Err(mistakes) => {
            println!(
                "cargo:warning=the policies have {} errors and are left out; run `zige lint policies`",
                mistakes.errors()
            );
            Vec::new()
        }
    };
    let packs: Vec<_> = packs.iter().map(|pack| (pack, None)).collect();
    let bytes = zige_pack::format::write(&packs)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("packs.zige"), bytes)?;
    Ok(())
}
