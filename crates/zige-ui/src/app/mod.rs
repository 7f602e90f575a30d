//! The app: what is shown follows from its state, what happens comes in as a message.

mod options;
mod page;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::html::Scope;
use yew::{AttrValue, Component, Context, Html, NodeRef, Properties};
use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::{FactId, PointId};
use zige_forms::request::Summary;

use crate::WHOLE;
use crate::components::navigation::Navigation;
use crate::components::{error_summary, identity_card, idle_notice};
use crate::library::Library;
use crate::route::Route;
use crate::screens;
use crate::session::{
    Book, DateDraft, DatePart, Edit, EntryError, FormDesk, Item, Kept, Panel, Session, Shelf,
    identity,
};

pub use options::{Face, FormsCall, Options, VerdictEvent};

/// The kiosk asks this many seconds before it forgets.
const LAST_SECONDS: u32 = 30;

const SAVING_FAILED: &str =
    "没有存上：浏览器不让保存，或者另一个窗口改动了保存的内容。这里填的还在，关掉页面就没有了。";

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

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// The address changed.
    Arrive(Route),
    /// A page is wanted.
    Go(Route),
    /// An input is wanted.
    Jump(String),
    /// The entry on the question page changes.
    Edit(Edit),
    /// The question page is handed in.
    Submit,
    /// The person does not know.
    Unknown,
    /// Back to the question before.
    Back,
    /// An answer is to be changed.
    Change(FactId),
    /// An answer is to be changed on the page of all checks, where this row asks for it.
    ChangeAt(usize, FactId),
    /// A declaration is changed.
    Declare(FactId, Answer),
    /// Ask also what the verdict does not need.
    AskTheRest,
    /// An office has decided, or not.
    Decide(PointId, Option<u16>),
    /// The list of answers is opened or closed.
    ToggleAnswers,
    /// The ID number reads like this now.
    TypeNumber(String),
    /// The ID number is to be used.
    UseNumber,
    /// The title's name reads like this now.
    TypeTitle(String),
    /// The level that was found is to be used.
    UseTitle(i64),
    /// The day of the check reads like this now.
    TypeDay(DatePart, String),
    /// The check is to be made for that day.
    UseDay,
    /// The check is to be made for today again.
    UseToday,
    /// Larger or normal size.
    ToggleLarge,
    /// Programmes and articles with this text are wanted.
    Search(String),
    /// A paper is at hand, or not after all.
    TickPaper(String),
    /// The person's name reads like this now.
    TypeName(String),
    /// The person on the page is to be kept under that name.
    KeepPerson,
    /// Somebody else's answers are wanted, or a new person's.
    TurnTo(Option<usize>),
    /// Somebody is to be forgotten, after asking.
    AskToForget(Option<usize>),
    /// Somebody is to be forgotten.
    Forget(usize),
    /// Everything is to be forgotten, after asking.
    AskToClear(bool),
    /// Everything is to be forgotten.
    Clear,
    /// The page is to be printed.
    Print,
    /// An item of the form is opened.
    OpenItem(Item),
    /// The open item changes.
    EditItem(Edit),
    /// The open item is saved.
    SaveItem,
    /// The open item is saved, and the next empty one opened.
    SaveItemAndGoOn,
    /// The open item is closed.
    CloseItem,
    /// The preview is ready, or failed.
    Preview(Option<JsValue>),
    /// What a person should know beside the preview.
    Summary(Option<JsValue>),
    /// The document is to be downloaded.
    Download,
    /// The document is ready, or failed.
    Downloaded(Option<JsValue>),
    /// The window changed its size.
    Resized,
    /// Somebody is there.
    Alive,
    /// Somebody says that they are still there.
    Stay,
    /// A second has passed.
    Tick,
}

/// How far the preview of a form is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// It is being made.
    #[default]
    Working,
    /// Its pages.
    Ready(AttrValue),
    /// It could not be made.
    Failed,
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
    /// The person's name as typed.
    pub name: String,
    /// What is wrong with it.
    pub name_error: &'static str,
    /// Whom it is being asked to forget.
    pub asking_to_forget: Option<usize>,
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
    /// The form on the page.
    pub desk: Option<FormDesk>,
    /// Its preview.
    pub preview: Preview,
    /// What to know beside it.
    pub summary: Option<Summary>,
    /// Whether the module that writes forms is there.
    pub can_write_forms: bool,
    /// Whether a download is on its way or failed.
    pub download: Download,
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

