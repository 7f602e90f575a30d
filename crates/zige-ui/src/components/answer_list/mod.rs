//! What has been answered; everything can be changed at any time.

#[cfg(test)]
pub mod examples;

use crate::view::view;
use yew::{Callback, Html};
use zige_core::ids::FactId;

/// An answer given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// The fact.
    pub fact: FactId,
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The answer in words.
    pub answer: String,
}

/// Names, answers, and a button each.
pub fn answer_list(lines: &[AnswerLine], change: &Callback<FactId>) -> Html {
    view! {
        <dl class="answer-list">
            { for lines.iter().map(|line| entry(line, change)) }
        </dl>
    }
}

fn entry(line: &AnswerLine, change: &Callback<FactId>) -> Html {
    let fact = line.fact;
    view! {
        <div key={line.id} class="answer-line" data-fact={&line.id}>
            <dt>{ &line.label }</dt>
            <dd>{ &line.answer }</dd>
            <dd class="change">
                <button type="button" class="link" onclick={change.reform(move |_| fact)}>
                    { "修改" }<span class="sr-only">{ &line.label }</span>
                </button>
            </dd>
        </div>
    }
}
