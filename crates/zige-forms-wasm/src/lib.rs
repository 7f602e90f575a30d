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

use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

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

/// The form as an .xlsx file.
///
/// # Errors
/// As [`export::xlsx`].
#[wasm_bindgen]
pub fn xlsx(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(export::xlsx(packs, request)?)
}

/// The dates that go with the form, as an .ics file.
///
/// # Errors
/// As [`export::ics`].
#[wasm_bindgen]
pub fn ics(packs: &[u8], request: &[u8]) -> Result<String, JsError> {
    Ok(export::ics(packs, request)?)
}

/// Those dates, and what has none, as bytes of a [`Calendar`](zige_forms::calendar::Calendar).
///
/// # Errors
/// As [`export::calendar`].
#[wasm_bindgen]
pub fn calendar(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(export::calendar(packs, request)?)
}

/// The person's own data as a .json file.
///
/// # Errors
/// As [`export::json`].
#[wasm_bindgen]
pub fn json(packs: &[u8], request: &[u8]) -> Result<String, JsError> {
    Ok(export::json(packs, request)?)
}

/// What the person has said, as a text for an address.
///
/// # Errors
/// As [`export::hand_over`].
#[wasm_bindgen]
pub fn hand_over(packs: &[u8], request: &[u8]) -> Result<String, JsError> {
    Ok(export::hand_over(packs, request)?)
}

/// A .docx file as bytes of a [`Reading`](zige_forms::reading::Reading), or a text that tells the person
/// why it is not taken.
#[wasm_bindgen]
#[must_use]
pub fn read_docx(packs: &[u8], file: &[u8]) -> JsValue {
    read(export::read_docx(packs, file))
}

/// An .xlsx file, as [`read_docx`].
#[wasm_bindgen]
#[must_use]
pub fn read_xlsx(packs: &[u8], file: &[u8]) -> JsValue {
    read(export::read_xlsx(packs, file))
}

/// Scanned codes, as [`read_docx`].
#[wasm_bindgen]
#[must_use]
pub fn read_codes(packs: &[u8], scanned: &str) -> JsValue {
    read(export::read_codes(packs, scanned))
}

/// One's own data in JSON, as [`read_docx`].
#[wasm_bindgen]
#[must_use]
pub fn read_json(packs: &[u8], file: &[u8]) -> JsValue {
    read(export::read_json(packs, file))
}

fn read(read: Result<Vec<u8>, export::ExportError>) -> JsValue {
    match read {
        Ok(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Err(error) => error.told().into(),
    }
}
