//! Examples of the date input.

use super::date_input;
use crate::components::Example;
use crate::components::field::Surroundings;
use crate::session::DateDraft;

/// Its states.
pub fn examples() -> Vec<Example> {
    let around = |id: &str, error: &str| Surroundings {
        id: id.into(),
        label: "出生日期".into(),
        show_label: true,
        hint: "只记得年月的，日可以不填。".into(),
        error: error.into(),
    };
    let noop = yew::Callback::noop();
    let date = DateDraft {
        year: "1985".into(),
        month: "2".into(),
        day: "30".into(),
    };
    vec![
        Example {
            name: "empty",
            html: date_input(
                &around("example-date-1", ""),
                &DateDraft::default(),
                &[],
                &noop,
            ),
        },
        Example {
            name: "wrong day",
            html: date_input(
                &around("example-date-2", "1985年2月只有28天，请核对出生日期的日"),
                &date,
                &["-day".into()],
                &noop,
            ),
        },
    ]
}
