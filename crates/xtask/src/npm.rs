//! The npm package, in `pkg/`.

use std::fs;

use anyhow::Result;

use crate::{
    setup::{self, Need},
    wasm,
    workspace::Workspace,
};

/// Builds `crates/zige-wasm` by wasm-pack, for browsers and Node alike.
pub fn npm(workspace: &Workspace) -> Result<()> {
    setup::setup(workspace, &[Need::Build, Need::Npm])?;
    let folder = workspace.root.join("pkg");
    wasm::tool(workspace, "wasm-pack")?
        .args([
            "--quiet",
            "build",
            "crates/zige-wasm",
            "--mode",
            "no-install",
            "--target",
            "web",
        ])
        // Its own run of wasm-opt would not keep to the features of Chrome 86.
        .args(["--no-opt", "--profile", "wasm-release", "--out-dir"])
        .arg(&folder)
        .go()?;
    // What is written by hand: the entry point, its types, and the package's description.
    for entry in fs::read_dir(workspace.root.join("crates/zige-wasm/js"))? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, folder.join(name))?;
        }
    }
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            wasm::optimise(workspace, &path)?;
            wasm::check_features(&path.display().to_string(), &fs::read(&path)?)?;
        }
    }
    Ok(())
}
