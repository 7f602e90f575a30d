//! The kiosk forgets a person who has gone, and asks before it does.

use gloo::timers::callback::Interval;
use yew::Context;
use yew::html::Scope;

use super::{App, Face, Message};
use crate::components::idle_notice;
use crate::route::Route;

/// The kiosk asks this many seconds before it forgets.
const LAST_SECONDS: u32 = 30;

impl App {
    /// Seconds until everything is forgotten, once it is time to ask.
    #[must_use]
    pub fn seconds_left(&self) -> Option<u32> {
        match self.face {
            Face::Kiosk { idle_seconds } if self.idle >= idle_seconds => {
                Some((idle_seconds + LAST_SECONDS).saturating_sub(self.idle))
            }
            _ => None,
        }
    }

    pub(super) fn somebody_is_there(&mut self) -> bool {
        let asking = self.seconds_left().is_some();
        // Only the buttons of the question answer it.
        if !asking {
            self.idle = 0;
        }
        false
    }

    pub(super) fn tick(&mut self, ctx: &Context<App>) -> bool {
        let clean = self.book.is_empty() && self.search.is_empty() && self.route == Route::Home;
        self.idle = if clean {
            0
        } else {
            self.idle.saturating_add(1)
        };
        match self.seconds_left() {
            None => false,
            Some(0) => {
                self.clear(ctx);
                true
            }
            Some(LAST_SECONDS) => {
                self.focus = Some(idle_notice::STAY.into());
                true
            }
            Some(_) => true,
        }
    }
}

pub(super) fn clock(link: &Scope<App>, face: &Face) -> Option<Interval> {
    match face {
        Face::Kiosk { .. } => {
            let link = link.clone();
            Some(Interval::new(1_000, move || {
                link.send_message(Message::Tick)
            }))
        }
        Face::App | Face::Widget { .. } => None,
    }
}
