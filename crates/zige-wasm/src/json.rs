//! JSON to JavaScript and back.

use wasm_bindgen::{JsError, JsValue};

/// Canonical JSON as a JavaScript object.
pub(crate) fn object(json: &str) -> Result<JsValue, JsError> {
    js_sys::JSON::parse(json).map_err(|_| JsError::new("the report is not JSON"))
}

/// A JavaScript value as JSON.
pub(crate) fn stringified(value: &JsValue) -> Result<String, JsError> {
    js_sys::JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| JsError::new("this is no JSON value, give an object of answers"))
}

/// Answers as JSON; a string is taken to be JSON already.
pub(crate) fn json_of(answers: &JsValue) -> Result<String, JsError> {
    match answers.as_string() {
        Some(json) => Ok(json),
        None => stringified(answers),
    }
}
