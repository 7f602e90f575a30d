//! What stands around every page: head, verdict bar, foot, and the question that covers a kiosk.

use yew::html::Scope;
use yew::{Html, NodeRef};

use super::{
    Context, all, article, check, form, home, own_form, people, programme, receive, result, search,
};
use crate::WHOLE;
use crate::app::{App, Face, Message};
use crate::components::idle_notice::idle_notice;
use crate::components::verdict_bar::verdict_bar;
use crate::route::Route;
use crate::view::view;
use crate::words::{Tone, headline};

pub(crate) fn shell(app: &App, link: &Scope<App>, root: &NodeRef) -> Html {
    let context = Context { app, link };
    let size = if app.large { "large" } else { "normal" };
    let seconds = app.seconds_left();
    let key = app.route.to_string();
    view! {
        <div class="zige" ref={root.clone()} data-size={size} data-face={face(&app.face)} lang="zh-CN">
            <div class="surface" inert={seconds.is_some()}>
                { head(context) }
                <div class="bar-place">{ bar(context) }</div>
                <main id="main" tabindex="-1">
                    <div class="note-place" role="status">{ note(app) }</div>
                    <div class="page-place"><div class="page" {key}>{ page(context) }</div></div>
                </main>
                { foot(context) }
            </div>
            <div class="overlay-place">
                if let Some(seconds) = seconds {
                    { idle_notice(seconds, &link.callback(|()| Message::Stay), &link.callback(|()| Message::Clear)) }
                }
            </div>
        </div>
    }
}

/// The page's name for the browser's tab.
pub(crate) fn page_title(app: &App) -> String {
    const APP: &str = "资格自查";
    let loaded = app.route.pack().and_then(|pack| app.library.pack(pack));
    let Some(loaded) = loaded else {
        let page = match app.route {
            Route::All => "一次查全部项目 · ",
            Route::People => "保存和换人 · ",
            Route::Search => "查找 · ",
            Route::OwnForm => "填单位发的空白表 · ",
            Route::Receive => "扫二维码读表 · ",
            _ => "",
        };
        return [page, APP].concat();
    };
    let page = match &app.route {
        Route::Check { check, .. } => loaded.check(check).map(|(_, check)| check.label.clone()),
        Route::Result { .. } => Some("自查结果".into()),
        Route::Article { article, .. } => Some(article.clone()),
        Route::Form { form, .. } => loaded.form(form).map(|form| form.name.clone()),
        _ => None,
    };
    match page {
        Some(page) => format!("{page} · {} · {APP}", loaded.pack.short),
        None => format!("{} · {APP}", loaded.pack.short),
    }
}

/// `inert` is the attribute's own name; yew leaves it out when it is false.
fn face(face: &Face) -> &'static str {
    match face {
        Face::App => "app",
        Face::Kiosk { .. } => "kiosk",
        Face::Widget { .. } => "widget",
    }
}

fn head(context: Context<'_>) -> Html {
    let app = context.app;
    let large = app.large;
    view! {
        <header class="head">
            <button type="button" class="skip" onclick={context.link.callback(|_| Message::Jump("main".into()))}>
                { "跳到正文" }
            </button>
            <div class="brand">
                if !matches!(app.face, Face::Widget { .. }) {
                    { app.navigation.link(&Route::Home, "home", view! { <><span class="seal" aria-hidden="true">{ "资格" }</span><span>{ "资格自查" }</span></> }) }
                }
            </div>
            <div class="tools">
                <div class="slot">
                    if app.can_save {
                        { app.navigation.link(&Route::People, "tool", view! { { whose(app) } }) }
                    }
                </div>
                <button type="button" class="tool" aria-pressed={large.to_string()}
                    onclick={context.link.callback(|_| Message::ToggleLarge)}>
                    { "长辈版" }
                </button>
                <div class="slot">
                    if matches!(app.face, Face::Kiosk { .. }) {
                        <button type="button" class="tool strong" onclick={context.link.callback(|_| Message::Clear)}>
                            { "结束并清除" }
                        </button>
                    }
                </div>
            </div>
        </header>
    }
}

/// Whose answers these are.
fn whose(app: &App) -> String {
    match app.shelf.name() {
        "" => "保存".into(),
        name => name.to_owned(),
    }
}

