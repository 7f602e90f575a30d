//! The check on the page: its questions, and what becomes of the answers.

use std::rc::Rc;

use yew::Context;
use zige_core::answers::Answer;
use zige_core::date::Date;

use super::{App, Face, VerdictEvent, page};
use crate::WHOLE;
use crate::components::{error_summary, identity_card};
use crate::route::Route;
use crate::session::{EntryError, Session, identity};

impl App {
    /// The session of the check on the page.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        let (pack, check) = self.place()?;
        self.sessions
            .iter()
            .find(|session| is_at(session, pack, check))
    }

    /// A session of a pack, if a check of it was begun.
    #[must_use]
    pub fn session_of(&self, pack: &str) -> Option<&Session> {
        self.sessions
            .iter()
            .find(|session| session.pack().id == pack)
    }

    pub(super) fn begin_session(&mut self) {
        let Some((pack, check)) = self.place() else {
            return;
        };
        let found = self.sessions.iter().position(|one| is_at(one, pack, check));
        let Some(loaded) = self.library.pack(pack).map(Rc::clone) else {
            return;
        };
        let answers = self.book.answers(&loaded.pack);
        let check = loaded.check(check).map(|(id, _)| id);
        match found.and_then(|position| self.sessions.get_mut(position)) {
            Some(session) => {
                session.revive(answers);
                if self.route != Route::All {
                    session.release();
                }
            }
            None => {
                let session = check.and_then(|id| {
                    // The compiler refuses a check whose diagram would be too large.
                    Session::new(Rc::clone(&loaded), id, self.today, answers).ok()
                });
                if let Some(mut session) = session {
                    let mut bookmarks = self.bookmarks.iter();
                    if let (Some(place), true) = (bookmarks.position(|one| session.has(one)), WHOLE)
                    {
                        session.resume(self.bookmarks.remove(place));
                    }
                    self.sessions.push(session);
                }
            }
        }
    }

    pub(super) fn with_session<R: Default>(&mut self, change: impl FnOnce(&mut Session) -> R) -> R {
        let Some((pack, check)) = self.place() else {
            return R::default();
        };
        let found = self.sessions.iter().position(|one| is_at(one, pack, check));
        match found.and_then(|position| self.sessions.get_mut(position)) {
            Some(session) => change(session),
            None => R::default(),
        }
    }

    pub(super) fn hand_in(&mut self, ctx: &Context<App>, submit: fn(&mut Session) -> bool) {
        self.note.clear();
        if self.with_session(submit) {
            self.after_answer(ctx);
        } else {
            self.focus = Some(error_summary::ID.into());
        }
    }

    pub(super) fn after_answer(&mut self, ctx: &Context<App>) {
        self.remember(ctx);
        if WHOLE && self.route == Route::All {
            self.trail.extend(self.leading);
            self.lead(None);
            self.open_question();
            return;
        }
        self.open_question();
        let finished = self
            .session()
            .is_some_and(|session| session.question().is_none());
        if let (true, Some((pack, check))) = (finished, self.place()) {
            let (pack, check) = (pack.to_owned(), check.to_owned());
            self.go(ctx, Route::Result { pack, check });
        }
    }

    /// A new question is on the page.
    pub(super) fn open_question(&mut self) {
        self.focus = Some("title".into());
        self.number.clear();
        self.number_error.clear();
        self.title_name.clear();
        self.answers_open = false;
        if !matches!(self.face, Face::Widget { .. }) {
            page::scroll_to_top();
        }
    }

    pub(super) fn back(&mut self, ctx: &Context<App>) {
        if WHOLE && self.route == Route::All {
            match self.trail.pop() {
                Some(earlier) => {
                    self.lead(Some(earlier));
                    self.open_question();
                }
                None => self.go(ctx, Route::Home),
            }
        } else if self.with_session(Session::back) {
            self.open_question();
        } else if let Some(pack) = self.route.pack() {
            let pack = pack.to_owned();
            self.go(ctx, Route::Programme { pack });
        }
    }

    pub(super) fn use_number(&mut self, ctx: &Context<App>) {
        let (number, today) = (self.number.clone(), self.today);
        let given = self
            .session()
            .map(|session| identity::answers_from(session.pack(), &number, today));
        match given {
            None => {}
            Some(Err(advice)) => {
                self.number_error = advice;
                self.focus = Some(identity_card::ID.into());
            }
            Some(Ok(given)) => {
                if self.with_session(|session| session.take(&given)) {
                    self.note =
                        "已按身份证号码填入出生日期；与档案不一致的，请在“已填答案”里修改。".into();
                    self.after_answer(ctx);
                } else {
                    self.focus = Some(error_summary::ID.into());
                }
            }
        }
    }

    pub(super) fn use_day(&mut self, ctx: &Context<App>) {
        let read = self.day.read("日期", Date::MIN.days(), Date::MAX.days());
        self.day_errors = match read {
            Ok(Answer::Value(days)) => {
                let on = Date::from_days(days);
                // The diagram of this check fitted before; another date does not make it larger.
                self.with_session(|session| drop(session.set_date(on)));
                self.remember(ctx);
                Vec::new()
            }
            Ok(_) => vec![EntryError {
                at: "-day".into(),
                message: "请填写完整的年、月、日".into(),
            }],
            Err(errors) => errors,
        };
        self.focus = Some(match self.day_errors.first() {
            Some(error) => format!("on{}", error.at),
            None => "title".into(),
        });
    }

    /// Notes the answers for all programmes, and tells the page around.
    pub(super) fn remember(&mut self, ctx: &Context<App>) {
        let Some(session) = self.session() else {
            return;
        };
        if let Face::Widget { pack, check } = &self.face {
            ctx.props().options.verdict.emit(VerdictEvent {
                pack: pack.clone(),
                check: check.clone(),
                possible: session.report().possible,
            });
        }
        let loaded = Rc::clone(session.loaded());
        let answers = session.answers().clone();
        self.book.note(&loaded.pack, &answers);
        self.keep(ctx);
    }
}

/// Whether a session is of that check.
fn is_at(session: &Session, pack: &str, check: &str) -> bool {
    session.pack().id == pack && session.check().is_some_and(|own| own.id == check)
}
