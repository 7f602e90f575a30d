//! The running text of a form: paragraphs with values, boxes and blanks in them.

use zige_core::pack::ParagraphStyle;

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::Text;
use crate::table::{Table, Value, ValueWhat};

use super::Context;
use super::form::{ParagraphSource, PieceSource};

/// The characters that are left where a value is still empty.
const ROOM: u8 = 8;

impl Context<'_> {
    pub(super) fn paragraph(&mut self, part: &Table, value: Value) -> Option<ParagraphSource> {
        let place = value.place;
        let ValueWhat::String(text) = &value.what else {
            part.wrong(
                "text",
                &value,
                "a list of paragraphs: `[\"# 一、任务\", \"乙方：{full_name}\"]`",
                self.problems,
            );
            return None;
        };
        let (style, text) = style(text);
        let (left, aside) = match (text.split_once(" | "), text.strip_suffix(" |")) {
            (Some((left, right)), _) => (left, self.pieces(right.trim(), place)?),
            (None, Some(left)) => (left, vec![PieceSource::Text(String::new())]),
            (None, None) => (text, Vec::new()),
        };
        Some(ParagraphSource {
            style,
            pieces: self.pieces(left.trim_end(), place)?,
            aside,
        })
    }

    /// Takes `{…}` out of a text.
    pub(super) fn pieces(&mut self, text: &str, place: Place) -> Option<Vec<PieceSource>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                pieces.push(PieceSource::Text(before.to_owned()));
            }
            let Some((inside, after)) = after.split_once('}') else {
                return self.bad_piece(place, &format!("{{{after}"));
            };
            match piece(inside.trim(), place) {
                Some(piece) => pieces.push(piece),
                None => return self.bad_piece(place, &format!("{{{inside}}}")),
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(PieceSource::Text(rest.to_owned()));
        }
        Some(pieces)
    }

    fn bad_piece<T>(&mut self, place: Place, written: &str) -> Option<T> {
        self.problems.push(
            Diagnostic::error(
                Kind::FormLayout,
                place,
                format!("`{written}` cannot be read"),
            )
            .mend("write `{full_name}`, `{full_name:12}` with the room in characters, `{□sex}` for boxes to tick or `{_12}` for a blank"),
        );
        None
    }
}

/// How a paragraph is set, by what it begins with.
fn style(text: &str) -> (ParagraphStyle, &str) {
    let marks = [
        ("# ", ParagraphStyle::Heading),
        ("< ", ParagraphStyle::Flush),
        ("= ", ParagraphStyle::Centred),
        ("> ", ParagraphStyle::Right),
        ("~ ", ParagraphStyle::Ink),
        ("* ", ParagraphStyle::Note),
    ];
    marks
        .iter()
        .find_map(|(mark, style)| Some((*style, text.strip_prefix(mark)?)))
        .unwrap_or((ParagraphStyle::Body, text))
}

fn piece(inside: &str, place: Place) -> Option<PieceSource> {
    let named = |name: &str| Text {
        text: name.trim().to_owned(),
        place,
    };
    if let Some(room) = inside.strip_prefix('_') {
        return Some(PieceSource::Blank(room.parse().ok()?));
    }
    if let Some(name) = inside.strip_prefix('□') {
        return Some(PieceSource::Ticks(named(name)));
    }
    let (name, room) = match inside.split_once([':', '：']) {
        Some((name, room)) => (name, room.trim().parse().ok()?),
        None => (inside, ROOM),
    };
    let name = named(name);
    (!name.text.is_empty()).then_some(PieceSource::Value { name, room })
}
