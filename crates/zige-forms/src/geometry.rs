//! The page that print and .docx share, in twentieths of a point (twips): A4 with a binding edge.

/// Columns of a form's grid.
pub(crate) const COLUMNS: u8 = 24;

/// A4, 210 mm.
const SHORT_SIDE: u32 = 11_906;
/// A4, 297 mm.
const LONG_SIDE: u32 = 16_838;
/// 20 mm.
pub(crate) const MARGIN_TOP: u32 = 1_134;
/// 18 mm.
pub(crate) const MARGIN_BOTTOM: u32 = 1_020;

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
/// The size of the line below it: 8 pt.
pub(crate) const BASIS_TEXT: u32 = 160;
/// The distance between its lines.
pub(crate) const BASIS_LINE: u32 = 280;
/// The space below the name and below the line under it, together.
pub(crate) const HEAD_SPACE: u32 = 220;
/// A heading above a table.
pub(crate) const HEADING: u32 = 460;

/// The size of running text: 四号, 14 pt.
const PROSE: u32 = 280;
/// The distance between lines of running text: 24 pt.
pub(crate) const PROSE_LINE: u32 = 480;
/// The space between running text and a table.
pub(crate) const TABLE_SPACE: u32 = 100;
/// The space above a note, whose lines are those of cells.
pub(crate) const NOTE_SPACE: u32 = 60;
/// The space between what stands at the right and the right edge, in characters of running text.
pub(crate) const RIGHT_SPACE: u32 = 2;

/// The least height of a row whose layout gives none, in millimetres.
pub(crate) const ROW_MILLIMETRES: u16 = 9;

pub(crate) fn twips(millimetres: u16) -> u32 {
    u32::from(millimetres) * 567 / 10
}

/// How the sheets of a form lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Upright: tables are 170 mm wide.
    Portrait,
    /// On their side: tables are 257 mm wide.
    Landscape,
}

impl Paper {
    /// One column of the grid: 7.09 mm, or 10.7 mm.
    pub(crate) fn column(self) -> u32 {
        match self {
            Paper::Portrait => 402,
            Paper::Landscape => 607,
        }
    }

    /// The width of tables and of running text.
    pub(crate) fn table(self) -> u32 {
        self.column() * u32::from(COLUMNS)
    }

    pub(crate) fn width(self) -> u32 {
        match self {
            Paper::Portrait => SHORT_SIDE,
            Paper::Landscape => LONG_SIDE,
        }
    }

    pub(crate) fn height(self) -> u32 {
        match self {
            Paper::Portrait => LONG_SIDE,
            Paper::Landscape => SHORT_SIDE,
        }
    }

    /// 22 mm, with room for binding; 20 mm where the binding is at the top.
    pub(crate) fn margin_left(self) -> u32 {
        match self {
            Paper::Portrait => 1_247,
            Paper::Landscape => 1_135,
        }
    }

    /// What is left of the width: 17.8 mm, or 20 mm.
    pub(crate) fn margin_right(self) -> u32 {
        self.width() - self.margin_left() - self.table()
    }

    /// The height for rows and lines on a page; a little is kept for borders and rounding.
    pub(crate) fn body(self) -> u32 {
        self.height() - MARGIN_TOP - MARGIN_BOTTOM - 200
    }

    /// The room for text in a cell of so many columns, in thousandths of an em.
    pub(crate) fn text_room(self, columns: u8) -> u32 {
        (u32::from(columns) * self.column()).saturating_sub(2 * CELL_SIDE) * 1000 / TEXT
    }

    /// The room for a line of running text, in thousandths of an em.
    pub(crate) fn prose_room(self) -> u32 {
        self.table() * 1000 / PROSE
    }

    /// The room for a line of a note, in thousandths of an em.
    pub(crate) fn note_room(self) -> u32 {
        self.line_room(TEXT)
    }

    /// The room for a line of this size across the page, in thousandths of an em.
    pub(crate) fn line_room(self, size: u32) -> u32 {
        self.table() * 1000 / size
    }
}
