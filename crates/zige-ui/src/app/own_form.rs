//! The page of an office's own blank form: a file comes in, its cells are decided about, it goes out filled.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Event, File, HtmlInputElement, Window};
use yew::Context;
use yew::html::Scope;
use zige_blank::{Choice, Decision, FormFields, Reply, Request, Side, too_large};

use super::{App, Download, Message, Paper, page};
use crate::route::Route;
use crate::session::OwnForm;

/// Something that happened on the page of an office's own form.
#[derive(Clone, Debug)]
pub enum OwnFormMessage {
    /// A file was chosen or dropped.
    Choose(File),
    /// Its bytes.
    Bytes(Option<JsValue>),
    /// What was recognised and filled, or why not.
    Filled(Option<JsValue>),
    /// A cell is opened from the element with this id.
    Open(usize, String),
    /// The open cell's text reads like this now.
    Type(String),
    /// What stands in the open cell is to be written.
    Use,
    /// The open cell is to get this fact; none when the tag is empty.
    Pick(String),
    /// The open cell is left as it is.
    Drop,
    /// What was decided about the open cell is taken back.
    Reset,
    /// The open cell is closed.
    Close,
    /// Texts that would be clipped are made smaller, or not after all.
    ToggleShrink,
    /// Which of two people the person is.
    Side(Side),
    /// Decisions about this form are kept on this device, or not any more.
    ToggleKeep,
    /// The filled form is wanted as a file.
    Take,
}

/// What the page of an office's own form shows.
#[derive(Clone, Debug, Default)]
pub struct OwnFormPage {
    /// The file's name.
    pub name: String,
    /// The blank form.
    file: Option<JsValue>,
    /// Whether a file is being read or filled.
    pub working: bool,
    /// Why a file was not taken.
    pub told: String,
    /// The form, filled.
    pub form: Option<OwnForm>,
    /// How far the download is.
    pub download: Download,
}

const FAILED: &str = "没有填成，请再试一次。已经填的内容不会丢。";

impl App {
    pub(super) fn handle_own_form(&mut self, ctx: &Context<App>, message: OwnFormMessage) {
        match message {
            OwnFormMessage::Choose(file) => self.choose_own_form(ctx, &file),
            OwnFormMessage::Bytes(Some(bytes)) => {
                self.own_form.file = Some(bytes);
                self.fill_own_form(ctx);
            }
            OwnFormMessage::Bytes(None) => {
                self.refuse_own_form("这个文件读不出来，请换一个文件再试。".to_owned())
            }
            OwnFormMessage::Filled(content) => self.show_own_form(ctx, content),
            OwnFormMessage::Open(at, from) => {
                if let Some(form) = &mut self.own_form.form {
                    form.open(at, from);
                    self.focus = Some("cell-title".into());
                }
            }
            OwnFormMessage::Type(text) => {
                let form = self.own_form.form.as_mut();
                if let Some(open) = form.and_then(|form| form.open.as_mut()) {
                    open.text = text;
                    // What is typed last counts.
                    open.pick.clear();
                    open.is_empty = false;
                }
            }
            OwnFormMessage::Use => {
                let from = self.close_cell();
                if self.with_own_form(OwnForm::use_entry) == Some(true) {
                    self.redo_own_form(ctx);
                }
                let open = self.own_form.form.as_ref().map(|form| form.open.is_some());
                match open {
                    Some(true) => self.focus = Some("cell-text".into()),
                    _ => self.end_cell(from),
                }
            }
            OwnFormMessage::Pick(tag) => {
                self.with_own_form(|form| {
                    if let Some(open) = &mut form.open {
                        open.pick = tag;
                        open.is_empty = false;
                    }
                });
            }
            OwnFormMessage::Drop => self.decide_cell(ctx, Some(Choice::Drop)),
            OwnFormMessage::Reset => self.decide_cell(ctx, None),
            OwnFormMessage::Close => {
                let from = self.close_cell();
                self.end_cell(from);
            }
            OwnFormMessage::ToggleShrink => {
                self.with_own_form(|form| form.shrink = !form.shrink);
                self.redo_own_form(ctx);
            }
            OwnFormMessage::Side(side) => {
                self.with_own_form(|form| form.side = Some(side));
                self.redo_own_form(ctx);
            }
            OwnFormMessage::ToggleKeep => self.toggle_corrections(ctx),
            OwnFormMessage::Take => self.take_own_form(),
        }
    }

