//! The byte format: a container of packs.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `ZIGEPACK` |
//! | 2 | format version, little-endian, as every number here |
//! | 2 | number of packs |
//! | then, for each pack | |
//! | 32 | SHA-256 of the body |
//! | 32 | SHA-256 of the official text; zeros without one |
//! | 4 | length of the body |
//! | 4 | length of the official text; 0 without one |
//! | … | the body: the pack as postcard |
//! | … | the official text, UTF-8 |

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;
use zige_core::pack::Pack;

use crate::decode::{decode, decode_id};
use crate::validate::validate;

/// What every container begins with.
const MAGIC: [u8; 8] = *b"ZIGEPACK";
/// The version that this build writes and reads.
pub const FORMAT_VERSION: u16 = 2;
/// The most bytes that a pack's body or an official text may have.
pub(crate) const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The SHA-256 of a pack's bytes; written in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackHash(pub [u8; 32]);

impl fmt::Display for PackHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PackHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PackHash({self})")
    }
}

/// A pack as it came out of a container.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// The pack.
    pub pack: Pack,
    /// The hash over its bytes, for the report.
    pub hash: PackHash,
    /// The official text, if the publisher attached it.
    pub official_text: Option<String>,
}

/// A container that cannot be written or read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The file is something else.
    #[error(
        "this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote"
    )]
    NotPacks,
    /// The file was written by another version.
    #[error(
        "this file of packs has format version `{found}`, this program reads version `{FORMAT_VERSION}`, compile the policies again or use the matching program"
    )]
    OtherVersion {
        /// Its version.
        found: u16,
    },
    /// The file ends too early.
    #[error("the file of packs ends inside pack number {number}, fetch it again in full")]
    Truncated {
        /// Which pack, from 1.
        number: usize,
    },
    /// The file goes on after its last pack.
    #[error("the file of packs goes on for {bytes} bytes after its last pack, fetch it again")]
    Trailing {
        /// How many bytes there are too many.
        bytes: usize,
    },
    /// A pack's bytes are not those that were written.
    #[error("the bytes of pack number {number} do not match their SHA-256, fetch the file again")]
    Damaged {
        /// Which pack, from 1.
        number: usize,
    },
    /// A pack's bytes match their hash and yet cannot be decoded.
    #[error("pack number {number} cannot be decoded, compile the policies again")]
    Undecodable {
        /// Which pack, from 1.
        number: usize,
    },
    /// A pack contradicts itself.
    #[error("pack `{pack}` is not sound: {what}, compile the policies again")]
    Unsound {
        /// The pack.
        pack: String,
        /// What is wrong with it.
        what: String,
    },
    /// Something is larger than the format takes.
    #[error("{what} is too large for a file of packs, at most {most} are possible")]
    TooLarge {
        /// What.
        what: String,
        /// The limit, with its unit.
        most: String,
    },
    /// Two packs have one id.
    #[error("pack `{pack}` is in the file twice, remove one of them")]
    Twice {
        /// The pack.
        pack: String,
    },
}

/// The bytes of one pack's body and their hash.
///
/// # Errors
/// When the pack is not sound or too large.
pub fn encode(pack: &Pack) -> Result<(Vec<u8>, PackHash), FormatError> {
    validate(pack).map_err(|what| FormatError::Unsound {
        pack: pack.id.clone(),
        what,
    })?;
    let body = postcard::to_allocvec(pack).map_err(|_| too_large(pack))?;
    if body.len() > MOST_BYTES {
        return Err(too_large(pack));
    }
    let hash = PackHash(Sha256::digest(&body).into());
    Ok((body, hash))
}

/// Writes packs, each with its official text if the publisher attaches it.
///
/// # Errors
/// When a pack is not sound, is there twice, or is too large.
pub fn write(packs: &[(&Pack, Option<&str>)]) -> Result<Vec<u8>, FormatError> {
    let count = u16::try_from(packs.len()).map_err(|_| FormatError::TooLarge {
        what: "the number of packs".to_owned(),
        most: format!("{} packs", u16::MAX),
    })?;
    let mut bytes = header(count);
    let mut ids: Vec<&str> = Vec::new();
    for (pack, text) in packs {
        if ids.contains(&pack.id.as_str()) {
            return Err(FormatError::Twice {
                pack: pack.id.clone(),
            });
        }
        ids.push(&pack.id);
        let (body, hash) = encode(pack)?;
        append(&mut bytes, &body, hash, text.unwrap_or("")).ok_or_else(|| too_large(pack))?;
    }
    Ok(bytes)
}

/// Reads a container. Total: whatever the bytes, there are packs or a clear error.
///
/// # Errors
/// As [`FormatError`] says.
pub fn read(bytes: &[u8]) -> Result<Vec<Packed>, FormatError> {
    let mut packs: Vec<Packed> = Vec::new();
    for entry in entries(bytes)? {
        let packed = entry.decode()?;
        if packs.iter().any(|known| known.pack.id == packed.pack.id) {
            return Err(FormatError::Twice {
                pack: packed.pack.id,
            });
        }
        packs.push(packed);
    }
    Ok(packs)
}

