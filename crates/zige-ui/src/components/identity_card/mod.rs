//! The ID number as a shortcut: it fills date of birth and sex, and is kept nowhere but here.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html, SubmitEvent};

use super::field::Surroundings;
use super::line_input::{LineKind, line_input};
use crate::view::view;

/// The id of the entry.
pub const ID: &str = "id-number";

/// `error` says what is wrong with the number; empty when nothing is.
pub fn identity_card(
    number: &str,
    error: &str,
    edit: &Callback<String>,
    submit: &Callback<()>,
) -> Html {
    let around = Surroundings {
        id: ID.into(),
        label: "身份证号码".into(),
        show_label: true,
        hint: "18位，最后一位可能是X；只在这个页面里用来读出生日期和性别，不会保存，也不会发送。"
            .into(),
        error: error.into(),
    };
    let onsubmit = submit.reform(|event: SubmitEvent| event.prevent_default());
    view! {
        // Opened by the person alone: it must not close under a number that is being mended.
        <details class="shortcut">
            <summary>{ "用身份证号码代填（可不用）" }</summary>
            <form novalidate="" {onsubmit}>
                { line_input(&around, &LineKind::Line(0), number, edit) }
                <p><button type="submit" class="button secondary">{ "填入" }</button></p>
            </form>
        </details>
    }
}
