//! The programmes, and what this page is.

use std::rc::Rc;

use yew::Html;

use super::{Context, section};
use crate::app::Message;
use crate::components::state_notice::state_tag;
use crate::library::LoadedPack;
use crate::route::Route;
use crate::view::view;

pub(super) fn home(context: Context<'_>) -> Html {
    let app = context.app;
    let packs = app.library.packs.iter();
    let programmes = view! {
        <ul class="cards">{ for packs.map(|loaded| card(context, loaded)) }</ul>
    };
    let kept = if app.can_save {
        "填写的内容不上传。您不点“保存”，关掉页面就没有了。"
    } else {
        "填写的内容不上传、不保存，关掉页面就没有了。"
    };
    let promises = view! {
        <ul class="promises">
            <li><strong>{ "只在您的设备上算" }</strong><span>{ kept }</span></li>
            <li><strong>{ "每个结论都有出处" }</strong><span>{ "写明是哪一条、原文怎么说、用了您的哪个回答。" }</span></li>
            <li><strong>{ "说不准的不替您猜" }</strong><span>{ "要由主管部门来定的，会告诉您找谁、问什么。" }</span></li>
        </ul>
    };
    let everything = view! {
        <><strong>{ "一次查全部项目" }</strong><span class="region">{ "不知道报哪个，就点这里：每个问题只问一次" }</span></>
    };
    view! {
        <div>
            <h1 id="title" tabindex="-1">{ "人才项目，我能不能报？" }</h1>
            <p class="lead">{ "选一个项目，回答几个问题，就能知道自己符不符合条件、为什么，还能把要交的表填好。" }</p>
            { app.navigation.link(&Route::All, "start", everything) }
            { section("programmes", "选择项目", "", programmes) }
            <p class="more">{ context.to(&Route::Search, "按词查找项目和条文") }</p>
            <p class="more">{ context.to(&Route::OwnForm, "单位发了空白表？自动填好") }</p>
            <p class="more">{ context.to(&Route::Receive, "收表单位：扫二维码读表") }</p>
            { section("promises", "请放心使用", "", promises) }
            <p class="elder">
                <button type="button" class="button secondary" aria-pressed={app.large.to_string()}
                    onclick={context.link.callback(|_| Message::ToggleLarge)}>
                    { if app.large { "换回标准字号" } else { "长辈版：字大、按钮大" } }
                </button>
            </p>
        </div>
    }
}

fn card(context: Context<'_>, loaded: &Rc<LoadedPack>) -> Html {
    let pack = &loaded.pack;
    let route = Route::Programme {
        pack: pack.id.clone(),
    };
    let inside = view! {
        <>
            <span class="card-head"><span class="region">{ &pack.region }</span>{ state_tag(&pack.programme.state(context.app.today)) }</span>
            <strong class="card-title">{ &pack.short }</strong>
            <span class="card-text">{ &pack.summary }</span>
            <span class="card-go" aria-hidden="true">{ "进去看看" }</span>
        </>
    };
    view! {
        <li key={pack.id}>{ context.app.navigation.link(&route, "card", inside) }</li>
    }
}
