//! A programme: what it is, what can be checked, its forms, its articles.

use yew::Html;
use zige_core::pack::{Article, Form, Who};
use zige_core::verdict::Possible;

use super::{Context, section, section_if};
use crate::WHOLE;
use crate::components::state_notice::state_notice;
use crate::components::verdict_tag::verdict_tag;
use crate::library::LoadedPack;
use crate::route::Route;
use crate::session::Session;
use crate::view::{classes, view};

pub(super) fn programme(context: Context<'_>, loaded: &LoadedPack) -> Html {
    let pack = &loaded.pack;
    let state = state_notice(pack, context.app.today, period_link(context, loaded));
    let checks = view! {
        <ul class="starts">{ for pack.checks.iter().map(|check| {
            let route = Route::Check { pack: pack.id.clone(), check: check.id.clone() };
            let who = match check.who { Who::Person => "个人", Who::Unit => "单位" };
            let text = view! { <><strong>{ &check.question }</strong><span class="region">{ format!("{who}自查：{}", check.label) }</span></> };
            view! { <li key={check.id}>{ context.app.navigation.link(&route, "start", text) }</li> }
        }) }</ul>
    };
    let session = context.app.session_of(&pack.id);
    let articles_text = match session {
        Some(_) => "后面的标记是按您的回答得出的。",
        None => "逐条说明，点开可以看原文。",
    };
    view! {
        <div>
            <p class="back">{ context.to(&Route::Home, "全部项目") }</p>
            <h1 id="title" tabindex="-1">{ &pack.short }</h1>
            <p class="full-title">{ &pack.title }</p>
            <p class="lead">{ &pack.summary }</p>
            <dl class="facts-line">
                <div><dt>{ "发文机关" }</dt><dd>{ &pack.issuer }</dd></div>
                <div><dt>{ "适用地区" }</dt><dd>{ &pack.region }</dd></div>
                <div><dt>{ "文本" }</dt><dd>{ &pack.version }</dd></div>
            </dl>
            { state }
            { section("checks", "开始自查", "", checks) }
            <div class="slot">
                if WHOLE {
                    { forms(context, loaded) }
                    { section("articles", "政策逐条看", articles_text, articles(context, loaded, session)) }
                } else {
                    <p class="hint" data-waiting="">{ "正在取政策原文……" }</p>
                }
            </div>
        </div>
    }
}

fn period_link(context: Context<'_>, loaded: &LoadedPack) -> Html {
    let article = loaded.pack.programme.article;
    let article = article.and_then(|id| loaded.pack.articles.get(id.index()));
    match article {
        Some(article) => view! {
            <p>{ "依据：" }{ context.to_article(&loaded.pack.id, &article.name) }</p>
        },
        None => Html::default(),
    }
}

fn forms(context: Context<'_>, loaded: &LoadedPack) -> Html {
    let pack = &loaded.pack;
    let line = |form: &Form| {
        let check = form
            .check
            .and_then(|id| pack.checks.get(id.index()))
            .or(pack.checks.first());
        let name = match (check, form.parts.is_empty()) {
            (Some(check), false) => {
                let route = Route::Form {
                    pack: pack.id.clone(),
                    check: check.id.clone(),
                    form: form.id.clone(),
                };
                context.to(&route, form.name.clone())
            }
            _ => view! { <span>{ &form.name }</span> },
        };
        view! {
            <li key={form.id}>
                { name }
                <span class="hint">{ format!("{}填写", form.filled_by) }</span>
            </li>
        }
    };
    // A form that belongs to a check is for the people whom it judges; the others are for offices.
    let list = |title: &str, wanted: &dyn Fn(&&Form) -> bool| {
        let forms: Vec<&Form> = pack.forms.iter().filter(wanted).collect();
        let title = format!("{title}（{}种）", forms.len());
        view! {
            <div class="slot">
                if !forms.is_empty() {
                    <details class="more"><summary>{ title }</summary><ul class="plain papers">{ for forms.into_iter().map(line) }</ul></details>
                }
            </div>
        }
    };
    let fillable = |form: &&Form| !form.parts.is_empty();
    let body = view! {
        <>
            { list("申请和参加的人用的", &|form| fillable(form) && form.check.is_some()) }
            { list("单位和主管部门用的", &|form| fillable(form) && form.check.is_none()) }
            { list("要另外准备的材料", &|form| !fillable(form)) }
        </>
    };
    section_if(
        !pack.forms.is_empty(),
        "forms",
        "表格和材料",
        "表格点名称就能填。做完自查再填，答过的不用再写。",
        body,
    )
}

fn articles(context: Context<'_>, loaded: &LoadedPack, session: Option<&Session>) -> Html {
    let mut chapters: Vec<(&str, Vec<&Article>)> = Vec::new();
    for article in &loaded.pack.articles {
        match chapters.last_mut() {
            Some((chapter, articles)) if *chapter == article.chapter => articles.push(article),
            _ => chapters.push((&article.chapter, vec![article])),
        }
    }
    let chapter = |(place, (chapter, articles)): (usize, (&str, Vec<&Article>))| {
        view! {
            <details class="chapter" key={place} open={place == 0}>
                <summary><h3>{ if chapter.is_empty() { "正文".to_owned() } else { chapter.to_owned() } }</h3></summary>
                <ul class="articles">{ for articles.into_iter().map(|article| line(context, loaded, article, session)) }</ul>
            </details>
        }
    };
    view! { <div class="chapters">{ for chapters.into_iter().enumerate().map(chapter) }</div> }
}

fn line(
    context: Context<'_>,
    loaded: &LoadedPack,
    article: &Article,
    session: Option<&Session>,
) -> Html {
    let route = Route::Article {
        pack: loaded.pack.id.clone(),
        article: article.name.clone(),
    };
    let item = article.name.contains('（');
    let text = view! {
        <>
            <strong>{ &article.name }</strong>
            <span class="gist">{ &article.gist }</span>
            <span class="slot">{ own_verdict(loaded, article, session) }</span>
        </>
    };
    view! {
        <li key={article.name} class={classes!(item.then_some("item"))}>
            { context.app.navigation.link(&route, "article-line", text) }
        </li>
    }
}

/// What the person's answers make of the conditions of an article.
fn own_verdict(loaded: &LoadedPack, article: &Article, session: Option<&Session>) -> Html {
    let id = loaded.article(&article.name).map(|(id, _)| id);
    let own: Vec<Possible> = session
        .into_iter()
        .flat_map(|session| &session.report().conditions)
        .filter(|report| {
            let condition = loaded.pack.conditions.get(report.condition.index());
            condition.map(|condition| condition.article) == id
        })
        .map(|report| report.possible)
        .collect();
    match own.split_first() {
        Some((first, rest)) => verdict_tag(rest.iter().fold(*first, |all, one| all.and(*one))),
        None => Html::default(),
    }
}
