//! The pages: functions of the app's state.

mod all;
mod article;
mod blocks;
mod check;
mod form;
mod home;
mod own_form;
mod papers;
mod people;
mod photo;
mod programme;
mod receive;
mod result;
mod search;
pub(crate) mod shell;

use yew::Html;
use yew::html::Scope;

use crate::app::{App, Face, Message};
use crate::route::Route;
use crate::view::view;

/// What every page needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The state.
    pub(crate) app: &'a App,
    /// Where messages go.
    pub(crate) link: &'a Scope<App>,
}

impl Context<'_> {
    fn to(self, route: &Route, text: impl Into<String>) -> Html {
        self.app
            .navigation
            .link(route, "", view! { { text.into() } })
    }

    fn button_to(self, route: &Route, class: &'static str, text: impl Into<String>) -> Html {
        self.app
            .navigation
            .link(route, class, view! { { text.into() } })
    }

    fn to_article(self, pack: &str, article: &str) -> Html {
        let route = Route::Article {
            pack: pack.to_owned(),
            article: article.to_owned(),
        };
        self.to(&route, article)
    }
}

/// A section with a heading; `text` says in one sentence what it is, and may be empty.
fn section(id: &'static str, title: &str, text: &str, body: Html) -> Html {
    view! {
        <section aria-labelledby={id}>
            <h2 {id} tabindex="-1">{ title.to_owned() }</h2>
            <div class="slot">
                if !text.is_empty() {
                    <p class="lead">{ text.to_owned() }</p>
                }
            </div>
            { body }
        </section>
    }
}

/// A section, or nothing when there is nothing in it.
fn section_if(any: bool, id: &'static str, title: &str, text: &str, body: Html) -> Html {
    view! {
        <div class="slot">
            if any {
                { section(id, title, text, body) }
            }
        </div>
    }
}

/// A section that is opened by a touch.
fn folded(id: &'static str, title: &str, body: Html) -> Html {
    view! {
        <details class="fold" {id}>
            <summary><h2>{ title.to_owned() }</h2></summary>
            { body }
        </details>
    }
}

/// A text, or nothing.
fn text_if(text: &str, class: &'static str) -> Html {
    view! {
        <div class="slot">
            if !text.is_empty() {
                <p {class}>{ text.to_owned() }</p>
            }
        </div>
    }
}

/// Leads down a long page, to those places that are on it: whether one is, its id and its name.
fn jumps<const N: usize>(
    context: Context<'_>,
    title: &'static str,
    places: [(bool, &'static str, &'static str); N],
) -> Html {
    let place = |(any, id, label): (bool, &'static str, &'static str)| {
        let onclick = context.link.callback(move |_| Message::Jump(id.into()));
        any.then(
            || view! { <button type="button" class="link" key={id} {onclick}>{ label }</button> },
        )
    };
    view! {
        <p class="contents no-print">{ title }<span class="slot">{ for places.into_iter().filter_map(place) }</span></p>
    }
}

/// Says what would be lost with the page and could be kept.
fn unsaved(context: Context<'_>) -> Html {
    let app = context.app;
    let can_keep = app.can_save && matches!(app.face, Face::App);
    let loses = can_keep && app.shelf.name().is_empty() && !app.book.is_empty();
    view! {
        <div class="slot no-print">
            if loses {
                <p class="hint">{ "这一份还没有保存，关掉或者刷新页面就没有了。" }{ context.to(&Route::People, "保存在这台设备上") }</p>
            }
        </div>
    }
}
