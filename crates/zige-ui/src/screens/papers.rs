//! A form's ways out and back in: printing, files, dates.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::{Html, SubmitEvent};
use zige_forms::calendar::{Calendar, Every};

use super::{Context, folded, section, section_if, text_if};
use crate::app::{Download, Message, Paper, PapersMessage, Preview};
use crate::components::date_input::date_input;
use crate::components::field::Surroundings;
use crate::route::Route;
use crate::session::{FormDesk, Opened, OpenedLine};
use crate::view::view;
use crate::words;

/// Printing and downloading; in WeChat, which can do neither, the way to a browser that can.
pub(super) fn take(context: Context<'_>, desk: &FormDesk) -> Html {
    let (app, link) = (context.app, context.link);
    if app.in_wechat {
        return wechat(
            context,
            "微信里不能打印，也不能下载文件。",
            "就可以打印和下载了",
        );
    }
    let ready = matches!(app.form.preview, Preview::Ready(_));
    let button = |paper: Paper, id: &'static str, name: &'static str| {
        view! {
            <button type="button" class="button secondary" {id} disabled={!ready}
                onclick={link.callback(move |_| PapersMessage::Take(paper))}>{ name }</button>
        }
    };
    view! {
        <>
            <p class="buttons">
                <button type="button" class="button" id="print" disabled={!ready} onclick={link.callback(|_| Message::Print)}>{ "打印" }</button>
                { button(Paper::Document, "download", "下载Word文档") }
                <span class="slot">
                    if desk.has_lists() {
                        { button(Paper::Workbook, "download-list", "下载Excel表格") }
                    }
                </span>
                { button(Paper::Data, "download-data", "保存我的数据") }
            </p>
            <p role="status" id="taken">{ said(app.papers.download) }</p>
        </>
    }
}

pub(super) fn said(download: Download) -> &'static str {
    match download {
        Download::None => "",
        Download::Working => "正在生成文件……",
        Download::Done(Paper::Document) => "文档已经交给浏览器下载，用Word或者WPS可以打开修改。",
        Download::Done(Paper::Workbook) => {
            "表格已经交给浏览器下载。在Excel或者WPS里接着填好，保存以后可以在下面读回来。"
        }
        Download::Done(Paper::Calendar) => {
            "日历文件已经交给浏览器下载。打开它，就能加到手机或者电脑的日历里。"
        }
        Download::Done(Paper::Data) => {
            "数据已经交给浏览器下载。换手机、换电脑时，点页面上面的“保存”，选这个文件就能接着填。里面有个人信息，请保管好；照片不在里面。"
        }
        Download::Failed => "文件没有生成，请再试一次。",
    }
}

/// WeChat lets pages neither print nor download; what was said goes along to another browser. What
/// cannot be done here, and what can be done there.
pub(super) fn wechat(context: Context<'_>, cannot: &'static str, then: &'static str) -> Html {
    view! {
        <div class="warning" id="wechat">
            <p>{ cannot }</p>
            <div class="slot">
                if context.app.can_carry() {
                    { carry(context, then) }
                } else {
                    <p>{ "请点右上角“…”，选“在浏览器打开”，再接着做。" }</p>
                }
            </div>
        </div>
    }
}

fn carry(context: Context<'_>, then: &'static str) -> Html {
    let (app, link) = (context.app, context.link);
    let address = &app.papers.link;
    view! {
        <div>
            <p>{ "请换到手机自带的浏览器，已经填的内容可以一起带过去：" }</p>
            <ol class="numbered">
                <li>{ "点“生成带内容的网址”，再点“复制”。" }</li>
                <li>{ "退出微信，打开手机自带的浏览器，把网址粘贴到地址栏里打开。" }</li>
                <li>{ "核对以后，点“这是我自己的，接着填”，" }{ then }{ "。" }</li>
            </ol>
            <p class="hint">{ "网址里有您填的内容，请不要发给别人。网址只在您的手机上打开，内容不会上传。照片不在里面，要重新选。" }</p>
            <p class="buttons">
                <button type="button" class="button" id="make-link" onclick={link.callback(|_| PapersMessage::Link)}>{ "生成带内容的网址" }</button>
            </p>
            <div class="slot">
                if !address.is_empty() {
                    <label class="label" for="link">{ "带内容的网址" }</label>
                    <textarea id="link" readonly="" rows="3" value={address.clone()} />
                    <p class="buttons"><button type="button" class="button" id="copy-link" onclick={link.callback(|_| PapersMessage::Copy)}>{ "复制" }</button></p>
                    <p role="status">{ app.papers.copied }</p>
                }
            </div>
        </div>
    }
}

