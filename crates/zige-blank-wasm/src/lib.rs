//! Filling of offices' own blank forms, as a module of its own that an app loads when one is chosen.
//!
//! Beside the exporters, because the two together would break the exporters' budget, and hardly anybody
//! needs both. Nothing is kept between calls.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zige_blank::{BlankError, Request};

/// An office's own blank form, filled. Takes the bytes of a container of packs, of a
/// [`Request`], and of the form; gives bytes of a [`Reply`](zige_blank::Reply), or a text that tells
/// the person why the form is not taken.
#[wasm_bindgen]
#[must_use]
pub fn blank(packs: &[u8], request: &[u8], form: &[u8]) -> JsValue {
    match reply(packs, request, form) {
        Ok(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Err(error) => error.told().into(),
    }
}

fn reply(packs: &[u8], request: &[u8], form: &[u8]) -> Result<Vec<u8>, BlankError> {
    let packs = zige_pack::format::read(packs).map_err(|_| BlankError::Request)?;
    let request = Request::decode(request)?;
    let packs = packs.iter().map(|packed| &packed.pack);
    Ok(request.fill(packs, form)?.encode())
}
