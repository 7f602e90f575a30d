//! The verdict so far, always in sight and read aloud when it changes.

#[cfg(test)]
pub mod examples;

use yew::Html;

use crate::view::{classes, view};
use crate::words::Tone;

/// `line` is the result in words; `answered` and `remaining` count questions.
pub fn verdict_bar(tone: Tone, line: String, answered: usize, remaining: usize) -> Html {
    let progress = match (answered, remaining) {
        (0, remaining) => format!("大约{remaining}题"),
        (answered, 0) => format!("已答{answered}题"),
        (answered, remaining) => format!("已答{answered}题，大约还有{remaining}题"),
    };
    let done = answered.to_string();
    let all = (answered + remaining).to_string();
    view! {
        <div class={classes!("verdict-bar", tone.class())}>
            <p class="verdict-line" role="status" aria-live="polite">
                <span class="sr-only">{ "目前结果：" }</span>
                <strong>{ line }</strong>
                <span class="progress-words">{ progress }</span>
            </p>
            <progress value={done} max={all} aria-hidden="true"></progress>
        </div>
    }
}
