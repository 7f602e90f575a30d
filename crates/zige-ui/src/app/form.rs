//! The form on the page: its items, its preview, and its ways out.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use yew::{AttrValue, Context};
use zige_forms::request::Summary;

use super::{App, Message, PapersPage};
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
    /// The checklist of papers is to be printed with it, or not after all.
    ToggleChecklist,
    /// The preview is to be as large as on paper, or as wide as the page again.
    Enlarge,
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
    /// Whether it is printed without the checklist of its papers.
    pub leaves_out_checklist: bool,
    /// Whether its preview is as large as on paper.
    pub is_large: bool,
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

impl Preview {
    pub(super) fn of(pages: Option<JsValue>) -> Preview {
        match pages.and_then(|pages| pages.as_string()) {
            Some(pages) => Preview::Ready(pages.into()),
            None => Preview::Failed,
        }
    }
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
                self.form.preview = Preview::of(pages);
            }
            FormMessage::Summary(bytes) => {
                let bytes = bytes.map(|bytes| Uint8Array::from(bytes).to_vec());
                self.form.summary = bytes.and_then(|bytes| Summary::decode(&bytes).ok());
            }
            FormMessage::Enlarge => self.form.is_large = !self.form.is_large,
            FormMessage::ToggleChecklist => {
                self.form.leaves_out_checklist = !self.form.leaves_out_checklist;
                self.write_preview(ctx);
            }
        }
    }

    pub(super) fn begin_form(&mut self, ctx: &Context<App>) {
        let (Route::Form { pack, form, .. }, true) = (&self.route, WHOLE) else {
            self.form.desk = None;
            self.papers = PapersPage::default();
            return;
        };
        let desk = self.library.pack(pack).and_then(|loaded| {
            let known = loaded.form(form)?.clone();
            let answers = self.book.answers(&loaded.pack);
            let fields = self.book.fields(pack, form);
            Some(FormDesk::new(Rc::clone(loaded), known, answers, fields))
        });
        self.form.desk = desk;
        self.write_preview(ctx);
        self.begin_papers(ctx);
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
        self.papers.before = None;
        let loaded = Rc::clone(desk.loaded());
        let (answers, fields) = (desk.answers().clone(), desk.fields().clone());
        self.book.note(&loaded.pack, &answers);
        self.book
            .note_fields(&loaded.pack.id, &desk.form().id.clone(), fields);
        self.with_session(|session| session.revive(answers));
        self.keep(ctx);
        self.write_preview(ctx);
        self.ask_calendar(ctx);
        true
    }

    pub(super) fn write_preview(&mut self, ctx: &Context<App>) {
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
        if let Some(request) = self.request() {
            let request = Uint8Array::from(request.encode().as_slice()).into();
            self.call_export(ctx, export, request, move |content| {
                Message::Form(done(content))
            });
        }
    }
}

/// The id of the button that opens an item of a form.
pub(crate) fn item_button(id: &str) -> String {
    format!("open-{id}")
}
