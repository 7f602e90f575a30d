//! A form's data as QR codes on its printout, and back.
//!
//! The way out: [`FormData`] → bytes (`payload`) → parts with number, count, set id and checksum
//! (`parts`) → decimal digits (`digits`) → codes (`code`). Digits, because a hand scanner types what it
//! reads: letters and marks would pass through the receiver's Chinese input method, digits do not.

mod code;
mod digits;
mod parts;
mod payload;

pub use code::{Code, CodeError, LONGEST_ADDRESS, codes};
pub use parts::{Collected, HandOverError};

use crate::data::FormData;

/// What stands before the digits of a part in an address's fragment: `https://…/#hand-over=9443…`.
pub const FRAGMENT: &str = "hand-over=";

/// Stands between parts in one address.
pub const BETWEEN_PARTS: char = '.';

/// The same data as one text without codes, to go behind [`FRAGMENT`] in an address that somebody copies.
///
/// # Errors
/// When the data are too large.
pub fn text(data: &FormData) -> Result<String, CodeError> {
    let parts = parts::split(&payload::encode(data), parts::LONGEST).ok_or(CodeError::TooMuch)?;
    Ok(parts.join(&BETWEEN_PARTS.to_string()))
}

/// The texts of single codes in what was scanned or copied.
pub fn texts(scanned: &str) -> impl Iterator<Item = &str> {
    scanned.split_whitespace().flat_map(|word| {
        // An address has points of its own.
        let parts = word.rsplit_once(FRAGMENT).map_or(word, |(_, parts)| parts);
        parts.split(BETWEEN_PARTS)
    })
}

/// Reads what was scanned: the texts of all codes, in any order, with or without an address, each
/// separated by white space.
///
/// # Errors
/// When a text is no code of a form, parts are damaged, missing or of another form.
pub fn read(scanned: &str) -> Result<FormData, HandOverError> {
    let mut collected = Collected::default();
    for text in texts(scanned) {
        collected.add(text)?;
    }
    collected.finish()
}
