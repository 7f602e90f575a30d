//! Scripts and styles, made smaller and put into the words of Chrome 86.

use std::fs;

use anyhow::Result;

use crate::{wasm, workspace::Workspace};

/// `extension` is `js` or `css`. Top-level names of scripts stay. (Trunk can minify too, but its
/// choice of names differs from run to run, and each build would be a new version.)
pub fn minify(workspace: &Workspace, source: &[u8], extension: &str) -> Result<Vec<u8>> {
    let folder = workspace.scratch().join("minify");
    fs::create_dir_all(&folder)?;
    let (from, to) = (
        folder.join(format!("from.{extension}")),
        folder.join(format!("to.{extension}")),
    );
    fs::write(&from, source)?;
    wasm::tool(workspace, "esbuild")?
        .arg(&from)
        .args([
            "--minify",
            "--target=chrome86",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", to.display()))
        .output()?;
    Ok(fs::read(to)?)
}
