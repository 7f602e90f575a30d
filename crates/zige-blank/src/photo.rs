//! The photograph: its size, the drawing that shows it, the parts that it needs.

use zige_office::{OfficeError, Package, xml};

/// A photograph.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    bytes: Vec<u8>,
    ending: &'static str,
    content_type: &'static str,
    width: u32,
    height: u32,
}

/// English metric units in a twentieth of a point.
const EMU: u64 = 635;
/// The widest and highest that a photograph is shown: 二寸, 35 × 49 mm, in twentieths of a point.
const WIDEST: u32 = 1_984;
const HIGHEST: u32 = 2_778;

const NAME: &str = "zige-photo";
const ID: &str = "rIdZigePhoto";

impl Picture {
    /// Looks at the beginning of a JPEG or PNG.
    pub(crate) fn read(bytes: &[u8]) -> Option<Picture> {
        let (ending, content_type, (width, height)) = match bytes {
            _ if bytes.starts_with(b"\x89PNG\r\n\x1A\n") => ("png", "image/png", png(bytes)?),
            _ if bytes.starts_with(b"\xFF\xD8\xFF") => ("jpeg", "image/jpeg", jpeg(bytes)?),
            _ => return None,
        };
        (width > 0 && height > 0).then(|| Picture {
            bytes: bytes.to_vec(),
            ending,
            content_type,
            width,
            height,
        })
    }

    /// The drawing, in a room of so many twentieths of a point.
    pub(crate) fn drawing(&self, room: u32, height: Option<u32>, id: usize) -> String {
        let most_wide = u64::from(room.clamp(200, WIDEST));
        let most_high = u64::from(
            height
                .map_or(HIGHEST, |height| height.saturating_sub(80))
                .clamp(200, HIGHEST),
        );
        let (wide, high) = (u64::from(self.width), u64::from(self.height));
        let by_width = (most_wide, most_wide * high / wide);
        let (shown_wide, shown_high) = match by_width.1 <= most_high {
            true => by_width,
            false => (most_high * wide / high, most_high),
        };
        let (cx, cy) = (shown_wide.max(1) * EMU, shown_high.max(1) * EMU);
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{id}\" name=\"照片\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"{NAME}.{}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{ID}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>",
            self.ending
        )
    }

    /// The parts that change beside the document: the picture, its relation, its content type.
    pub(crate) fn parts(
        &self,
        package: &Package<'_>,
    ) -> Result<Vec<(String, Vec<u8>)>, OfficeError> {
        let main = package.main();
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let slash = if folder.is_empty() { "" } else { "/" };
        let picture = format!("{folder}{slash}media/{NAME}.{}", self.ending);
        let relations = format!("{folder}{slash}_rels/{file}.rels");
        let relation = format!(
            "<Relationship Id=\"{ID}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/{NAME}.{}\"/>",
            self.ending
        );
        let with_relation = match package.has(&relations) {
            true => before_end(&package.text(&relations)?, &relations, &relation)?,
            false => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relation}</Relationships>"
            ),
        };
        let mut parts = vec![
            (picture.clone(), self.bytes.clone()),
            (relations, with_relation.into_bytes()),
        ];
        if package.content_type(&picture)? != self.content_type {
            let name = "[Content_Types].xml";
            let kind = format!(
                "<Override PartName=\"/{picture}\" ContentType=\"{}\"/>",
                self.content_type
            );
            let types = before_end(&package.text(name)?, name, &kind)?;
            parts.push((name.to_owned(), types.into_bytes()));
        }
        Ok(parts)
    }
}

/// Adds an element at the end of a part's root.
fn before_end(text: &str, part: &str, element: &str) -> Result<String, OfficeError> {
    let tree = xml::parse(part, text)?;
    let root = tree.root_element().range();
    let whole = text.get(root.clone()).unwrap_or_default();
    let (before, after) = match whole.rfind("</") {
        Some(end) => text
            .split_at_checked(root.start + end)
            .unwrap_or((text, "")),
        None => return Err(OfficeError::NoPart(part.to_owned())),
    };
    // A root with a prefix would need it at the element as well.
    let prefix = whole
        .get(1..)
        .and_then(|tag| tag.split([' ', '>', '\n']).next()?.split_once(':'));
    let element = match prefix {
        Some((prefix, _)) => element.replacen('<', &format!("<{prefix}:"), 1),
        None => element.to_owned(),
    };
    Ok(format!("{before}{element}{after}"))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    Some((number(16)?, number(20)?))
}

/// The size in the first frame header.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let mut at = 2;
    for _ in 0..1000 {
        let [mark, kind] = *bytes.get(at..)?.first_chunk()?;
        if mark != 0xFF {
            return None;
        }
        if matches!(kind, 0xC0..=0xCF) && !matches!(kind, 0xC4 | 0xC8 | 0xCC) {
            return Some((u32::from(number(at + 7)?), u32::from(number(at + 5)?)));
        }
        at += 2 + usize::from(number(at + 2)?);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_size() {
        let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        bytes.extend([0, 0, 1, 39, 0, 0, 1, 157]);
        let picture = Picture::read(&bytes).unwrap();
        assert_eq!((picture.width, picture.height), (295, 413));
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x11\x08\x01\x9D\x01\x27\x03";
        let picture = Picture::read(jpeg).unwrap();
        assert_eq!((picture.width, picture.height), (295, 413));
        assert!(Picture::read(b"GIF89a").is_none());
    }
}
