//! Forms: filled from answers, previewed and printed on A4, written as .docx.
//!
//! [`Filling`] puts answers into a form's cells and gives a [`FilledForm`], a plain model that knows
//! its pages. [`html`] and [`docx`] write that model; they decide nothing but looks. The layouts are
//! our own, so every page says 样表（非官方）.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may stop where it stands"
    )
)]

pub mod calendar;
pub mod checklist;
pub mod count;
pub mod data;
pub mod docx;
mod entries;
mod exact;
mod fill;
mod filled;
mod geometry;
mod grid;
pub mod html;
pub mod ics;
mod paginate;
mod paragraphs;
mod photo;
pub mod qr;
pub mod reading;
pub mod request;
mod tables;
mod understand;
mod value;
pub mod xlsx;

use zige_office::{text as xml, zip};

pub use checklist::ChecklistLine;
pub use exact::Exact;
pub use fill::Filling;
pub use filled::{
    AttachmentLine, Content, FilledBlock, FilledCell, FilledForm, FilledPage, FilledParagraph,
    FilledPiece, FilledRow, FilledTable, Gap, Joint, Overlong, Provenance, Ticks, Value, Why,
};
pub use geometry::Paper;
pub use photo::{Photo, ShownPhoto};
pub use value::NOTHING;

/// What every page says: the layout is ours, not the office's.
pub const MARK: &str = "样表（非官方）";

/// The style sheet of [`html`]; an app ships it as a file of its own, since its policy allows no
/// inline styles.
pub const STYLES: &str = include_str!("print.css");
