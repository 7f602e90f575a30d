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
    Book, DateDraft, DatePart, Edit, EntryError, FormDesk, Item, Session, identity,
};

pub use options::{Face, FormsCall, Options, VerdictEvent};

/// The kiosk asks this many seconds before it forgets.
const LAST_SECONDS: u32 = 30;

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
    /// The checks begun.
    pub sessions: Vec<Session>,
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
        let mut app = App {
            route: Route::Home,
            library: Rc::clone(library),
            book: Book::decode(&options.kept),
            sessions: Vec::new(),
            desk: None,
            preview: Preview::Working,
            summary: None,
            can_write_forms: options.forms.is_some(),
            download: Download::None,
            in_wechat: page::in_wechat(),
            large: false,
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
        app.arrive(ctx, app.first_route());
        app.focus = None;
        app
    }

    fn update(&mut self, ctx: &Context<App>, message: Message) -> bool {
        self.handle(ctx, message)
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
            Message::ToggleLarge => self.large = !self.large,
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
        self.begin_session();
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
            _ => None,
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
            Some(session) => session.revive(answers),
            None => {
                let session = check.and_then(|id| {
                    // The compiler refuses a check whose diagram would be too large.
                    Session::new(Rc::clone(&loaded), id, self.today, answers).ok()
                });
                self.sessions.extend(session);
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
        self.open_question();
        self.remember(ctx);
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
        if self.with_session(Session::back) {
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
        let event = VerdictEvent {
            pack: session.pack().id.clone(),
            check: session
                .check()
                .map(|check| check.id.clone())
                .unwrap_or_default(),
            possible: session.report().possible,
        };
        let loaded = Rc::clone(session.loaded());
        let answers = session.answers().clone();
        self.book.note(&loaded.pack, &answers);
        ctx.props().options.keep.emit(self.book.encode());
        ctx.props().options.verdict.emit(event);
    }

    fn clear(&mut self, ctx: &Context<App>) {
        self.book = Book::default();
        self.sessions.clear();
        self.desk = None;
        self.summary = None;
        self.preview = Preview::Working;
        self.number.clear();
        self.number_error.clear();
        self.title_name.clear();
        self.answers_open = false;
        self.large = false;
        self.idle = 0;
        self.asking_to_clear = false;
        ctx.props().options.keep.emit(String::new());
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
        ctx.props().options.keep.emit(self.book.encode());
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
        let clean = self.book.is_empty() && self.route == Route::Home;
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
