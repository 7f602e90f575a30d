//! The photograph of a form: choose, cut, place.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, InputEvent};
use yew::{Html, TargetCast};

use super::{Context, section};
use crate::app::{FRAME, MOST_ZOOM, Message, PhotoMessage, PhotoSize, Slide};
use crate::view::view;

pub(super) fn photo(context: Context<'_>) -> Html {
    let (page, link) = (&context.app.photo, context.link);
    let onchange = link.batch_callback(|event: Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        input.set_value("");
        Some(Message::from(PhotoMessage::Choose(file)))
    });
    let body = view! {
        <>
            <label class="label" for="photo-file">{ "选一张证件照" }</label>
            <input type="file" id="photo-file" accept="image/*" {onchange} />
            <div class="slot">
                if page.picture.is_some() {
                    { frame(context) }
                }
            </div>
            <p role="status" id="photo-told">{ page.told }</p>
            <div class="slot">
                if page.used.is_some() {
                    <p><button type="button" class="link danger" id="photo-remove" onclick={link.callback(|_| PhotoMessage::Remove)}>{ "不用照片了" }</button></p>
                }
            </div>
        </>
    };
    let hint =
        "不放也可以，打印以后再贴。照片只在这台设备上裁剪，不上传，也不保存，关掉页面就没有了。";
    section("photo", "照片", hint, body)
}

fn frame(context: Context<'_>) -> Html {
    let (page, link) = (&context.app.photo, context.link);
    let size = |size: PhotoSize, id: &'static str, name: &'static str| {
        let chosen = page.size == size;
        view! {
            <label class="option">
                <input type="radio" name="photo-size" {id} checked={chosen} onchange={link.callback(move |_| PhotoMessage::Size(size))} />
                <span class="option-text">{ name }</span>
            </label>
        }
    };
    let slider = |slide: Slide, id: &'static str, name: &'static str, value: f64| {
        let oninput = link.callback(move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            PhotoMessage::Move(slide, scale(slide, input.value_as_number()))
        });
        view! {
            <p class="slider"><label for={id}>{ name }</label>
                <input type="range" {id} min="0" max="100" step="1" value={position(slide, value)} {oninput} /></p>
        }
    };
    view! {
        <div class="photo">
            <p class="hint">{ "用手指拖动照片，或者用下面的滑块，让头像在框的中间。" }</p>
            <canvas id="photo-frame" tabindex="-1" role="img" aria-label="裁剪后的照片" width={page.size.frame().to_string()} height={FRAME.to_string()}></canvas>
            <div class="sliders">
                { slider(Slide::Zoom, "photo-zoom", "放大", page.zoom) }
                { slider(Slide::Across, "photo-across", "左右", page.across) }
                { slider(Slide::Down, "photo-down", "上下", page.down) }
            </div>
            <fieldset class="entry"><legend class="label">{ "尺寸（以表上的要求为准）" }</legend>
                <div class="options inline">
                    { size(PhotoSize::One, "photo-one", "一寸 25×35毫米") }
                    { size(PhotoSize::Two, "photo-two", "二寸 35×49毫米") }
                </div>
            </fieldset>
            <p class="buttons"><button type="button" class="button" id="photo-use" onclick={link.callback(|_| PhotoMessage::Use)}>{ "用这张照片" }</button></p>
        </div>
    }
}

/// What a slider's position, 0 to 100, means.
fn scale(slide: Slide, position: f64) -> f64 {
    match slide {
        Slide::Zoom => 1.0 + position / 100.0 * (MOST_ZOOM - 1.0),
        Slide::Across | Slide::Down => position / 100.0,
    }
}

fn position(slide: Slide, value: f64) -> String {
    let share = match slide {
        Slide::Zoom => (value - 1.0) / (MOST_ZOOM - 1.0),
        Slide::Across | Slide::Down => value,
    };
    // Formatting a float would cost 10 KB.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a share of 0 to 1 comes to at most 100"
    )]
    let whole = (share * 100.0).round() as i64;
    whole.to_string()
}
