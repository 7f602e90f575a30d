//! The page that print and .docx share, in twentieths of a point (twips): A4 with a binding edge.

/// Columns of a form's grid.
pub(crate) const COLUMNS: u8 = 24;
/// One column: 7.09 mm, so that the table is 170 mm wide.
pub(crate) const COLUMN: u32 = 402;

/// A4, 210 mm.
pub(crate) const PAGE_WIDTH: u32 = 11_906;
/// A4, 297 mm.
pub(crate) const PAGE_HEIGHT: u32 = 16_838;
/// 20 mm.
pub(crate) const MARGIN_TOP: u32 = 1_134;
/// 18 mm.
pub(crate) const MARGIN_BOTTOM: u32 = 1_020;
/// 22 mm, with room for binding.
pub(crate) const MARGIN_LEFT: u32 = 1_247;
/// What is left of the width: 17.8 mm.
pub(crate) const MARGIN_RIGHT: u32 = PAGE_WIDTH - MARGIN_LEFT - TABLE;

/// The size of text in cells: 五号, 10.5 pt.
pub(crate) const TEXT: u32 = 210;
/// The distance between lines in cells, exact, so that every program breaks pages alike: 16 pt.
pub(crate) const LINE: u32 = 320;
/// Space at the left and right of a cell's text.
pub(crate) const CELL_SIDE: u32 = 70;
/// Space above and below a cell's text.
pub(crate) const CELL_EDGE: u32 = 40;
/// What a line between rows adds to the height of a row.
pub(crate) const BORDER: u32 = 15;
/// The size of the form's name on the first page: 20 pt.
pub(crate) const NAME_TEXT: u32 = 400;
/// The distance between its lines.
pub(crate) const NAME_LINE: u32 = 520;
/// The size of the line below it: 9 pt.
pub(crate) const BASIS_TEXT: u32 = 180;
/// The distance between its lines.
pub(crate) const BASIS_LINE: u32 = 280;
/// The space below the name and below the line under it, together.
pub(crate) const HEAD_SPACE: u32 = 220;
/// A heading above a table.
pub(crate) const HEADING: u32 = 460;

/// The height for rows on a page; a little is kept for borders and rounding.
pub(crate) const BODY: u32 = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM - 200;

/// The least height of a row whose layout gives none, in millimetres.
pub(crate) const ROW_MILLIMETRES: u16 = 9;

pub(crate) fn twips(millimetres: u16) -> u32 {
    u32::from(millimetres) * 567 / 10
}

/// The width of the table.
pub(crate) const TABLE: u32 = COLUMN * COLUMNS as u32;

/// The room for text in a cell of so many columns, in thousandths of an em.
pub(crate) fn text_room(columns: u8) -> u32 {
    (u32::from(columns) * COLUMN).saturating_sub(2 * CELL_SIDE) * 1000 / TEXT
}
