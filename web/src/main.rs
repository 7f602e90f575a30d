//! The app's entry point. `boot.js` loads the module and the packs, then calls [`start`].

mod host;

use host::Host;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::{Html, Renderer, component, html};

fn main() {}

/// Mounts the app in `#app`. `packs` is the container of all packs.
#[wasm_bindgen]
pub fn start(packs: Vec<u8>, host: Host) {
    yew::set_custom_panic_hook(Box::new({
        let host = host.clone();
        move |_| host.panicked()
    }));
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    match root {
        Some(root) => {
            drop(Renderer::<App>::with_root_and_props(root, AppProps { bytes: packs.len() }).render());
        }
        None => host.panicked(),
    }
}

#[derive(Debug, Clone, PartialEq, yew::Properties)]
struct AppProps {
    bytes: usize,
}

#[component]
fn App(props: &AppProps) -> Html {
    html! { <main><h1>{ "资格自查" }</h1><p>{ format!("政策数据 {} 字节", props.bytes) }</p></main> }
}
