//! Examples of the notice; in the gallery it covers nothing.

use super::idle_notice;
use crate::components::Example;
use yew::Callback;

/// With half a minute left.
pub fn examples() -> Vec<Example> {
    vec![Example {
        name: "half a minute left",
        html: idle_notice(30, &Callback::noop(), &Callback::noop()),
    }]
}
