//! An office's own blank form: chosen, looked over cell by cell, downloaded filled.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::{Html, InputEvent, SubmitEvent};
use zige_blank::{Choice, FormCell, Picture, PictureCell, Side, State};

use super::{Context, papers, photo, section, section_if, text_if};
use crate::app::{Download, Face, Message, OwnFormMessage, cell_button};
use crate::components::typed;
use crate::route::Route;
use crate::session::{OpenCell, OwnForm, Standing};
use crate::view::{classes, view};

pub(super) fn own_form(context: Context<'_>) -> Html {
    let page = &context.app.own_form;
    view! {
        <div class="form-page own-form">
            <p class="back">{ context.to(&Route::Home, "全部项目") }</p>
            <h1 id="title" tabindex="-1">{ "填单位发的空白表" }</h1>
            <p class="lead">{ "单位发的Word空白表（.docx），选进来就用您答过的内容填好，您核对后下载。文件只在这台设备上处理，不上传。" }</p>
            <div class="slot">
                if context.app.in_wechat {
                    { papers::wechat(context, "微信里不能下载填好的表。微信里收到的空白表，请先存到手机上。", "再到表的页面下面点“用这里的答案自动填”") }
                } else {
                    <div>
                    { choose(context) }
                    <div class="slot">
                        if context.app.book.is_empty() {
                            <p class="hint">{ "您还没有答过题，现在选表只能认出各栏。请先做一次自查，再来填表。" }{ context.to(&Route::Home, "去做自查") }</p>
                        }
                    </div>
                    </div>
                }
            </div>
            <div id="own-told" tabindex="-1">
                <p role="status">{ if page.working { "正在认表、填表……" } else { "" } }</p>
                <div class="slot" role="alert">
                    if !page.told.is_empty() {
                        <p class="warning">{ &page.told }</p>
                    }
                </div>
            </div>
            <div class="slot">
                if let Some(form) = &page.form {
                    { filled(context, form) }
                }
            </div>
        </div>
    }
}

fn choose(context: Context<'_>) -> Html {
    let onchange = context.link.batch_callback(|event: Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        // The same file can be chosen again after it was changed.
        input.set_value("");
        Some(Message::from(OwnFormMessage::Choose(file)))
    });
    let name = &context.app.own_form.name;
    let chosen = match name.as_str() {
        "" => String::new(),
        name => format!("现在的文件：{name}"),
    };
    view! {
        <div>
            <label class="label" for="own-file">{ "选择空白表（.docx），或者把文件拖到这里" }</label>
            <input type="file" id="own-file" class="file-drop" {onchange}
                accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document" />
            { text_if(&chosen, "hint") }
        </div>
    }
}

fn filled(context: Context<'_>, form: &OwnForm) -> Html {
    let count = |standing| form.standing_in(standing).len();
    let parts = [
        ("已经填好", count(Standing::Written)),
        ("要您核对", count(Standing::Doubtful)),
        ("没有认出", count(Standing::NotRecognised)),
        ("还没有答案", count(Standing::Empty)),
    ];
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(name, count)| format!("{name}{count}处"))
        .collect();
    let summary = match parts.is_empty() {
        true => "没有找到可以填的地方。".to_owned(),
        false => format!("{}。", parts.join("，")),
    };
    let open = count(Standing::Doubtful) + count(Standing::NotRecognised) + count(Standing::Empty);
    let tables = form.recognised().tables.iter().enumerate();
    let tables = tables
        .filter(|(_, table)| !table.rows.is_empty())
        .map(|(number, table)| picture(context, form, number, table));
    view! {
        <div>
            <h2 id="own-form" tabindex="-1">{ "核对" }</h2>
            <p class={classes!("gaps", (open > 0).then_some("some"))} role="status">{ summary }</p>
            { side(context, form) }
            { remarks(context, form) }
            { section_if(!form.recognised().tables.is_empty(), "own-table", "表格的样子", "点格子可以改。表格宽的话，左右滑动看。", view! {
                <div class="pictures">{ for tables }</div>
            }) }
            { group(context, form, Standing::Doubtful, "要您核对的", "没有把握，先没有填。") }
            { group(context, form, Standing::NotRecognised, "没有认出来的", "不知道这一栏要填什么。可以自己写，也可以下载以后再填。") }
            { group(context, form, Standing::Empty, "还没有答案的", "认出来了，但是您还没有填过。") }
            { group(context, form, Standing::Written, "已经填好的", "") }
            { group(context, form, Standing::Dropped, "您选了不填的", "") }
            { group(context, form, Standing::ByHand, "留着手写、盖章，或者由别人填的", "") }
            <div class="slot">
                if form.has_photo() {
                    { photo::photo(context) }
                }
            </div>
            { keep(context) }
            { section("own-take", "下载", "", take(context)) }
        </div>
    }
}

