//! Codes that printers and hand scanners can cope with.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use thiserror::Error;

use super::{FRAGMENT, parts, payload};
use crate::data::FormData;

/// The largest code: version 18, 89 modules. At 0.4 mm a module it is 39 mm wide with its margin, and
/// four stand in a row.
const LARGEST: u8 = 18;
/// A code stays readable with 15 % of it soiled.
const CORRECTION: QrCodeEcc = QrCodeEcc::Medium;
/// Digits that version 18 holds at this level (ISO/IEC 18004, table 7).
const DIGITS: usize = 1346;
/// The longest address before a fragment, in bytes.
pub const LONGEST_ADDRESS: usize = 120;

/// The light margin around a code, in modules.
pub(crate) const QUIET: u8 = 4;

/// One of a form's codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number, from 1.
    pub number: u8,
    /// How many codes the form has.
    pub count: u8,
    /// What it says.
    pub text: String,
    /// Modules on a side, without the margin.
    pub side: u8,
    /// Whether each module is dark, row by row.
    pub dark: Vec<bool>,
}

/// A form without codes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodeError {
    /// More than fits into the codes of one form.
    #[error("表里的内容太多，二维码放不下，请交电子文件")]
    TooMuch,
    /// The address is not one that a code can carry.
    #[error(
        "the address `{0}` cannot stand before `#hand-over=`, give one of at most {LONGEST_ADDRESS} ASCII characters without `#`"
    )]
    Address(String),
}

/// The codes of a form's data, all of one size. With an address each begins with it, so that a phone
/// opens the page there; without, a code holds digits alone.
///
/// # Errors
/// When the data are too large, or the address is of no use.
pub fn codes(data: &FormData, address: Option<&str>) -> Result<Vec<Code>, CodeError> {
    let lead = match address {
        None => String::new(),
        Some(address) => {
            let fits = address.len() <= LONGEST_ADDRESS
                && address
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'#');
            if !fits {
                return Err(CodeError::Address(address.to_owned()));
            }
            format!("{address}#{FRAGMENT}")
        }
    };
    // A byte takes as much room as 2.4 digits; a second segment, six more.
    let taken = match lead.len() {
        0 => 0,
        length => (length * 12).div_ceil(5) + 6,
    };
    let texts = parts::split(&payload::encode(data), DIGITS - taken).ok_or(CodeError::TooMuch)?;
    let longest = texts.iter().map(String::len).max().unwrap_or(0);
    let count = u8::try_from(texts.len()).unwrap_or(u8::MAX);
    let mut least = Version::MIN;
    let mut drawn = Vec::new();
    // The last part may be shorter; all take the version of the longest.
    let mut order: Vec<(u8, &String)> = (1..).zip(&texts).collect();
    order.sort_by_key(|(_, text)| text.len() != longest);
    for (number, text) in order {
        let code = draw(&lead, text, least).ok_or(CodeError::TooMuch)?;
        least = code.version();
        drawn.push(code_of(&code, number, count, format!("{lead}{text}")));
    }
    drawn.sort_by_key(|code| code.number);
    Ok(drawn)
}

fn draw(lead: &str, digits: &str, least: Version) -> Option<QrCode> {
    let mut segments = Vec::new();
    if !lead.is_empty() {
        segments.push(QrSegment::make_bytes(lead.as_bytes()));
    }
    // Anything but digits would make the library panic.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    segments.push(QrSegment::make_numeric(digits));
    let largest = Version::new(LARGEST);
    QrCode::encode_segments_advanced(&segments, CORRECTION, least, largest, None, true).ok()
}

fn code_of(code: &QrCode, number: u8, count: u8, text: String) -> Code {
    let side = code.size();
    let rows = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Code {
        number,
        count,
        text,
        side: u8::try_from(side).unwrap_or(u8::MAX),
        dark: rows.map(|(x, y)| code.get_module(x, y)).collect(),
    }
}

impl Code {
    /// A path over the dark modules, for an SVG whose unit is one module, margin included.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(usize::from(self.side).max(1)).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let quiet = usize::from(QUIET);
                    let length = run.len();
                    path.push_str(&format!(
                        "M{} {}h{length}v1h-{length}z",
                        x + quiet,
                        y + quiet
                    ));
                }
                x += run.len();
            }
        }
        path
    }

    /// Modules on a side, with the margin.
    #[must_use]
    pub fn outer(&self) -> u16 {
        u16::from(self.side) + 2 * u16::from(QUIET)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_code_holds_what_the_standard_says() {
        let digits = |count: usize| draw("", &"7".repeat(count), Version::MIN);
        assert_eq!(digits(DIGITS).map(|code| code.size()), Some(89));
        assert!(digits(DIGITS + 1).is_none());
        let address = format!("https://example.org/{}#hand-over=", "a".repeat(80));
        let taken = (address.len() * 12).div_ceil(5) + 6;
        assert!(draw(&address, &"7".repeat(DIGITS - taken), Version::MIN).is_some());
    }
}
