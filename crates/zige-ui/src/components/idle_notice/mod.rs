//! Asks whether somebody is still there before a shared device forgets everything.

#[cfg(test)]
pub mod examples;

use crate::view::view;
use yew::{Callback, Html};

/// The id of the button that stays, to move the focus to.
pub const STAY: &str = "idle-stay";

/// `seconds` are left.
pub fn idle_notice(seconds: u32, stay: &Callback<()>, wipe: &Callback<()>) -> Html {
    view! {
        <div class="overlay">
            <div class="dialog" role="alertdialog" aria-modal="true" aria-labelledby="idle-title" aria-describedby="idle-text">
                <h2 id="idle-title">{ "您还在使用吗？" }</h2>
                <p id="idle-text">{ "为保护您的信息，没有人操作时会清除已填的内容。" }</p>
                <p class="countdown" aria-hidden="true">{ format!("{seconds}秒后清除") }</p>
                <p class="buttons">
                    <button type="button" class="button" id={STAY} onclick={stay.reform(|_| ())}>{ "还在，继续填写" }</button>
                    <button type="button" class="button secondary" onclick={wipe.reform(|_| ())}>{ "现在就清除" }</button>
                </p>
            </div>
        </div>
    }
}