/// How far a download is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Download {
    /// None was asked for.
    #[default]
    None,
    /// The document is being written.
    Working,
    /// It was handed to the browser.
    Done,
    /// It could not be written.
    Failed,
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
            name: String::new(),
            name_error: "",
            asking_to_forget: None,
            search: String::new(),
            sessions: Vec::new(),
            panel: None,
            leading: None,
            trail: Vec::new(),
            desk: None,
            preview: Preview::Working,
            summary: None,
            can_write_forms: options.forms.is_some(),
            download: Download::None,
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
            _clock: clock(link, &options.face),
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
        }
    }
}

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
            | Message::OpenItem(_)
            | Message::EditItem(_)
            | Message::SaveItem
            | Message::SaveItemAndGoOn
            | Message::CloseItem
            | Message::Preview(_)
            | Message::Summary(_)
            | Message::Download
            | Message::Downloaded(_)
            | Message::ChangeAt(..)
            | Message::Search(_)
            | Message::TickPaper(_)
            | Message::TypeName(_)
            | Message::KeepPerson
            | Message::TurnTo(_)
            | Message::AskToForget(_)
            | Message::Forget(_)
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
            Message::TypeName(name) => {
                self.name = name;
                self.name_error = "";
            }
            Message::KeepPerson => self.keep_person(ctx),
            Message::TurnTo(person) => {
                let book = self.shelf.turn_to(person);
                self.open_book(ctx, book);
                self.save(ctx);
            }
            Message::AskToForget(person) => {
                self.focus = person
                    .or(self.asking_to_forget)
                    .map(|place| format!("forget-{place}"));
                self.asking_to_forget = person;
            }
            Message::Forget(person) => {
                let book = match self.shelf.forget(person) {
                    true => Book::default(),
                    false => self.book.clone(),
                };
                self.open_book(ctx, book);
                if self.shelf.is_empty() {
                    self.wipe(ctx);
                } else {
                    self.save(ctx);
                }
            }
            Message::AskToClear(asking) => {
                self.asking_to_clear = asking;
                self.focus = Some((if asking { "clear-yes" } else { "clear" }).into());
            }
            Message::Clear => self.clear(ctx),
            Message::Print => page::print(),
            Message::OpenItem(item) => {
                if let Some(desk) = &mut self.desk {
                    desk.open(item);
                    self.focus = Some("item-title".into());
                }
            }
            Message::EditItem(edit) => {
                if let Some(desk) = &mut self.desk {
                    desk.edit(edit);
                }
            }
            Message::SaveItem => drop(self.save_item(ctx)),
            Message::SaveItemAndGoOn => {
                let next = self.desk.as_ref().and_then(FormDesk::next_empty);
                if self.save_item(ctx)
                    && let (Some(desk), Some(next)) = (&mut self.desk, next)
                {
                    desk.open(next);
                    self.focus = Some("item-title".into());
                }
            }
            Message::CloseItem => {
                if let Some(desk) = &mut self.desk {
                    self.focus = desk.open_item().map(|(_, fact, _)| item_button(&fact.id));
                    desk.close();
                }
            }
            Message::Preview(pages) => {
                self.preview = match pages.and_then(|pages| pages.as_string()) {
                    Some(pages) => Preview::Ready(pages.into()),
                    None => Preview::Failed,
                };
            }
            Message::Summary(bytes) => {
                let bytes = bytes.map(|bytes| js_sys::Uint8Array::from(bytes).to_vec());
                self.summary = bytes.and_then(|bytes| Summary::decode(&bytes).ok());
            }
            Message::Download => {
                self.download = Download::Working;
                self.call_forms(ctx, "docx", Message::Downloaded);
            }
            Message::Downloaded(bytes) => self.save_document(bytes),
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

    fn first_route(&self) -> Route {
        match &self.face {
            Face::App | Face::Kiosk { .. } => Route::parse(&page::fragment()),
            Face::Widget { pack, check } => Route::Check {
                pack: pack.clone(),
                check: check.clone(),
            },
        }
    }

    fn go(&mut self, ctx: &Context<App>, route: Route) {
        if route == self.route {
            return;
        }
        match self.navigation {
            // The browser tells when it has arrived.
            Navigation::Address => page::go(&route.to_string()),
            Navigation::Within(_) => self.arrive(ctx, route),
        }
    }

    fn arrive(&mut self, ctx: &Context<App>, route: Route) {
        self.route = route;
        self.asking_to_clear = false;
        self.today = ctx.props().options.today.emit(());
        if !matches!(self.route, Route::Check { .. }) {
            self.note.clear();
        }
        self.asking_to_forget = None;
        self.name = self.shelf.name().to_owned();
        self.name_error = "";
        match self.route {
            Route::All if WHOLE => self.begin_panel(),
            _ => self.begin_session(),
        }
        self.begin_form(ctx);
        if let Some(session) = self.session() {
            self.day = DateDraft::of(session.on());
        }
        self.day_errors.clear();
        self.focus = Some("title".into());
        if !matches!(self.face, Face::Widget { .. }) {
            page::set_title(&screens::shell::page_title(self));
        }
    }

    /// The check that the page belongs to.
    fn place(&self) -> Option<(&str, &str)> {
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

    fn begin_panel(&mut self) {
        let today = self.today;
        if self.panel.as_ref().is_none_or(|panel| panel.on() != today) {
            self.panel = Some(Panel::new(&self.library, today));
            self.trail.clear();
        }
        self.lead(None);
    }

    /// Opens a question of the panel, or the one that tells it most.
    fn lead(&mut self, wanted: Option<(usize, FactId)>) {
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

    fn begin_session(&mut self) {
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

    fn begin_form(&mut self, ctx: &Context<App>) {
        let (Route::Form { pack, form, .. }, true) = (&self.route, WHOLE) else {
            self.desk = None;
            return;
        };
        let desk = self.library.pack(pack).and_then(|loaded| {
            let known = loaded.form(form)?.clone();
            let answers = self.book.answers(&loaded.pack);
            let fields = self.book.fields(pack, form);
            Some(FormDesk::new(Rc::clone(loaded), known, answers, fields))
        });
        self.desk = desk;
        self.download = Download::None;
        self.write_preview(ctx);
    }

    fn with_session<R: Default>(&mut self, change: impl FnOnce(&mut Session) -> R) -> R {
        let Some((pack, check)) = self.place() else {
            return R::default();
        };
        let found = self.sessions.iter().position(|one| is_at(one, pack, check));
        match found.and_then(|position| self.sessions.get_mut(position)) {
            Some(session) => change(session),
            None => R::default(),
        }
    }

    fn hand_in(&mut self, ctx: &Context<App>, submit: fn(&mut Session) -> bool) {
        self.note.clear();
        if self.with_session(submit) {
            self.after_answer(ctx);
        } else {
            self.focus = Some(error_summary::ID.into());
        }
    }

    fn after_answer(&mut self, ctx: &Context<App>) {
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
    fn open_question(&mut self) {
        self.focus = Some("title".into());
        self.number.clear();
        self.number_error.clear();
        self.title_name.clear();
        self.answers_open = false;
        if !matches!(self.face, Face::Widget { .. }) {
            page::scroll_to_top();
        }
    }

    fn back(&mut self, ctx: &Context<App>) {
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

    fn use_number(&mut self, ctx: &Context<App>) {
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

    fn use_day(&mut self, ctx: &Context<App>) {
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
    fn remember(&mut self, ctx: &Context<App>) {
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

    /// Holds what was said for good, if the person asked for that.
    fn keep(&mut self, ctx: &Context<App>) {
        if self.shelf.note(&self.book) {
            self.save(ctx);
        }
    }

    /// What a new start of the page goes on with.
    fn kept(&self) -> String {
        let begun = self.sessions.iter().map(Session::bookmark);
        Kept {
            large: self.large,
            book: self.book.clone(),
            bookmarks: begun.chain(self.bookmarks.iter().cloned()).collect(),
        }
        .encode()
    }

    /// Saves what is to be saved, if there is anything.
    fn save(&mut self, ctx: &Context<App>) {
        self.shelf.large = self.large;
        let text = self.shelf.encode();
        if self.can_save && !text.is_empty() && !ctx.props().options.save.emit(text) {
            self.can_save = false;
            self.shelf = Shelf::default();
            self.note = SAVING_FAILED.into();
        }
    }

    /// Leaves nothing saved on this device.
    fn wipe(&self, ctx: &Context<App>) {
        if self.can_save {
            ctx.props().options.save.emit(String::new());
        }
    }

    fn keep_person(&mut self, ctx: &Context<App>) {
        if self.shelf.keep(&self.name, &self.book) {
            self.note = "已保存，下次打开还在。".into();
            self.focus = Some("title".into());
            self.save(ctx);
        } else {
            self.name_error = "请先起个名字，例如“我”“妈妈”";
            self.focus = Some("name".into());
        }
    }

    /// Puts somebody's answers on the page, in the place of those that were there.
    fn open_book(&mut self, ctx: &Context<App>, book: Book) {
        self.close_book();
        self.book = book;
        self.arrive(ctx, self.route.clone());
        self.note = match self.shelf.name() {
            "" => "现在是新的一份，还没有保存。".into(),
            name => ["现在填的是：", name, "。"].concat(),
        };
    }

    /// Forgets everything that belongs to the person on the page.
    fn close_book(&mut self) {
        self.book = Book::default();
        self.sessions.clear();
        self.bookmarks.clear();
        self.panel = None;
        self.leading = None;
        self.trail.clear();
        self.desk = None;
        self.summary = None;
        self.preview = Preview::Working;
        self.number.clear();
        self.number_error.clear();
        self.title_name.clear();
        self.answers_open = false;
    }

    fn clear(&mut self, ctx: &Context<App>) {
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

    fn save_item(&mut self, ctx: &Context<App>) -> bool {
        let Some(desk) = &mut self.desk else {
            return false;
        };
        let opened = desk.open_item().map(|(_, fact, _)| item_button(&fact.id));
        if !desk.save() {
            self.focus = Some(error_summary::ID.into());
            return false;
        }
        self.focus = opened;
        let loaded = Rc::clone(desk.loaded());
        let (answers, fields) = (desk.answers().clone(), desk.fields().clone());
        self.book.note(&loaded.pack, &answers);
        self.book
            .note_fields(&loaded.pack.id, &desk.form().id.clone(), fields);
        self.with_session(|session| session.revive(answers));
        self.keep(ctx);
        self.write_preview(ctx);
        true
    }

    fn write_preview(&mut self, ctx: &Context<App>) {
        self.summary = None;
        self.call_forms(ctx, "html", Message::Preview);
        self.call_forms(ctx, "summary", Message::Summary);
    }

    fn call_forms(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        done: fn(Option<JsValue>) -> Message,
    ) {
        if let (Some(forms), Some(desk)) = (&ctx.props().options.forms, &self.desk) {
            forms.emit(FormsCall {
                export,
                packs: Rc::clone(&self.library.bytes),
                request: desk.request(self.today).encode(),
                done: ctx.link().callback(done),
            });
        }
    }

    fn save_document(&mut self, bytes: Option<JsValue>) {
        const MEDIA_TYPE: &str =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let name = self
            .desk
            .as_ref()
            .map(|desk| format!("{}（样表）.docx", desk.form().name));
        let saved = bytes
            .zip(name)
            .and_then(|(bytes, name)| page::download(&bytes, &name, MEDIA_TYPE));
        self.download = match saved {
            Some(()) => Download::Done,
            None => Download::Failed,
        };
    }

    fn somebody_is_there(&mut self) -> bool {
        let asking = self.seconds_left().is_some();
        // Only the buttons of the question answer it.
        if !asking {
            self.idle = 0;
        }
        false
    }

    fn tick(&mut self, ctx: &Context<App>) -> bool {
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

/// The id of the button that opens an item of a form.
pub(crate) fn item_button(id: &str) -> String {
    format!("open-{id}")
}

fn is_at(session: &Session, pack: &str, check: &str) -> bool {
    session.pack().id == pack && session.check().is_some_and(|own| own.id == check)
}

fn listeners(link: &Scope<App>, face: &Face) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    // What is folded belongs on paper too; the browser does not wait for a message.
    let mut listeners = vec![EventListener::new(&window, "beforeprint", |_| {
        page::unfold()
    })];
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
    listeners
}

fn clock(link: &Scope<App>, face: &Face) -> Option<Interval> {
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
