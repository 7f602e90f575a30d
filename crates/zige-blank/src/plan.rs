//! What is to be done with one cell, on the way from a form to a filled form.

use std::ops::Range;

use crate::document::{Body, Paragraph};
use crate::grid::Table;
use crate::lexicon::Asked;
use crate::model::{Place, State};
use crate::slots::Slot;
use crate::styles::Styles;

/// A document with its tables on their grids.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    pub(crate) body: Body<'a>,
    pub(crate) tables: Vec<Table<'a>>,
    pub(crate) styles: Styles,
}

/// What a cell is taken for, and what becomes of it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) place: Place,
    /// The label as it is printed, with its lines.
    pub(crate) printed: String,
    pub(crate) ask: Ask,
    pub(crate) state: State,
    /// What is, or would be, written.
    pub(crate) text: String,
    pub(crate) spot: Spot,
    /// Whether the cell stands where nothing says whose data it holds.
    pub(crate) neutral: bool,
}

/// What a cell asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// It is not known.
    Nothing,
    /// Facts, of the person or of a record.
    Facts(Vec<Asked>, Option<usize>),
    /// Lists told in running text.
    Story(Vec<usize>),
    /// That a list is empty.
    Empty(usize),
    /// The photograph.
    Photo,
}

/// Where in the document the text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) holder: Holder,
    pub(crate) slot: Slot,
}

/// The cell or paragraph that is written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    /// A cell of a table, by positions.
    Cell(usize, usize),
    /// A paragraph of the body.
    Paragraph(usize),
}

/// A place in running text: the characters that a value takes the place of.
pub(crate) type Room = Range<usize>;

impl<'a> Form<'a> {
    /// The paragraphs of a holder.
    pub(crate) fn paragraphs(&self, holder: Holder) -> &[Paragraph<'a>] {
        match holder {
            Holder::Cell(table, cell) => self
                .tables
                .get(table)
                .and_then(|table| table.cell(cell))
                .map_or(&[], |cell| cell.paragraphs()),
            Holder::Paragraph(at) => self
                .body
                .paragraphs
                .get(at)
                .map_or(&[], std::slice::from_ref),
        }
    }

    /// The visible characters of a holder, paragraphs parted by `\n`; each with its paragraph and
    /// its position there, line ends between paragraphs without.
    pub(crate) fn characters(&self, holder: Holder) -> Vec<(char, Option<(usize, usize)>)> {
        let mut all = Vec::new();
        for (number, paragraph) in self.paragraphs(holder).iter().enumerate() {
            if number > 0 {
                all.push(('\n', None));
            }
            let glyphs = paragraph.glyphs.iter().enumerate();
            all.extend(glyphs.map(|(at, glyph)| match glyph.placeholder {
                // What only stands in for an entry is room.
                true => (' ', Some((number, at))),
                false => (glyph.character, Some((number, at))),
            }));
        }
        all
    }

    /// Whether each of a holder's characters is underlined.
    pub(crate) fn underlined(&self, holder: Holder) -> Vec<bool> {
        let paragraphs = self.paragraphs(holder);
        let all = self.characters(holder).into_iter();
        all.map(|(_, place)| {
            let glyph = place.and_then(|(paragraph, at)| paragraphs.get(paragraph)?.glyphs.get(at));
            glyph.is_some_and(|glyph| glyph.underlined)
        })
        .collect()
    }

    /// The text of a holder, for patterns.
    pub(crate) fn text(&self, holder: Holder) -> Vec<char> {
        self.characters(holder)
            .into_iter()
            .map(|(c, _)| c)
            .collect()
    }
}

impl Place {
    pub(crate) fn new(table: usize, row: usize, column: usize, part: usize) -> Place {
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Place {
            table: number(table),
            row: number(row),
            column: number(column),
            part: number(part),
        }
    }
}
