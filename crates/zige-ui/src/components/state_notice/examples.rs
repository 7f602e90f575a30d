//! Examples of the notice on the state of a programme.

use super::state_notice;
use crate::components::Example;
use crate::sample;

/// A draft.
pub fn examples() -> Vec<Example> {
    vec![Example {
        name: "draft",
        html: state_notice(&sample::pack(), sample::today(), yew::Html::default()),
    }]
}
