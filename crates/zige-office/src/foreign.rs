//! What a file is that is no archive.

use crate::error::Foreign;

/// The beginning of a compound file ([MS-CFB] 2.2).
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Looks at the first bytes, of a compound file also at the names of its streams.
pub(crate) fn look(bytes: &[u8]) -> Foreign {
    let begins = |with: &[u8]| bytes.starts_with(with);
    if bytes.is_empty() {
        return Foreign::Empty;
    }
    if begins(COMPOUND) {
        return compound(bytes);
    }
    let pictures: [&[u8]; 5] = [b"\xFF\xD8\xFF", b"\x89PNG", b"GIF8", b"BM", b"II*\0"];
    if pictures.into_iter().any(begins) {
        return Foreign::Picture;
    }
    let archives: [&[u8]; 3] = [b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B"];
    if archives.into_iter().any(begins) {
        return Foreign::Archive;
    }
    let head: Vec<u8> = bytes
        .iter()
        .take(1024)
        .map(u8::to_ascii_lowercase)
        .collect();
    let head = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(&head)
        .trim_ascii_start();
    match head {
        _ if head.starts_with(b"%pdf") => Foreign::Pdf,
        _ if head.starts_with(b"{\\rtf") => Foreign::RichText,
        _ if has(head, b"<html") || head.starts_with(b"mime-version") => Foreign::Html,
        _ if head.starts_with(b"<?xml") => Foreign::FlatXml,
        _ => Foreign::Unknown,
    }
}

fn compound(bytes: &[u8]) -> Foreign {
    let stream = |name: &str| {
        let name: Vec<u8> = name.bytes().flat_map(|byte| [byte, 0]).collect();
        has(bytes, &name)
    };
    match () {
        () if stream("EncryptedPackage") => Foreign::Protected,
        () if stream("WordDocument") => Foreign::OldDocument,
        () if stream("Workbook") || stream("Book") => Foreign::OldWorkbook,
        () => Foreign::OldOther,
    }
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compound_with(stream: &str) -> Vec<u8> {
        let mut bytes = COMPOUND.to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4096, 0);
        bytes
    }

    #[test]
    fn a_file_is_known_by_its_bytes_not_its_name() {
        let known: [(&[u8], Foreign); 12] = [
            (b"", Foreign::Empty),
            (b"%PDF-1.7", Foreign::Pdf),
            (b"{\\rtf1\\ansi", Foreign::RichText),
            (b"\xEF\xBB\xBF\n<HTML xmlns:o=", Foreign::Html),
            (b"MIME-Version: 1.0", Foreign::Html),
            (
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>",
                Foreign::FlatXml,
            ),
            (b"\xFF\xD8\xFF\xE0", Foreign::Picture),
            (b"\x89PNG\r\n", Foreign::Picture),
            (b"Rar!\x1A\x07", Foreign::Archive),
            (b"hello", Foreign::Unknown),
            (COMPOUND, Foreign::OldOther),
            (b"\0\0\0\0", Foreign::Unknown),
        ];
        for (bytes, foreign) in known {
            assert_eq!(look(bytes), foreign, "{bytes:?}");
        }
        assert_eq!(look(&compound_with("WordDocument")), Foreign::OldDocument);
        assert_eq!(look(&compound_with("Workbook")), Foreign::OldWorkbook);
        assert_eq!(look(&compound_with("EncryptedPackage")), Foreign::Protected);
    }
}
