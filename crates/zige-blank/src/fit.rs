//! Whether a text fits into a row of exact height, where what does not fit is cut off.

use zige_forms::count::lines;

use crate::document::{attribute, child};
use crate::grid::Cell;
use crate::model::Remark;
use crate::plan::{Form, Holder, Plan};
use crate::slots::Slot;
use crate::styles::named;
use crate::write::properties;

/// The smallest size that is proposed: 六号, 7.5 pt, in half points.
const SMALLEST: u32 = 15;

/// A remark when the text of a plan is cut off.
pub(crate) fn clipped(form: &Form<'_>, plan: &Plan, shrink: bool) -> Option<Remark> {
    let Holder::Cell(table, position) = plan.spot.holder else {
        return None;
    };
    if plan.spot.slot != Slot::Blank {
        return None;
    }
    let table = form.tables.get(table)?;
    let cell = table.cell(position)?;
    let height = table.exact_height(cell)?;
    if cell.raw.vertical {
        return None;
    }
    let size = size(form, cell);
    let fits = |size: u32| needed(cell, &plan.text, size) <= height;
    if fits(size) {
        return None;
    }
    let fitting = (SMALLEST..size).rev().find(|size| fits(*size));
    Some(Remark::Clipped {
        place: plan.place,
        label: plan
            .printed
            .replace('\n', "")
            .replace(['\t', '\u{3000}', ' '], ""),
        size,
        fitting,
        shrunk: shrink && fitting.is_some(),
    })
}

/// The height of a text in a cell, in twentieths of a point. Lines of Chinese text are 1.3 times as
/// high as its characters, unless the paragraph says how high exactly.
fn needed(cell: &Cell<'_>, text: &str, half_points: u32) -> u32 {
    let twips = half_points * 10;
    let room = cell.room.saturating_mul(1000) / twips.max(1);
    let spacing = cell
        .paragraphs()
        .first()
        .and_then(|paragraph| child(child(paragraph.node, "pPr")?, "spacing"));
    let exact = spacing
        .filter(|spacing| attribute(*spacing, "lineRule") == Some("exact"))
        .and_then(|spacing| attribute(spacing, "line")?.parse().ok());
    let line: u32 = exact.unwrap_or(twips * 13 / 10);
    lines(text, room).saturating_mul(line)
}

/// The size of text in a cell, in half points: as it says itself, or as its style does.
fn size(form: &Form<'_>, cell: &Cell<'_>) -> u32 {
    let paragraphs = cell.paragraphs();
    let own = paragraphs.iter().find_map(|one| named(properties(one)?));
    own.unwrap_or_else(|| {
        let style = paragraphs.first().and_then(|paragraph| {
            let style = child(child(paragraph.node, "pPr")?, "pStyle")?;
            attribute(style, "val")
        });
        form.styles.size(style)
    })
}
