//! A verdict in one word, with its colour and its sign.

#[cfg(feature = "gallery")]
pub mod examples;

use yew::Html;
use zige_core::verdict::Possible;

use crate::view::{classes, view};
use crate::words::{Tone, verdict_tag as word};

/// The tag; the sign is drawn by the styles.
pub fn verdict_tag(possible: Possible) -> Html {
    view! {
        <span class={classes!("tag", Tone::of(possible).class())}>{ word(possible) }</span>
    }
}
