//! What can happen.

use zige_core::answers::Answer;
use zige_core::ids::{FactId, PointId};

use super::form::FormMessage;
use super::own_form::OwnFormMessage;
use super::papers::PapersMessage;
use super::people::PeopleMessage;
use super::photo::PhotoMessage;
use super::receive::ReceiveMessage;
use crate::route::Route;
use crate::session::{DatePart, Edit};

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
    /// Everything is to be forgotten, after asking.
    AskToClear(bool),
    /// Everything is to be forgotten.
    Clear,
    /// Something happened on the page of people.
    People(PeopleMessage),
    /// Something happened on the page of a form.
    Form(FormMessage),
    /// Something happened with a form's files.
    Papers(PapersMessage),
    /// Something happened on the page of an office's own form.
    OwnForm(OwnFormMessage),
    /// Something happened on the receiving page.
    Receive(ReceiveMessage),
    /// Something happened with the photograph.
    Photo(PhotoMessage),
    /// The page is to be printed.
    Print,
    /// The window changed its size.
    Resized,
    /// Somebody is there.
    Alive,
    /// Somebody says that they are still there.
    Stay,
    /// A second has passed.
    Tick,
}

impl From<PeopleMessage> for Message {
    fn from(message: PeopleMessage) -> Message {
        Message::People(message)
    }
}

impl From<FormMessage> for Message {
    fn from(message: FormMessage) -> Message {
        Message::Form(message)
    }
}

impl From<PapersMessage> for Message {
    fn from(message: PapersMessage) -> Message {
        Message::Papers(message)
    }
}

impl From<OwnFormMessage> for Message {
    fn from(message: OwnFormMessage) -> Message {
        Message::OwnForm(message)
    }
}

impl From<ReceiveMessage> for Message {
    fn from(message: ReceiveMessage) -> Message {
        Message::Receive(message)
    }
}

impl From<PhotoMessage> for Message {
    fn from(message: PhotoMessage) -> Message {
        Message::Photo(message)
    }
}
