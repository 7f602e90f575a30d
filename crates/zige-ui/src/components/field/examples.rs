//! Examples of hint and error.

use super::{Surroundings, hint_and_error};
use crate::components::Example;

/// Its states.
pub fn examples() -> Vec<Example> {
    let around = |hint: &str, error: &str| Surroundings {
        id: "example-field".into(),
        hint: hint.into(),
        error: error.into(),
        ..Surroundings::default()
    };
    vec![
        Example {
            name: "hint",
            html: hint_and_error(&around("看身份证", "")),
        },
        Example {
            name: "error",
            html: hint_and_error(&around("", "请填写姓名")),
        },
    ]
}
