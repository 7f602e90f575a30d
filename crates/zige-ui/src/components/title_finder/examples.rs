//! Examples of the search for a title.

use super::{Found, title_finder};
use crate::components::Example;

/// A name with two levels.
pub fn examples() -> Vec<Example> {
    let found = |value, words: &str| Found {
        value,
        words: words.into(),
    };
    vec![Example {
        name: "ambiguous",
        html: title_finder(
            "高级教师",
            &[found(4, "中小学教师：副高级"), found(3, "原小学教师：中级")],
            &yew::Callback::noop(),
            &yew::Callback::noop(),
        ),
    }]
}
