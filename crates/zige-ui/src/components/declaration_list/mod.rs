//! What can only be declared: one list to confirm, each line can be opened and denied.

#[cfg(test)]
pub mod examples;

use crate::view::{classes, view};
use yew::{Callback, Html};
use zige_core::answers::Answer;
use zige_core::ids::FactId;
use zige_core::pack::Fact;

/// A declaration and what is said so far.
#[derive(Clone, Debug)]
pub struct Declaration<'a> {
    /// Its position in the pack.
    pub id: FactId,
    /// The fact.
    pub fact: &'a Fact,
    /// Yes, no or not known.
    pub answer: &'a Answer,
}

/// `declare` takes the fact and its new answer.
pub fn declaration_list(
    declarations: &[Declaration<'_>],
    declare: &Callback<(FactId, Answer)>,
) -> Html {
    view! {
        <ul class="declarations">
            { for declarations.iter().map(|declaration| line(declaration, declare)) }
        </ul>
    }
}

fn line(declaration: &Declaration<'_>, declare: &Callback<(FactId, Answer)>) -> Html {
    let (id, fact) = (declaration.id, declaration.fact);
    let (class, said) = match declaration.answer {
        Answer::Value(0) => ("denied", "不符合"),
        Answer::Value(_) => ("confirmed", "属实"),
        _ => ("unsure", "不确定"),
    };
    let options = [
        ("属实", Answer::yes_no(true)),
        ("不符合", Answer::yes_no(false)),
        ("不确定", Answer::Unknown),
    ];
    let option = |(label, answer): (&'static str, Answer)| {
        let chosen = *declaration.answer == answer;
        let onchange = declare.reform(move |_| (id, answer.clone()));
        view! {
            <label key={label} class={classes!("option", chosen.then_some("chosen"))}>
                <input type="radio" name={format!("declare-{}", fact.id)} checked={chosen} {onchange} />
                <span class="option-text">{ label }</span>
            </label>
        }
    };
    view! {
        <li key={fact.id} class={classes!("declaration", class)} data-fact={&fact.id}>
            <p class="statement">{ &fact.question }</p>
            <details>
                <summary>
                    <span class="said">{ said }</span>
                    <span>{ "点这里可以改" }</span>
                </summary>
                <fieldset>
                    <legend class="sr-only">{ &fact.label }</legend>
                    <p class="hint">{ &fact.help }</p>
                    <div class="options inline">{ for options.into_iter().map(option) }</div>
                </fieldset>
            </details>
        </li>
    }
}
