//! A form's data as QR codes on its printout, and back.
//!
//! The way out: [`FormData`] → bytes (`payload`) → parts with number, count, set id and checksum
//! (`parts`) → decimal digits (`digits`) → codes (`code`). Digits, because a hand scanner types what it
//! reads: letters and marks would pass through the receiver's Chinese input method, digits do not.

mod code;
mod digits;
mod parts;
mod payload;

pub use code::{Code, CodeError, codes};
pub use parts::{Collected, HandOverError};

use crate::data::FormData;

/// What stands before the digits of a part in an address's fragment: `https://…/#hand-over=9443…`.
pub const FRAGMENT: &str = "hand-over=";

/// Reads what was scanned: the texts of all codes, in any order, with or without an address, each
/// separated by white space.
///
/// # Errors
/// When a text is no code of a form, parts are damaged, missing or of another form.
pub fn read(scanned: &str) -> Result<FormData, HandOverError> {
    let mut collected = Collected::default();
    for text in scanned.split_whitespace() {
        collected.add(text)?;
    }
    collected.finish()
}
