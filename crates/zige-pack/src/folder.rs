//! Compiling and linting what is in a folder or in memory.

use std::fs;
use std::path::{Path, PathBuf};

use zige_core::pack::Pack;

use crate::blocks::read_policy;
use crate::compile::{Input, Lock, compile};
use crate::diagnostics::{Diagnostic, Diagnostics, Kind, Place};
use crate::lock::SourceLock;
use crate::official::compare;
use crate::source::{File, read};

/// The file that holds the shared vocabulary.
pub const VOCABULARY: &str = "vocabulary.md";
/// The file that describes the language; it is no policy.
const LANGUAGE: &str = "LANGUAGE.md";

/// What a compilation gives.
#[derive(Debug)]
pub struct Compiled {
    /// The packs, by file name.
    pub packs: Vec<Pack>,
    /// What is doubtful, though it compiles.
    pub warnings: Diagnostics,
}

/// Compiles every policy of a folder.
///
/// # Errors
/// All mistakes, each with file, line, column and how to mend it.
pub fn compile_dir(dir: &Path) -> Result<Compiled, Diagnostics> {
    finished(lint_dir(dir))
}

/// Compiles documents that are in memory: the vocabulary's text, then id and text of each policy.
/// Total: whatever the texts, there are packs or mistakes. Lock files do not matter here.
///
/// # Errors
/// As [`compile_dir`].
pub fn compile_str(vocabulary: &str, policies: &[(&str, &str)]) -> Result<Compiled, Diagnostics> {
    let mut files = vec![File::new(VOCABULARY, vocabulary)];
    files.extend(
        policies
            .iter()
            .map(|(id, text)| File::new(&format!("{id}.md"), text)),
    );
    finished(compile(Input {
        documents: files.len(),
        files,
        ..Input::default()
    }))
}

fn finished((packs, diagnostics): (Vec<Pack>, Diagnostics)) -> Result<Compiled, Diagnostics> {
    match diagnostics.errors() {
        0 => Ok(Compiled {
            packs,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// Everything there is to say about the policies of a folder, and the packs that compile.
#[must_use]
pub fn lint_dir(dir: &Path) -> (Vec<Pack>, Diagnostics) {
    match open(dir) {
        Ok(input) => compile(input),
        Err(diagnostics) => (Vec::new(), diagnostics),
    }
}

/// Compares a policy with its official text: the file's name without its ending is the pack's id.
/// When every quote stands in its own article, writes the lock file and returns its path.
///
/// # Errors
/// What does not agree, each with file, line, column and how to mend it; the lock file is not
/// written then.
pub fn compare_with_source(dir: &Path, official: &Path) -> Result<PathBuf, Diagnostics> {
    let stem = official.file_stem().unwrap_or_default().to_string_lossy();
    let shown = official.display().to_string();
    let problem = |message: String, mend: &str| {
        let place = Place::new(0, 0, 0);
        Diagnostics::new(
            vec![File::new(&shown, "")],
            vec![Diagnostic::error(Kind::File, place, message).mend(mend)],
        )
    };
    let bytes = fs::read(official).map_err(|error| {
        problem(
            format!("`{shown}` cannot be read: {error}"),
            "give the official text as a file",
        )
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        problem(
            format!("`{shown}` is not UTF-8 text"),
            "save the official text as UTF-8",
        )
    })?;
    let path = dir.join(format!("{stem}.md"));
    let document = fs::read_to_string(&path).map_err(|error| {
        problem(
            format!("`{}` cannot be read: {error}", path.display()),
            "call the official text like the policy's document, with another ending",
        )
    })?;
    let lock = compare_str(&path.display().to_string(), &document, &text)?;
    let target = dir.join(format!("{stem}.lock"));
    let text = lock.text();
    // A file that says the same already is not touched: whoever watches it would look again.
    if fs::read_to_string(&target).is_ok_and(|kept| kept == text) {
        return Ok(target);
    }
    match fs::write(&target, text) {
        Ok(()) => Ok(target),
        Err(error) => Err(problem(
            format!("`{}` cannot be written: {error}", target.display()),
            "make the folder writable",
        )),
    }
}

/// Compares a policy's document with the official text, both in memory.
///
/// # Errors
/// As [`compare_with_source`].
pub fn compare_str(name: &str, document: &str, official: &str) -> Result<SourceLock, Diagnostics> {
    let file = File::new(name, document);
    let mut ignored = Vec::new();
    let read = read(0, &file, &mut ignored);
    let source = read_policy(&file, &read, &mut ignored);
    let mut problems = Vec::new();
    compare(&file, &source, official, &mut problems);
    match problems.is_empty() {
        true => Ok(SourceLock::new(&source, official.as_bytes())),
        false => Err(Diagnostics::new(vec![file], problems)),
    }
}

/// Reads the vocabulary, the policies and their locks.
fn open(dir: &Path) -> Result<Input, Diagnostics> {
    let names = markdown_files(dir).map_err(|error| {
        let problem = Diagnostic::error(
            Kind::File,
            Place::new(0, 0, 0),
            format!("the folder `{}` cannot be read: {error}", dir.display()),
        )
        .mend("give the folder that holds `vocabulary.md` and the policies");
        Diagnostics::new(
            vec![File::new(&dir.display().to_string(), "")],
            vec![problem],
        )
    })?;
    let mut input = Input::default();
    for name in std::iter::once(VOCABULARY).chain(names.iter().map(String::as_str)) {
        add_file(&mut input, &dir.join(name));
    }
    input.documents = input.files.len();
    input.locks.push(Lock::Missing);
    for name in &names {
        let path = dir.join(name).with_extension("lock");
        let lock = match path.is_file() {
            true => Lock::File(add_file(&mut input, &path)),
            false => Lock::Missing,
        };
        input.locks.push(lock);
    }
    Ok(input)
}

fn add_file(input: &mut Input, path: &Path) -> u16 {
    let shown = path.display().to_string();
    let number = u16::try_from(input.files.len()).unwrap_or(u16::MAX);
    let text = fs::read(path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()));
    match text {
        Ok(text) => input.files.push(File::new(&shown, &text)),
        Err(error) => {
            input.files.push(File::new(&shown, ""));
            input.problems.push(
                Diagnostic::error(
                    Kind::File,
                    Place::new(number, 0, 0),
                    format!("`{shown}` cannot be read: {error}"),
                )
                .mend("save it as UTF-8; every folder of policies needs a `vocabulary.md`"),
            );
        }
    }
    number
}

/// The Markdown files of a folder, sorted, without the vocabulary and the language.
fn markdown_files(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != VOCABULARY && name != LANGUAGE {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
