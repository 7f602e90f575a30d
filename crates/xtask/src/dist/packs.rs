//! The packs of `policies/`, compiled into one container.

use std::{env::consts::EXE_SUFFIX, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{command::Run, workspace::Workspace};

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
    let command = workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-cli", "--"]);
    compile_with(workspace, command)
}

/// The same with the command line that was built last. Cargo would first build the policies into
/// it, because they have changed.
pub fn compile_again(workspace: &Workspace) -> Result<Packs> {
    let command = workspace
        .target
        .join("debug")
        .join(format!("zige{EXE_SUFFIX}"));
    compile_with(workspace, workspace.run(&command.to_string_lossy()))
}

fn compile_with(workspace: &Workspace, command: Run) -> Result<Packs> {
    let packs = Packs {
        whole: workspace.scratch().join("packs.zige"),
        outline: workspace.scratch().join("packs.outline"),
    };
    fs::create_dir_all(workspace.scratch())?;
    command
        .args(["compile", "policies", "-o"])
        .arg(&packs.whole)
        .arg("--outline")
        .arg(&packs.outline)
        .output()
        .context("the policies do not compile")?;
    Ok(packs)
}