/// Reads one pack of a container, without looking into the others; `None` when it is not there.
///
/// # Errors
/// As [`read`], for the container and for that pack.
pub fn read_one(bytes: &[u8], id: &str) -> Result<Option<Packed>, FormatError> {
    let entries = entries(bytes)?;
    let mut entries = entries.iter().filter(|entry| decode_id(entry.body) == id);
    entries.next().map(Entry::decode).transpose()
}

/// One container for each pack of a container, with the pack's id.
///
/// # Errors
/// As [`read`].
pub fn split(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, FormatError> {
    entries(bytes)?
        .into_iter()
        .map(|entry| {
            let packed = entry.decode()?;
            let mut single = header(1);
            append(
                &mut single,
                entry.body,
                entry.hash,
                packed.official_text.as_deref().unwrap_or(""),
            )
            .ok_or_else(|| too_large(&packed.pack))?;
            Ok((packed.pack.id, single))
        })
        .collect()
}

struct Entry<'a> {
    number: usize,
    hash: PackHash,
    text_hash: [u8; 32],
    body: &'a [u8],
    text: &'a [u8],
}

impl Entry<'_> {
    fn decode(&self) -> Result<Packed, FormatError> {
        let number = self.number;
        let has_text = !self.text.is_empty();
        let text_hash: [u8; 32] = match has_text {
            true => Sha256::digest(self.text).into(),
            false => [0; 32],
        };
        let hash: [u8; 32] = Sha256::digest(self.body).into();
        if hash != self.hash.0 || text_hash != self.text_hash {
            return Err(FormatError::Damaged { number });
        }
        let pack = decode(self.body).ok_or(FormatError::Undecodable { number })?;
        let text = String::from_utf8(self.text.to_vec())
            .map_err(|_| FormatError::Undecodable { number })?;
        match validate(&pack) {
            Ok(()) => Ok(Packed {
                pack,
                hash: self.hash,
                official_text: has_text.then_some(text),
            }),
            Err(what) => Err(FormatError::Unsound {
                pack: pack.id,
                what,
            }),
        }
    }
}

fn entries(bytes: &[u8]) -> Result<Vec<Entry<'_>>, FormatError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(FormatError::NotPacks)?;
    let (found, rest) = rest.split_first_chunk::<2>().ok_or(FormatError::NotPacks)?;
    let found = u16::from_le_bytes(*found);
    if found != FORMAT_VERSION {
        return Err(FormatError::OtherVersion { found });
    }
    let (count, mut rest) = rest
        .split_first_chunk::<2>()
        .ok_or(FormatError::Truncated { number: 1 })?;
    let mut entries = Vec::new();
    for number in 1..=usize::from(u16::from_le_bytes(*count)) {
        let (entry, after) = entry(number, rest).ok_or(FormatError::Truncated { number })?;
        entries.push(entry);
        rest = after;
    }
    match rest.len() {
        0 => Ok(entries),
        bytes => Err(FormatError::Trailing { bytes }),
    }
}

fn entry(number: usize, bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let (hash, rest) = bytes.split_first_chunk::<32>()?;
    let (text_hash, rest) = rest.split_first_chunk::<32>()?;
    let (body_length, rest) = rest.split_first_chunk::<4>()?;
    let (text_length, rest) = rest.split_first_chunk::<4>()?;
    let length = |bytes: &[u8; 4]| {
        usize::try_from(u32::from_le_bytes(*bytes))
            .ok()
            .filter(|length| *length <= MOST_BYTES)
    };
    let (body, rest) = rest.split_at_checked(length(body_length)?)?;
    let (text, rest) = rest.split_at_checked(length(text_length)?)?;
    let entry = Entry {
        number,
        hash: PackHash(*hash),
        text_hash: *text_hash,
        body,
        text,
    };
    Some((entry, rest))
}

fn header(count: u16) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FORMAT_VERSION.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes
}

fn append(bytes: &mut Vec<u8>, body: &[u8], hash: PackHash, text: &str) -> Option<()> {
    let length = |length: usize| u32::try_from(length).ok().filter(|_| length <= MOST_BYTES);
    let (body_length, text_length) = (length(body.len())?, length(text.len())?);
    let text_hash: [u8; 32] = match text.is_empty() {
        true => [0; 32],
        false => Sha256::digest(text).into(),
    };
    bytes.extend(hash.0);
    bytes.extend(text_hash);
    bytes.extend(body_length.to_le_bytes());
    bytes.extend(text_length.to_le_bytes());
    bytes.extend(body);
    bytes.extend(text.as_bytes());
    Some(())
}

fn too_large(pack: &Pack) -> FormatError {
    FormatError::TooLarge {
        what: format!("pack `{}`", pack.id),
        most: format!("{} bytes", MOST_BYTES),
    }
}
