//! All checks at once: which question is asked, and for which row.

use zige_core::ids::FactId;

use super::App;
use crate::session::Panel;

impl App {
    pub(super) fn begin_panel(&mut self) {
        let today = self.today;
        if self.panel.as_ref().is_none_or(|panel| panel.on() != today) {
            self.panel = Some(Panel::new(&self.library, today));
            self.trail.clear();
        }
        self.lead(None);
    }

    /// Opens a question of the panel, or the one that tells it most.
    pub(super) fn lead(&mut self, wanted: Option<(usize, FactId)>) {
        let Some(panel) = &mut self.panel else {
            return;
        };
        panel.read(&self.book);
        self.leading = wanted.or_else(|| panel.next());
        self.begin_session();
        if let Some((_, fact)) = self.leading {
            self.with_session(|session| session.lead(fact));
        }
    }
}
