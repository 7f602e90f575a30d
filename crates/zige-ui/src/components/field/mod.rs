//! What stands around an input: its name, its hint, its error.

#[cfg(test)]
pub mod examples;

use crate::view::view;
use yew::Html;

/// What an entry's inputs need to know of their surroundings.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The entry's id; its inputs' ids start with it.
    pub id: String,
    /// The name of the entry.
    pub label: String,
    /// Whether the name is printed above the inputs; on a question page the heading says it.
    pub show_label: bool,
    /// What is meant; may be empty.
    pub hint: String,
    /// What is wrong; empty when nothing is.
    pub error: String,
}

/// Hint and error, each in a place of its own.
pub fn hint_and_error(around: &Surroundings) -> Html {
    view! {
        <div class="hint-and-error">
            <div class="slot">
                if !around.hint.is_empty() {
                    <p class="hint" id={format!("{}-hint", around.id)}>{ &around.hint }</p>
                }
            </div>
            <div class="slot">
                if !around.error.is_empty() {
                    <p class="error" id={format!("{}-error", around.id)}>
                        <span class="sr-only">{ "需要核对：" }</span>
                        { &around.error }
                    </p>
                }
            </div>
        </div>
    }
}

/// The class of a name that is printed, or only read aloud.
pub fn label_class(around: &Surroundings) -> &'static str {
    if around.show_label {
        "label"
    } else {
        "sr-only"
    }
}
