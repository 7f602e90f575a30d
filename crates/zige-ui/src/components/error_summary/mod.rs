//! What has to be mended, at the top of the page; each line leads to its input.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html};

use crate::session::EntryError;
use crate::view::view;

/// The id of the box, to move the focus to when it appears.
pub const ID: &str = "error-summary";

/// Nothing when nothing is wrong. The entry's inputs have ids that start with `id`; `jump` moves the
/// focus to an input by its id.
pub fn error_summary(id: &str, errors: &[EntryError], jump: &Callback<String>) -> Html {
    if errors.is_empty() {
        return Html::default();
    }
    // The alert sits inside the focused box: on the box itself it would be read twice or not at all.
    view! {
        <div class="error-summary" id={ID} tabindex="-1">
            <div role="alert">
                <h2>{ "请核对下面的内容" }</h2>
                <ul>
                    { for errors.iter().map(|error| line(format!("{id}{}", error.at), error, jump)) }
                </ul>
            </div>
        </div>
    }
}

fn line(target: String, error: &EntryError, jump: &Callback<String>) -> Html {
    let onclick = jump.reform({
        let target = target.clone();
        move |_| target.clone()
    });
    view! {
        <li key={target}>
            <button type="button" class="link" {onclick}>{ &error.message }</button>
        </li>
    }
}
