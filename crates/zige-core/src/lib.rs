//! Rules, verdicts and explanations.
//!
//! The core is pure: the same answers, date and pack give the same report on every machine. It
//! knows no country, no clock, no locale and no JSON, and it cannot panic.

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

pub mod answers;
pub mod date;
mod diagram;
pub mod evaluator;
pub mod ids;
pub mod pack;
pub mod programme;
pub mod report;
mod sorting;
pub mod verdict;
pub mod windows;
