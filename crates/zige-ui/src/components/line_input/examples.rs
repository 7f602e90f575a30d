//! Examples of the line input.

use super::{LineKind, line_input};
use crate::components::Example;
use crate::components::field::Surroundings;

/// Its states.
pub fn examples() -> Vec<Example> {
    let around = |id: &str, label: &str, error: &str| Surroundings {
        id: id.into(),
        label: label.into(),
        show_label: true,
        hint: String::new(),
        error: error.into(),
    };
    let noop = yew::Callback::noop();
    vec![
        Example {
            name: "number",
            html: line_input(
                &around("example-line-1", "请假天数", ""),
                &LineKind::Number("天".into()),
                "3",
                &noop,
            ),
        },
        Example {
            name: "line with an error",
            html: line_input(
                &around("example-line-2", "姓名", "请填写姓名"),
                &LineKind::Line(30),
                "",
                &noop,
            ),
        },
        Example {
            name: "more than there is room for",
            html: line_input(
                &around("example-line-3", "业绩", ""),
                &LineKind::Lines(10),
                "参加课题两项，获得奖励一次",
                &noop,
            ),
        },
    ]
}
