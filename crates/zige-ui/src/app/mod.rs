//! The app: what is shown follows from its state, what happens comes in as a message.

mod asking;
mod form;
mod idle;
mod keeping;
mod leading;
mod message;
mod options;
mod own_form;
mod page;
mod paging;
mod papers;
mod people;
mod photo;
mod receive;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use web_sys::Element;
use yew::html::Scope;
use yew::{Component, Context, Html, NodeRef, Properties};
use zige_core::date::Date;
use zige_core::ids::FactId;

use crate::WHOLE;
use crate::components::navigation::Navigation;
use crate::library::Library;
use crate::route::Route;
use crate::screens;
use crate::session::{Book, DateDraft, DatePart, Edit, EntryError, Kept, Panel, Session, Shelf};

pub(crate) use form::item_button;
pub use form::{FormMessage, FormPage, Preview};
pub use message::Message;
pub use options::{Face, FormsCall, Options, VerdictEvent};
pub use own_form::{OwnFormMessage, OwnFormPage, cell_button};
pub use papers::{Download, Paper, PapersMessage, PapersPage};
pub use people::{PeopleMessage, PeoplePage};
pub(crate) use photo::{FRAME, MOST_ZOOM};
pub use photo::{PhotoMessage, PhotoPage, PhotoSize, Slide};
pub use receive::{ReceiveMessage, ReceivePage, Received};

/// The packs and what the page around decides.
#[derive(Clone, Debug, Properties)]
pub struct AppProps {
    /// The packs.
    pub library: Rc<Library>,
    /// The page around.
    pub options: Options,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.library, &other.library) && self.options == other.options
    }
}

