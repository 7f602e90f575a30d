//! The photograph on a form: chosen, cut to size on this device, and never kept.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CanvasRenderingContext2d, Element, File, HtmlCanvasElement, HtmlImageElement, MouseEvent, Url,
    Window,
};
use yew::Context;
use yew::html::Scope;
use zige_forms::Photo;

use super::App;
use crate::route::Route;

/// Something that happened with the photograph.
#[derive(Clone, Debug)]
pub enum PhotoMessage {
    /// A picture was chosen.
    Choose(File),
    /// It can be shown, or not.
    Loaded(Option<HtmlImageElement>),
    /// Another size is wanted.
    Size(PhotoSize),
    /// The part that is shown changes: what, and to how much.
    Move(Slide, f64),
    /// The part follows a finger by so much of the frame, across and down.
    Drag(f64, f64),
    /// The part that is shown is to be used.
    Use,
    /// The form is to be without a photograph again.
    Remove,
}

/// A size of photographs. One and two 寸 as photographers in China cut them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhotoSize {
    /// 一寸, 25 × 35 mm.
    #[default]
    One,
    /// 二寸, 35 × 49 mm.
    Two,
}

/// What a slider changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slide {
    /// How large the picture is in the frame.
    Zoom,
    /// What stands in the middle, from the left.
    Across,
    /// What stands in the middle, from the top.
    Down,
}

/// The frame on the screen, as high in pixels; as wide as the size says.
pub(crate) const FRAME: u32 = 350;
/// Dots an inch in what is printed.
const DOTS: u32 = 300;

impl PhotoSize {
    /// Width and height in millimetres.
    #[must_use]
    pub fn millimetres(self) -> (u16, u16) {
        match self {
            PhotoSize::One => (25, 35),
            PhotoSize::Two => (35, 49),
        }
    }

    /// The frame's width on the screen.
    pub(crate) fn frame(self) -> u32 {
        let (width, height) = self.millimetres();
        FRAME * u32::from(width) / u32::from(height)
    }
}

/// The photograph as far as it is.
#[derive(Clone, Debug)]
pub struct PhotoPage {
    /// The picture that was chosen.
    pub picture: Option<HtmlImageElement>,
    /// The size that is wanted.
    pub size: PhotoSize,
    /// How large it is in the frame: 1 fills it.
    pub zoom: f64,
    /// What stands in the middle, 0 to 1 from the left.
    pub across: f64,
    /// What stands in the middle, 0 to 1 from the top.
    pub down: f64,
    /// What stands on the form.
    pub used: Option<Photo>,
    /// What to tell.
    pub told: &'static str,
}

impl Default for PhotoPage {
    fn default() -> PhotoPage {
        PhotoPage {
            picture: None,
            size: PhotoSize::One,
            zoom: 1.0,
            across: 0.5,
            // Faces are above the middle.
            down: 0.45,
            used: None,
            told: "",
        }
    }
}

/// The most that a picture can be enlarged.
pub(crate) const MOST_ZOOM: f64 = 4.0;

impl App {
    pub(super) fn handle_photo(&mut self, ctx: &Context<App>, message: PhotoMessage) {
        let photo = &mut self.photo;
        match message {
            PhotoMessage::Choose(file) => load(ctx, &file),
            PhotoMessage::Loaded(Some(picture)) => {
                *photo = PhotoPage {
                    picture: Some(picture),
                    size: photo.size,
                    used: photo.used.take(),
                    ..PhotoPage::default()
                };
                self.focus = Some("photo-frame".into());
            }
            PhotoMessage::Loaded(None) => {
                photo.told = "这张照片打不开。请换成JPG或者PNG格式的照片再试。";
            }
            PhotoMessage::Size(size) => photo.size = size,
            PhotoMessage::Move(slide, value) => match slide {
                Slide::Zoom => photo.zoom = value.clamp(1.0, MOST_ZOOM),
                Slide::Across => photo.across = value.clamp(0.0, 1.0),
                Slide::Down => photo.down = value.clamp(0.0, 1.0),
            },
            PhotoMessage::Drag(across, down) => photo.drag(across, down),
            PhotoMessage::Use => match photo.cut() {
                Some(cut) => {
                    photo.used = Some(cut);
                    photo.told = "照片已经放进表里。";
                    self.after_photo(ctx);
                }
                None => photo.told = "照片没有放上，请换一张再试。",
            },
            PhotoMessage::Remove => {
                *photo = PhotoPage {
                    told: "照片已经拿掉。",
                    ..PhotoPage::default()
                };
                self.after_photo(ctx);
                self.focus = Some("photo-file".into());
            }
        }
    }

    /// The form on the page is made anew.
    fn after_photo(&mut self, ctx: &Context<App>) {
        match self.route {
            Route::OwnForm => self.redo_own_form(ctx),
            _ => self.write_preview(ctx),
        }
    }

    /// Draws what the frame shows.
    pub(super) fn draw_photo(&self, near: &Element) -> Option<()> {
        let canvas = near.query_selector("#photo-frame").ok()??;
        self.photo.draw(&canvas.dyn_into().ok()?)
    }
}

