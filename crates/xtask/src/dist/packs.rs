//! The packs of `policies/`, compiled into one container.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Compiles all policies. The command line does it, as it would for any author.
pub fn compile(workspace: &Workspace) -> Result<Vec<u8>> {
    let out = workspace.scratch().join("packs.zige");
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
    fs::read(&out).with_context(|| format!("`zige compile` did not write `{}`", out.display()))
}
