//! Programmes, checks and articles by their words.

use yew::Html;

use super::Context;
use crate::app::Message;
use crate::components::field::Surroundings;
use crate::components::line_input::{LineKind, line_input};
use crate::route::Route;
use crate::view::view;

/// More than these are not read.
const MOST_FOUND: usize = 30;

pub(super) fn search(context: Context<'_>) -> Html {
    let text = context.app.search.trim();
    let around = Surroundings {
        id: "search-text".into(),
        label: "在项目、角色和条文里找".into(),
        show_label: true,
        hint: "例如“教师”“职称”“奖励”。".into(),
        error: String::new(),
    };
    let found = if text.is_empty() {
        Vec::new()
    } else {
        find(context, text)
    };
    let note = match (text, found.len()) {
        ("", _) => String::new(),
        (_, 0) => ["没有找到“", text, "”，换个词试试。"].concat(),
        (_, MOST_FOUND) => "找到很多，先列出最前面的。多写一两个字，可以找得更准。".into(),
        (_, found) => ["找到", &found.to_string(), "处。"].concat(),
    };
    let edit = context.link.callback(Message::Search);
    view! {
        <div>
            <p class="back">{ context.to(&Route::Home, "全部项目") }</p>
            <h1 id="title" tabindex="-1">{ "查找" }</h1>
            { line_input(&around, &LineKind::Line(0), &context.app.search, &edit) }
            <p class="hint" role="status">{ note }</p>
            <ul class="articles">{ for found.into_iter() }</ul>
        </div>
    }
}

/// Programmes, checks and articles with a text, in their order.
fn find(context: Context<'_>, text: &str) -> Vec<Html> {
    let mut found: Vec<Html> = Vec::new();
    let mut look = |route: Route, name: &str, words: &[&str]| {
        if found.len() < MOST_FOUND && words.iter().any(|words| words.contains(text)) {
            let line = view! {
                <><strong>{ name.to_owned() }</strong><span class="gist">{ words.join(" ") }</span></>
            };
            let link = context.app.navigation.link(&route, "article-line", line);
            found.push(view! { <li key={route.to_string()}>{ link }</li> });
        }
    };
    for loaded in &context.app.library.packs {
        let pack = &loaded.pack;
        let id = || pack.id.clone();
        look(
            Route::Programme { pack: id() },
            &pack.short,
            &[&pack.title, &pack.region, &pack.summary],
        );
        for check in &pack.checks {
            let (pack, check_id) = (id(), check.id.clone());
            let route = Route::Check {
                pack,
                check: check_id,
            };
            look(route, &loaded.pack.short, &[&check.label, &check.question]);
        }
        for article in &pack.articles {
            let (pack, name) = (id(), article.name.clone());
            let route = Route::Article {
                pack,
                article: name,
            };
            look(route, &loaded.pack.short, &[&article.name, &article.gist]);
        }
    }
    found
}
