//! The npm package: checks for browsers and Node, with packs loaded at run time.
//!
//! Everything here is thin: what is said is worked out by `zige-core` and written by `zige-json`.
//! `js/index.d.ts` documents the package for its users.

mod board;
mod engine;
mod prepared;

pub use board::Board;
pub use engine::Engine;
pub use prepared::Prepared;

use wasm_bindgen::{JsError, JsValue};

/// Canonical JSON as a JavaScript object.
fn object(json: &str) -> Result<JsValue, JsError> {
    js_sys::JSON::parse(json).map_err(|_| JsError::new("the report is not JSON"))
}

/// A JavaScript object as JSON; a string is taken to be JSON already.
fn json_of(value: &JsValue) -> Result<String, JsError> {
    match value.as_string() {
        Some(json) => Ok(json),
        None => js_sys::JSON::stringify(value)
            .ok()
            .and_then(|text| text.as_string())
            .ok_or_else(|| JsError::new("the answers are no JSON value, give an object")),
    }
}
