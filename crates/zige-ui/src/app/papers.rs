//! What leaves the page of a form as a file, and what comes back.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::Context;
use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::pack::Form;
use zige_forms::calendar::Calendar;
use zige_forms::qr::{FRAGMENT, LONGEST_ADDRESS};
use zige_forms::reading::Reading;
use zige_forms::request::Request;

use super::{App, FormsCall, Message, page};
use crate::library::LoadedPack;
use crate::route::Route;
use crate::session::{Book, DateDraft, DatePart, EntryError, FormDesk, Opened};

/// Something that happened with a form's files.
#[derive(Clone, Debug)]
pub enum PapersMessage {
    /// A file is wanted.
    Take(Paper),
    /// Its content, or that it failed.
    Taken(Paper, Option<JsValue>),
    /// The dates that go with the form.
    Calendar(Option<JsValue>),
    /// The day of the event at this place reads like this now.
    TypeDay(usize, DatePart, String),
    /// The days of events are to be used.
    UseDays,
    /// A file that was saved before was chosen.
    Choose(File),
    /// Its bytes are to be read by this export.
    Bytes(&'static str, Option<JsValue>),
    /// What it says.
    Read(Option<JsValue>),
    /// The file's word for a line is taken, or not.
    Toggle(usize),
    /// What was confirmed is to be written.
    Accept,
    /// The file is to be put away.
    Decline,
    /// What a file brought is to be taken back.
    Undo,
    /// A link for another browser is wanted.
    Link,
    /// The text behind it.
    Linked(Option<JsValue>),
    /// The link is to be copied.
    Copy,
}

/// A way out of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// The form as a document.
    Document,
    /// Its lists as a workbook.
    Workbook,
    /// Its dates.
    Calendar,
    /// One's own data.
    Data,
}

impl Paper {
    /// The export that writes it.
    pub(super) const fn export(self) -> &'static str {
        match self {
            Paper::Document => "docx",
            Paper::Workbook => "xlsx",
            Paper::Calendar => "ics",
            Paper::Data => "json",
        }
    }

    /// What stands behind the form's name in the file's.
    const fn ending(self) -> &'static str {
        match self {
            Paper::Document => "（样表）.docx",
            Paper::Workbook => "（清单）.xlsx",
            Paper::Calendar => "（日期提醒）.ics",
            Paper::Data => "（我的数据）.json",
        }
    }

    /// Offers its content under the form's name.
    pub(super) fn hand_out(self, form: &str, content: Option<JsValue>) -> Download {
        let name = [form, self.ending()].concat();
        let saved = content.and_then(|content| page::download(&content, &name, self.media_type()));
        match saved {
            Some(()) => Download::Done(self),
            None => Download::Failed,
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Paper::Document => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Paper::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Paper::Calendar => "text/calendar;charset=utf-8",
            Paper::Data => "application/json;charset=utf-8",
        }
    }
}

/// How far a download is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Download {
    /// None was asked for.
    #[default]
    None,
    /// It is being written.
    Working,
    /// It was handed to the browser.
    Done(Paper),
    /// It could not be written.
    Failed,
}

/// What the page shows of a form's files.
#[derive(Clone, Debug, Default)]
pub struct PapersPage {
    /// Whether a download is on its way or failed.
    pub download: Download,
    /// The dates that go with the form.
    pub calendar: Option<Calendar>,
    /// The events that periods are counted from, with their days as typed, and what is wrong with them.
    pub days: Vec<(String, DateDraft, Vec<EntryError>)>,
    /// Whether a file is being read.
    pub reading: bool,
    /// A file that was read and waits to be confirmed.
    pub opened: Option<Opened>,
    /// Why a file was not taken; what came of one that was.
    pub told: String,
    /// What was known before a file was taken.
    pub before: Option<Book>,
    /// An address that shows the same form in another browser.
    pub link: String,
    /// Whether it was copied.
    pub copied: &'static str,
}