/// Where a file that was saved before is chosen.
pub(super) fn chooser(context: Context<'_>) -> Html {
    let link = context.link;
    let onchange = link.batch_callback(|event: Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        // The same file can be chosen again after it was changed.
        input.set_value("");
        Some(Message::from(PapersMessage::Choose(file)))
    });
    view! {
        <div>
            <label class="label" for="open-file">{ "选文件（.docx、.xlsx、.json）" }</label>
            <input type="file" id="open-file" {onchange}
                accept=".docx,.xlsx,.json,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/json" />
        </div>
    }
}

/// What came of a file that was chosen.
pub(super) fn told(context: Context<'_>) -> Html {
    let papers = &context.app.papers;
    let told = match papers.reading {
        true => "正在读文件……".to_owned(),
        false => papers.told.clone(),
    };
    view! { <p role="status">{ told }</p> }
}

/// A file that was saved before, to go on with.
pub(super) fn open(context: Context<'_>, desk: &FormDesk) -> Html {
    let papers = &context.app.papers;
    let link = context.link;
    let body = view! {
        <>
            { chooser(context) }
            <div id="opened" tabindex="-1">
                { told(context) }
                <div class="slot">
                    if papers.before.is_some() {
                        <p class="buttons"><button type="button" class="button secondary" id="undo"
                            onclick={link.callback(|_| PapersMessage::Undo)}>{ "撤销，恢复到读入以前" }</button></p>
                    }
                </div>
                <div class="slot">
                    if let Some(opened) = &papers.opened {
                        { confirm(context, desk, opened) }
                    }
                </div>
            </div>
        </>
    };
    let hint = "这里下载的Word文档、Excel表格、数据文件，改过以后都可以读回来。读出的内容先给您核对，不会直接替换。";
    section("go-on", "接着填", hint, body)
}

fn confirm(context: Context<'_>, desk: &FormDesk, opened: &Opened) -> Html {
    let link = context.link;
    let other = opened
        .form()
        .filter(|form| {
            form.id != desk.form().id || opened.loaded().pack.id != desk.loaded().pack.id
        })
        .map(|form| {
            let programme = &opened.loaded().pack.short;
            format!(
                "注意：这个文件是“{programme}”的《{}》，不是这张表。共同的内容可以放进来。",
                form.name
            )
        });
    let lines = opened.lines();
    let (fresh, changed): (Vec<_>, Vec<_>) =
        (lines.iter().enumerate()).partition(|(_, line)| line.now.is_empty());
    let summary = match (changed.len(), fresh.len(), opened.same()) {
        (0, 0, 0) => "没有读到可以放进表里的内容。".to_owned(),
        (0, 0, same) => format!("读到的{same}项和这里完全一样，不用再读入。"),
        (changed, fresh, same) => {
            let counts = [
                (changed, "项和这里不同，请核对"),
                (fresh, "项这里还没有填"),
                (same, "项和这里一样"),
            ];
            let counts = counts.iter().filter(|(count, _)| *count > 0);
            let parts: Vec<String> = counts
                .map(|(count, words)| format!("{count}{words}"))
                .collect();
            format!("读到的内容里，{}。", parts.join("；"))
        }
    };
    let list = |lines: Vec<(usize, &OpenedLine)>| {
        let lines = lines.into_iter();
        let lines = lines.map(|(place, line)| difference(context, place, line));
        view! { <ul class="options">{ for lines }</ul> }
    };
    let title = format!("这里还没有填的{}项", fresh.len());
    view! {
        <div class="opened">
            { other.map(|other| view! { <p class="warning">{ other }</p> }) }
            <p><strong>{ summary }</strong></p>
            { list(changed) }
            <div class="slot">
                if !fresh.is_empty() {
                    <details class="more"><summary>{ title }</summary>{ list(fresh) }</details>
                }
            </div>
            { remarks(opened.remarks()) }
            <p class="buttons">
                <span class="slot">
                    if !lines.is_empty() {
                        <button type="button" class="button" id="accept" onclick={link.callback(|_| PapersMessage::Accept)}>{ "把勾选的放进表里" }</button>
                    }
                </span>
                <button type="button" class="button secondary" id="decline" onclick={link.callback(|_| PapersMessage::Decline)}>{ "不读入" }</button>
            </p>
        </div>
    }
}

fn difference(context: Context<'_>, place: usize, line: &OpenedLine) -> Html {
    let now = match line.now.as_str() {
        "" => "现在没有填".to_owned(),
        now => format!("现在是：{now}"),
    };
    view! {
        <li key={place}>
            <label class="option">
                <input type="checkbox" checked={line.taken} onchange={context.link.callback(move |_| PapersMessage::Toggle(place))} />
                <span class="option-text">
                    <strong>{ &line.label }</strong>
                    <span class="details">{ "读到的是：" }{ &line.read }</span>
                    <span class="hint details">{ now }</span>
                </span>
            </label>
        </li>
    }
}

