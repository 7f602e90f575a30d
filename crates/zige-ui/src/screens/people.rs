//! Whose answers are kept on this device: keep, change over, rename, forget.

use yew::{Html, SubmitEvent};

use super::{Context, papers, section, section_if};
use crate::app::PeopleMessage;
use crate::components::field::Surroundings;
use crate::components::line_input::{LineKind, line_input};
use crate::route::Route;
use crate::view::view;

pub(super) fn people(context: Context<'_>) -> Html {
    let app = context.app;
    let name = app.shelf.name();
    let body = match (app.can_save, name) {
        (false, _) => {
            view! { <p>{ "这台设备或者这个浏览器现在不能保存，关掉页面，填的内容就没有了。" }</p> }
        }
        (true, "") => naming(
            context,
            "这一份还没有保存。关掉页面就没有了。",
            "保存在这台设备上",
        ),
        (true, _) => naming(context, "这一份已经保存，以后的改动也会自动保存。", "改名"),
    };
    let now = match name {
        "" => "现在填的这一份".into(),
        name => ["现在填的是：", name].concat(),
    };
    let kept = !app.shelf.is_empty();
    view! {
        <div>
            <p class="back">{ context.to(&Route::Home, "全部项目") }</p>
            <h1 id="title" tabindex="-1">{ "保存和换人" }</h1>
            <p class="lead">{ "保存的内容只在这台设备的这个浏览器里，不上传。别人用这台设备也能看到，公用的手机、电脑上请不要保存。" }</p>
            { section("now", &now, "", body) }
            <div class="slot">
                if app.can_write_forms {
                    { section("go-on", "打开以前存下的文件", "表的页面上下载过的Word文档、Excel表格、数据文件，都可以从这里接着填。", view! {
                        <>
                            { papers::chooser(context) }
                            <div id="opened" tabindex="-1">{ papers::told(context) }</div>
                        </>
                    }) }
                }
            </div>
            { section_if(kept, "kept", "已保存的人", "", list(context)) }
        </div>
    }
}

fn naming(context: Context<'_>, text: &'static str, action: &'static str) -> Html {
    let link = context.link;
    let around = Surroundings {
        id: "name".into(),
        label: "名字".into(),
        show_label: true,
        hint: "自己认得就行，例如“我”“妈妈”。".into(),
        error: context.app.people.name_error.into(),
    };
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        PeopleMessage::Keep
    });
    let edit = link.callback(PeopleMessage::TypeName);
    view! {
        <form novalidate="" {onsubmit}>
            <p>{ text }</p>
            { line_input(&around, &LineKind::Line(10), &context.app.people.name, &edit) }
            <p><button type="submit" class="button" id="keep">{ action }</button></p>
        </form>
    }
}

fn list(context: Context<'_>) -> Html {
    let app = context.app;
    let people = app.shelf.names().enumerate().map(|(place, name)| {
        view! { <li key={place} class="person">{ person(context, place, name) }</li> }
    });
    let another = context.link.callback(|_| PeopleMessage::TurnTo(None));
    view! {
        <>
            <ul class="people">{ for people }</ul>
            <div class="slot">
                if app.shelf.current().is_some() {
                    <p><button type="button" class="button secondary" id="another" onclick={another}>{ "给另一个人填" }</button></p>
                }
            </div>
        </>
    }
}

fn person(context: Context<'_>, place: usize, name: &str) -> Html {
    let app = context.app;
    let is_current = app.shelf.current() == Some(place);
    let loses = app.shelf.current().is_none() && !app.book.is_empty();
    let turn = context
        .link
        .callback(move |_| PeopleMessage::TurnTo(Some(place)));
    let ask = |whom: Option<usize>| {
        context
            .link
            .callback(move |_| PeopleMessage::AskToForget(whom))
    };
    let forget = context.link.callback(move |_| PeopleMessage::Forget(place));
    view! {
        <>
            <strong>{ name.to_owned() }</strong>
            <div class="slot">
                if app.people.asking_to_forget == Some(place) {
                    <div class="ask" role="group" aria-label="删除">
                        <p>{ "删除后，这个人填的内容都没有了，不能恢复。确定删除吗？" }</p>
                        <p class="buttons">
                            <button type="button" class="button danger" id={format!("forget-{place}")} onclick={forget}>{ "确定删除" }</button>
                            <button type="button" class="button secondary" onclick={ask(None)}>{ "不删" }</button>
                        </p>
                    </div>
                } else {
                    <p class="buttons">
                        <span class="slot">
                            if is_current {
                                <span class="hint">{ "正在填" }</span>
                            } else {
                                <button type="button" class="button secondary" onclick={turn}>
                                    { if loses { "不保存现在这份，换成" } else { "换成" } }{ name.to_owned() }
                                </button>
                            }
                        </span>
                        <button type="button" class="link danger" id={format!("forget-{place}")} onclick={ask(Some(place))}>
                            { "删除" }<span class="sr-only">{ name.to_owned() }</span>
                        </button>
                    </p>
                }
            </div>
        </>
    }
}
