//! Every form through a word processor and a spreadsheet program.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

/// Writes every form of every policy, from somebody who has said everything and somebody who has said
/// little; opens each in LibreOffice. A .docx must come to as many pages as its preview has, and an
/// .xlsx that was saved anew must say the same. Gives the number of files.
pub fn papers(workspace: &Workspace) -> Result<usize> {
    let folder = workspace.scratch().join("papers");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    tool(workspace, "write", &[&folder])?;
    let (documents, workbooks) = (files(&folder, "docx")?, files(&folder, "xlsx")?);
    ensure!(
        !documents.is_empty() && !workbooks.is_empty(),
        "nothing was written to `{}`",
        folder.display()
    );
    let (printed, saved) = (folder.join("printed"), folder.join("saved"));
    convert(workspace, &documents, "pdf", &printed)?;
    convert(workspace, &workbooks, "xlsx", &saved)?;
    tool(workspace, "compare", &[&folder, &saved])?;
    pages(workspace, &folder, &printed)?;
    Ok(documents.len() + workbooks.len())
}

fn tool(workspace: &Workspace, what: &str, folders: &[&Path]) -> Result<()> {
    let mut run = workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-tests", "--bin", "papers"])
        .args(["--", what]);
    for folder in folders {
        run = run.arg(folder);
    }
    run.go()
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// With a profile of its own, so that a LibreOffice that is open does not mind.
fn convert(workspace: &Workspace, files: &[PathBuf], to: &str, folder: &Path) -> Result<()> {
    let profile = workspace.scratch().join("libreoffice");
    let mut run = workspace
        .run("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder);
    for file in files {
        run = run.arg(file);
    }
    // It names every file.
    run.output()?;
    for file in files {
        let name = file.with_extension(to);
        let made = folder.join(name.file_name().context("a file without a name")?);
        ensure!(
            made.exists(),
            "LibreOffice made no .{to} of `{}`",
            file.display()
        );
    }
    Ok(())
}

/// Holds the pages of each .pdf to those of the preview.
fn pages(workspace: &Workspace, folder: &Path, printed: &Path) -> Result<()> {
    let list = fs::read_to_string(folder.join("papers.tsv"))?;
    let mut wrong = Vec::new();
    for line in list.lines() {
        let (name, sheets) = line.split_once('\t').context("a line without a tab")?;
        let pdf = printed.join(name).with_added_extension("pdf");
        let told = workspace.run("pdfinfo").arg(&pdf).output()?;
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:"));
        let pages = pages.context("pdfinfo does not say how many pages")?.trim();
        if pages != sheets {
            wrong.push(format!("{name}: {pages} pages, the preview has {sheets}"));
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => bail!("{}", wrong.join("\n")),
    }
}
