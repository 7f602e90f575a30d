//! A zip archive without compression: small to write, the same bytes every time.
//!
//! Every entry is stored, dated 1980-01-01 (the earliest date that the format knows) and named in
//! ASCII. Layout after PKWARE's APPNOTE 6.3: local headers with data, central directory, end record.

use crate::checksum::checksum;

/// Packs named parts in the order given.
///
/// Parts and archive must stay below 4 GiB; sizes are clamped, not checked, above it.
#[must_use]
pub fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, data) in parts {
        let offset = size(archive.len());
        let header = header(name, data);
        archive.extend(b"PK\x03\x04");
        archive.extend(&header);
        archive.extend(name.as_bytes());
        archive.extend(*data);

        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&header);
        // Comment length, disk, internal attributes; external attributes; offset.
        directory.extend([0; 6]);
        directory.extend([0; 4]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = size(archive.len());
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX).to_le_bytes();
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(size(directory.len()).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// What a local header and its directory entry share: version, flags, method, time, date, checksum,
/// sizes, lengths.
fn header(name: &str, data: &[u8]) -> Vec<u8> {
    let length = size(data.len()).to_le_bytes();
    let mut header = Vec::with_capacity(26);
    header.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
    header.extend(checksum(data).to_le_bytes());
    header.extend(length);
    header.extend(length);
    header.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    header.extend([0; 2]);
    header
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn another_reader_finds_each_part_with_its_bytes() {
        let parts: [(&str, &[u8]); 3] = [
            ("a.xml", b"<a/>"),
            ("b/c.bin", &[0, 255, 7]),
            ("empty", b""),
        ];
        let mut archive = ::zip::ZipArchive::new(Cursor::new(pack(&parts))).unwrap();
        assert_eq!(archive.len(), parts.len());
        for (position, (name, data)) in parts.iter().enumerate() {
            let mut file = archive.by_index(position).unwrap();
            let mut read = Vec::new();
            file.read_to_end(&mut read).unwrap();
            assert_eq!(
                (file.name().unwrap().as_ref(), read.as_slice()),
                (*name, *data)
            );
        }
    }
}
