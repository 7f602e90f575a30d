//! The receiving office: codes of a printout come in, its form comes out.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};
use yew::Context;
use zige_core::date::Date;
use zige_forms::qr::{self, Collected, HandOverError};
use zige_forms::reading::Reading;

use super::papers::form_of;
use super::{App, Download, Face, Message, Paper, Preview, page};
use crate::library::LoadedPack;
use crate::route::Route;
use crate::session::{FormDesk, Opened};

/// Something that happened on the receiving page.
#[derive(Clone, Debug)]
pub enum ReceiveMessage {
    /// The scanner's field reads like this now.
    Type(String),
    /// What stands in it is to be taken.
    Add,
    /// Another window has these codes.
    Heard(String),
    /// What all codes together say.
    Read(Option<JsValue>),
    /// The form's pages.
    Preview(Option<JsValue>),
    /// A file of the form is wanted.
    Take(Paper),
    /// Its content, or that it failed.
    Taken(Paper, Option<JsValue>),
    /// The next form is to be read.
    Next,
    /// It is the person's own form, who wants to go on with it.
    Keep,
}

/// What the receiving page shows.
#[derive(Debug, Default)]
pub struct ReceivePage {
    /// The codes so far.
    pub collected: Collected,
    /// Their texts.
    texts: Vec<String>,
    /// What the scanner has typed.
    pub typed: String,
    /// Why a code was not taken.
    pub problem: String,
    /// What happened last, when it was no problem.
    pub told: String,
    /// Whether the last codes came through the field, where the next ones will.
    by_scanner: bool,
    /// The form, once all codes are there.
    pub received: Option<Received>,
    /// What the person wants to go on with; waits for the form's page.
    pub(super) own: Option<Opened>,
    channel: Option<Channel>,
}

/// A form that came in.
#[derive(Debug)]
pub struct Received {
    /// Its content.
    pub desk: FormDesk,
    /// What the codes said, word for word.
    reading: Reading,
    /// What could not be understood, in Chinese.
    pub remarks: Vec<String>,
    /// Whether it was filled with another version of the policy's pack.
    pub other_version: bool,
    /// Its pages.
    pub preview: Preview,
    /// Whether a download is on its way or failed.
    pub download: Download,
}

/// A phone's camera opens a window for each code; the windows tell each other what they have. Nothing
/// is stored.
#[derive(Debug)]
struct Channel {
    channel: BroadcastChannel,
    _hears: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

const CHANNEL: &str = "zige-hand-over";

impl App {
    pub(super) fn handle_receive(&mut self, ctx: &Context<App>, message: ReceiveMessage) {
        match message {
            ReceiveMessage::Type(text) => self.receive.typed = text,
            ReceiveMessage::Add => {
                let typed = std::mem::take(&mut self.receive.typed);
                self.take_codes(ctx, &typed);
                self.receive.by_scanner = true;
                self.focus = Some("scanned".into());
            }
            ReceiveMessage::Heard(texts) => self.hear(ctx, &texts),
            ReceiveMessage::Read(content) => self.receive_form(ctx, content),
            ReceiveMessage::Preview(pages) => {
                if let Some(received) = &mut self.receive.received {
                    received.preview = Preview::of(pages);
                }
            }
            ReceiveMessage::Take(paper) => {
                if let Some(received) = &mut self.receive.received {
                    received.download = Download::Working;
                }
                self.call_received(ctx, paper.export(), move |content| {
                    ReceiveMessage::Taken(paper, content)
                });
            }
            ReceiveMessage::Taken(paper, content) => {
                if let Some(received) = &mut self.receive.received {
                    let desk = &received.desk;
                    let name = match desk.person() {
                        "" => desk.form().name.clone(),
                        person => format!("{}（{person}）", desk.form().name),
                    };
                    received.download = paper.hand_out(&name, content);
                }
            }
            ReceiveMessage::Next => {
                self.receive = ReceivePage {
                    channel: self.receive.channel.take(),
                    ..ReceivePage::default()
                };
                self.focus = Some("scanned".into());
            }
            ReceiveMessage::Keep => self.keep_received(ctx),
        }
    }

    /// Arrives on the page, perhaps with codes from the address.
    pub(super) fn begin_receiving(&mut self, ctx: &Context<App>) {
        let Route::HandOver(codes) = &self.route else {
            if self.route != Route::Receive {
                self.receive = ReceivePage {
                    own: self.receive.own.take(),
                    ..ReceivePage::default()
                };
            }
            return;
        };
        let codes = codes.clone();
        self.route = Route::Receive;
        // Nobody's data may stay in the address, or in the history.
        page::replace(&self.route.to_string());
        self.listen(ctx);
        self.take_codes(ctx, &codes);
        self.tell_others();
    }

