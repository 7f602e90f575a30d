//! The benchmarks: native, the npm package in Node beside plain JavaScript, and the app in a browser.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{
    dist, npm,
    setup::{self, Need},
    wasm::{self, Profile, Source},
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
        .arg(&packs)
        .arg(native)
        .go()?;
    forms(workspace, &folder, &packs)
}

/// What the exporters' module takes for each form, in Node over the module that is shipped.
fn forms(workspace: &Workspace, folder: &Path, packs: &Path) -> Result<()> {
    let module = wasm::build(
        workspace,
        Source::Library(dist::FORMS_PACKAGE),
        Profile::Release,
    )?;
    fs::write(folder.join("forms.js"), module.glue)?;
    fs::write(folder.join("forms.wasm"), module.wasm)?;
    let requests = folder.join("requests.json");
    workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-tests"])
        .args(["--bin", "requests", "--"])
        .arg(&requests)
        .go()?;
    workspace
        .run("node")
        .arg("crates/zige-forms-wasm/bench/bench.mjs")
        .arg(folder)
        .arg(packs)
        .arg(requests)
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