fn bar(context: Context<'_>) -> Html {
    match (&context.app.route, context.app.session()) {
        (Route::Check { .. }, Some(session)) => {
            let report = session.report();
            let headline = headline(report.possible, &report.programme);
            let answered = session.answered().len();
            verdict_bar(
                headline.tone,
                headline.line(),
                answered,
                session.remaining(),
            )
        }
        (Route::All, _) if WHOLE => match &context.app.panel {
            Some(panel) => {
                let answered = panel.answered().len();
                verdict_bar(
                    Tone::Incomplete,
                    all::tally(panel),
                    answered,
                    panel.remaining(),
                )
            }
            None => Html::default(),
        },
        _ => Html::default(),
    }
}

fn note(app: &App) -> Html {
    match app.note.as_str() {
        "" => Html::default(),
        note => view! { <p class="note">{ note.to_owned() }</p> },
    }
}

fn page(context: Context<'_>) -> Html {
    let app = context.app;
    match &app.route {
        Route::Home => home::home(context),
        Route::Programme { pack } => match app.library.pack(pack) {
            Some(loaded) => programme::programme(context, loaded),
            None => lost(context),
        },
        Route::All
        | Route::People
        | Route::Search
        | Route::OwnForm
        | Route::Receive
        | Route::HandOver(_)
        | Route::Result { .. }
        | Route::Article { .. }
        | Route::Form { .. }
            if !WHOLE =>
        {
            waiting()
        }
        Route::All => all::all(context),
        Route::People => people::people(context),
        Route::Search => search::search(context),
        Route::OwnForm => own_form::own_form(context),
        Route::Receive | Route::HandOver(_) => receive::receive(context),
        Route::Article { pack, article } => {
            let loaded = app.library.pack(pack);
            match loaded.and_then(|loaded| Some((loaded, loaded.article(article)?))) {
                Some((loaded, (id, article))) => article::article(context, loaded, id, article),
                None => lost(context),
            }
        }
        Route::Check { .. } => match app.session() {
            Some(session) => check::check(context, session),
            None => lost(context),
        },
        Route::Result { .. } => match app.session() {
            Some(session) => result::result(context, session),
            None => lost(context),
        },
        Route::Form { check, .. } => match &app.form.desk {
            Some(desk) => form::form(context, desk, check),
            None => lost(context),
        },
        Route::Unknown => lost(context),
    }
}

/// Another module shows this as soon as it is there.
pub(super) fn waiting() -> Html {
    view! {
        <div data-waiting="">
            <h1 id="title" tabindex="-1">{ "正在打开，请稍候……" }</h1>
            <p class="hint">{ "网络慢的时候要等一会儿，已填的内容都在。" }</p>
        </div>
    }
}

fn lost(context: Context<'_>) -> Html {
    view! {
        <div>
            <h1 id="title" tabindex="-1">{ "没有找到这一页" }</h1>
            <p>{ "地址可能不完整，或者这个项目没有收录。" }</p>
            <p>{ context.button_to(&Route::Home, "button", "回到首页") }</p>
        </div>
    }
}

fn foot(context: Context<'_>) -> Html {
    let app = context.app;
    let on = |message: fn() -> Message| context.link.callback(move |_| message());
    view! {
        <footer class="foot">
            <p><strong>{ "自查结果，不代表主管机关认定。" }</strong>{ "您填的内容只留在这台设备上，不上传。" }</p>
            <div class="clear-place">
                if app.asking_to_clear {
                    <div class="ask" role="group" aria-label="清除全部">
                        <p>{ "清除后，已填的内容都没有了，不能恢复。确定清除吗？" }</p>
                        <p class="buttons">
                            <button type="button" class="button danger" id="clear-yes" onclick={on(|| Message::Clear)}>{ "确定，全部清除" }</button>
                            <button type="button" class="button secondary" onclick={on(|| Message::AskToClear(false))}>{ "不清除" }</button>
                        </p>
                    </div>
                } else {
                    <p><button type="button" class="link" id="clear" onclick={on(|| Message::AskToClear(true))}>{ "清除全部已填内容" }</button></p>
                }
            </div>
        </footer>
    }
}
