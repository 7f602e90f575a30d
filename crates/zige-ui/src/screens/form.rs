//! A form: what is still empty, each item to edit, the preview, printing and downloading.

use yew::{AttrValue, Html, SubmitEvent};
use zige_forms::ChecklistLine;

use super::{Context, jumps, papers, photo, section, section_if, text_if, unsaved};
use crate::app::{FormMessage, Message, Preview, item_button};
use crate::components::answer_input::answer_input;
use crate::components::error_summary::error_summary;
use crate::components::field::Surroundings;
use crate::route::Route;
use crate::session::{FormDesk, Item, identity};
use crate::view::{classes, view};

/// The id of the entry that is open.
const ENTRY: &str = "item";

pub(super) fn form(context: Context<'_>, desk: &FormDesk, check: &str) -> Html {
    let form = desk.form();
    let pack = &desk.loaded().pack;
    let result = Route::Result {
        pack: pack.id.clone(),
        check: check.to_owned(),
    };
    let empty = desk.empty();
    let gaps = match empty {
        0 => "都填好了。请核对后打印或者下载。".to_owned(),
        _ if context.app.in_wechat => format!("还有{empty}项没有填。"),
        _ => format!("还有{empty}项没有填。可以先填，也可以打印出来用笔写。"),
    };
    let warning = identity::warning(pack, desk.answers(), context.app.today);
    view! {
        <div class="form-page">
            <p class="back no-print">{ context.to(&result, "自查结果") }</p>
            <h1 id="title" tabindex="-1">{ &form.name }</h1>
            <p class="lead no-print">{ "前面答过的已经填好。样表（非官方），正式表格以主管部门发的为准。" }</p>
            <p class={classes!("gaps", "no-print", (empty > 0).then_some("some"))} role="status">{ gaps }</p>
            { contents(context, desk) }
            <div class="slot no-print">
                if context.app.in_wechat {
                    <p class="warning">{ "微信里不能打印，也不能下载。做法在下面的“打印和下载”里。" }</p>
                }
            </div>
            { unsaved(context) }
            <div class="slot no-print">{ warning.map(|warning| view! { <p class="warning">{ warning }</p> }) }</div>
            <div class="no-print">{ section("items", "填写内容", "点“填写”或“修改”，改完记得保存。", items(context, desk)) }</div>
            <div class="no-print"><div class="slot">
                if desk.has_photo() {
                    { photo::photo(context) }
                }
            </div></div>
            { section("preview", "预览", "", preview(context, &context.app.form.preview)) }
            <div class="no-print">{ section("take", "打印和下载", "", papers::take(context, desk)) }</div>
            <div class="no-print">{ papers::open(context, desk) }</div>
            <p class="more no-print">{ context.to(&Route::OwnForm, "单位发了自己的空白表（Word文档）？用这里的答案自动填") }</p>
            <div class="no-print">{ papers::dates(context, desk) }</div>
            <div class="no-print">{ beside(context, desk) }</div>
        </div>
    }
}

/// Leads down the page.
fn contents(context: Context<'_>, desk: &FormDesk) -> Html {
    let places = [
        (desk.has_photo(), "photo", "照片"),
        (true, "preview", "预览"),
        (true, "take", "打印和下载"),
        (true, "go-on", "接着填"),
    ];
    jumps(context, "直接去：", places)
}

fn items(context: Context<'_>, desk: &FormDesk) -> Html {
    view! {
        <ul class="items">{ for desk.items().iter().map(|item| line(context, desk, *item)) }</ul>
    }
}

fn line(context: Context<'_>, desk: &FormDesk, item: Item) -> Html {
    let (label, id, content) = desk.line(item);
    let empty = desk.is_empty(item);
    let open = desk.open_item().is_some_and(|(open, ..)| open == item);
    let word = if empty { "填写" } else { "修改" };
    view! {
        <li key={id} class={classes!("item", empty.then_some("empty"), open.then_some("open"))} data-item={&id}>
            <div class="item-line">
                <span class="item-label">{ &label }</span>
                <span class="item-content">{ content }</span>
                <button type="button" class="link" id={item_button(&id)} aria-expanded={open.to_string()}
                    onclick={context.link.callback(move |_| if open { FormMessage::Close } else { FormMessage::Open(item) })}>
                    { word }<span class="sr-only">{ label }</span>
                </button>
            </div>
            <div class="editor-place">
                if open {
                    { editor(context, desk) }
                }
            </div>
        </li>
    }
}