    /// Takes codes; when all are there, reads the form.
    fn take_codes(&mut self, ctx: &Context<App>, scanned: &str) {
        self.receive.problem.clear();
        self.receive.told.clear();
        let mut any = false;
        for text in qr::texts(scanned) {
            any = true;
            let mut taken = self.receive.add(text);
            if taken == Err(HandOverError::OtherForm) && self.receive.received.is_some() {
                // The one before is done: this is the next.
                self.receive = ReceivePage {
                    channel: self.receive.channel.take(),
                    told: "开始读下一张表。".into(),
                    ..ReceivePage::default()
                };
                taken = self.receive.add(text);
            }
            if let Err(error) = taken {
                self.receive.problem = [error.to_string().as_str(), "。"].concat();
                break;
            }
        }
        if !any {
            self.receive.problem = "框里是空的。请先点一下框，再用扫码枪扫表上的二维码。".into();
        }
        self.read_when_complete(ctx);
    }

    fn read_when_complete(&mut self, ctx: &Context<App>) {
        let receive = &self.receive;
        let complete = receive.collected.count() > 0 && receive.collected.missing().is_empty();
        if complete && receive.received.is_none() {
            let all = JsValue::from(receive.texts.join(" "));
            self.call_export(ctx, "read_codes", all, |content| {
                Message::Receive(ReceiveMessage::Read(content))
            });
        }
    }

    fn receive_form(&mut self, ctx: &Context<App>, content: Option<JsValue>) {
        let read = self.reading(content).and_then(|(loaded, reading)| {
            let received = Received::new(loaded, reading);
            received.ok_or_else(|| "这里没有这张表的样式，打不开。请联网更新以后再试。".to_owned())
        });
        match read {
            Ok(received) => {
                let by_scanner = self.receive.by_scanner;
                if by_scanner {
                    self.receive.told = format!(
                        "已经读出《{}》，在下面。要读下一张表，直接接着扫。",
                        received.desk.form().name
                    );
                }
                self.receive.received = Some(received);
                // A scanner types wherever the focus is.
                self.focus = Some(if by_scanner { "scanned" } else { "received" }.into());
                self.call_received(ctx, "html", ReceiveMessage::Preview);
            }
            Err(problem) => self.receive.problem = problem,
        }
    }

    fn call_received(
        &self,
        ctx: &Context<App>,
        export: &'static str,
        done: impl Fn(Option<JsValue>) -> ReceiveMessage + 'static,
    ) {
        if let Some(received) = &self.receive.received {
            let mut request = received
                .desk
                .request(received.reading.on.unwrap_or(self.today));
            request.copies = 1;
            request.address = self.address();
            let request = Uint8Array::from(request.encode().as_slice()).into();
            self.call_export(ctx, export, request, move |content| {
                Message::Receive(done(content))
            });
        }
    }

    /// Goes on with it as one's own: what differs from what is known is shown on the form's page.
    fn keep_received(&mut self, ctx: &Context<App>) {
        let Some(received) = self.receive.received.take() else {
            return;
        };
        let loaded = received.desk.loaded();
        let Some(route) = form_of(loaded, &received.desk.form().id) else {
            return;
        };
        self.receive.own = Some(Opened::new(Rc::clone(loaded), received.reading, &self.book));
        self.go(ctx, route);
    }

    fn listen(&mut self, ctx: &Context<App>) {
        // In a kiosk the window before was somebody else's.
        if self.receive.channel.is_some() || self.face != Face::App {
            return;
        }
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
            return;
        };
        let link = ctx.link().clone();
        let hears = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(texts) = event.data().as_string() {
                link.send_message(Message::Receive(ReceiveMessage::Heard(texts)));
            }
        });
        channel.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        self.receive.channel = Some(Channel {
            channel,
            _hears: hears,
        });
    }

    fn tell_others(&self) {
        let receive = &self.receive;
        if let (Some(own), false) = (&receive.channel, receive.texts.is_empty()) {
            drop(own.channel.post_message(&receive.texts.join(" ").into()));
        }
    }

    /// Takes what another window has, and tells it what it lacks.
    fn hear(&mut self, ctx: &Context<App>, texts: &str) {
        let own = self.receive.texts.len();
        for text in qr::texts(texts) {
            // Of another form: another window's own matter.
            if self.receive.add(text).is_err() {
                return;
            }
        }
        let lacks = |known: &String| qr::texts(texts).all(|text| text != known);
        if self.receive.texts.iter().take(own).any(lacks) {
            self.tell_others();
        }
        self.read_when_complete(ctx);
    }
}

impl ReceivePage {
    fn add(&mut self, text: &str) -> Result<(), HandOverError> {
        let before = self.collected.missing().len();
        let first = self.collected.count() == 0;
        self.collected.add(text)?;
        if first || self.collected.missing().len() < before {
            self.texts.push(text.to_owned());
        }
        Ok(())
    }
}

impl Received {
    /// The day for which it was filled, if it says so.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.reading.on
    }

    fn new(loaded: Rc<LoadedPack>, reading: Reading) -> Option<Received> {
        let form = loaded.form(&reading.form)?.clone();
        let (answers, fields) = (reading.answers.clone(), reading.fields.clone());
        Some(Received {
            other_version: !reading.hash.is_empty() && reading.hash != loaded.short_hash(),
            remarks: reading.remarks.iter().map(ToString::to_string).collect(),
            desk: FormDesk::new(loaded, form, answers, fields),
            reading,
            preview: Preview::Working,
            download: Download::None,
        })
    }
}