impl PhotoPage {
    /// The part of the picture that the frame shows: left, top, width, height.
    fn part(&self) -> Option<(f64, f64, f64, f64)> {
        let picture = self.picture.as_ref()?;
        let (width, height) = (
            f64::from(picture.natural_width()),
            f64::from(picture.natural_height()),
        );
        let (frame_width, frame_height) = self.size.millimetres();
        let shape = f64::from(frame_width) / f64::from(frame_height);
        let shown_height = height.min(width / shape) / self.zoom;
        let shown_width = shown_height * shape;
        let from = |middle: f64, whole: f64, shown: f64| {
            (middle * whole - shown / 2.0).clamp(0.0, (whole - shown).max(0.0))
        };
        Some((
            from(self.across, width, shown_width),
            from(self.down, height, shown_height),
            shown_width,
            shown_height,
        ))
    }

    /// A finger that moves the picture moves the middle the other way.
    fn drag(&mut self, across: f64, down: f64) {
        let (Some((left, top, width, height)), Some(picture)) = (self.part(), &self.picture) else {
            return;
        };
        let middle = |from: f64, shown: f64, moved: f64, whole: u32| {
            let whole = f64::from(whole.max(1));
            let half = shown / 2.0 / whole;
            // From where it is, not from where a slider points beyond the edge.
            ((from + shown / 2.0 - moved * shown) / whole).clamp(half, (1.0 - half).max(half))
        };
        self.across = middle(left, width, across, picture.natural_width());
        self.down = middle(top, height, down, picture.natural_height());
    }

    fn draw(&self, canvas: &HtmlCanvasElement) -> Option<()> {
        let (left, top, width, height) = self.part()?;
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (to_width, to_height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        // What is transparent would be black in a JPEG.
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, to_width, to_height);
        context
            .draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                self.picture.as_ref()?,
                left,
                top,
                width,
                height,
                0.0,
                0.0,
                to_width,
                to_height,
            )
            .ok()
    }

    /// What the frame shows, as it is printed.
    fn cut(&self) -> Option<Photo> {
        let (width, height) = self.size.millimetres();
        let dots = |millimetres: u16| u32::from(millimetres) * DOTS * 10 / 254;
        let document = web_sys::window()?.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(dots(width));
        canvas.set_height(dots(height));
        self.draw(&canvas)?;
        let address = canvas
            .to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(0.9))
            .ok()?;
        let (_, base64) = address.split_once(',')?;
        let bytes = web_sys::window()?.atob(base64).ok()?;
        Some(Photo {
            jpeg: bytes
                .chars()
                .filter_map(|byte| u8::try_from(byte).ok())
                .collect(),
            width,
            height,
        })
    }
}

/// A finger or a mouse drags the picture in its frame.
pub(super) fn listeners(window: &Window, link: &Scope<App>) -> [EventListener; 4] {
    let held: Rc<Cell<Option<(i32, i32)>>> = Rc::default();
    let take = Rc::clone(&held);
    let down = EventListener::new(window, "pointerdown", move |event| {
        let event = event.dyn_ref::<MouseEvent>();
        let on = event.filter(|event| frame_of(event).is_some());
        take.set(on.map(|event| (event.client_x(), event.client_y())));
    });
    let (moved, link) = (Rc::clone(&held), link.clone());
    let drag = EventListener::new(window, "pointermove", move |event| {
        let event = event.dyn_ref::<MouseEvent>();
        if let (Some((x, y)), Some(event)) = (moved.get(), event)
            && let Some(frame) = frame_of(event)
        {
            moved.set(Some((event.client_x(), event.client_y())));
            let share = |moved: i32, whole: i32| f64::from(moved) / f64::from(whole.max(1));
            link.send_message(PhotoMessage::Drag(
                share(event.client_x() - x, frame.client_width()),
                share(event.client_y() - y, frame.client_height()),
            ));
        }
    });
    let let_go = |name: &'static str| {
        let held = Rc::clone(&held);
        EventListener::new(window, name, move |_| held.set(None))
    };
    [down, drag, let_go("pointerup"), let_go("pointercancel")]
}

fn frame_of(event: &MouseEvent) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    (target.id() == "photo-frame").then_some(target)
}

/// Reads a picture as the browser shows it, turned as its camera was held.
fn load(ctx: &Context<App>, file: &File) {
    let link = ctx.link().clone();
    let parts = Array::of1(file);
    let address = web_sys::Blob::new_with_blob_sequence(&parts)
        .and_then(|blob| Url::create_object_url_with_blob(&blob));
    let (Ok(address), Ok(picture)) = (address, HtmlImageElement::new()) else {
        return link.send_message(PhotoMessage::Loaded(None));
    };
    picture.set_src(&address);
    let decoded = picture.decode();
    spawn_local(async move {
        let shown = JsFuture::from(decoded).await.is_ok() && picture.natural_width() > 0;
        drop(Url::revoke_object_url(&address));
        link.send_message(PhotoMessage::Loaded(shown.then_some(picture)));
    });
}
