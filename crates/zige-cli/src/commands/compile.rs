//! `zige compile`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use zige_core::pack::Pack;
use zige_pack::format::{encode, split, write};
use zige_pack::outline;

use super::json;
use crate::Output;
use crate::command::Compile;
use crate::failure::Failure;
use crate::layout::Page;

/// What `zige compile --json` writes.
#[derive(Debug, Serialize)]
pub struct CompileJson {
    /// The packs.
    pub packs: Vec<CompiledJson>,
    /// The files that were written.
    pub files: Vec<FileJson>,
    /// How many warnings there were.
    pub warnings: usize,
}

/// A compiled pack.
#[derive(Debug, Serialize)]
pub struct CompiledJson {
    /// Its id.
    pub id: String,
    /// The version of the text.
    pub version: String,
    /// Its SHA-256, in hexadecimal digits.
    pub pack_hash: String,
    /// How many articles and items it has.
    pub articles: usize,
}

/// A file that was written.
#[derive(Debug, Serialize)]
pub struct FileJson {
    /// Where.
    pub path: String,
    /// How long it is, in bytes.
    pub bytes: usize,
}

/// Compiles the policies of a folder into one file, into one for each with `--split`, and their
/// outlines into another with `--outline`.
pub fn compile(asked: &Compile) -> Result<Output, Failure> {
    let compiled = zige_pack::compile_dir(&asked.dir).map_err(|mistakes| {
        Failure::Input(format!(
            "{}the policies have {} errors, nothing is written",
            mistakes.render(false),
            mistakes.errors()
        ))
    })?;
    let texts: Vec<Option<String>> = compiled
        .packs
        .iter()
        .map(|pack| official_text(asked.texts.as_deref(), pack))
        .collect::<Result<_, _>>()?;
    let packs: Vec<(&Pack, Option<&str>)> = compiled
        .packs
        .iter()
        .zip(&texts)
        .map(|(pack, text)| (pack, text.as_deref()))
        .collect();
    let bytes = write(&packs).map_err(Failure::input)?;

    let mut files = vec![written(&asked.output, &bytes)?];
    if asked.split {
        let folder = asked.output.parent().map(PathBuf::from).unwrap_or_default();
        for (id, bytes) in split(&bytes).map_err(Failure::input)? {
            files.push(written(&folder.join(format!("{id}.zige")), &bytes)?);
        }
    }
    if let Some(path) = &asked.outline {
        let packs: Vec<&Pack> = compiled.packs.iter().collect();
        let bytes = outline::write(&packs).map_err(Failure::input)?;
        files.push(written(path, &bytes)?);
    }
    let told = CompileJson {
        packs: compiled
            .packs
            .iter()
            .map(|pack| {
                let (_, hash) = encode(pack).map_err(Failure::input)?;
                Ok(CompiledJson {
                    id: pack.id.clone(),
                    version: pack.version.clone(),
                    pack_hash: hash.to_string(),
                    articles: pack.articles.len(),
                })
            })
            .collect::<Result<_, Failure>>()?,
        files,
        warnings: compiled.warnings.warnings(),
    };
    Ok(Output {
        text: match asked.json {
            true => json(&told),
            false => page(&told),
        },
        remarks: compiled.warnings.render(false),
        sound: true,
    })
}

fn page(told: &CompileJson) -> String {
    let mut page = Page::default();
    page.line("政策");
    let packs = told.packs.iter().map(|pack| {
        vec![
            pack.id.clone(),
            pack.version.clone(),
            pack.pack_hash.get(..12).unwrap_or_default().to_owned(),
            format!("{}条、款、项", pack.articles),
        ]
    });
    page.table(2, &packs.collect::<Vec<_>>());
    page.heading("文件");
    let files = told
        .files
        .iter()
        .map(|file| vec![file.path.clone(), format!("{}字节", file.bytes)]);
    page.table(2, &files.collect::<Vec<_>>());
    page.finish()
}

/// The official text of a pack, if its publisher keeps one in the folder.
fn official_text(folder: Option<&Path>, pack: &Pack) -> Result<Option<String>, Failure> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let path = folder.join(format!("{}.txt", pack.id));
    if !path.exists() {
        return Ok(None);
    }
    let told =
        |error: &dyn std::fmt::Display| Failure::Input(format!("`{}`: {error}", path.display()));
    let bytes = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| told(&"this is not UTF-8 text, save the file as UTF-8"))
}

fn written(path: &Path, bytes: &[u8]) -> Result<FileJson, Failure> {
    fs::write(path, bytes).map_err(|error| Failure::file(path, &error))?;
    Ok(FileJson {
        path: path.display().to_string(),
        bytes: bytes.len(),
    })
}
