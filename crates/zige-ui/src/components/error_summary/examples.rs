//! Examples of the error summary.

use super::error_summary;
use crate::components::Example;
use crate::session::EntryError;

/// Its states.
pub fn examples() -> Vec<Example> {
    let error = |at: &str, message: &str| EntryError {
        at: at.into(),
        message: message.into(),
    };
    let errors = [
        error("-year", "请填写出生日期的年份"),
        error("-month", "请填写出生日期的月份"),
    ];
    vec![Example {
        name: "two errors",
        html: error_summary("example", &errors, &yew::Callback::noop()),
    }]
}
