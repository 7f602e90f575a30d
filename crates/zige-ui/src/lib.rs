//! The pages and components that app, widget and kiosk share.
pub mod library;
pub mod route;
pub mod session;
pub mod words;
#[cfg(any(test, feature = "gallery"))]
pub mod sample;
