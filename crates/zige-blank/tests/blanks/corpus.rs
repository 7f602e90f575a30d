//! The forms, their keys, and who fills them.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the forms stand.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blanks")
}

/// What somebody answered who has answered everything, by fact id.
pub fn complete_answers() -> serde_json::Value {
    let people = fs::read_to_string(folder().join("people.json")).unwrap();
    let people: serde_json::Value = serde_json::from_str(&people).unwrap();
    people["complete"].clone()
}

/// A form's source, as it is named.
pub fn source(name: &str) -> String {
    fs::read_to_string(folder().join("forms").join(name).with_extension("form")).unwrap()
}

/// The forms, by name.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join("forms"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "form"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
