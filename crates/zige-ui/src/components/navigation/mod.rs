//! Links to pages: addresses in the app, buttons in a widget, which has no address of its own.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html};

use crate::route::Route;
use crate::view::view;

/// How to get to other pages.
#[derive(Clone, Debug, PartialEq)]
pub enum Navigation {
    /// By the address.
    Address,
    /// By telling the widget.
    Within(Callback<Route>),
}

impl Navigation {
    /// A link with this class.
    pub fn link(&self, route: &Route, class: &'static str, text: Html) -> Html {
        match self {
            Navigation::Address => view! { <a {class} href={route.to_string()}>{ text }</a> },
            Navigation::Within(go) => {
                let route = route.clone();
                let onclick = go.reform(move |_| route.clone());
                let class = if class.is_empty() { "link" } else { class };
                view! { <button type="button" {class} {onclick}>{ text }</button> }
            }
        }
    }
}
