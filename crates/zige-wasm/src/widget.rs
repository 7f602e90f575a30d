//! What `js/element.js` needs: the app's pages in an element of a shadow root.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback};
use zige_core::date::Date;
use zige_ui::{App, Face, Library, Options, VerdictEvent};

/// A check on the page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Widget {
    app: Option<AppHandle<App>>,
}

#[wasm_bindgen]
impl Widget {
    /// Takes the pages away, with everything that was answered.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Calls `broken` when the module stops for good; nothing in it may be called then.
#[wasm_bindgen]
pub fn watch(broken: Function) {
    yew::set_custom_panic_hook(Box::new(move |_| {
        let _ = broken.call0(&JsValue::NULL);
    }));
}

/// Shows one check of one pack. `verdict` hears pack, check and what is possible (1 ineligible,
/// plus 2 discretionary, plus 4 eligible) at each change, and nothing of the person.
///
/// # Errors
/// When the bytes are no packs, or have no such pack or check.
#[wasm_bindgen]
pub fn mount(
    root: Element,
    packs: Vec<u8>,
    pack: String,
    check: String,
    verdict: Function,
) -> Result<Widget, JsError> {
    let library = Library::read(packs)?;
    let known = library.pack(&pack).and_then(|loaded| loaded.check(&check));
    if known.is_none() {
        return Err(JsError::new(&format!(
            "there is no check `{check}` of a pack `{pack}` in these packs"
        )));
    }
    let options = Options {
        face: Face::Widget { pack, check },
        today: Callback::from(|()| today()),
        kept: String::new(),
        arriving: false,
        keep: Callback::noop(),
        saved: None,
        save: Callback::from(|_| false),
        forms: None,
        verdict: Callback::from(move |event: VerdictEvent| {
            let _ = verdict.call3(
                &JsValue::NULL,
                &event.pack.into(),
                &event.check.into(),
                &event.possible.bits().into(),
            );
        }),
    };
    Ok(Widget {
        app: Some(zige_ui::mount(root, Rc::new(library), options)),
    })
}

/// The person's local date.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    Date::new(year, now.get_month() + 1, now.get_date()).unwrap_or(Date::MIN)
}
