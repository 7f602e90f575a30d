//! The page as the browser has it: focus, scrolling, address, printing, downloads.

use crate::words;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlDocument, HtmlElement,
    HtmlTextAreaElement, NodeList, ShadowRoot, Url, window,
};

/// Moves the focus to the element with this id, in the tree that `near` belongs to.
pub(super) fn focus(near: &Element, id: &str) {
    let root = near.get_root_node();
    let found = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.get_element_by_id(id),
        None => window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(id)),
    };
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // The label belongs on the screen with its input, and a section with its heading.
        let block = element.closest(".entry, .result section").ok().flatten();
        if let Some(block) = block.filter(|_| element.tag_name() != "H1") {
            block.scroll_into_view();
        }
        drop(element.focus());
    }
}

/// Shows the page from its beginning.
pub(super) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The fragment of the address.
pub(super) fn fragment() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The page's address without its fragment, for codes that another device is to open; empty where
/// none could, as for a file.
pub(super) fn address() -> String {
    let address = window().and_then(|window| window.location().href().ok());
    let address = address.unwrap_or_default();
    let page = address.split(['#', '?']).next().unwrap_or_default();
    match page.starts_with("http") && page.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => page.to_owned(),
        false => String::new(),
    }
}

/// Goes to an address of the app.
pub(super) fn go(fragment: &str) {
    if let Some(window) = window() {
        drop(window.location().set_hash(fragment));
    }
}

/// Puts another address in the place of the present one, also in the history.
pub(super) fn replace(fragment: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(fragment)));
    }
}

/// The name in the browser's tab.
pub(super) fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Opens the browser's print dialogue.
pub(super) fn print() {
    if let Some(window) = window() {
        drop(window.print());
    }
}

/// Opens everything that is folded on a result.
pub(super) fn unfold() {
    let document = window().and_then(|window| window.document());
    let folded = document.and_then(|document| {
        document
            .query_selector_all(".result details:not([open])")
            .ok()
    });
    for place in 0..folded.as_ref().map_or(0, NodeList::length) {
        let node = folded.as_ref().and_then(|folded| folded.get(place));
        if let Some(details) = node.and_then(|node| node.dyn_into::<Element>().ok()) {
            drop(details.set_attribute("open", ""));
        }
    }
}

/// Whether the page is shown inside WeChat, where downloads and printing do nothing.
pub(super) fn in_wechat() -> bool {
    window()
        .and_then(|window| window.navigator().user_agent().ok())
        .is_some_and(|agent| agent.contains("MicroMessenger"))
}

/// Offers bytes or a text as a file.
pub(super) fn download(content: &JsValue, name: &str, media_type: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(content);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    let body = document.body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    // The download has its own hold on the data once it has started.
    gloo::timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&address)))
        .forget();
    Some(())
}

/// Copies what stands in a field, as browsers before the clipboard's interface do it, too.
pub(super) fn copy(near: &Element, id: &str) -> Option<()> {
    let field = near.query_selector(&format!("#{id}")).ok()??;
    field.dyn_into::<HtmlTextAreaElement>().ok()?.select();
    let document: HtmlDocument = window()?.document()?.dyn_into().ok()?;
    document.exec_command("copy").ok()?.then_some(())
}

/// Scales the preview of a form to the width of the page.
pub(super) fn fit_preview(near: &Element) -> Option<()> {
    let preview: HtmlElement = near.query_selector(".zf-preview").ok()??.dyn_into().ok()?;
    let sheets: HtmlElement = preview
        .query_selector(".zf-sheets")
        .ok()??
        .dyn_into()
        .ok()?;
    let (room, width) = (preview.client_width(), sheets.offset_width());
    if room == 0 {
        return None;
    }
    let is_large = near.query_selector(".preview-place.large").ok()?.is_some();
    let room = if is_large { width } else { room };
    // In ten-thousandths: formatting a float would cost every visitor 10 KB.
    let scale = room.saturating_mul(10_000).checked_div(width)?.min(10_000);
    let height = sheets.offset_height().saturating_mul(scale) / 10_000;
    let style = preview.style();
    let factor = words::decimal(i64::from(scale), 4);
    style.set_property("--zf-scale", &factor).ok()?;
    style
        .set_property("height", &format!("{}px", height + 1))
        .ok()
}