    /// Whether decisions about the form on the page are kept on this device.
    #[must_use]
    pub fn keeps_corrections(&self) -> bool {
        let form = self.own_form.form.as_ref();
        form.is_some_and(|form| {
            let known = &self.shelf.corrections;
            known.of(&form.recognised().fingerprint).is_some()
        })
    }

    fn with_own_form<T>(&mut self, change: impl FnOnce(&mut OwnForm) -> T) -> Option<T> {
        self.own_form.form.as_mut().map(change)
    }

    fn close_cell(&self) -> Option<String> {
        let open = self.own_form.form.as_ref()?.open.as_ref()?;
        Some(open.from.clone())
    }

    fn end_cell(&mut self, from: Option<String>) {
        self.with_own_form(|form| form.open = None);
        self.focus = from;
    }

    fn decide_cell(&mut self, ctx: &Context<App>, choice: Option<Choice>) {
        let from = self.close_cell();
        self.with_own_form(|form| {
            let at = form.open.as_ref().map(|open| open.at);
            let place = at.and_then(|at| form.cell(at)).map(|cell| cell.place);
            if let Some(place) = place {
                form.decide(place, choice);
            }
        });
        self.end_cell(from);
        self.redo_own_form(ctx);
    }

    fn choose_own_form(&mut self, ctx: &Context<App>, file: &File) {
        if self.route != Route::OwnForm {
            return;
        }
        self.own_form = OwnFormPage {
            name: file.name(),
            working: true,
            ..OwnFormPage::default()
        };
        // A file's size is a whole number.
        if let Some(error) = too_large(file.size() as usize) {
            self.refuse_own_form(error.told());
            return;
        }
        let promise = file.array_buffer();
        let link = ctx.link().clone();
        spawn_local(async move {
            let buffer = JsFuture::from(promise).await.ok();
            let bytes = buffer.map(|buffer| Uint8Array::new(&buffer).unchecked_into());
            link.send_message(OwnFormMessage::Bytes(bytes));
        });
    }

    fn refuse_own_form(&mut self, why: String) {
        self.own_form = OwnFormPage {
            name: std::mem::take(&mut self.own_form.name),
            told: why,
            ..OwnFormPage::default()
        };
        self.focus = Some("own-told".into());
    }

    /// Fills the form with what was decided, and keeps that if the person asked for it.
    pub(super) fn redo_own_form(&mut self, ctx: &Context<App>) {
        self.own_form.download = Download::None;
        if let Some(form) = self
            .own_form
            .form
            .as_ref()
            .filter(|_| self.keeps_corrections())
        {
            let fingerprint = form.recognised().fingerprint.clone();
            self.shelf.corrections.keep(&fingerprint, &form.decisions);
            self.save(ctx);
        }
        self.fill_own_form(ctx);
    }

