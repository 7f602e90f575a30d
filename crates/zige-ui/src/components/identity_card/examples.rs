//! Examples of the shortcut by ID number.

use super::identity_card;
use crate::components::Example;

/// With a wrong number.
pub fn examples() -> Vec<Example> {
    vec![Example {
        name: "wrong number",
        html: identity_card(
            "110105194912310021",
            "号码的最后一位对不上，请逐位核对",
            &yew::Callback::noop(),
            &yew::Callback::noop(),
        ),
    }]
}