/// The app's state. Pages read it; only messages change it.
#[derive(Debug)]
pub struct App {
    /// The page.
    pub route: Route,
    /// The packs.
    pub library: Rc<Library>,
    /// What was said, for all programmes.
    pub book: Book,
    /// Where the person was in checks that were begun before this module took over.
    bookmarks: Vec<Vec<String>>,
    /// Whose answers are kept on this device.
    pub shelf: Shelf,
    /// Whether answers can be kept on this device.
    pub can_save: bool,
    /// What the page of people shows beside them.
    pub people: PeoplePage,
    /// What is looked for.
    pub search: String,
    /// The checks begun.
    pub sessions: Vec<Session>,
    /// All checks at once, since somebody asked for that.
    pub panel: Option<Panel>,
    /// Where the panel asks, and what.
    pub leading: Option<(usize, FactId)>,
    /// Where it asked before.
    pub trail: Vec<(usize, FactId)>,
    /// What the page of a form shows.
    pub form: FormPage,
    /// What it shows of the form's files.
    pub papers: PapersPage,
    /// The photograph for forms.
    pub photo: PhotoPage,
    /// What the page of an office's own form shows.
    pub own_form: OwnFormPage,
    /// What the receiving page shows.
    pub receive: ReceivePage,
    /// Whether the module that writes forms is there.
    pub can_write_forms: bool,
    /// Whether the page is inside WeChat.
    pub in_wechat: bool,
    /// The large mode.
    pub large: bool,
    /// Whether the list of answers is open.
    pub answers_open: bool,
    /// The ID number as typed.
    pub number: String,
    /// What is wrong with it.
    pub number_error: String,
    /// The title's name as typed.
    pub title_name: String,
    /// What to tell once, on the next page.
    pub note: String,
    /// The day for the check, as typed.
    pub day: DateDraft,
    /// What is wrong with it.
    pub day_errors: Vec<EntryError>,
    /// Whether it is being asked if everything is to be forgotten.
    pub asking_to_clear: bool,
    /// Seconds since somebody was there.
    pub idle: u32,
    /// How the app is shown.
    pub face: Face,
    /// How to get to other pages.
    pub navigation: Navigation,
    /// Today, for the person.
    pub today: Date,
    focus: Option<String>,
    root: NodeRef,
    _listeners: Vec<EventListener>,
    _clock: Option<Interval>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<App>) -> App {
        let AppProps { library, options } = ctx.props();
        let link = ctx.link();
        let navigation = match &options.face {
            Face::Widget { .. } => Navigation::Within(link.callback(Message::Go)),
            Face::App | Face::Kiosk { .. } => Navigation::Address,
        };
        let today = options.today.emit(());
        // With something kept or saved, the page begins with the whole module.
        let (kept, shelf) = match WHOLE {
            true => (
                Kept::decode(&options.kept),
                Shelf::decode(options.saved.as_deref().unwrap_or_default()),
            ),
            false => (Kept::default(), Shelf::default()),
        };
        let mut app = App {
            route: Route::Home,
            library: Rc::clone(library),
            book: kept.book,
            bookmarks: kept.bookmarks,
            shelf,
            can_save: options.saved.is_some(),
            people: PeoplePage::default(),
            search: String::new(),
            sessions: Vec::new(),
            panel: None,
            leading: None,
            trail: Vec::new(),
            form: FormPage::default(),
            papers: PapersPage::default(),
            photo: PhotoPage::default(),
            own_form: OwnFormPage::default(),
            receive: ReceivePage::default(),
            can_write_forms: options.forms.is_some(),
            in_wechat: page::in_wechat(),
            large: kept.large,
            answers_open: false,
            number: String::new(),
            number_error: String::new(),
            title_name: String::new(),
            note: String::new(),
            day: DateDraft::of(today),
            day_errors: Vec::new(),
            asking_to_clear: false,
            idle: 0,
            face: options.face.clone(),
            navigation,
            today,
            focus: None,
            root: NodeRef::default(),
            _listeners: listeners(link, &options.face),
            _clock: idle::clock(link, &options.face),
        };
        // What was kept over a new start is newer than what was saved.
        if options.kept.is_empty() {
            app.large = app.shelf.large;
            app.book = app.shelf.turn_to(app.shelf.current());
        } else {
            app.keep(ctx);
        }
        app.arrive(ctx, app.first_route());
        if options.arriving {
            page::scroll_to_top();
        } else {
            app.focus = None;
        }
        app
    }

    fn update(&mut self, ctx: &Context<App>, message: Message) -> bool {
        let changed = self.handle(ctx, message);
        if changed {
            ctx.props().options.keep.emit(self.kept());
        }
        changed
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        screens::shell::shell(self, ctx.link(), &self.root)
    }

    fn rendered(&mut self, _: &Context<App>, _: bool) {
        if let Some(root) = self.root.cast::<Element>() {
            if let Some(id) = self.focus.take() {
                page::focus(&root, &id);
            }
            page::fit_preview(&root);
            if WHOLE {
                self.draw_photo(&root);
            }
        }
    }
}