    fn fill_own_form(&mut self, ctx: &Context<App>) {
        let Some(file) = self.own_form.file.clone() else {
            return;
        };
        let form = self.own_form.form.as_ref();
        let fresh = OwnForm::new(Reply::default());
        let form = form.unwrap_or(&fresh);
        let packs = self.library.packs.iter();
        let answers = packs.clone().map(|loaded| {
            let pack = &loaded.pack;
            (pack.id.clone(), self.book.answers(pack))
        });
        let fields = packs.flat_map(|loaded| {
            let pack = &loaded.pack;
            pack.forms.iter().map(|form| FormFields {
                pack: pack.id.clone(),
                form: form.id.clone(),
                values: self.book.fields(&pack.id, &form.id),
            })
        });
        let photo = self.photo.used.as_ref().map(|photo| photo.jpeg.clone());
        let request = Request {
            answers: answers.collect(),
            fields: fields.filter(|own| !own.values.is_empty()).collect(),
            options: form.options(self.today, photo.filter(|_| form.has_photo())),
            decisions: form.decisions.clone(),
        };
        let request = Uint8Array::from(request.encode().as_slice()).into();
        self.own_form.working = true;
        self.call_export_with(ctx, "blank", vec![request, file], |content| {
            Message::OwnForm(OwnFormMessage::Filled(content))
        });
    }

    fn show_own_form(&mut self, ctx: &Context<App>, content: Option<JsValue>) {
        self.own_form.working = false;
        let Some(content) = content else {
            self.refuse_own_form(FAILED.to_owned());
            return;
        };
        if let Some(refusal) = content.as_string() {
            self.refuse_own_form(refusal);
            return;
        }
        let Ok(reply) = Reply::decode(&Uint8Array::from(content).to_vec()) else {
            self.refuse_own_form(FAILED.to_owned());
            return;
        };
        if let Some(form) = &mut self.own_form.form {
            form.reply = reply;
            return;
        }
        let mut form = OwnForm::new(reply);
        let fingerprint = form.recognised().fingerprint.clone();
        let known: Vec<Decision> = (self.shelf.corrections.of(&fingerprint))
            .map(<[Decision]>::to_vec)
            .unwrap_or_default();
        // What is known about the form only now.
        let again = !known.is_empty() || (self.photo.used.is_some() && form.has_photo());
        form.decisions = known;
        self.own_form.form = Some(form);
        self.focus = Some("own-form".into());
        if again {
            self.fill_own_form(ctx);
        }
    }

    fn toggle_corrections(&mut self, ctx: &Context<App>) {
        let keeps = self.keeps_corrections();
        let Some(form) = &self.own_form.form else {
            return;
        };
        let fingerprint = &form.recognised().fingerprint;
        match keeps {
            true => self.shelf.corrections.forget(fingerprint),
            false => self.shelf.corrections.keep(fingerprint, &form.decisions),
        }
        match self.shelf.encode().is_empty() {
            true => self.wipe(ctx),
            false => self.save(ctx),
        }
    }

    fn take_own_form(&mut self) {
        let Some(form) = &self.own_form.form else {
            return;
        };
        let name = &self.own_form.name;
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        let content = Uint8Array::from(form.reply.filled.docx.as_slice());
        let media_type = Paper::Document.media_type();
        let saved = page::download(&content, &[stem, "（已填）.docx"].concat(), media_type);
        self.own_form.download = match saved {
            Some(()) => Download::Done(Paper::Document),
            None => Download::Failed,
        };
    }
}

/// Files that are dropped on the page's form; elsewhere a browser would leave the page for them.
pub(super) fn drops(window: &Window, link: &Scope<App>) -> [EventListener; 2] {
    let options = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(window, "dragover", options, |event| {
        if !is_file_input(event) {
            event.prevent_default();
        }
    });
    let link = link.clone();
    let dropped = EventListener::new_with_options(window, "drop", options, move |event| {
        if is_file_input(event) {
            return;
        }
        event.prevent_default();
        let files = event
            .dyn_ref::<DragEvent>()
            .and_then(DragEvent::data_transfer)
            .and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            link.send_message(OwnFormMessage::Choose(file));
        }
    });
    [over, dropped]
}

/// An input for files takes them itself.
fn is_file_input(event: &Event) -> bool {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.type_() == "file")
}

/// The id of the line's button that opens a cell.
pub fn cell_button(at: usize) -> String {
    format!("open-cell-{at}")
}