impl App {
    pub(super) fn handle_papers(&mut self, ctx: &Context<App>, message: PapersMessage) {
        match message {
            PapersMessage::Take(paper) => {
                self.papers.download = Download::Working;
                self.call_papers(ctx, paper.export(), move |content| {
                    PapersMessage::Taken(paper, content)
                });
            }
            PapersMessage::Taken(paper, content) => {
                if let Some(desk) = &self.form.desk {
                    self.papers.download = paper.hand_out(&desk.form().name, content);
                }
            }
            PapersMessage::Calendar(bytes) => {
                let bytes = bytes.map(|bytes| Uint8Array::from(bytes).to_vec());
                let calendar = bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok());
                self.show_calendar(calendar);
            }
            PapersMessage::TypeDay(place, part, text) => {
                if let Some((_, day, _)) = self.papers.days.get_mut(place) {
                    match part {
                        DatePart::Year => day.year = text,
                        DatePart::Month => day.month = text,
                        DatePart::Day => day.day = text,
                    }
                }
            }
            PapersMessage::UseDays => self.use_days(ctx),
            PapersMessage::Choose(file) => self.read_file(ctx, &file),
            PapersMessage::Bytes(export, bytes) => match bytes {
                Some(bytes) => self.call_with(ctx, export, bytes, PapersMessage::Read),
                None => self.not_taken("这个文件读不出来，请换一个文件再试。".to_owned()),
            },
            PapersMessage::Read(content) => self.open(ctx, content),
            PapersMessage::Toggle(place) => {
                if let Some(opened) = &mut self.papers.opened {
                    opened.toggle(place);
                }
            }
            PapersMessage::Accept => self.accept(ctx),
            PapersMessage::Decline => {
                self.papers.opened = None;
                self.papers.told = "没有读入，表里的内容没有变。".into();
                self.focus = Some("open-file".into());
            }
            PapersMessage::Undo => {
                if let Some(before) = self.papers.before.take() {
                    self.book = before;
                    self.after_reading(ctx, "已经恢复到读入以前的内容。".to_owned());
                }
            }
            PapersMessage::Link => {
                if let Some(request) = self.request_to_carry() {
                    self.call_with(ctx, "hand_over", encoded(&request), PapersMessage::Linked);
                }
            }
            PapersMessage::Linked(text) => {
                if let Some(text) = text.and_then(|text| text.as_string()) {
                    self.papers.link = [&page::address(), "#", FRAGMENT, &text].concat();
                    self.focus = Some("link".into());
                }
            }
            PapersMessage::Copy => {
                let copied = self.root.cast().and_then(|root| page::copy(&root, "link"));
                self.papers.copied = match copied {
                    Some(()) => "已经复制。打开手机浏览器，粘贴到地址栏里打开。",
                    None => "没有复制上。请长按上面的网址，选“全选”，再选“复制”。",
                };
            }
        }
    }

    /// What the page shows anew for another form, or for the same after its content changed.
    pub(super) fn begin_papers(&mut self, ctx: &Context<App>) {
        self.papers = PapersPage {
            opened: self.receive.own.take(),
            ..PapersPage::default()
        };
        self.ask_calendar(ctx);
    }

    pub(super) fn ask_calendar(&mut self, ctx: &Context<App>) {
        self.papers.link.clear();
        self.papers.copied = "";
        self.call_papers(ctx, "calendar", PapersMessage::Calendar);
    }

    /// The page's address, if it can stand in a code; a hand scanner needs none.
    pub(super) fn address(&self) -> String {
        let address = Some(page::address()).filter(|address| address.len() <= LONGEST_ADDRESS);
        address.unwrap_or_default()
    }

    /// What the module that writes forms is asked for.
    pub(super) fn request(&self) -> Option<Request> {
        let desk = self.form.desk.as_ref()?;
        let session = self.session();
        let materials = session.map(|session| session.explanation().materials.clone());
        let proofs = materials
            .into_iter()
            .flatten()
            .map(|material| material.fact);
        Some(Request {
            address: self.address(),
            checklist: !self.form.leaves_out_checklist,
            proofs: proofs.collect(),
            events: self.book.events(&desk.loaded().pack.id),
            photo: self.photo.used.clone().filter(|_| desk.has_photo()),
            ..desk.request(self.today)
        })
    }

    /// What goes along to another browser: the form on the page; elsewhere what was said for the check on
    /// the page, or else for the programme that knows most.
    fn request_to_carry(&self) -> Option<Request> {
        if let Some(request) = self.request() {
            return Some(request);
        }
        let (loaded, form) = self.to_carry()?;
        let pack = &loaded.pack;
        let fields = self.book.fields(&pack.id, &form.id);
        let answers = self.book.answers(pack);
        let desk = FormDesk::new(Rc::clone(loaded), form.clone(), answers, fields);
        Some(Request {
            events: self.book.events(&pack.id),
            ..desk.request(self.today)
        })
    }

    /// Whether there is something that another browser could go on with.
    #[must_use]
    pub fn can_carry(&self) -> bool {
        !self.book.is_empty() && (self.form.desk.is_some() || self.to_carry().is_some())
    }

    /// The programme whose answers go along, and the form at which whoever goes on there arrives.
    fn to_carry(&self) -> Option<(&Rc<LoadedPack>, &Form)> {
        let known = |loaded: &&Rc<LoadedPack>| self.book.known(&loaded.pack);
        let loaded = match self.place() {
            Some((pack, _)) => self.library.pack(pack)?,
            None => self.library.packs.iter().max_by_key(known)?,
        };
        Some((loaded, loaded.pack.forms.iter().find(is_laid_out)?))
    }

    fn call_papers(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        done: impl Fn(Option<JsValue>) -> PapersMessage + 'static,
    ) {
        if let Some(request) = self.request() {
            self.call_with(ctx, export, encoded(&request), done);
        }
    }

    fn call_with(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        argument: JsValue,
        done: impl Fn(Option<JsValue>) -> PapersMessage + 'static,
    ) {
        self.call_export(ctx, export, argument, move |content| {
            Message::Papers(done(content))
        });
    }

    /// Calls the module that writes forms.
    pub(super) fn call_export(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        argument: JsValue,
        done: impl Fn(Option<JsValue>) -> Message + 'static,
    ) {
        self.call_export_with(ctx, export, vec![argument], done);
    }

    /// The same with several arguments.
    pub(super) fn call_export_with(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        arguments: Vec<JsValue>,
        done: impl Fn(Option<JsValue>) -> Message + 'static,
    ) {
        if let Some(forms) = &ctx.props().options.forms {
            forms.emit(FormsCall {
                export,
                packs: Rc::clone(&self.library.bytes),
                arguments,
                done: ctx.link().callback(done),
            });
        }
    }

    fn show_calendar(&mut self, calendar: Option<Calendar>) {
        let known = (self.form.desk.as_ref())
            .map(|desk| self.book.events(&desk.loaded().pack.id))
            .unwrap_or_default();
        let known = known.into_iter();
        let mut days: Vec<(String, DateDraft, Vec<EntryError>)> = known
            .map(|(event, day)| (event, DateDraft::of(day), Vec::new()))
            .collect();
        for event in calendar.iter().flat_map(|calendar| &calendar.wanted) {
            if days.iter().all(|(known, ..)| known != event) {
                days.push((event.clone(), DateDraft::default(), Vec::new()));
            }
        }
        self.papers.days = days;
        self.papers.calendar = calendar;
    }

    fn use_days(&mut self, ctx: &Context<App>) {
        let Some(desk) = &self.form.desk else {
            return;
        };
        let pack = desk.loaded().pack.id.clone();
        let mut first_wrong = None;
        let mut read = Vec::new();
        for (place, (event, day, errors)) in self.papers.days.iter_mut().enumerate() {
            errors.clear();
            match day.read(event, Date::MIN.days(), Date::MAX.days()) {
                Ok(Answer::Value(days)) => read.push((event.clone(), Some(Date::from_days(days)))),
                Ok(Answer::Month { .. }) => errors.push(EntryError {
                    at: "-day".into(),
                    message: "还要填是哪一天".into(),
                }),
                Ok(_) => read.push((event.clone(), None)),
                Err(wrong) => *errors = wrong,
            }
            if let Some(error) = errors.first() {
                first_wrong.get_or_insert(format!("event-{place}{}", error.at));
            }
        }
        if first_wrong.is_some() {
            self.focus = first_wrong;
            return;
        }
        for (event, day) in read {
            self.book.note_event(&pack, &event, day);
        }
        self.keep(ctx);
        self.ask_calendar(ctx);
        self.focus = Some("dates".into());
    }

    /// Reads a file that was chosen; its name says what it should be, its reader whether it is.
    fn read_file(&mut self, ctx: &Context<App>, file: &File) {
        let name = file.name().to_lowercase();
        let export = match name.rsplit('.').next() {
            Some("xlsx") => "read_xlsx",
            Some("json") => "read_json",
            _ => "read_docx",
        };
        self.papers.opened = None;
        self.papers.told.clear();
        self.papers.reading = true;
        let promise = file.array_buffer();
        let link = ctx.link().clone();
        spawn_local(async move {
            let buffer = JsFuture::from(promise).await.ok();
            let bytes = buffer.map(|buffer| Uint8Array::new(&buffer).unchecked_into());
            link.send_message(PapersMessage::Bytes(export, bytes));
        });
    }

    fn not_taken(&mut self, why: String) {
        self.papers.reading = false;
        self.papers.told = why;
        self.focus = Some("opened".into());
    }

    fn open(&mut self, ctx: &Context<App>, content: Option<JsValue>) {
        match self.reading(content) {
            Ok((loaded, reading)) => {
                let route = form_of(&loaded, &reading.form);
                let opened = Opened::new(loaded, reading, &self.book);
                self.papers.reading = false;
                match (&self.form.desk, route) {
                    // Chosen where no form is: on to the one that it is of.
                    (None, Some(route)) => {
                        self.receive.own = Some(opened);
                        self.go(ctx, route);
                    }
                    _ => {
                        self.papers.opened = Some(opened);
                        self.focus = Some("opened".into());
                    }
                }
            }
            Err(why) => self.not_taken(why),
        }
    }

    /// What a reader gave, with its pack; or why there is nothing, in words for the person.
    pub(super) fn reading(
        &self,
        content: Option<JsValue>,
    ) -> Result<(Rc<LoadedPack>, Reading), String> {
        const FAILED: &str = "没有读成，请再试一次。表里的内容没有变。";
        let content = content.ok_or(FAILED)?;
        if let Some(refusal) = content.as_string() {
            return Err(refusal);
        }
        let bytes = Uint8Array::from(content).to_vec();
        let reading: Reading = postcard::from_bytes(&bytes).map_err(|_| FAILED)?;
        let loaded = self.library.pack(&reading.pack).ok_or(FAILED)?;
        Ok((Rc::clone(loaded), reading))
    }

    fn accept(&mut self, ctx: &Context<App>) {
        let Some(opened) = self.papers.opened.take() else {
            return;
        };
        let before = self.book.clone();
        let count = opened.put_into(&mut self.book);
        let here = self.form.desk.as_ref().map(|desk| desk.form());
        let place = match opened.form() {
            Some(form) if here.is_none_or(|here| here.id != form.id) => {
                format!("《{}》", form.name)
            }
            _ => "这张表".to_owned(),
        };
        let told = format!("已经把{count}项放进{place}。");
        self.after_reading(ctx, told);
        self.papers.before = Some(before);
    }

    fn after_reading(&mut self, ctx: &Context<App>, told: String) {
        self.keep(ctx);
        self.begin_session();
        self.begin_form(ctx);
        self.papers.told = told;
        self.focus = Some("opened".into());
    }
}

fn encoded(request: &Request) -> JsValue {
    Uint8Array::from(request.encode().as_slice()).into()
}

/// Whether a form can be filled here, and is not only named by its policy.
fn is_laid_out(form: &&Form) -> bool {
    !form.parts.is_empty()
}

/// The page of a form; of the pack's first one where there is none of this id.
pub(super) fn form_of(loaded: &LoadedPack, id: &str) -> Option<Route> {
    let form = loaded.form(id).filter(is_laid_out);
    let form = form.or_else(|| loaded.pack.forms.iter().find(is_laid_out))?;
    let of = form
        .check
        .and_then(|check| loaded.pack.checks.get(check.index()));
    let check = of.or(loaded.pack.checks.first());
    Some(Route::Form {
        pack: loaded.pack.id.clone(),
        check: check.map(|check| check.id.clone()).unwrap_or_default(),
        form: form.id.clone(),
    })
}