/// What a reader could not take over, each in a sentence.
pub(super) fn remarks(remarks: &[String]) -> Html {
    view! {
        <div class="slot">
            if !remarks.is_empty() {
                <div class="warning">
                    <p><strong>{ "下面这些没有读入，请自己核对：" }</strong></p>
                    <ul class="plain">{ for remarks.iter().enumerate().map(|(place, remark)| view! { <li key={place}>{ remark }</li> }) }</ul>
                </div>
            }
        </div>
    }
}

/// The dates that go with the form, and the days that some are counted from.
pub(super) fn dates(context: Context<'_>, desk: &FormDesk) -> Html {
    let app = context.app;
    let Some(calendar) = &app.papers.calendar else {
        return Html::default();
    };
    let any = !(calendar.entries.is_empty() && calendar.undated.is_empty());
    let body = view! {
        <>
            { days(context) }
            <ul class="plain" id="entries">{ for calendar.entries.iter().map(|entry| view! {
                <li key={&entry.uid}><strong>{ when(entry) }</strong>{ " " }{ &entry.label }</li>
            }) }</ul>
            <div class="slot">
                if !calendar.entries.is_empty() && !app.in_wechat {
                    <p class="buttons"><button type="button" class="button secondary" id="download-dates"
                        onclick={context.link.callback(|_| PapersMessage::Take(Paper::Calendar))}>{ "下载日历文件" }</button></p>
                }
            </div>
            <div class="slot">
                if app.in_wechat && !calendar.entries.is_empty() {
                    <p class="warning">{ "微信里不能下载日历文件。可以照上面的日期自己记下来，或者换到浏览器里下载。" }</p>
                }
            </div>
            { without_date(context, desk, calendar) }
        </>
    };
    section_if(
        any,
        "dates",
        "要记住的日期",
        "加到手机日历里，到时候会提前提醒。",
        body,
    )
}

fn when(entry: &zige_forms::calendar::Entry) -> String {
    let first = words::date(entry.first);
    let recurs = entry.recurs.map(|recurs| match recurs.every {
        Every::MonthEnd(1) => "，以后每个月",
        Every::MonthEnd(3) => "，以后每个季度",
        Every::MonthEnd(6) => "，以后每半年",
        Every::MonthEnd(_) | Every::Year => "，以后每年",
    });
    [first.as_str(), "前", recurs.unwrap_or_default()].concat()
}

fn days(context: Context<'_>) -> Html {
    let days = &context.app.papers.days;
    if days.is_empty() {
        return Html::default();
    }
    let onsubmit = context.link.callback(|event: SubmitEvent| {
        event.prevent_default();
        PapersMessage::UseDays
    });
    let day =
        |(place, (event, day, errors)): (usize, &(String, _, Vec<crate::session::EntryError>))| {
            let around = Surroundings {
                id: format!("event-{place}"),
                // “Before leaving” is counted from the day of leaving.
                label: format!("“{}”是哪一天？", event.trim_end_matches('前')),
                show_label: true,
                hint: String::new(),
                error: errors
                    .first()
                    .map(|error| error.message.clone())
                    .unwrap_or_default(),
            };
            let wrong: Vec<String> = errors.iter().map(|error| error.at.clone()).collect();
            let edit = context
                .link
                .callback(move |(part, text)| PapersMessage::TypeDay(place, part, text));
            view! { <div key={event}>{ date_input(&around, day, &wrong, &edit) }</div> }
        };
    view! {
        <form novalidate="" {onsubmit} class="event-days">
            <p class="hint">{ "有些期限从某一天算起。知道的请填上，不知道的空着。" }</p>
            { for days.iter().enumerate().map(day) }
            <p class="buttons"><button type="submit" class="button secondary" id="use-days">{ "算出日期" }</button></p>
        </form>
    }
}

fn without_date(context: Context<'_>, desk: &FormDesk, calendar: &Calendar) -> Html {
    if calendar.undated.is_empty() {
        return Html::default();
    }
    let pack = &desk.loaded().pack.id;
    let title = format!("没有固定日期的{}件事", calendar.undated.len());
    let body = view! {
        <ul class="plain">{ for calendar.undated.iter().enumerate().map(|(place, one)| view! {
            <li key={place}>
                <strong>{ &one.label }</strong>
                { text_if(&one.what, "details") }
                <p class="hint">{ &one.why }{ "。" }{ context.to(&Route::Article { pack: pack.clone(), article: one.article.clone() }, &one.article) }</p>
            </li>
        }) }</ul>
    };
    folded("undated", &title, body)
}
