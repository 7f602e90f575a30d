//! Bounded runs of the fuzz targets in `fuzz/`.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::{
    setup::{self, Need},
    workspace::Workspace,
};

/// The seconds that `arguments` ask for.
pub fn seconds(arguments: &[&str]) -> Result<u32> {
    match arguments {
        [] => Ok(60),
        ["--seconds", number] => number
            .parse()
            .with_context(|| format!("`{number}` is not a number of seconds")),
        other => bail!(
            "`fuzz` does not know `{}`; it knows --seconds N",
            other.join(" ")
        ),
    }
}

/// Runs each target on its committed corpus, then `seconds` long on inputs of its own making.
pub fn fuzz(workspace: &Workspace, seconds: u32) -> Result<()> {
    setup::setup(workspace, &[Need::Fuzz])?;
    let targets = build(workspace)?;
    ensure!(!targets.is_empty(), "fuzz/ has no targets");
    let mut findings = Vec::new();
    for (name, program) in &targets {
        println!("fuzz: {name}, {seconds} s");
        let scratch = workspace.scratch().join("fuzz").join(name);
        fs::create_dir_all(&scratch)?;
        let run = workspace
            .run(&program.to_string_lossy())
            .arg(&scratch)
            .arg(workspace.root.join("fuzz").join("corpus").join(name))
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-artifact_prefix={}-", scratch.display()))
            .args([
                "-timeout=10",
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                "-verbosity=0",
            ]);
        if let Err(error) = run.go() {
            findings.push(format!(
                "{name}: {error:#}; the input lies at {}-*",
                scratch.display()
            ));
        }
    }
    match findings.is_empty() {
        true => {
            println!("fuzz: {} targets, nothing found", targets.len());
            Ok(())
        }
        false => bail!("{}", findings.join("\n")),
    }
}

/// The targets' names and programs. `fuzz/` is a workspace of its own, because its coverage flags
/// must not reach any other build.
fn build(workspace: &Workspace) -> Result<Vec<(String, PathBuf)>> {
    let said = workspace
        .cargo("build")
        .args(["--release", "--quiet", "--message-format=json"])
        .folder(&workspace.root.join("fuzz"))
        .env("CARGO_TARGET_DIR", workspace.target.join("fuzz"))
        // It would replace the coverage flags.
        .without_env("RUSTFLAGS")
        .output()
        .context("cannot build the fuzz targets; they need a C++ compiler (Debian: g++)")?;
    let mut targets = Vec::new();
    for line in said.lines() {
        let message: Value = serde_json::from_str(line)?;
        let name = message["target"]["name"].as_str();
        if let (Some(name), Some(program)) = (name, message["executable"].as_str()) {
            targets.push((String::from(name), PathBuf::from(program)));
        }
    }
    Ok(targets)
}
