//! Components, one folder each with its examples. A component is a function of what it shows; what
//! happens goes out through callbacks, so that every page is a function of the session.
//!
//! A parent element has a fixed list of children; whatever is conditional lives alone in its own
//! element, and items of a loop are keyed (yew 0.23 moves fields otherwise).

pub mod answer_input;
pub mod answer_list;
pub mod choice_list;
pub mod citation;
pub mod date_input;
pub mod declaration_list;
pub mod error_summary;
pub mod field;
pub mod identity_card;
pub mod idle_notice;
pub mod line_input;
pub mod navigation;
pub mod records_editor;
pub mod state_notice;
pub mod title_finder;
pub mod verdict_bar;
pub mod verdict_tag;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{Callback, InputEvent, KeyboardEvent, TargetCast};

/// A component in one of its states.
#[cfg(test)]
#[derive(Debug)]
pub struct Example {
    /// The state, in English.
    pub name: &'static str,
    /// How it looks.
    pub html: yew::Html,
}

/// What an input holds.
pub(crate) fn typed(event: &InputEvent) -> String {
    let target = event.target_unchecked_into::<web_sys::Element>();
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
            .unwrap_or_default(),
    }
}

/// Keeps the Enter that ends a composition from handing in the form.
pub(crate) fn composing_enter() -> Callback<KeyboardEvent> {
    // Safari tells the end of a composition only by this key code.
    const PROCESS: u32 = 229;
    Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter" && (event.is_composing() || event.key_code() == PROCESS) {
            event.prevent_default();
        }
    })
}

/// `aria-describedby` of an entry: its hint and, when something is wrong, its error.
pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}
