//! What each command does.

mod answers;
mod check;
mod compile;
mod facts;
mod fill;
mod form;
mod lint;
mod list;
mod new;
mod read;
mod show;
mod watch;

pub use check::check;
pub use compile::compile;
pub use facts::facts;
pub use fill::fill;
pub use form::form;
pub use lint::lint;
pub use list::{articles, list};
pub use new::new;
pub use read::read;
pub use show::show;
pub use watch::watch;

use serde::Serialize;

/// Canonical JSON with a line end.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = zige_json::to_json(value);
    text.push('\n');
    text
}
