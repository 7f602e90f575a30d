//! The benchmarks: native, the npm package in Node beside plain JavaScript, and the app in a browser.

use std::fs;

use anyhow::Result;

use crate::{
    dist, npm,
    setup::{self, Need},
    wasm::Profile,
    workspace::Workspace,
};

/// Builds what is measured, measures it, and prints a table. Takes some minutes; a quiet machine
/// gives steady figures.
pub fn bench(workspace: &Workspace) -> Result<()> {
    let folder = workspace.scratch().join("bench");
    fs::create_dir_all(&folder)?;
    let packs = dist::compile_packs(workspace)?.whole;
    npm::npm(workspace)?;
    workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-wasm", "--example", "model"])
        .arg("--")
        .arg(&folder)
        .go()?;
    let native = folder.join("native.json");
    workspace
        .cargo("run")
        .args(["--quiet", "--release", "--package", "zige-tests"])
        .args(["--bin", "bench", "--"])
        .arg(&native)
        .go()?;
    workspace
        .run("node")
        .arg("crates/zige-wasm/bench/bench.mjs")
        .arg(workspace.root.join("pkg"))
        .arg(&folder)
        .arg(packs)
        .arg(native)
        .go()
}

/// Builds the app and measures it in Chromium: a changed answer across all checks, how long a slow
/// phone waits, and what Lighthouse says. Fails when Lighthouse says less than is promised.
pub fn browser(workspace: &Workspace) -> Result<()> {
    setup::setup(workspace, &[Need::Browser])?;
    dist::dist(workspace, Profile::Release)?;
    for script in ["measure-all-checks", "measure-first-question", "lighthouse"] {
        workspace
            .run("node")
            .arg(format!("tests/browser/{script}.mjs"))
            .env("CHROMIUM", setup::chromium()?)
            .go()?;
    }
    Ok(())
}
