//! What is kept over a new start, saved on the device, and forgotten.

use yew::Context;

use super::{App, Face, FormPage, OwnFormPage, PapersPage, PhotoPage, ReceivePage};
use crate::route::Route;
use crate::session::{Book, Kept, Session, Shelf};

const SAVING_FAILED: &str =
    "没有存上：浏览器不让保存，或者另一个窗口改动了保存的内容。这里填的还在，关掉页面就没有了。";

impl App {
    /// Holds what was said for good, if the person asked for that.
    pub(super) fn keep(&mut self, ctx: &Context<App>) {
        if self.shelf.note(&self.book) {
            self.save(ctx);
        }
    }

    /// What a new start of the page goes on with.
    pub(super) fn kept(&self) -> String {
        let begun = self.sessions.iter().map(Session::bookmark);
        Kept {
            large: self.large,
            book: self.book.clone(),
            bookmarks: begun.chain(self.bookmarks.iter().cloned()).collect(),
        }
        .encode()
    }

    /// Saves what is to be saved, if there is anything.
    pub(super) fn save(&mut self, ctx: &Context<App>) {
        self.shelf.large = self.large;
        let text = self.shelf.encode();
        if self.can_save && !text.is_empty() && !ctx.props().options.save.emit(text) {
            self.can_save = false;
            self.shelf = Shelf::default();
            self.note = SAVING_FAILED.into();
        }
    }

    /// Leaves nothing saved on this device.
    pub(super) fn wipe(&self, ctx: &Context<App>) {
        if self.can_save {
            ctx.props().options.save.emit(String::new());
        }
    }

    /// Puts somebody's answers on the page, in the place of those that were there.
    pub(super) fn open_book(&mut self, ctx: &Context<App>, book: Book) {
        self.close_book();
        self.book = book;
        self.arrive(ctx, self.route.clone());
        self.note = match self.shelf.name() {
            "" => "现在是新的一份，还没有保存。".into(),
            name => ["现在填的是：", name, "。"].concat(),
        };
    }

    /// Forgets everything that belongs to the person on the page.
    pub(super) fn close_book(&mut self) {
        self.book = Book::default();
        self.sessions.clear();
        self.bookmarks.clear();
        self.panel = None;
        self.leading = None;
        self.trail.clear();
        self.form = FormPage::default();
        self.papers = PapersPage::default();
        self.own_form = OwnFormPage::default();
        self.receive = ReceivePage::default();
        self.photo = PhotoPage::default();
        self.number.clear();
        self.number_error.clear();
        self.title_name.clear();
        self.answers_open = false;
    }

    pub(super) fn clear(&mut self, ctx: &Context<App>) {
        self.close_book();
        self.shelf = Shelf::default();
        self.search.clear();
        self.large = false;
        self.idle = 0;
        self.asking_to_clear = false;
        self.wipe(ctx);
        let first = match &self.face {
            Face::App | Face::Kiosk { .. } => Route::Home,
            Face::Widget { .. } => self.first_route(),
        };
        self.go(ctx, first.clone());
        // At once, not when the address has followed: the note below is for the page that is there then.
        self.arrive(ctx, first);
        self.note = "已全部清除。".into();
    }
}