/// Which of two people the person is.
fn side(context: Context<'_>, form: &OwnForm) -> Html {
    let option = |side: Side, id: &'static str, name: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="side" {id} checked={form.side == Some(side)}
                    onchange={context.link.callback(move |_| OwnFormMessage::Side(side))} />
                <span class="option-text">{ name }</span>
            </label>
        }
    };
    view! {
        <div class="slot">
            if form.asks_for_side() {
                <fieldset class="entry">
                    <legend class="label">{ "这张表有两个人的栏目，您是哪一方？" }</legend>
                    <div class="options">
                        { option(Side::Mentor, "side-mentor", "导师、培带人") }
                        { option(Side::Trainee, "side-trainee", "培养对象、学员") }
                    </div>
                </fieldset>
            }
        </div>
    }
}

fn remarks(context: Context<'_>, form: &OwnForm) -> Html {
    let told: Vec<String> = form
        .recognised()
        .remarks
        .iter()
        .map(zige_blank::Remark::told)
        .collect();
    view! {
        <>
            <div class="slot">
                if !told.is_empty() {
                    <div class="warning" id="own-remarks">
                        <ul class="plain">{ for told.iter().enumerate().map(|(place, told)| view! { <li key={place}>{ told }</li> }) }</ul>
                    </div>
                }
            </div>
            <div class="slot">
                if form.can_shrink() || form.shrink {
                    <label class="option">
                        <input type="checkbox" id="shrink" checked={form.shrink}
                            onchange={context.link.callback(|_| OwnFormMessage::ToggleShrink)} />
                        <span class="option-text">{ "缩小字号，让放不下的内容显示完整" }</span>
                    </label>
                }
            </div>
        </>
    }
}

/// A table of the form, on its own grid.
fn picture(context: Context<'_>, form: &OwnForm, number: usize, table: &Picture) -> Html {
    let rows = table.rows.iter().enumerate().map(|(row, cells)| {
        let cells = cells.iter().enumerate();
        view! {
            <tr key={row}>{ for cells.map(|(place, cell)| picture_cell(context, form, place, cell)) }</tr>
        }
    });
    let label = format!("第{}张表，可以左右滑动", number + 1);
    view! {
        <div key={number} class="picture" role="region" tabindex="0" aria-label={label}>
            <table><tbody>{ for rows }</tbody></table>
        </div>
    }
}

fn picture_cell<'f>(
    context: Context<'_>,
    form: &'f OwnForm,
    place: usize,
    cell: &PictureCell,
) -> Html {
    let asked = cell.cells.iter().filter_map(|at| {
        let at = usize::try_from(*at).ok()?;
        Some((at, form.cell(at)?))
    });
    let asked: Vec<(usize, &'f FormCell)> =
        asked.filter(|(_, asked)| form.can_change(asked)).collect();
    let buttons = asked.iter().map(|(at, asked)| {
        let at = *at;
        let standing = form.standing(asked);
        let id = format!("cell-{at}");
        let from = id.clone();
        let text = match standing {
            Standing::Written => asked.value.as_str(),
            Standing::Doubtful => "请核对",
            Standing::Dropped => "不填",
            _ => "没有填",
        };
        let name = format!("{}：{text}，修改", asked.label);
        view! {
            <button key={at} type="button" {id} class={classes!("cell", Some(class(standing)))} aria-label={name}
                onclick={context.link.callback(move |_| OwnFormMessage::Open(at, from.clone()))}>{ text.to_owned() }</button>
        }
    });
    view! {
        <td key={place} rowspan={cell.rows.to_string()} colspan={cell.columns.to_string()}>
            <span class="printed">{ &cell.text }</span>
            <span class="slot">{ for buttons }</span>
        </td>
    }
}

fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Written => "written",
        Standing::Doubtful => "doubtful",
        Standing::NotRecognised | Standing::Empty | Standing::Dropped | Standing::ByHand => "empty",
    }
}

/// The cells that stand alike.
fn group(
    context: Context<'_>,
    form: &OwnForm,
    standing: Standing,
    title: &'static str,
    text: &'static str,
) -> Html {
    let id = match standing {
        Standing::Doubtful => "own-doubtful",
        Standing::NotRecognised => "own-unknown",
        Standing::Empty => "own-empty",
        Standing::Written => "own-written",
        Standing::Dropped => "own-dropped",
        Standing::ByHand => "own-by-hand",
    };
    let cells = form.standing_in(standing);
    let lines = cells
        .iter()
        .map(|(at, cell)| line(context, form, *at, cell));
    let body = view! { <ul class="items">{ for lines }</ul> };
    section_if(!cells.is_empty(), id, title, text, body)
}

