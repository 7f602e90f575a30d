//! Options as radio buttons; a long list can be narrowed by typing a part of a name.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html, InputEvent};

use super::field::{Surroundings, hint_and_error, label_class};
use super::{described_by, typed};
use crate::view::{classes, view};

/// From how many options on a list can be narrowed.
const LONG: usize = 13;

/// An option and what is meant by it (may be empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its value.
    pub value: i64,
    /// Its name.
    pub label: String,
    /// An explanation; may be empty.
    pub hint: String,
}

/// What happens to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceEvent {
    /// An option was chosen.
    Choose(i64),
    /// The text to narrow it by reads like this now.
    Filter(String),
}

/// The radio buttons' ids are the entry's id, a hyphen and the value.
pub fn choice_list(
    around: &Surroundings,
    choices: &[Choice],
    chosen: Option<i64>,
    filter: &str,
    on: &Callback<ChoiceEvent>,
) -> Html {
    let long = choices.len() >= LONG;
    let described = described_by(
        &around.id,
        !around.hint.is_empty(),
        !around.error.is_empty(),
    );
    let found: Vec<&Choice> = match filter.trim() {
        "" => choices.iter().collect(),
        part => choices
            .iter()
            .filter(|choice| choice.label.contains(part) || choice.hint.contains(part))
            .collect(),
    };
    let nothing = found.is_empty();
    // Also while pinyin is being typed: the list stays.
    let shown = if nothing {
        choices.iter().collect()
    } else {
        found
    };
    let hinted = choices.iter().any(|choice| !choice.hint.is_empty());
    let note = match (filter.trim(), nothing) {
        ("", _) => String::new(),
        (part, true) => format!("没有找到“{part}”，下面是全部选项"),
        (_, false) => format!("找到{}项", shown.len()),
    };
    view! {
        <fieldset class="entry" aria-describedby={described}>
            <legend class={label_class(around)}>{ &around.label }</legend>
            { hint_and_error(around) }
            <div class="slot">
                if long {
                    { filter_box(around, filter, &note, on) }
                }
            </div>
            <div class={classes!("options", (long && !hinted).then_some("dense"))}>
                { for shown.into_iter().map(|choice| option(around, choice, chosen, on)) }
            </div>
        </fieldset>
    }
}

fn filter_box(around: &Surroundings, filter: &str, note: &str, on: &Callback<ChoiceEvent>) -> Html {
    let id = format!("{}-filter", around.id);
    let oninput = on.reform(|event: InputEvent| ChoiceEvent::Filter(typed(&event)));
    // Enter in this box must not hand in the form: the person is still looking for an option.
    let onkeydown = Callback::from(|event: yew::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    });
    view! {
        <div class="filter">
            <label for={id.clone()}>{ "输入一两个字可以缩小范围" }</label>
            <input {id} type="text" autocomplete="off" value={filter.to_owned()} {oninput} {onkeydown} />
            <p class="hint" role="status">{ note.to_owned() }</p>
        </div>
    }
}

fn option(
    around: &Surroundings,
    choice: &Choice,
    chosen: Option<i64>,
    on: &Callback<ChoiceEvent>,
) -> Html {
    let value = choice.value;
    let id = format!("{}-{value}", around.id);
    let is_chosen = chosen == Some(value);
    let onchange = on.reform(move |_| ChoiceEvent::Choose(value));
    view! {
        <label key={value} class={classes!("option", is_chosen.then_some("chosen"))} for={id.clone()}>
            <input {id} type="radio" name={around.id.clone()} checked={is_chosen} {onchange} />
            <span class="option-text">
                <span>{ &choice.label }</span>
                <span class="slot">
                    if !choice.hint.is_empty() {
                        <span class="hint">{ &choice.hint }</span>
                    }
                </span>
            </span>
        </label>
    }
}
