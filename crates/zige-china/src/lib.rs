//! The country's own facts: identity numbers, credit codes, retirement ages, code lists,
//! professional titles, places and telephone numbers.
//!
//! Pure: text and dates in, values out; no clock, no I/O. Everything is a small static table and
//! a walk along it, because the crate goes to phones.
//!
//! What a table cannot settle is never guessed: a look-up then gives all readings and a question
//! to ask, or nothing. An error has two voices: `Display` is English for the command line,
//! `advice` is plain Chinese for the person. Neither repeats what the person typed.

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
        clippy::string_slice,
        reason = "a test may stop where it stands"
    )
)]

pub mod credit_code;
pub mod id_number;
pub mod lists;
pub mod phone;
pub mod places;
pub mod retirement;
pub mod skills;
mod text;
pub mod titles;
