//! What the page around the app decides.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::Callback;
use zige_core::date::Date;
use zige_core::verdict::Possible;

/// How the app is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// Everything, with addresses.
    App,
    /// For strangers, one after another: forgets everything after so many seconds of quiet, and asks
    /// before it does.
    Kiosk {
        /// Seconds without a touch or a key before it asks.
        idle_seconds: u32,
    },
    /// One check of one pack on somebody else's page, without addresses.
    Widget {
        /// The pack's id.
        pack: String,
        /// The check's id.
        check: String,
    },
}

/// A call of the module that writes forms.
#[derive(Clone, Debug)]
pub struct FormsCall {
    /// The export.
    pub export: &'static str,
    /// The container of packs, its first argument.
    pub packs: Rc<[u8]>,
    /// Its other arguments: mostly an encoded request.
    pub arguments: Vec<JsValue>,
    /// Takes what the export gave (a string or a `Uint8Array`), or nothing when it failed.
    pub done: Callback<Option<JsValue>>,
}

/// A verdict as a host page hears of it: nothing of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictEvent {
    /// The pack's id.
    pub pack: String,
    /// The check's id.
    pub check: String,
    /// What the answers so far can come to.
    pub possible: Possible,
}

/// What the page around the app decides and offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How the app is shown.
    pub face: Face,
    /// The person's local date; asked again whenever a check starts.
    pub today: Callback<(), Date>,
    /// What was given to `keep` before the page had to load again, or another module began; may be
    /// empty.
    pub kept: String,
    /// Whether the person has just come to this page, from one that another module showed.
    pub arriving: bool,
    /// Mirrors the answers outside the module at every change; empty when there are none.
    pub keep: Callback<String>,
    /// What was saved on this device; `None` where nothing may be or can be saved.
    pub saved: Option<String>,
    /// Saves this on the device, or forgets what was saved when it is empty. Whether it worked.
    pub save: Callback<String, bool>,
    /// Calls the module that writes forms, where there is one.
    pub forms: Option<Callback<FormsCall>>,
    /// Hears of each change of the verdict.
    pub verdict: Callback<VerdictEvent>,
}
