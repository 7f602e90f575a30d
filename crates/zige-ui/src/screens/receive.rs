//! The receiving office: scan the codes of a printout, see its data, print or save it.

use yew::{Html, InputEvent, SubmitEvent};

use super::form::preview;
use super::papers::{remarks, said};
use super::{Context, section};
use crate::app::{Download, Message, Paper, Preview, ReceiveMessage, Received};
use crate::components::{composing_enter, typed};
use crate::route::Route;
use crate::view::{classes, view};
use crate::words;

pub(super) fn receive(context: Context<'_>) -> Html {
    let receive = &context.app.receive;
    view! {
        <div class="form-page">
            <p class="back no-print">{ context.to(&Route::Home, "全部项目") }</p>
            <h1 id="title" tabindex="-1">{ "扫二维码读表" }</h1>
            <p class="lead no-print">{ "给收表单位用：扫一扫打印表上的二维码，就能读出表里填的内容，不用重新录入。不联网也能用，内容不上传。" }</p>
            <div class="no-print">{ scan(context) }</div>
            <div class="received-place">
                if let Some(received) = &receive.received {
                    { show(context, received) }
                }
            </div>
        </div>
    }
}

/// How far it is, and where a scanner types.
fn scan(context: Context<'_>) -> Html {
    let (receive, link) = (&context.app.receive, context.link);
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        ReceiveMessage::Add
    });
    let oninput = link.callback(|event: InputEvent| ReceiveMessage::Type(typed(&event)));
    let problem = &receive.problem;
    let described = if problem.is_empty() {
        "scanned-hint"
    } else {
        "scanned-hint scanned-error"
    };
    view! {
        <div>
            <div role="status" id="progress">{ progress(context) }</div>
            <form novalidate="" class="scan" {onsubmit}>
                <label class="label" for="scanned">{ "扫码枪扫进来的内容" }</label>
                <p class="hint" id="scanned-hint">{ "先点一下下面的框，再用扫码枪逐个扫，先扫哪个都可以。用手机的话，打开手机相机扫二维码，点出现的网址，会自动读到这里。" }</p>
                <div class="slot" role="alert">
                    if !problem.is_empty() {
                        <p class="error" id="scanned-error">{ problem }</p>
                    }
                </div>
                <input type="text" id="scanned" class={classes!((!problem.is_empty()).then_some("wrong"))} inputmode="numeric" autocomplete="off"
                    aria-describedby={described} value={receive.typed.clone()} {oninput} onkeydown={composing_enter()} />
                <p class="buttons"><button type="submit" class="button secondary" id="add">{ "读入" }</button></p>
            </form>
        </div>
    }
}

fn progress(context: Context<'_>) -> Html {
    let receive = &context.app.receive;
    let count = receive.collected.count();
    let missing = receive.collected.missing();
    let words = match (count, missing.len()) {
        (0, _) => String::new(),
        (_, 0) if receive.received.is_none() && receive.problem.is_empty() => {
            "二维码齐了，正在读……".into()
        }
        (_, 0) => String::new(),
        (count, _) => {
            let numbers: Vec<String> = missing.iter().map(ToString::to_string).collect();
            let done = usize::from(count) - missing.len();
            format!(
                "这张表有{count}个二维码，已经扫了{done}个，还差第{}个。",
                numbers.join("、")
            )
        }
    };
    view! {
        <>
            <div class="slot">if !receive.told.is_empty() { <p>{ &receive.told }</p> }</div>
            <div class="slot">if !words.is_empty() { <p class="gaps some">{ words }</p> }</div>
        </>
    }
}

fn show(context: Context<'_>, received: &Received) -> Html {
    let link = context.link;
    let desk = &received.desk;
    let ready = matches!(received.preview, Preview::Ready(_));
    let filled = desk.items().iter().filter(|item| !desk.is_empty(**item));
    let rows = filled.map(|item| {
        let (label, words) = desk.details(*item);
        view! { <tr key={label.as_str()}><th scope="row">{ &label }</th><td class="details">{ words }</td></tr> }
    });
    let empty: Vec<String> = (desk.items().iter())
        .filter(|item| desk.is_empty(**item))
        .map(|item| desk.line(*item).0)
        .collect();
    let programme = &desk.loaded().pack.short;
    let on = received.on().map(|on| format!("，{}填", words::date(on)));
    let take = |paper: Paper, id: &'static str, name: &'static str| {
        view! { <button type="button" class="button secondary" {id} onclick={link.callback(move |_| ReceiveMessage::Take(paper))}>{ name }</button> }
    };
    view! {
        <>
            <div class="no-print">
                <h2 id="received" tabindex="-1">{ &desk.form().name }</h2>
                <p class="lead">{ programme }{ on.unwrap_or_default() }{ "。二维码里的内容可能被人改过，请和纸上的签名、盖章一起核对。" }</p>
                <p><button type="button" class="button secondary" id="keep" onclick={link.callback(|_| ReceiveMessage::Keep)}>{ "这是我自己的，接着填" }</button></p>
                <div class="slot">
                    if received.other_version {
                        <p class="warning">{ "这张表是用另一个版本的政策数据填的。内容已经读出来了，请和纸上的表核对。" }</p>
                    }
                </div>
                { remarks(&received.remarks) }
                <table class="received"><tbody>{ for rows }</tbody></table>
                <div class="slot">
                    if !empty.is_empty() {
                        <p class="hint">{ "没有填的：" }{ empty.join("、") }</p>
                    }
                </div>
                <div class="slot">
                    if context.app.in_wechat {
                        <p class="warning">{ "微信里不能打印，也不能下载文件。请用手机自带的相机把表上的二维码重新扫一遍，会在浏览器里打开。" }</p>
                    }
                </div>
                <p class="buttons">
                    <span class="slot">
                        if !context.app.in_wechat {
                            <button type="button" class="button" id="print" disabled={!ready} onclick={link.callback(|_| Message::Print)}>{ "打印" }</button>
                            { take(Paper::Document, "download", "下载Word文档") }
                            { take(Paper::Data, "download-data", "下载数据文件") }
                        }
                    </span>
                    <button type="button" class="button secondary" id="next" onclick={link.callback(|_| ReceiveMessage::Next)}>{ "读下一张表" }</button>
                </p>
                <p role="status" id="taken">{ said_to_office(received.download) }</p>
            </div>
            { section("preview", "表格", "", preview(context, &received.preview)) }
        </>
    }
}

/// What is said of a download to somebody whose own data it is not.
fn said_to_office(download: Download) -> &'static str {
    match download {
        Download::Done(Paper::Data) => "数据已经交给浏览器下载。里面有个人信息，请保管好。",
        other => said(other),
    }
}
