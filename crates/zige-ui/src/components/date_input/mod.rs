//! A date in three fields: year, month, day. Nothing opens, nothing jumps.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html, InputEvent};

use super::field::{Surroundings, hint_and_error, label_class};
use super::{composing_enter, described_by, typed};
use crate::session::{DateDraft, DatePart};
use crate::view::{classes, view};

/// `wrong` is the ending of the id of the field to mend, if one is.
pub fn date_input(
    around: &Surroundings,
    date: &DateDraft,
    wrong: &[String],
    edit: &Callback<(DatePart, String)>,
) -> Html {
    let id = &around.id;
    let described = described_by(id, !around.hint.is_empty(), !around.error.is_empty());
    let part = |part: DatePart, name: &'static str, ending: &'static str, text: &str, length| {
        let oninput = edit.reform(move |event: InputEvent| (part, typed(&event)));
        let input_id = format!("{id}{ending}");
        let is_wrong = wrong.iter().any(|at| at == ending);
        view! {
            <div class="date-part">
                <label for={input_id.clone()}>{ name }</label>
                <input id={input_id} class={classes!(length, is_wrong.then_some("wrong"))}
                    type="text" inputmode="numeric" autocomplete="off"
                    aria-invalid={is_wrong.then_some("true")}
                    value={text.to_owned()} {oninput} onkeydown={composing_enter()} />
            </div>
        }
    };
    view! {
        <fieldset class="entry" aria-describedby={described}>
            <legend class={label_class(around)}>{ &around.label }</legend>
            { hint_and_error(around) }
            <div class="date">
                { part(DatePart::Year, "年", "-year", &date.year, "digits-4") }
                { part(DatePart::Month, "月", "-month", &date.month, "digits-2") }
                { part(DatePart::Day, "日", "-day", &date.day, "digits-2") }
            </div>
        </fieldset>
    }
}
