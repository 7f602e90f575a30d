//! The exporters, as a module of their own that an app loads when a form is wanted.
//!
//! Each function takes the bytes of a pack (or of a container of packs) and a
//! [`Request`](zige_forms::request::Request) as bytes; nothing is kept between calls.

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
        clippy::panic,
        reason = "a test may stop where it stands"
    )
)]

pub mod export;

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// The pages as HTML, for preview and print.
///
/// # Errors
/// When the packs or the request cannot be read, or there is no such form.
#[wasm_bindgen]
pub fn html(packs: &[u8], request: &[u8]) -> Result<String, JsError> {
    Ok(export::html(packs, request)?)
}

/// The form as a .docx file.
///
/// # Errors
/// As [`html`].
#[wasm_bindgen]
pub fn docx(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(export::docx(packs, request)?)
}

/// What is still empty and what goes with the form, as bytes of a
/// [`Summary`](zige_forms::request::Summary).
///
/// # Errors
/// As [`html`].
#[wasm_bindgen]
pub fn summary(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(export::summary(packs, request)?)
}