fn line(context: Context<'_>, form: &OwnForm, at: usize, cell: &FormCell) -> Html {
    let standing = form.standing(cell);
    let open = form.open.as_ref().filter(|open| open.at == at);
    let content = match standing {
        Standing::Written if !form.can_change(cell) => "用下面选的照片".to_owned(),
        Standing::Written => cell.value.clone(),
        Standing::Dropped => String::new(),
        Standing::Doubtful if matches!(cell.state, State::Ready) => {
            "这一栏的格式写不进去，请打印以后手写".to_owned()
        }
        _ => cell.state.told().to_owned(),
    };
    let id = cell_button(at);
    let from = id.clone();
    let word = match standing {
        Standing::Doubtful => "核对",
        Standing::NotRecognised | Standing::Empty => "填写",
        _ => "修改",
    };
    view! {
        <li key={at} class={classes!("item", open.is_some().then_some("open"))}>
            <div class="item-line">
                <span class="item-label">{ &cell.label }</span>
                <span class="item-content">{ content }</span>
                <span class="slot">
                    if form.can_change(cell) {
                        <button type="button" class="link" {id} aria-expanded={open.is_some().to_string()}
                            onclick={context.link.callback(move |_| OwnFormMessage::Open(at, from.clone()))}>
                            { word }<span class="sr-only">{ &cell.label }</span>
                        </button>
                    }
                </span>
            </div>
            <div class="editor-place">
                if let Some(open) = open {
                    { editor(context, form, cell, open) }
                }
            </div>
        </li>
    }
}

fn editor(context: Context<'_>, form: &OwnForm, cell: &FormCell, open: &OpenCell) -> Html {
    let link = context.link;
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        OwnFormMessage::Use
    });
    let oninput = link.callback(|event: InputEvent| OwnFormMessage::Type(typed(&event)));
    let onchange = link.batch_callback(|event: Event| {
        let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
        Some(Message::from(OwnFormMessage::Pick(select.value())))
    });
    let offers = form.reply.offers.iter();
    let offers = offers.map(|(tag, name)| {
        let chosen = open.pick == *tag;
        view! { <option key={tag} value={tag.clone()} selected={chosen}>{ name }</option> }
    });
    let decided = form.decision(cell.place);
    let says = match (decided, cell.name.as_str()) {
        (Some(Choice::Fact(_) | Choice::Text(_) | Choice::Accept), _) => {
            "您改过这一栏。".to_owned()
        }
        (Some(Choice::Drop), _) => "您选了不填。".to_owned(),
        (None, "") => format!("{}。", cell.state.told()),
        (None, name) => match cell.state {
            State::Ready => format!("这一栏认作“{name}”。"),
            state => format!("这一栏认作“{name}”。{}。", state.told()),
        },
    };
    let described = if open.is_empty { "cell-error" } else { "" };
    view! {
        <form class="editor" novalidate="" {onsubmit}>
            <h3 id="cell-title" tabindex="-1">{ &cell.label }</h3>
            <p class="hint">{ says }</p>
            <label class="label" for="cell-text">{ "填这些字" }</label>
            <div class="slot" role="alert">
                if open.is_empty {
                    <p class="error" id="cell-error">{ "请写上要填的字，或者选一项。不想填，就点“这一栏不填”。" }</p>
                }
            </div>
            <textarea id="cell-text" rows="3" aria-describedby={described} value={open.text.clone()} {oninput} />
            <label class="label" for="cell-fact">{ "或者换成另一项答过的资料" }</label>
            <select id="cell-fact" {onchange}><option value="" selected={open.pick.is_empty()}>{ "请选择" }</option>{ for offers }</select>
            <p class="buttons">
                <button type="submit" class="button" id="cell-use">{ "就填这个" }</button>
                <button type="button" class="button secondary" id="cell-drop" onclick={link.callback(|_| OwnFormMessage::Drop)}>{ "这一栏不填" }</button>
                <span class="slot">
                    if decided.is_some() {
                        <button type="button" class="button secondary" id="cell-reset" onclick={link.callback(|_| OwnFormMessage::Reset)}>{ "恢复原来的" }</button>
                    }
                </span>
                <button type="button" class="button secondary" id="cell-close" onclick={link.callback(|_| OwnFormMessage::Close)}>{ "取消" }</button>
            </p>
        </form>
    }
}

/// Keeping of what was decided, where anything may be kept.
fn keep(context: Context<'_>) -> Html {
    let app = context.app;
    let can_keep = app.can_save && !matches!(app.face, Face::Kiosk { .. });
    view! {
        <div class="slot">
            if can_keep {
                <label class="option">
                    <input type="checkbox" id="keep-corrections" checked={app.keeps_corrections()}
                        onchange={context.link.callback(|_| OwnFormMessage::ToggleKeep)} />
                    <span class="option-text">
                        { "下次填同一份表，记住我对栏目的核对" }
                        <span class="hint details">{ "只存在这台设备上，不存您写的字；点“清除全部”会一起删掉。" }</span>
                    </span>
                </label>
            }
        </div>
    }
}

fn take(context: Context<'_>) -> Html {
    let app = context.app;
    let said = match app.own_form.download {
        Download::None | Download::Working => "",
        Download::Done(_) => "填好的表已经交给浏览器下载。请打开核对，再打印、签名、盖章。",
        Download::Failed => "文件没有生成，请再试一次。",
    };
    view! {
        <>
            <p class="buttons">
                <button type="button" class="button" id="own-download" disabled={app.own_form.working}
                    onclick={context.link.callback(|_| OwnFormMessage::Take)}>{ "下载填好的表" }</button>
            </p>
            <p role="status" id="own-taken">{ said }</p>
        </>
    }
}
