//! The people whose answers are saved on this device.

use yew::Context;

use super::App;
use crate::session::Book;

/// Something that happened on the page of people.
#[derive(Clone, Debug)]
pub enum PeopleMessage {
    /// The person's name reads like this now.
    TypeName(String),
    /// The person on the page is to be kept under that name.
    Keep,
    /// Somebody else's answers are wanted, or a new person's.
    TurnTo(Option<usize>),
    /// Somebody is to be forgotten, after asking.
    AskToForget(Option<usize>),
    /// Somebody is to be forgotten.
    Forget(usize),
}

/// What the page of people shows beside them.
#[derive(Clone, Debug, Default)]
pub struct PeoplePage {
    /// The person's name as typed.
    pub name: String,
    /// What is wrong with it.
    pub name_error: &'static str,
    /// Whom it is being asked to forget.
    pub asking_to_forget: Option<usize>,
}

impl App {
    pub(super) fn handle_people(&mut self, ctx: &Context<App>, message: PeopleMessage) {
        match message {
            PeopleMessage::TypeName(name) => {
                self.people.name = name;
                self.people.name_error = "";
            }
            PeopleMessage::Keep => self.keep_person(ctx),
            PeopleMessage::TurnTo(person) => {
                let book = self.shelf.turn_to(person);
                self.open_book(ctx, book);
                self.save(ctx);
            }
            PeopleMessage::AskToForget(person) => {
                self.focus = person
                    .or(self.people.asking_to_forget)
                    .map(|place| format!("forget-{place}"));
                self.people.asking_to_forget = person;
            }
            PeopleMessage::Forget(person) => {
                let book = match self.shelf.forget(person) {
                    true => Book::default(),
                    false => self.book.clone(),
                };
                self.open_book(ctx, book);
                if self.shelf.encode().is_empty() {
                    self.wipe(ctx);
                } else {
                    self.save(ctx);
                }
            }
        }
    }

    fn keep_person(&mut self, ctx: &Context<App>) {
        if self.shelf.keep(&self.people.name, &self.book) {
            self.note = "已保存，下次打开还在。".into();
            self.focus = Some("title".into());
            self.save(ctx);
        } else {
            self.people.name_error = "请先起个名字，例如“我”“妈妈”";
            self.focus = Some("name".into());
        }
    }
}
