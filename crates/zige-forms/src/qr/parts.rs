//! A message cut into parts, each for one code, and put together again.
//!
//! A part is `9443` (ZIGE on a telephone's keys), the format's version, and the digits of: set id (4
//! bytes, the CRC-32 of the whole message), place (1 byte, from 0), count (1 byte), the bytes of the
//! message, and the CRC-32 of the version and all of these (4 bytes, little endian as all numbers).

use thiserror::Error;
use zige_office::checksum;

use super::{FRAGMENT, digits, payload};
use crate::data::FormData;

/// What every part begins with.
const MAGIC: &str = "9443";
/// The version that is written, one digit.
const VERSION: u8 = 1;
/// Set id, place, count and checksum.
const FRAME: usize = 10;
/// The most parts of a form. Sixteen codes fill the larger half of a page.
const MOST_PARTS: usize = 40;
/// The longest text that is taken for a part, in bytes: the largest QR code holds 7,089 digits.
pub(super) const LONGEST: usize = 8_000;

/// What was scanned cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HandOverError {
    /// Nothing of ours.
    #[error("这不是资格自查表格上的二维码")]
    NotOurs,
    /// A part of a version that is not known.
    #[error("这张表是用更新的版本打印的，请先更新程序再扫描")]
    Newer,
    /// Its checksum does not fit.
    #[error("这个二维码没有读完整，请再扫一次")]
    Damaged,
    /// A part of another form than those before.
    #[error("这个二维码是另一张表上的，请把同一张表上的二维码扫完")]
    OtherForm,
    /// Not all parts are there; their numbers, from 1.
    #[error("{}", missing(.0, *.1))]
    Missing(Vec<u8>, u8),
    /// The parts fit together, but what they say is not a form's data.
    #[error("二维码里的内容读不出来，请向交表的人要电子文件")]
    Unreadable,
}

fn missing(numbers: &[u8], count: u8) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("这张表有{count}个二维码，还差第{}个", numbers.join("、"))
}

/// The texts of the parts of a message, each at most `most` digits long; `None` when it would take
/// too many.
pub(super) fn split(message: &[u8], most: usize) -> Option<Vec<String>> {
    let room = digits::room(most.saturating_sub(MAGIC.len() + 1)).checked_sub(FRAME)?;
    let count = message.len().div_ceil(room.max(1)).max(1);
    if count > MOST_PARTS || room == 0 {
        return None;
    }
    // All of like length, so that all codes are of one size.
    let share = message.len().div_ceil(count).max(1);
    let set = checksum(message).to_le_bytes();
    let parts = (0..count).map(|place| {
        let bytes = message.chunks(share).nth(place).unwrap_or_default();
        let mut part = vec![VERSION];
        part.extend(set);
        part.extend([place, count].map(|number| u8::try_from(number).unwrap_or(u8::MAX)));
        part.extend(bytes);
        part.extend(checksum(&part).to_le_bytes());
        let digits = digits::encode(part.get(1..).unwrap_or_default());
        format!("{MAGIC}{VERSION}{digits}")
    });
    Some(parts.collect())
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    set: [u8; 4],
    place: u8,
    count: u8,
    bytes: Vec<u8>,
}

fn part(text: &str) -> Result<Part, HandOverError> {
    if text.len() > LONGEST {
        return Err(HandOverError::NotOurs);
    }
    let after = text
        .rsplit_once(FRAGMENT)
        .map_or(text, |(_, digits)| digits);
    // A Chinese input method may have made them full-width.
    let typed = crate::understand::folded(after);
    let rest = typed.strip_prefix(MAGIC).ok_or(HandOverError::NotOurs)?;
    let version = rest.bytes().next().filter(u8::is_ascii_digit);
    match version.map(|digit| digit - b'0') {
        Some(VERSION) => {}
        Some(other) if other > VERSION => return Err(HandOverError::Newer),
        _ => return Err(HandOverError::NotOurs),
    }
    let framed = rest.get(1..).and_then(digits::decode);
    let framed = framed.ok_or(HandOverError::Damaged)?;
    let (body, sum) = framed
        .len()
        .checked_sub(4)
        .and_then(|end| framed.split_at_checked(end))
        .ok_or(HandOverError::Damaged)?;
    let mut checked = vec![VERSION];
    checked.extend(body);
    if checksum(&checked).to_le_bytes() != sum {
        return Err(HandOverError::Damaged);
    }
    match body {
        [a, b, c, d, place, count, bytes @ ..] if place < count => Ok(Part {
            set: [*a, *b, *c, *d],
            place: *place,
            count: *count,
            bytes: bytes.to_vec(),
        }),
        _ => Err(HandOverError::Damaged),
    }
}

/// The parts of one form that were scanned so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    parts: Vec<Part>,
}

impl Collected {
    /// Takes one code's text. A code that was scanned before is taken again without harm.
    ///
    /// # Errors
    /// When it is none of ours, damaged, newer, or of another form; what was collected stays.
    pub fn add(&mut self, text: &str) -> Result<(), HandOverError> {
        let part = part(text)?;
        if let Some(first) = self.parts.first()
            && (first.set, first.count) != (part.set, part.count)
        {
            return Err(HandOverError::OtherForm);
        }
        if self.parts.iter().all(|known| known.place != part.place) {
            self.parts.push(part);
        }
        Ok(())
    }

    /// How many codes the form has; 0 before the first was scanned.
    #[must_use]
    pub fn count(&self) -> u8 {
        self.parts.first().map_or(0, |part| part.count)
    }

    /// The numbers of the codes that are still to be scanned, from 1.
    #[must_use]
    pub fn missing(&self) -> Vec<u8> {
        (0..self.count())
            .filter(|place| self.parts.iter().all(|part| part.place != *place))
            .map(|place| place.saturating_add(1))
            .collect()
    }

    /// Puts the parts together.
    ///
    /// # Errors
    /// When some are missing, or they do not make a form's data.
    pub fn finish(&self) -> Result<FormData, HandOverError> {
        let Some(first) = self.parts.first() else {
            return Err(HandOverError::NotOurs);
        };
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(HandOverError::Missing(missing, first.count));
        }
        let mut parts: Vec<&Part> = self.parts.iter().collect();
        parts.sort_by_key(|part| part.place);
        let message: Vec<u8> = parts.iter().flat_map(|part| part.bytes.clone()).collect();
        if checksum(&message).to_le_bytes() != first.set {
            return Err(HandOverError::Unreadable);
        }
        payload::decode(&message).ok_or(HandOverError::Unreadable)
    }
}
