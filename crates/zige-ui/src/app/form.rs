//! The form on the page: its items, its preview, and its ways out.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::{AttrValue, Context};
use zige_forms::request::Summary;

use super::{App, FormsCall, page};
use crate::WHOLE;
use crate::components::error_summary;
use crate::route::Route;
use crate::session::{Edit, FormDesk, Item};

/// Something that happened on the page of a form.
#[derive(Clone, Debug)]
pub enum FormMessage {
    /// An item is opened.
    Open(Item),
    /// The open item changes.
    Edit(Edit),
    /// The open item is saved.
    Save,
    /// The open item is saved, and the next empty one opened.
    SaveAndGoOn,
    /// The open item is closed.
    Close,
    /// The preview is ready, or failed.
    Preview(Option<JsValue>),
    /// What a person should know beside the preview.
    Summary(Option<JsValue>),
    /// The document is to be downloaded.
    Download,
    /// The document is ready, or failed.
    Downloaded(Option<JsValue>),
}

/// What the page of a form shows.
#[derive(Clone, Debug, Default)]
pub struct FormPage {
    /// The form on the page.
    pub desk: Option<FormDesk>,
    /// Its preview.
    pub preview: Preview,
    /// What to know beside it.
    pub summary: Option<Summary>,
    /// Whether a download is on its way or failed.
    pub download: Download,
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
impl App {
    pub(super) fn handle_form(&mut self, ctx: &Context<App>, message: FormMessage) {
        match message {
            FormMessage::Open(item) => {
                if let Some(desk) = &mut self.form.desk {
                    desk.open(item);
                    self.focus = Some("item-title".into());
                }
            }
            FormMessage::Edit(edit) => {
                if let Some(desk) = &mut self.form.desk {
                    desk.edit(edit);
                }
            }
            FormMessage::Save => drop(self.save_item(ctx)),
            FormMessage::SaveAndGoOn => {
                let next = self.form.desk.as_ref().and_then(FormDesk::next_empty);
                if self.save_item(ctx)
                    && let (Some(desk), Some(next)) = (&mut self.form.desk, next)
                {
                    desk.open(next);
                    self.focus = Some("item-title".into());
                }
            }
            FormMessage::Close => {
                if let Some(desk) = &mut self.form.desk {
                    self.focus = desk.open_item().map(|(_, fact, _)| item_button(&fact.id));
                    desk.close();
                }
            }
            FormMessage::Preview(pages) => {
                self.form.preview = match pages.and_then(|pages| pages.as_string()) {
                    Some(pages) => Preview::Ready(pages.into()),
                    None => Preview::Failed,
                };
            }
            FormMessage::Summary(bytes) => {
                let bytes = bytes.map(|bytes| js_sys::Uint8Array::from(bytes).to_vec());
                self.form.summary = bytes.and_then(|bytes| Summary::decode(&bytes).ok());
            }
            FormMessage::Download => {
                self.form.download = Download::Working;
                self.call_forms(ctx, "docx", FormMessage::Downloaded);
            }
            FormMessage::Downloaded(bytes) => self.save_document(bytes),
        }
    }

    pub(super) fn begin_form(&mut self, ctx: &Context<App>) {
        let (Route::Form { pack, form, .. }, true) = (&self.route, WHOLE) else {
            self.form.desk = None;
            return;
        };
        let desk = self.library.pack(pack).and_then(|loaded| {
            let known = loaded.form(form)?.clone();
            let answers = self.book.answers(&loaded.pack);
            let fields = self.book.fields(pack, form);
            Some(FormDesk::new(Rc::clone(loaded), known, answers, fields))
        });
        self.form.desk = desk;
        self.form.download = Download::None;
        self.write_preview(ctx);
    }

    fn save_item(&mut self, ctx: &Context<App>) -> bool {
        let Some(desk) = &mut self.form.desk else {
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
        self.form.summary = None;
        self.call_forms(ctx, "html", FormMessage::Preview);
        self.call_forms(ctx, "summary", FormMessage::Summary);
    }

    fn call_forms(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        done: fn(Option<JsValue>) -> FormMessage,
    ) {
        if let (Some(forms), Some(desk)) = (&ctx.props().options.forms, &self.form.desk) {
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
            .form
            .desk
            .as_ref()
            .map(|desk| format!("{}（样表）.docx", desk.form().name));
        let saved = bytes
            .zip(name)
            .and_then(|(bytes, name)| page::download(&bytes, &name, MEDIA_TYPE));
        self.form.download = match saved {
            Some(()) => Download::Done,
            None => Download::Failed,
        };
    }
}

/// The id of the button that opens an item of a form.
pub(crate) fn item_button(id: &str) -> String {
    format!("open-{id}")
}
