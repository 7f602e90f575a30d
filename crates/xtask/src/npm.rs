//! The npm package, in `pkg/`.

use std::fs;

use anyhow::Result;

use crate::{
    setup::{self, Need},
    wasm,
    workspace::Workspace,
};

/// Builds `crates/zige-wasm` by wasm-pack, for browsers and Node alike: the engine, made for speed,
/// and the custom element with the app's pages, made small.
pub fn npm(workspace: &Workspace) -> Result<()> {
    setup::setup(workspace, &[Need::Build, Need::Npm])?;
    module(
        workspace,
        "zige_widget",
        "wasm-release",
        "-Oz",
        &["--features", "widget"],
    )?;
    module(workspace, "zige_wasm", "npm-release", "-O3", &[])?;

    let folder = workspace.root.join("pkg");
    // What is written by hand: the entry points, their types, and the package's description.
    for entry in fs::read_dir(workspace.root.join("crates/zige-wasm/js"))? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, folder.join(name))?;
        }
    }
    let styles = ["web/styles.css", "crates/zige-forms/src/print.css"]
        .map(|path| fs::read_to_string(workspace.root.join(path)))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    fs::write(folder.join("zige.css"), styles.concat())?;
    Ok(())
}

fn module(
    workspace: &Workspace,
    name: &str,
    profile: &str,
    level: &str,
    features: &[&str],
) -> Result<()> {
    let folder = workspace.root.join("pkg");
    wasm::tool(workspace, "wasm-pack")?
        .args([
            "--quiet",
            "build",
            "crates/zige-wasm",
            "--mode",
            "no-install",
        ])
        .args(["--target", "web", "--out-name", name, "--no-typescript"])
        // Its own run of wasm-opt would not keep to the features of Chrome 86.
        .args(["--no-opt", "--profile", profile, "--out-dir"])
        .arg(&folder)
        .args(features)
        .go()?;
    let path = folder.join(format!("{name}_bg.wasm"));
    wasm::optimise(workspace, &path, level)?;
    wasm::check_features(&path.display().to_string(), &fs::read(&path)?)
}
