//! A photograph in the cell that a form has for it.

use serde::{Deserialize, Serialize};

use crate::filled::{Content, FilledBlock, FilledForm, spanned};

/// A photograph, cut to the size that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// A JPEG.
    pub jpeg: Vec<u8>,
    /// Its width on paper, in millimetres.
    pub width: u16,
    /// Its height on paper, in millimetres.
    pub height: u16,
}

/// What a cell keeps free around a photograph, on both sides together, in millimetres.
const AROUND: u16 = 3;

impl Photo {
    /// The largest size, in tenths of a millimetre and of the same shape, that fits into a room of so
    /// many millimetres; never larger than it is.
    fn within(&self, width: u16, height: u16) -> (u16, u16) {
        let (own_width, own_height) = (u32::from(self.width.max(1)), u32::from(self.height.max(1)));
        let (width, height) = (u32::from(width) * 10, u32::from(height) * 10);
        let wide = (own_width * 10)
            .min(width)
            .min(height * own_width / own_height);
        let tenths = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
        (tenths(wide), tenths(wide * own_height / own_width))
    }
}

/// A photograph in its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPhoto {
    /// A JPEG.
    pub jpeg: Vec<u8>,
    /// Its width, in tenths of a millimetre.
    pub width: u16,
    /// Its height, in tenths of a millimetre.
    pub height: u16,
}

impl FilledForm {
    /// The form with a photograph in its cell, made smaller where the cell is. A form without such a cell
    /// stays as it is, as it does for what is no JPEG.
    #[must_use]
    pub fn with_photo(mut self, photo: &Photo) -> FilledForm {
        if !photo.jpeg.starts_with(b"\xFF\xD8\xFF") {
            return self;
        }
        let paper = self.paper;
        let columns = |columns: u8| {
            // 567 twips are a centimetre.
            let twips = paper.column().saturating_mul(u32::from(columns));
            u16::try_from(twips.saturating_mul(10) / 567).unwrap_or(0)
        };
        for block in self.pages.iter_mut().flat_map(|page| &mut page.blocks) {
            let FilledBlock::Table(table) = block else {
                continue;
            };
            let heights: Vec<u32> = table.rows.iter().map(|row| row.height.into()).collect();
            for (place, row) in table.rows.iter_mut().enumerate() {
                for cell in &mut row.cells {
                    if cell.content != Content::Photo(None) {
                        continue;
                    }
                    let height = spanned(&heights, place, cell.rows);
                    let height = u16::try_from(height).unwrap_or(u16::MAX);
                    let (width, height) = photo.within(
                        columns(cell.columns).saturating_sub(AROUND),
                        height.saturating_sub(AROUND),
                    );
                    cell.content = Content::Photo(Some(ShownPhoto {
                        jpeg: photo.jpeg.clone(),
                        width,
                        height,
                    }));
                    self.by_hand.retain(|by_hand| by_hand != BY_HAND);
                }
            }
        }
        self
    }

    /// The photograph, where there is one.
    pub(crate) fn photo(&self) -> Option<&ShownPhoto> {
        let tables = self.pages.iter().flat_map(|page| page.tables());
        let mut cells = tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
        cells.find_map(|cell| match &cell.content {
            Content::Photo(photo) => photo.as_ref(),
            _ => None,
        })
    }
}

/// What is done by hand on a form without a photograph.
pub(crate) const BY_HAND: &str = "照片";

/// Bytes as base64 (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let number = (0..3).fold(0_usize, |number, place| {
            number << 8 | usize::from(group.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let letter = ALPHABET.get(number >> (18 - 6 * place) & 63);
            text.push(match (place <= group.len(), letter) {
                (true, Some(letter)) => char::from(*letter),
                _ => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let check = |bytes: &str, text| assert_eq!(base64(bytes.as_bytes()), text);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foobar", "Zm9vYmFy");
    }

    #[test]
    fn a_photograph_keeps_its_shape_and_never_grows() {
        let photo = |width, height| Photo {
            jpeg: Vec::new(),
            width,
            height,
        };
        assert_eq!(photo(25, 35).within(33, 41), (250, 350));
        assert_eq!(photo(35, 49).within(33, 41), (292, 408));
        assert_eq!(photo(35, 49).within(20, 90), (200, 280));
    }
}
