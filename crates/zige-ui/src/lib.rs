//! The pages and components that app, widget and kiosk share.
//!
//! Data flows one way: `session` holds what a person said and what follows from it, without any
//! page; `screens` show it; what happens comes back to [`App`] as a message.

#![recursion_limit = "512"]

/// Whether all pages are here. The small module that a page loads first has only those on the way
/// to a verdict; where another is wanted it shows an element with `data-waiting`, and the page
/// around lets the whole module take over. What hangs on this constant is not compiled into it.
pub const WHOLE: bool = cfg!(feature = "whole");

pub mod app;
pub mod components;
#[cfg(test)]
mod gallery;
pub mod library;
pub mod route;
#[cfg(test)]
mod sample;
mod screens;
pub mod session;
mod view;
pub mod words;

use std::rc::Rc;

use web_sys::Element;
use yew::{AppHandle, Renderer};

pub use app::{App, AppProps, Face, FormsCall, Options, VerdictEvent};
pub use library::{Library, LoadedPack};

/// Shows the app in an element, in place of what the element holds.
///
/// A panic hook must be set before, or yew sets its own.
pub fn mount(root: Element, library: Rc<Library>, options: Options) -> AppHandle<App> {
    Renderer::<App>::with_root_and_props(root, AppProps { library, options }).render()
}
