//! Answers from a file: one JSON object, plain or as one's own data.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zige_core::pack::Pack;
use zige_json::{AnswerLoadError, MOST_BYTES, OwnData, own_data_from_json};

use crate::failure::Failure;

/// What a file says; all of it must fit the pack.
pub fn whole(pack: &Pack, path: &Path) -> Result<OwnData, Failure> {
    let mut data = own_data_from_json(pack, &text(path)?).map_err(Failure::input)?;
    match std::mem::take(&mut data.mistakes) {
        mistakes if mistakes.is_empty() => Ok(data),
        mistakes => Err(Failure::input(AnswerLoadError::Mistakes(mistakes))),
    }
}

/// What a file says, with what does not fit the pack.
pub fn fitting(pack: &Pack, path: &Path) -> Result<OwnData, Failure> {
    let data = own_data_from_json(pack, &text(path)?).map_err(Failure::input)?;
    // Plain answers are written for this pack; a file of one's own data may be of another.
    match data.pack.is_empty() && !data.mistakes.is_empty() {
        false => Ok(data),
        true => Err(Failure::input(AnswerLoadError::Mistakes(data.mistakes))),
    }
}

/// At most one byte more than is taken, so that too much is noticed and not read.
fn text(path: &Path) -> Result<String, Failure> {
    let most = u64::try_from(MOST_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => io::stdin().lock().take(most).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    let told = |error: &dyn std::fmt::Display| {
        Failure::Input(format!("the answers in `{}`: {error}", path.display()))
    };
    read.map_err(|error| Failure::file(path, &error))?;
    if bytes.len() > MOST_BYTES {
        return Err(Failure::input(AnswerLoadError::TooLarge));
    }
    String::from_utf8(bytes).map_err(|_| told(&"this is not UTF-8 text, save the file as UTF-8"))
}
