//! A verdict in one word, with its colour and its sign.

#[cfg(test)]
pub mod examples;

use yew::Html;
use zige_core::verdict::Possible;

use crate::view::{classes, view};
use crate::words::Tone;

/// The tag; the sign is drawn by the styles.
pub fn verdict_tag(possible: Possible) -> Html {
    let tone = Tone::of(possible);
    view! { <span class={classes!("tag", tone.class())}>{ tone.word() }</span> }
}
