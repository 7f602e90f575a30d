//! What Trunk builds: the app's module, its styles, and the page with the names of both.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::page;
use crate::{
    shorten::shorten,
    wasm::{self, Module, Profile},
    workspace::Workspace,
};

/// Trunk's results, before xtask finishes them.
#[derive(Debug)]
pub struct App {
    pub module: Module,
    pub styles: Vec<u8>,
    /// The page; the tags that name module and styles are taken out.
    pub page: String,
}

pub fn build(workspace: &Workspace, profile: Profile) -> Result<App> {
    let out = workspace.scratch().join("trunk");
    wasm::small(wasm::tool(workspace, "trunk")?, profile)
        .args([
            "build",
            "--offline",
            "--skip-version-check",
            "--color=never",
            "--log=warn",
            "--dist",
        ])
        .arg(&out)
        .args((profile == Profile::Release).then_some("--release"))
        // Trunk takes only `true` and `false` here, and some systems set `1`.
        .without_env("NO_COLOR")
        .go()?;
    let page = fs::read_to_string(out.join("index.html"))?;
    let (page, built) = page::take_tag(&page, "data-zige=")?;
    let names = page::attribute(&built, "data-zige")?;
    let (page, styles) = page::take_tag(&page, "stylesheet")?;
    let styles = read(&out, &page::attribute(&styles, "href")?)?;
    let module = match names.split_once(' ') {
        Some((glue, wasm)) => Module {
            glue: read(&out, glue)?,
            wasm: read(&out, wasm)?,
        },
        None => bail!("Trunk named `{names}` where a script and a module were expected"),
    };
    let module = match profile {
        Profile::Release => shorten(module)?,
        Profile::Dev => module,
    };
    Ok(App {
        module,
        styles,
        page,
    })
}

fn read(out: &Path, name: &str) -> Result<Vec<u8>> {
    let path = out.join(name.trim_start_matches("./").trim_start_matches('/'));
    fs::read(&path).with_context(|| format!("Trunk did not write `{}`", path.display()))
}
