//! The service worker: the source in `web/` with this version's files.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::{Parts, page::Page};
use crate::workspace::Workspace;

pub fn service_worker(workspace: &Workspace, page: &Page, parts: &Parts) -> Result<String> {
    let source = fs::read_to_string(workspace.root.join("web/service-worker.js"))?;
    ensure!(
        source.contains("\"{version}\"") && source.contains("{files}"),
        "web/service-worker.js has no place for `{{version}}` or `{{files}}`"
    );
    let files: Vec<Value> = parts
        .assets()
        .into_iter()
        .map(|asset| asset.address())
        .collect();
    Ok(source
        .replace("{version}", &page.version)
        .replace("{files}", &serde_json::to_string(&files)?))
}
