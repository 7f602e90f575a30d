//! One article: what it says, its operative words, and its blocks in words.

use yew::Html;
use zige_core::ids::ArticleId;
use zige_core::pack::Article;

use super::{Context, blocks, section_if};
use crate::components::citation::quotes;
use crate::library::LoadedPack;
use crate::route::Route;
use crate::view::view;

pub(super) fn article(
    context: Context<'_>,
    loaded: &LoadedPack,
    id: ArticleId,
    article: &Article,
) -> Html {
    let pack = &loaded.pack;
    let programme = Route::Programme {
        pack: pack.id.clone(),
    };
    let near = |place: Option<usize>, word: &'static str| match place
        .and_then(|place| pack.articles.get(place))
    {
        Some(article) => view! { <>{ word }{ context.to_article(&pack.id, &article.name) }</> },
        None => Html::default(),
    };
    let session = context.app.session_of(&pack.id);
    let back = match session.and_then(|session| session.check()) {
        Some(check) => {
            let route = Route::Check {
                pack: pack.id.clone(),
                check: check.id.clone(),
            };
            context.to(&route, format!("回到{}自查", check.label))
        }
        None => Html::default(),
    };
    view! {
        <div>
            <p class="back">{ context.to(&programme, pack.short.clone()) }<span class="slot">{ back }</span></p>
            <p class="region">{ &article.chapter }</p>
            <h1 id="title" tabindex="-1">{ &article.name }</h1>
            <p class="lead gist-text">{ &article.gist }</p>
            { section_if(!article.quotes.is_empty(), "quotes", "原文", "", quotes(article)) }
            { section_if(!article.blocks.is_empty(), "blocks", "这一条管什么", "", blocks::blocks(context, loaded, article, session)) }
            <nav class="near" aria-label="上一条和下一条">
                <span>{ near(id.index().checked_sub(1), "上一条：") }</span>
                <span>{ near(id.index().checked_add(1), "下一条：") }</span>
            </nav>
        </div>
    }
}
