//! The npm package, in `pkg/`.

use anyhow::Result;

use crate::{
    setup::{self, Need},
    wasm,
    workspace::Workspace,
};

/// Builds `crates/zige-wasm` by wasm-pack.
pub fn npm(workspace: &Workspace) -> Result<()> {
    setup::setup(workspace, &[Need::Build, Need::Npm])?;
    wasm::tool(workspace, "wasm-pack")?
        .args([
            "build",
            "crates/zige-wasm",
            "--mode",
            "no-install",
            "--target",
            "web",
            "--profile",
            "wasm-release",
            "--out-dir",
        ])
        .arg(workspace.root.join("pkg"))
        .go()
}
