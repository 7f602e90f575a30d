//! Every check at once: one question at a time, and the table of what comes of it.

use yew::Html;
use zige_core::pack::Fact;

use super::check::{current_id, lines, question};
use super::{Context, section, section_if};
use crate::app::Message;
use crate::components::answer_list::answer_list;
use crate::components::state_notice::state_tag;
use crate::components::verdict_tag::verdict_tag;
use crate::route::Route;
use crate::session::{Panel, Row};
use crate::view::view;
use crate::words::{TONES, Tone, headline};

pub(super) fn all(context: Context<'_>) -> Html {
    let app = context.app;
    let Some(panel) = &app.panel else {
        return Html::default();
    };
    let (asked, id, pack) = match app.session() {
        Some(session) => {
            let pack = session.pack().id.as_str();
            (question(context, session), current_id(session), pack)
        }
        None => (finished(), String::new(), ""),
    };
    // One list of declarations may follow another.
    let key = [pack, &id].concat();
    view! {
        <div class="check">
            <div class="question-place"><div class="question" {key} data-question={id}>{ asked }</div></div>
            <div class="answers-place">
                { section("panel", "各项的结果", "", table(context, panel)) }
                { answers(context, panel) }
            </div>
        </div>
    }
}

fn finished() -> Html {
    view! {
        <>
            <h1 id="title" tabindex="-1">{ "问题都答完了" }</h1>
            <p class="lead">{ "下面是各项的结果，点“看结果”可以看理由、要带的材料和去哪里办。" }</p>
        </>
    }
}

/// How many checks came to each verdict, in words.
pub(super) fn tally(panel: &Panel) -> String {
    let mut text = String::new();
    for tone in TONES {
        let rows = panel.rows().iter();
        let count = rows.filter(|row| Tone::of(row.possible()) == tone).count();
        if count > 0 {
            if !text.is_empty() {
                text.push('，');
            }
            text.push_str(tone.word());
            text.push_str(&count.to_string());
            text.push('项');
        }
    }
    text
}

/// Whom the question on the page concerns.
pub(super) fn askers(panel: &Panel, fact: &Fact) -> Html {
    let name = |place: &usize| {
        let row = panel.rows().get(*place)?;
        Some(view! { <li key={*place}>{ row_name(row) }</li> })
    };
    let askers = panel.askers(fact);
    view! { <ul class="plain">{ for askers.iter().filter_map(name) }</ul> }
}

fn row_name(row: &Row) -> String {
    let label = row.check().map_or("", |check| check.label.as_str());
    [row.pack().short.as_str(), " · ", label].concat()
}

fn table(context: Context<'_>, panel: &Panel) -> Html {
    let line = |row: &Row| {
        let pack = row.pack();
        let check = row.check()?.id.clone();
        let state = pack.programme.state(panel.on());
        let settled = row.possible().single().is_some();
        let route = match settled {
            true => Route::Result {
                pack: pack.id.clone(),
                check: check.clone(),
            },
            false => Route::Check {
                pack: pack.id.clone(),
                check: check.clone(),
            },
        };
        let name = row_name(row);
        let go = view! {
            <>{ if settled { "看结果" } else { "单独答这一项" } }<span class="sr-only">{ &name }</span></>
        };
        Some(view! {
            <tr key={[pack.id.as_str(), check.as_str()].join("/")} data-check={&check}>
                <th scope="row">{ &name }<span class="hint">{ state_tag(&state) }</span></th>
                <td>
                    <span class="under">{ headline(row.possible(), &state).under }</span>
                    { verdict_tag(row.possible()) }
                    { context.app.navigation.link(&route, "", go) }
                </td>
            </tr>
        })
    };
    view! {
        <table class="panel">
            <thead><tr><th scope="col">{ "项目" }</th><th scope="col">{ "结果" }</th></tr></thead>
            <tbody>{ for panel.rows().iter().filter_map(line) }</tbody>
        </table>
    }
}

/// What was answered, wherever; each can be changed.
fn answers(context: Context<'_>, panel: &Panel) -> Html {
    let answered = panel.answered();
    let list = |(place, row): (usize, &Row)| {
        let facts: Vec<_> = answered
            .iter()
            .filter(|(at, _)| *at == place)
            .map(|(_, fact)| *fact)
            .collect();
        if facts.is_empty() {
            return None;
        }
        let change = context
            .link
            .callback(move |fact| Message::ChangeAt(place, fact));
        let lines = lines(row.pack(), panel.answers_of(row)?, &facts);
        Some(view! { <div key={place}>{ answer_list(&lines, &change) }</div> })
    };
    let rows = panel.rows().iter().enumerate();
    let body = view! { <div>{ for rows.filter_map(list) }</div> };
    section_if(!answered.is_empty(), "answered", "已填答案", "", body)
}