impl App {
    fn handle(&mut self, ctx: &Context<App>, message: Message) -> bool {
        match message {
            // Their pages are not here.
            Message::Decide(..)
            | Message::Declare(..)
            | Message::TypeNumber(_)
            | Message::UseNumber
            | Message::TypeTitle(_)
            | Message::UseTitle(_)
            | Message::TypeDay(..)
            | Message::UseDay
            | Message::UseToday
            | Message::Print
            | Message::ChangeAt(..)
            | Message::Search(_)
            | Message::TickPaper(_)
            | Message::People(_)
            | Message::Form(_)
            | Message::Papers(_)
            | Message::OwnForm(_)
            | Message::Receive(_)
            | Message::Photo(_)
                if !WHOLE => {}
            Message::Arrive(route) => {
                if route != self.route {
                    self.arrive(ctx, route);
                    if !matches!(self.face, Face::Widget { .. }) {
                        page::scroll_to_top();
                    }
                }
            }
            Message::Go(route) => self.go(ctx, route),
            Message::Jump(id) => self.focus = Some(id),
            Message::Edit(edit) => self.with_session(|session| session.edit(edit)),
            Message::Submit => self.hand_in(ctx, Session::submit),
            Message::Unknown => self.hand_in(ctx, Session::submit_unknown),
            Message::Back => self.back(ctx),
            Message::Change(fact) => {
                self.with_session(|session| session.reopen(fact));
                self.open_question();
                if let Some((pack, check)) = self.place() {
                    let (pack, check) = (pack.to_owned(), check.to_owned());
                    self.go(ctx, Route::Check { pack, check });
                }
            }
            Message::ChangeAt(row, fact) => {
                self.trail.extend(self.leading);
                self.lead(Some((row, fact)));
                self.open_question();
            }
            Message::Declare(fact, answer) => {
                self.with_session(|session| session.declare(fact, answer));
            }
            Message::AskTheRest => {
                self.with_session(Session::ask_the_rest);
                if let Some((pack, check)) = self.place() {
                    let (pack, check) = (pack.to_owned(), check.to_owned());
                    self.go(ctx, Route::Check { pack, check });
                }
            }
            Message::Decide(point, outcome) => {
                self.with_session(|session| session.decide(point, outcome));
                self.remember(ctx);
            }
            Message::ToggleAnswers => self.answers_open = !self.answers_open,
            Message::TypeNumber(number) => {
                self.number = number;
                self.number_error.clear();
            }
            Message::UseNumber => self.use_number(ctx),
            Message::TypeTitle(name) => self.title_name = name,
            Message::UseTitle(value) => {
                self.with_session(|session| session.edit(Edit::Choose(value)));
                self.hand_in(ctx, Session::submit);
            }
            Message::TypeDay(part, text) => match part {
                DatePart::Year => self.day.year = text,
                DatePart::Month => self.day.month = text,
                DatePart::Day => self.day.day = text,
            },
            Message::UseDay => self.use_day(ctx),
            Message::UseToday => {
                self.day = DateDraft::of(self.today);
                self.use_day(ctx);
            }
            Message::ToggleLarge => {
                self.large = !self.large;
                self.save(ctx);
            }
            Message::Search(text) => self.search = text,
            Message::TickPaper(paper) => {
                if let Some(pack) = self.route.pack() {
                    self.book.tick_paper(pack, &paper);
                }
                self.keep(ctx);
            }
            Message::AskToClear(asking) => {
                self.asking_to_clear = asking;
                self.focus = Some((if asking { "clear-yes" } else { "clear" }).into());
            }
            Message::Clear => self.clear(ctx),
            Message::Print => page::print(),
            Message::People(message) => self.handle_people(ctx, message),
            Message::Form(message) => self.handle_form(ctx, message),
            Message::Papers(message) => self.handle_papers(ctx, message),
            Message::OwnForm(message) => self.handle_own_form(ctx, message),
            Message::Receive(message) => self.handle_receive(ctx, message),
            Message::Photo(message) => self.handle_photo(ctx, message),
            Message::Resized => {}
            Message::Alive => return self.somebody_is_there(),
            Message::Stay => {
                self.idle = 0;
                self.focus = Some("title".into());
            }
            Message::Tick => return self.tick(ctx),
        }
        true
    }
}

fn listeners(link: &Scope<App>, face: &Face) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    // What is folded belongs on paper too; the browser does not wait for a message.
    let mut listeners = vec![EventListener::new(&window, "beforeprint", |_| {
        page::unfold()
    })];
    if WHOLE && !matches!(face, Face::Widget { .. }) {
        listeners.extend(own_form::drops(&window, link));
    }
    let mut listen = |event: &'static str, message: fn() -> Message| {
        let link = link.clone();
        let tell = move |_: &web_sys::Event| link.send_message(message());
        listeners.push(EventListener::new(&window, event, tell));
    };
    listen("resize", || Message::Resized);
    match face {
        Face::Widget { .. } => {}
        Face::App => listen("hashchange", || {
            Message::Arrive(Route::parse(&page::fragment()))
        }),
        Face::Kiosk { .. } => {
            listen("hashchange", || {
                Message::Arrive(Route::parse(&page::fragment()))
            });
            listen("pointerdown", || Message::Alive);
            listen("keydown", || Message::Alive);
            listen("scroll", || Message::Alive);
        }
    }
    if WHOLE && !matches!(face, Face::Widget { .. }) {
        listeners.extend(photo::listeners(&window, link));
    }
    listeners
}
