//! Lets open pages of a preview load what was built anew, with the answers kept.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

/// Where the page gets the script.
pub const SCRIPT_ADDRESS: &str = "/zige-reload.js";
/// Where the script asks, with the state that it knows behind a question mark.
pub const STATE_ADDRESS: &str = "/zige-reload";
pub const SCRIPT: &str = include_str!("reload.js");

/// How long a question is held open; the page asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often something was built, and whether the last time went well.
#[derive(Debug, Default)]
pub struct Reload {
    state: Mutex<(u64, bool)>,
    changed: Condvar,
}

impl Reload {
    /// Something was built, or could not be built.
    pub fn tell(&self, ready: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = (state.0 + 1, !ready);
        self.changed.notify_all();
    }

    /// The state, as soon as it is another one than the page has seen.
    pub fn wait_after(&self, seen: &str) -> String {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, _) = self
            .changed
            .wait_timeout_while(state, PATIENCE, |state| words(*state) == seen)
            .unwrap_or_else(PoisonError::into_inner);
        words(*state)
    }
}

/// `3-ready` or `3-broken`.
fn words((number, broken): (u64, bool)) -> String {
    match broken {
        false => format!("{number}-ready"),
        true => format!("{number}-broken"),
    }
}

/// A page with the script in it.
pub fn with_script(page: &str) -> String {
    let script = format!("<script src=\".{SCRIPT_ADDRESS}\" defer></script></head>");
    page.replacen("</head>", &script, 1)
}

#[cfg(test)]
mod tests {
    use super::Reload;

    #[test]
    fn a_page_that_knows_less_is_answered_at_once() {
        let reload = Reload::default();
        assert_eq!(reload.wait_after(""), "0-ready");
        reload.tell(false);
        assert_eq!(reload.wait_after("0-ready"), "1-broken");
        reload.tell(true);
        assert_eq!(reload.wait_after("1-broken"), "2-ready");
    }
}
