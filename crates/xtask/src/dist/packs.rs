//! The packs of `policies/`, compiled into one container.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Where the compiled policies are.
#[derive(Debug)]
pub struct Packs {
    /// Everything.
    pub whole: PathBuf,
    /// What asking and judging needs.
    pub outline: PathBuf,
}

/// Compiles all policies. The command line does it, as it would for any author.
pub fn compile(workspace: &Workspace) -> Result<Packs> {
    let packs = Packs {
        whole: workspace.scratch().join("packs.zige"),
        outline: workspace.scratch().join("packs.outline"),
    };
    fs::create_dir_all(workspace.scratch())?;
    workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-cli", "--"])
        .args(["compile", "policies", "-o"])
        .arg(&packs.whole)
        .arg("--outline")
        .arg(&packs.outline)
        .output()
        .context("the policies do not compile")?;
    Ok(packs)
}
