//! What the page around the module offers to it: `window.zige`, made by `boot.js`.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The page that loaded the module: the app's or the kiosk's.
    #[derive(Debug, Clone)]
    pub type Host;

    /// True in `kiosk.html`, where strangers use the page one after another.
    #[wasm_bindgen(method, getter)]
    pub fn kiosk(this: &Host) -> bool;

    /// What was given to [`Host::keep`] before the panic that made the page load again, or before
    /// this module took over.
    #[wasm_bindgen(method, getter)]
    pub fn kept(this: &Host) -> Option<String>;

    /// Whether this module takes over where the person has just come to another page.
    #[wasm_bindgen(method, getter)]
    pub fn arriving(this: &Host) -> bool;

    /// Mirrors the answers outside the module's memory, so that a panic does not lose them.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Host, answers: &str);

    /// What the person asked to save on this device; empty when nothing is saved, missing where
    /// nothing can or may be.
    #[wasm_bindgen(method, getter)]
    pub fn saved(this: &Host) -> Option<String>;

    /// Saves a text on this device, or removes what is saved when it is empty. False when the
    /// browser refuses, or another window has changed what is saved.
    #[wasm_bindgen(method)]
    pub fn save(this: &Host, text: &str) -> bool;

    /// Shows the plain page that offers to load again with the answers kept.
    #[wasm_bindgen(method)]
    pub fn panicked(this: &Host);

    /// Whether the module that writes forms came with this build.
    #[wasm_bindgen(method, getter, js_name = formsAvailable)]
    pub fn forms_available(this: &Host) -> bool;

    /// Calls an export of the module that writes forms, in its worker; loads it at first use.
    #[wasm_bindgen(method)]
    pub fn forms(this: &Host, export: &str, arguments: Array) -> Promise;
}
