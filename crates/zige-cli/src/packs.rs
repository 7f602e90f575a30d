//! Where packs come from: out of the command itself, or out of files.

use std::fs;
use std::path::Path;

use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::did_you_mean;
use zige_pack::format::{Packed, read, write};
use zige_pack::{VOCABULARY, lint_dir};

use crate::command::Options;
use crate::failure::Failure;

/// The policies of the repository, compiled by build.rs.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.zige"));

/// The packs to work with, by id.
pub fn load(options: &Options) -> Result<Vec<Packed>, Failure> {
    let mut packs = match &options.packs {
        None => read(EMBEDDED).map_err(Failure::input)?,
        Some(path) if path.join(VOCABULARY).is_file() => compile_folder(path)?,
        Some(path) if path.is_dir() => read_folder(path)?,
        Some(path) => read_file(path)?,
    };
    packs.sort_by(|a, b| a.pack.id.cmp(&b.pack.id));
    match (packs.is_empty(), &options.packs) {
        (false, _) => Ok(packs),
        (true, None) => Err(Failure::Input(
            "this command holds no packs, because the policies had mistakes when it was built; \
             run `zige lint policies`, or give packs with `--packs`"
                .to_owned(),
        )),
        (true, Some(path)) => Err(Failure::Input(format!(
            "`{}` holds no packs, give a file that `zige compile` wrote",
            path.display()
        ))),
    }
}

/// One pack by its id.
pub fn find(id: &str, options: &Options) -> Result<Packed, Failure> {
    let packs = load(options)?;
    let ids: Vec<String> = packs.iter().map(|packed| packed.pack.id.clone()).collect();
    packs
        .into_iter()
        .find(|packed| packed.pack.id == id)
        .ok_or_else(|| {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            Failure::Input(format!("there is no pack `{id}`{}", did_you_mean(id, &ids)))
        })
}

/// One check of a pack by its id.
pub fn find_check(pack: &Pack, id: &str) -> Result<CheckId, Failure> {
    (0..)
        .map(CheckId)
        .zip(&pack.checks)
        .find(|(_, check)| check.id == id)
        .map(|(id, _)| id)
        .ok_or_else(|| {
            let ids: Vec<&str> = pack.checks.iter().map(|check| check.id.as_str()).collect();
            Failure::Input(format!(
                "`{}` has no check `{id}`{}",
                pack.id,
                did_you_mean(id, &ids)
            ))
        })
}

/// Compiles the policies of a folder, so that an author can try them at once. Those with mistakes
/// are left out; only when none is left are the mistakes told.
fn compile_folder(folder: &Path) -> Result<Vec<Packed>, Failure> {
    let (packs, mistakes) = lint_dir(folder);
    if packs.is_empty() {
        return Err(Failure::Input(format!(
            "{}`{}` holds no policy without mistakes",
            mistakes.render(false),
            folder.display()
        )));
    }
    let packs: Vec<(&Pack, Option<&str>)> = packs.iter().map(|pack| (pack, None)).collect();
    let bytes = write(&packs).map_err(Failure::input)?;
    read(&bytes).map_err(Failure::input)
}

fn read_folder(folder: &Path) -> Result<Vec<Packed>, Failure> {
    let unreadable = |error: std::io::Error| Failure::file(folder, &error);
    let mut packs: Vec<Packed> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_none_or(|ending| ending != "zige") {
            continue;
        }
        for packed in read_file(&path)? {
            let known = packs.iter().find(|known| known.pack.id == packed.pack.id);
            match known {
                None => packs.push(packed),
                // A container and the files split off from it may lie side by side.
                Some(known) if known.hash == packed.hash => {}
                Some(_) => {
                    return Err(Failure::Input(format!(
                        "`{}` holds two versions of pack `{}`, remove one of them",
                        folder.display(),
                        packed.pack.id
                    )));
                }
            }
        }
    }
    Ok(packs)
}

fn read_file(path: &Path) -> Result<Vec<Packed>, Failure> {
    let told =
        |error: &dyn std::fmt::Display| Failure::Input(format!("`{}`: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    read(&bytes).map_err(|error| told(&error))
}
