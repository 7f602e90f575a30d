//! An archive that nobody vouches for: its directory, and single entries unpacked within limits.

use std::ops::Range;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::checksum::checksum;
use crate::error::OfficeError;
use crate::{MOST_ENTRIES, MOST_PART, MOST_RATIO, MOST_UNPACKED, PLAIN_PART};

const LOCAL: &[u8] = b"PK\x03\x04";
const RECORD: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// The length of a local header without name and extra field.
const LOCAL_LENGTH: usize = 30;
/// The length of a directory record without name, extra field and comment.
const RECORD_LENGTH: usize = 46;
/// The length of the end record without its comment.
const END_LENGTH: usize = 22;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// The mark of WinZip's AES encryption.
const AES: u16 = 99;

/// An archive's entries, none of which reaches into another.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    /// In the order of the directory.
    entries: Vec<Entry<'a>>,
    /// Where the directory begins.
    directory: usize,
    /// Where the end record begins.
    end: usize,
}

#[derive(Clone, Debug)]
struct Entry<'a> {
    name: &'a [u8],
    /// Its record in the directory.
    record: Range<usize>,
    /// Its bytes from the local header up to the next entry.
    span: Range<usize>,
    data: Range<usize>,
    method: u16,
    checksum: u32,
    size: u32,
}

impl<'a> Archive<'a> {
    pub(crate) fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(LOCAL) || bytes.starts_with(END)
    }

    pub(crate) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, OfficeError> {
        let end = find_end(bytes).ok_or(OfficeError::Truncated)?;
        let field = |at: usize| number16(bytes, end + at).ok_or(OfficeError::Truncated);
        let wide = |at: usize| number32(bytes, end + at).ok_or(OfficeError::Truncated);
        let (disk, disks, here, count) = (field(4)?, field(6)?, field(8)?, field(10)?);
        let (length, start) = (wide(12)?, wide(16)?);
        if count == u16::MAX || length == u32::MAX || start == u32::MAX {
            return Err(OfficeError::TooManyParts);
        }
        if disk != 0 || disks != 0 || here != count {
            return Err(OfficeError::Damaged("it is one of several volumes"));
        }
        if usize::from(count) > MOST_ENTRIES {
            return Err(OfficeError::TooManyParts);
        }
        let directory = usize_of(start);
        if directory.saturating_add(usize_of(length)) > end {
            return Err(OfficeError::Damaged(
                "its directory does not lie before its end",
            ));
        }
        let mut archive = Archive {
            bytes,
            entries: Vec::with_capacity(usize::from(count)),
            directory,
            end,
        };
        let mut at = directory;
        for _ in 0..count {
            let entry = archive.record(at)?;
            at = entry.record.end;
            archive.entries.push(entry);
        }
        archive.part_spans()?;
        archive.hold_to_limits()?;
        Ok(archive)
    }

    /// Reads a record of the directory and the local header that it points to.
    fn record(&self, at: usize) -> Result<Entry<'a>, OfficeError> {
        let damaged = OfficeError::Damaged("its directory cannot be read");
        let bytes = self.bytes;
        let head = bytes.get(at..at.saturating_add(RECORD_LENGTH));
        let head = head
            .filter(|head| head.starts_with(RECORD))
            .ok_or(damaged.clone())?;
        let field = |at: usize| number16(head, at).ok_or(damaged.clone());
        let wide = |at: usize| number32(head, at).ok_or(damaged.clone());
        let (flags, method) = (field(8)?, field(10)?);
        let (checksum, packed, size) = (wide(16)?, wide(20)?, wide(24)?);
        let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
        let local = usize_of(wide(42)?);
        // Bit 0: encrypted; bit 13: the directory is.
        if flags & 0x2001 != 0 || method == AES {
            return Err(OfficeError::Encrypted);
        }
        if method != STORED && method != DEFLATED {
            return Err(OfficeError::Damaged(
                "it is packed in a way that no office program uses",
            ));
        }
        if packed == u32::MAX || size == u32::MAX {
            return Err(OfficeError::Bomb);
        }
        let after_head = at + RECORD_LENGTH;
        let after_name = after_head + usize::from(name);
        let end = after_name + usize::from(extra) + usize::from(comment);
        let name = bytes.get(after_head..after_name).ok_or(damaged.clone())?;
        if end > self.end {
            return Err(damaged);
        }

        let damaged = OfficeError::Damaged("an entry is not where the directory says");
        let head = bytes.get(local..local.saturating_add(LOCAL_LENGTH));
        let head = head
            .filter(|head| head.starts_with(LOCAL))
            .ok_or(damaged.clone())?;
        let field = |at: usize| number16(head, at).ok_or(damaged.clone());
        let after_head = local + LOCAL_LENGTH;
        let after_name = after_head + usize::from(field(26)?);
        let start = after_name + usize::from(field(28)?);
        let data = start..start.saturating_add(usize_of(packed));
        if bytes.get(after_head..after_name) != Some(name)
            || field(8)? != method
            || data.end > self.directory
        {
            return Err(damaged);
        }
        Ok(Entry {
            name,
            record: at..end,
            span: local..data.end,
            data,
            method,
            checksum,
            size,
        })
    }

    /// Lets each entry reach to the next one, so that what stands between them is copied too, and
    /// refuses entries that share bytes or a name.
    fn part_spans(&mut self) -> Result<(), OfficeError> {
        let mut starts: Vec<usize> = self.entries.iter().map(|entry| entry.span.start).collect();
        starts.sort_unstable();
        for entry in &mut self.entries {
            let next = starts.partition_point(|start| *start <= entry.span.start);
            let next = starts.get(next).copied().unwrap_or(self.directory);
            if entry.span.end > next {
                return Err(OfficeError::Damaged("two entries share bytes"));
            }
            entry.span.end = next;
        }
        if starts
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
        {
            return Err(OfficeError::Damaged("two entries share bytes"));
        }
        let mut names: Vec<Vec<u8>> = self
            .entries
            .iter()
            .map(|entry| entry.name.to_ascii_lowercase())
            .collect();
        names.sort_unstable();
        if names
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
        {
            return Err(OfficeError::Damaged("two entries have one name"));
        }
        Ok(())
    }

    fn hold_to_limits(&self) -> Result<(), OfficeError> {
        let mut all: u64 = 0;
        for entry in &self.entries {
            let (packed, size) = (entry.data.len() as u64, u64::from(entry.size));
            all += size;
            if size > PLAIN_PART && size > packed.saturating_mul(MOST_RATIO) {
                return Err(OfficeError::Bomb);
            }
            if entry.method == STORED && packed != size {
                return Err(OfficeError::Damaged("an entry has two sizes"));
            }
        }
        match all > MOST_UNPACKED {
            true => Err(OfficeError::Bomb),
            false => Ok(()),
        }
    }

    /// Part names are compared without regard to the case of ASCII letters (ECMA-376 part 2, 6.2.2).
    fn find(&self, name: &str) -> Option<&Entry<'a>> {
        self.entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name.as_bytes()))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Names that are text, in the order of the directory.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.entries
            .iter()
            .filter_map(|entry| std::str::from_utf8(entry.name).ok())
    }

    /// An entry's bytes, unpacked.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, OfficeError> {
        let entry = self
            .find(name)
            .ok_or_else(|| OfficeError::NoPart(name.to_owned()))?;
        let size = usize_of(entry.size);
        if size > MOST_PART {
            return Err(OfficeError::Bomb);
        }
        let packed = self.bytes.get(entry.data.clone()).unwrap_or_default();
        let data = match entry.method {
            STORED => packed.to_vec(),
            _ => decompress_to_vec_with_limit(packed, size)
                .map_err(|_| OfficeError::Damaged("an entry cannot be unpacked"))?,
        };
        if data.len() != size || checksum(&data) != entry.checksum {
            return Err(OfficeError::Damaged(
                "an entry is not what it was when packed",
            ));
        }
        Ok(data)
    }

    /// The archive with entries changed or added; all others keep their bytes and their order.
    pub(crate) fn with(&self, changes: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut by_place: Vec<usize> = (0..self.entries.len()).collect();
        by_place.sort_by_key(|position| self.entries.get(*position).map(|entry| entry.span.start));
        let first = by_place.first().and_then(|first| self.entries.get(*first));
        // What stands before the first entry.
        let before = first.map_or(self.directory, |entry| entry.span.start);
        out.extend(self.bytes.get(..before).unwrap_or_default());

        let mut records: Vec<Vec<u8>> = vec![Vec::new(); self.entries.len()];
        for position in by_place {
            let (Some(entry), Some(record)) =
                (self.entries.get(position), records.get_mut(position))
            else {
                continue;
            };
            let offset = out.len();
            let change = changes
                .iter()
                .find(|(name, _)| entry.name.eq_ignore_ascii_case(name.as_bytes()));
            *record = match change {
                None => {
                    out.extend(self.bytes.get(entry.span.clone()).unwrap_or_default());
                    moved(
                        self.bytes.get(entry.record.clone()).unwrap_or_default(),
                        offset,
                    )
                }
                Some((_, data)) => write(&mut out, entry.name, data),
            };
        }
        for (name, data) in changes.iter().filter(|(name, _)| !self.has(name)) {
            records.push(write(&mut out, name.as_bytes(), data));
        }

        let directory = out.len();
        let count = u16::try_from(records.len())
            .unwrap_or(u16::MAX)
            .to_le_bytes();
        for record in records {
            out.extend(record);
        }
        let length = out.len() - directory;
        out.extend(END);
        out.extend([0; 4]);
        out.extend(count);
        out.extend(count);
        out.extend(u32_of(length).to_le_bytes());
        out.extend(u32_of(directory).to_le_bytes());
        out.extend(self.bytes.get(self.end + 20..).unwrap_or_default());
        out
    }
}

