//! Finds the level of a title by its name; a name with several levels is asked, not guessed.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html};

use super::field::Surroundings;
use super::line_input::{LineKind, line_input};
use crate::view::view;

/// A level that a name can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The position of the level among the options.
    pub value: i64,
    /// The series and the level, such as `工程技术：中级`.
    pub words: String,
}

/// `found` are the levels that the name can mean; choosing one answers the question.
pub fn title_finder(
    name: &str,
    found: &[Found],
    edit: &Callback<String>,
    choose: &Callback<i64>,
) -> Html {
    let around = Surroundings {
        id: "title-name".into(),
        label: "职称名称".into(),
        show_label: true,
        hint: "例如“主治医师”“一级教师”“农艺师”，照证书上写。".into(),
        error: String::new(),
    };
    let note = match (name.trim(), found.len()) {
        ("", _) => String::new(),
        (_, 0) => "没有找到这个名称，请在上面直接选等级。".into(),
        (_, 1) => "找到了，请核对后点选：".into(),
        _ => "这个名称在不同行业等级不同，请选您的那一种：".into(),
    };
    let button = |one: &Found| {
        let value = one.value;
        view! {
            <li key={one.words}>
                <button type="button" class="button secondary" onclick={choose.reform(move |_| value)}>
                    { &one.words }
                </button>
            </li>
        }
    };
    view! {
        <details class="shortcut">
            <summary>{ "不清楚是哪一级？按职称名称查" }</summary>
            { line_input(&around, &LineKind::Line(0), name, edit) }
            <p class="hint" role="status">{ note }</p>
            <ul class="found">{ for found.iter().map(button) }</ul>
        </details>
    }
}
