//! Which page is shown, and how one comes to it.

use yew::Context;

use super::{App, Face, PeoplePage, page};
use crate::WHOLE;
use crate::components::navigation::Navigation;
use crate::route::Route;
use crate::screens;
use crate::session::DateDraft;

impl App {
    pub(super) fn first_route(&self) -> Route {
        match &self.face {
            Face::App | Face::Kiosk { .. } => Route::parse(&page::fragment()),
            Face::Widget { pack, check } => Route::Check {
                pack: pack.clone(),
                check: check.clone(),
            },
        }
    }

    pub(super) fn go(&mut self, ctx: &Context<App>, route: Route) {
        if route == self.route {
            return;
        }
        match self.navigation {
            // The browser tells when it has arrived.
            Navigation::Address => page::go(&route.to_string()),
            Navigation::Within(_) => self.arrive(ctx, route),
        }
    }

    pub(super) fn arrive(&mut self, ctx: &Context<App>, route: Route) {
        self.route = route;
        self.asking_to_clear = false;
        self.today = ctx.props().options.today.emit(());
        if !matches!(self.route, Route::Check { .. }) {
            self.note.clear();
        }
        self.people = PeoplePage {
            name: self.shelf.name().to_owned(),
            ..PeoplePage::default()
        };
        match self.route {
            Route::All if WHOLE => self.begin_panel(),
            _ => self.begin_session(),
        }
        self.begin_form(ctx);
        if WHOLE {
            self.begin_receiving(ctx);
        }
        if let Some(session) = self.session() {
            self.day = DateDraft::of(session.on());
        }
        self.day_errors.clear();
        // A file that waits to be confirmed must be seen.
        let waits = WHOLE && self.papers.opened.is_some();
        self.focus = Some(if waits { "opened" } else { "title" }.into());
        if !matches!(self.face, Face::Widget { .. }) {
            page::set_title(&screens::shell::page_title(self));
        }
    }

    /// The check that the page belongs to.
    pub(super) fn place(&self) -> Option<(&str, &str)> {
        match &self.route {
            Route::Check { pack, check }
            | Route::Result { pack, check }
            | Route::Form { pack, check, .. } => Some((pack, check)),
            Route::All => {
                let (row, _) = self.leading?;
                let row = self.panel.as_ref()?.rows().get(row)?;
                Some((&row.pack().id, &row.check()?.id))
            }
            _ => None,
        }
    }
}
