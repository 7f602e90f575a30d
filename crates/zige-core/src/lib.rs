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
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "a test may stop where it stands"
    )
)]

pub mod date;
pub mod ids;
pub mod pack;
