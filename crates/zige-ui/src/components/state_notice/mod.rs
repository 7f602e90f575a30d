//! Whether the text is in force, said before any verdict.

#[cfg(test)]
pub mod examples;

use yew::Html;
use zige_core::date::Date;
use zige_core::pack::Pack;
use zige_core::programme::{ApplicationState, ProgrammeState};

use crate::view::view;
use crate::words::{self, state_badge, state_sentence};

/// The badge alone.
pub fn state_tag(state: &ProgrammeState) -> Html {
    let class = match state {
        ProgrammeState::InForce => "state in-force",
        _ => "state",
    };
    view! { <span {class}>{ state_badge(state) }</span> }
}

/// Badge, sentence, the author's remark, and whether applications are taken. `link` leads to the
/// article that sets the periods.
pub fn state_notice(pack: &Pack, on: Date, link: Html) -> Html {
    let state = pack.programme.state(on);
    let applications = match pack.programme.applications(on) {
        ApplicationState::Open => "现在可以申报。".into(),
        ApplicationState::NotYet(from) => format!("{}起可以申报。", words::date(from)),
        ApplicationState::Closed(to) => format!("申报已于{}截止。", words::date(to)),
        ApplicationState::Unknown => String::new(),
    };
    view! {
        <aside class="state-notice" aria-label="文件状态">
            <p class="state-line">{ state_tag(&state) }</p>
            <p>{ state_sentence(&state) }{ applications }</p>
            <div class="slot">
                if !pack.programme.remark.is_empty() {
                    <p>{ &pack.programme.remark }</p>
                }
            </div>
            <div class="slot">{ link }</div>
        </aside>
    }
}
