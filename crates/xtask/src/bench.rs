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

/// What the modules that are loaded on demand take for each form, in Node over what is shipped.
fn forms(workspace: &Workspace, folder: &Path, packs: &Path) -> Result<()> {
    for (name, package) in [
        ("forms", dist::FORMS_PACKAGE),
        ("blank", dist::BLANK_PACKAGE),
    ] {
        let module = wasm::build(workspace, Source::Library(package), Profile::Release)?;
        fs::write(folder.join(format!("{name}.js")), module.glue)?;
        fs::write(folder.join(format!("{name}.wasm")), module.wasm)?;
    }
    for (file, of) in [
        (
            "forms.json",
            ["--package", "zige-tests", "--bin", "requests"],
        ),
        (
            "blank.json",
            ["--package", "zige-blank", "--example", "requests"],
        ),
    ] {
        workspace
            .cargo("run")
            .arg("--quiet")
            .args(of)
            .arg("--")
            .arg(folder.join(file))
            .go()?;
    }
    workspace
        .run("node")
        .arg("crates/zige-forms-wasm/bench/bench.mjs")
        .arg(folder)
        .arg(packs)
        .go()
}

/// Builds the app and measures it in Chromium: a changed answer across all checks, how long a slow
/// phone waits, how soon hostile files are refused, and what Lighthouse says. Fails when Lighthouse says less than is promised.
pub fn browser(workspace: &Workspace) -> Result<()> {
    setup::setup(workspace, &[Need::Browser])?;
    dist::dist(workspace, Profile::Release)?;
    for script in [
        "measure-all-checks",
        "measure-first-question",
        "measure-refusals",
        "lighthouse",
    ] {
        workspace
            .run("node")
            .arg(format!("tests/browser/{script}.mjs"))
            .env("CHROMIUM", setup::chromium()?)
            .go()?;
    }
    Ok(())
}
