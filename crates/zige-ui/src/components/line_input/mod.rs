//! A number with its unit, or a text of one or several lines.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html, InputEvent};

use super::field::{Surroundings, hint_and_error, label_class};
use super::{composing_enter, described_by, typed};
use crate::view::{classes, view};

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A number, with its unit.
    Number(String),
    /// One line; the most characters that there is room for (0: no limit).
    Line(u16),
    /// Several lines; the most characters that there is room for (0: no limit).
    Lines(u16),
}

/// The input's id is the entry's own.
pub fn line_input(
    around: &Surroundings,
    kind: &LineKind,
    text: &str,
    edit: &Callback<String>,
) -> Html {
    let id = around.id.clone();
    let described = described_by(&id, !around.hint.is_empty(), !around.error.is_empty());
    let wrong = !around.error.is_empty();
    let invalid = wrong.then_some("true");
    let oninput = edit.reform(|event: InputEvent| typed(&event));
    let value = text.to_owned();
    let (input, after) = match kind {
        LineKind::Number(unit) => (
            view! {
                <input {id} class={classes!("number", wrong.then_some("wrong"))} type="text"
                    inputmode="decimal" autocomplete="off" aria-describedby={described}
                    aria-invalid={invalid} {value} {oninput} onkeydown={composing_enter()} />
            },
            view! { <span class="unit">{ unit }</span> },
        ),
        LineKind::Line(limit) => (
            view! {
                <input {id} class={classes!(wrong.then_some("wrong"))} type="text"
                    autocomplete="off" aria-describedby={described} aria-invalid={invalid}
                    {value} {oninput} onkeydown={composing_enter()} />
            },
            room(text, *limit),
        ),
        LineKind::Lines(limit) => (
            view! {
                <textarea {id} class={classes!(wrong.then_some("wrong"))} rows="6"
                    autocomplete="off" aria-describedby={described} aria-invalid={invalid}
                    {value} {oninput} />
            },
            room(text, *limit),
        ),
    };
    view! {
        <div class="entry">
            <label class={label_class(around)} for={around.id.clone()}>{ &around.label }</label>
            { hint_and_error(around) }
            <div class="line">
                <div class="line-input">{ input }</div>
                <div class="slot">{ after }</div>
            </div>
        </div>
    }
}

/// How much room is left, once it gets scarce.
fn room(text: &str, limit: u16) -> Html {
    let used = zige_forms::count::word_count(text);
    let limit = usize::from(limit);
    match limit {
        0 => Html::default(),
        _ if used > limit => view! {
            <p class="hint over">{ format!("已写{used}字，表格里放得下{limit}字") }</p>
        },
        _ if used * 4 >= limit * 3 => view! {
            <p class="hint">{ format!("还可以写{}字", limit - used) }</p>
        },
        _ => Html::default(),
    }
}
