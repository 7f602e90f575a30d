//! The packs of `policies/`, compiled into one container.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Compiles all policies into a file. The command line does it, as it would for any author.
pub fn packs_file(workspace: &Workspace) -> Result<PathBuf> {
    let out = workspace.scratch().join("packs.zige");
    fs::create_dir_all(workspace.scratch())?;
    workspace
        .cargo("run")
        .args([
            "--quiet",
            "--package",
            "zige-cli",
            "--",
            "compile",
            "policies",
            "-o",
        ])
        .arg(&out)
        .output()
        .context("the policies do not compile")?;
    Ok(out)
}
