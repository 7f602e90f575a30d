//! Examples of links.

use super::Navigation;
use crate::components::Example;
use crate::route::Route;

/// In the app and in a widget.
pub fn examples() -> Vec<Example> {
    let text = || crate::view::view! { { "全部项目" } };
    vec![
        Example {
            name: "by the address",
            html: Navigation::Address.link(&Route::Home, "", text()),
        },
        Example {
            name: "within a widget",
            html: Navigation::Within(yew::Callback::noop()).link(&Route::Home, "", text()),
        },
    ]
}
