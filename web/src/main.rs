//! The app's entry point. `boot.js` loads the module and the packs, then calls [`start`].

mod host;

use std::cell::RefCell;
use std::rc::Rc;

use host::Host;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{AppHandle, Callback};
use zige_core::date::Date;
use zige_ui::{App, Face, FormsCall, Library, Options, mount};

/// In a kiosk: seconds without a touch or a key before it asks whether somebody is there.
const IDLE_SECONDS: u32 = 90;

fn main() {}

thread_local! {
    static APP: RefCell<Option<AppHandle<App>>> = const { RefCell::new(None) };
}

/// Takes the app away, so that another module can show it.
#[wasm_bindgen]
pub fn stop() {
    if let Some(app) = APP.take() {
        app.destroy();
    }
}

/// Mounts the app in `#app`. `packs` is the container of all packs, or of their outlines in the
/// module for the first questions.
#[wasm_bindgen]
pub fn start(packs: Vec<u8>, host: Host) {
    yew::set_custom_panic_hook(Box::new({
        let host = host.clone();
        move |_| host.panicked()
    }));
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    match (root, Library::read(packs)) {
        (Some(root), Ok(library)) => {
            APP.set(Some(mount(root, Rc::new(library), options(host))));
        }
        _ => host.panicked(),
    }
}

fn options(host: Host) -> Options {
    let face = match host.kiosk() {
        true => Face::Kiosk {
            idle_seconds: IDLE_SECONDS,
        },
        false => Face::App,
    };
    let kept = host.kept().unwrap_or_default();
    let forms = host.forms_available().then(|| {
        let host = host.clone();
        Callback::from(move |call| call_forms(&host, call))
    });
    let keep = match face {
        // The next person must find nothing.
        Face::Kiosk { .. } => Callback::noop(),
        _ => {
            let host = host.clone();
            Callback::from(move |answers: String| host.keep(&answers))
        }
    };
    Options {
        face,
        today: Callback::from(|()| today()),
        kept,
        arriving: host.arriving(),
        keep,
        saved: host.saved(),
        save: Callback::from(move |text: String| host.save(&text)),
        forms,
        verdict: Callback::noop(),
    }
}

/// The person's local date.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    Date::new(year, now.get_month() + 1, now.get_date()).unwrap_or(Date::MIN)
}

fn call_forms(host: &Host, call: FormsCall) {
    let arguments = Array::of1(&Uint8Array::from(&*call.packs));
    for argument in &call.arguments {
        arguments.push(argument);
    }
    let promise = host.forms(call.export, arguments);
    spawn_local(async move { call.done.emit(JsFuture::from(promise).await.ok()) });
}
