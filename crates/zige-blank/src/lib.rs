//! An office's own blank .docx: its cells recognised, and filled from answers.
//!
//! Offices hand out forms without marks for programs: a label in one cell, an empty cell beside it.
//! [`recognise`] finds out what each cell asks for, as far as that is certain, and [`fill`] writes the
//! answers into it. Nothing is guessed: a label that is not in the dictionary, or could mean two
//! things, is reported and left alone. Everything else in the file keeps its bytes.
//!
//! ```text
//! document (what one sees, with places) ─▶ grid ─▶ recognise ─▶ plans ─▶ write (edits at places)
//!                              label, slots, lexicon ─┘   value, fit ─┘
//! ```

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

mod document;
mod doubt;
mod fit;
mod form;
mod grid;
mod label;
mod lexicon;
mod lists;
mod model;
mod people;
mod photo;
mod plan;
mod profile;
mod recognise;
mod request;
mod resolve;
mod running;
mod slots;
mod styles;
mod value;
mod words;
mod write;

pub use form::{fill, recognise, too_large};
pub use model::{
    BlankError, Choice, Decision, Doubt, FilledBlank, FormCell, Hand, Options, Picture,
    PictureCell, Place, Recognised, Remark, Side, State, Unfit,
};
pub use profile::Profile;
pub use request::{FormFields, Reply, Request};