fn editor(context: Context<'_>, desk: &FormDesk) -> Html {
    let Some((_, fact, draft)) = desk.open_item() else {
        return Html::default();
    };
    let link = context.link;
    let first = desk.errors().first();
    let around = Surroundings {
        id: ENTRY.into(),
        label: fact.label.clone(),
        show_label: false,
        hint: fact.help.clone(),
        error: first.map(|error| error.message.clone()).unwrap_or_default(),
    };
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        FormMessage::SaveAndGoOn
    });
    let save = match desk.next_empty() {
        Some(_) => "保存，填下一项",
        None => "保存",
    };
    let question = if fact.question.is_empty() {
        &fact.label
    } else {
        &fact.question
    };
    view! {
        <form class="editor" novalidate="" {onsubmit}>
            <div class="errors-place">{ error_summary(ENTRY, desk.errors(), &link.callback(Message::Jump)) }</div>
            <h3 id="item-title" tabindex="-1">{ question }</h3>
            { answer_input(&desk.loaded().pack, fact, &around, draft, desk.errors(), &link.callback(FormMessage::Edit)) }
            <p class="buttons">
                <button type="submit" class="button" id="save">{ save }</button>
                <button type="button" class="button secondary" id="save-only" onclick={link.callback(|_| FormMessage::Save)}>{ "只保存" }</button>
                <button type="button" class="button secondary" onclick={link.callback(|_| FormMessage::Close)}>{ "取消" }</button>
            </p>
        </form>
    }
}

/// A form's pages, as far as they are there.
pub(super) fn preview(context: Context<'_>, preview: &Preview) -> Html {
    let pages = match (preview, context.app.can_write_forms) {
        (_, false) => {
            view! { <p class="warning">{ "这个页面没有带填表功能，请在完整版里使用。" }</p> }
        }
        (Preview::Working, _) => view! { <p role="status">{ "正在生成预览……" }</p> },
        (Preview::Failed, _) => view! {
            <p class="warning" role="alert">{ "预览没有生成。请检查网络后重新打开本页，已填的内容不会丢。" }</p>
        },
        (Preview::Ready(pages), _) => Html::from_html_unchecked(AttrValue::clone(pages)),
    };
    let is_large = context.app.form.is_large;
    let ready = matches!(preview, Preview::Ready(_));
    let word = if is_large {
        "缩小到一页宽"
    } else {
        "放大看"
    };
    view! {
        <>
            <div class="slot no-print">
                if ready {
                    <p><button type="button" class="link" id="enlarge" aria-pressed={is_large.to_string()}
                        onclick={context.link.callback(|_| FormMessage::Enlarge)}>{ word }</button></p>
                }
            </div>
            <div class={classes!("preview-place", is_large.then_some("large"))} tabindex={if is_large { "0" } else { "-1" }} role="region" aria-label="表格的样子">{ pages }</div>
        </>
    }
}

fn beside(context: Context<'_>, desk: &FormDesk) -> Html {
    let form = desk.form();
    let summary = context.app.form.summary.as_ref();
    let overlong = summary
        .map(|summary| summary.overlong.clone())
        .unwrap_or_default();
    let by_hand = summary
        .map(|summary| summary.by_hand.clone())
        .unwrap_or_default();
    let checklist = summary
        .map(|summary| summary.checklist.clone())
        .unwrap_or_default();
    let paper = |line: &ChecklistLine| {
        let copies = line.copies.map(|copies| format!("{copies}份"));
        let proves = match line.proves.as_slice() {
            [] => String::new(),
            proves => format!("证明：{}", proves.join("、")),
        };
        view! {
            <li key={&line.name}>
                <span>{ &line.name }{ " " }{ copies.unwrap_or_default() }</span>
                <span class="hint">{ proves }</span>
            </li>
        }
    };
    let copies = form.copies.map_or_else(
        || "原文没有说要几份，请以通知为准。".to_owned(),
        |copies| format!("一式{copies}份。"),
    );
    view! {
        <>
            { section_if(!overlong.is_empty(), "overlong", "写得太长的", "表格里放不下，请改短一些。", view! {
                <ul class="plain">{ for overlong.iter().map(|one| view! { <li key={one.label}>{ format!("{}：{}字，最多{}字", one.label, one.length, one.limit) }</li> }) }</ul>
            }) }
            { section_if(!by_hand.is_empty(), "by-hand", "打印后用笔完成的", "", view! {
                <ul class="plain">{ for by_hand.iter().map(|one| view! { <li key={one}>{ one }</li> }) }</ul>
            }) }
            { section("hand-in", "怎么交", &copies, view! {
                <>
                    <ol class="steps">{ for form.chain.iter().enumerate().map(|(place, office)| view! { <li key={place}><span>{ office }</span></li> }) }</ol>
                    { text_if(&form.due, "due") }
                    { text_if(&form.remark, "hint") }
                </>
            }) }
            { section_if(checklist.len() > 1, "attachments", "一起交的材料", "按这个顺序装订。没有写份数的，以通知为准。", view! {
                <>
                    <ol class="steps">{ for checklist.iter().map(paper) }</ol>
                    <label class="option">
                        <input type="checkbox" id="print-checklist" checked={!context.app.form.leaves_out_checklist}
                            onchange={context.link.callback(|_| FormMessage::ToggleChecklist)} />
                        <span class="option-text">{ "打印时多打一页材料清单" }</span>
                    </label>
                </>
            }) }
        </>
    }
}