/// Appends a packed entry and gives its record.
fn write(out: &mut Vec<u8>, name: &[u8], data: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec(data, 6);
    // Version 2.0; names in UTF-8; deflated; 1980-01-01.
    let mut header = vec![20, 0, 0, 0x08, 8, 0, 0, 0, 0x21, 0];
    header.extend(checksum(data).to_le_bytes());
    header.extend(u32_of(packed.len()).to_le_bytes());
    header.extend(u32_of(data.len()).to_le_bytes());
    header.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    header.extend([0; 2]);

    let offset = out.len();
    out.extend(LOCAL);
    out.extend(&header);
    out.extend(name);
    out.extend(packed);

    let mut record = RECORD.to_vec();
    record.extend([20, 0]);
    record.extend(&header);
    // Comment length, disk, internal attributes; external attributes.
    record.extend([0; 10]);
    record.extend(u32_of(offset).to_le_bytes());
    record.extend(name);
    record
}

/// A record whose entry stands elsewhere now.
fn moved(record: &[u8], offset: usize) -> Vec<u8> {
    let mut record = record.to_vec();
    if let Some(place) = record.get_mut(42..46) {
        place.copy_from_slice(&u32_of(offset).to_le_bytes());
    }
    record
}

/// The end record whose comment fits into what follows it; the last one, if there are several.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(END))
            && number16(bytes, at + 20)
                .is_some_and(|comment| at + END_LENGTH + usize::from(comment) <= bytes.len())
    })
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*digits))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*digits))
}

fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
