//! What crosses between an app and the module that writes forms.
//!
//! Both sides are built from the same source, so the encoding (postcard) carries no version.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Form, Pack};

use crate::calendar::{Asked, Calendar, roles};
use crate::checklist::{self, ChecklistLine};
use crate::data::FormData;
use crate::fill::Filling;
use crate::filled::{AttachmentLine, FilledForm, Gap, Overlong};
use crate::photo::Photo;
use crate::{qr, xlsx};

/// A form to be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The pack's id.
    pub pack: String,
    /// The form's id.
    pub form: String,
    /// The day for which ages are counted.
    pub on: Date,
    /// The person's answers.
    pub answers: Answers,
    /// What only this form asks, by field id; dates as `YYYY-MM-DD` or `YYYY-MM`.
    pub fields: Vec<(String, String)>,
    /// Copies to print, 1 to 20.
    pub copies: u8,
    /// Whether codes with the data stand on the printout.
    pub codes: bool,
    /// The address that a phone opens when it scans a code; empty for none.
    pub address: String,
    /// Whether a checklist of the papers is printed with it.
    pub checklist: bool,
    /// The facts whose proof the verdict used, in its order.
    pub proofs: Vec<FactId>,
    /// When something happened that periods are counted from, in the policy's words.
    pub events: Vec<(String, Date)>,
    /// The person's photograph, for a form that has a place for it.
    pub photo: Option<Photo>,
}

/// What a person should know beside the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// What is still empty, in the order of the form.
    pub gaps: Vec<Gap>,
    /// Texts longer than the form has room for.
    pub overlong: Vec<Overlong>,
    /// What is done by hand on the printed form.
    pub by_hand: Vec<String>,
    /// What is handed in with it.
    pub attachments: Vec<AttachmentLine>,
    /// The offices it passes through, in order.
    pub chain: Vec<String>,
    /// How many pages it has.
    pub pages: u16,
    /// The papers to hand in, in the order of stapling.
    pub checklist: Vec<ChecklistLine>,
}

/// A request that cannot be served.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// The bytes are no request.
    #[error("the request for a form cannot be read, build both modules from the same source")]
    Unreadable,
    /// The pack has no such form.
    #[error("pack `{pack}` has no form `{form}`, ask for one of its forms")]
    NoSuchForm {
        /// The pack's id.
        pack: String,
        /// The form's id.
        form: String,
    },
    /// The form is only declared.
    #[error("form `{form}` of pack `{pack}` has no layout, only forms with parts can be filled")]
    NoLayout {
        /// The pack's id.
        pack: String,
        /// The form's id.
        form: String,
    },
}

impl Request {
    /// The request as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        // Strings, integers and lists always encode; an empty request is refused by `decode`.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Request::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Result<Request, RequestError> {
        postcard::from_bytes(bytes).map_err(|_| RequestError::Unreadable)
    }

    /// Fills the form from the pack it names, whose SHA-256 is given in hexadecimal digits.
    ///
    /// # Errors
    /// When the pack has no such form, or the form has no layout.
    pub fn fill(&self, pack: &Pack, pack_hash: &str) -> Result<FilledForm, RequestError> {
        let mut filled = self.filling(pack, pack_hash, |filling| filling.fill())?;
        filled.checklist = checklist::lines(pack, self.form_of(pack)?, &self.proofs);
        Ok(match &self.photo {
            Some(photo) => filled.with_photo(photo),
            None => filled,
        })
    }

    /// Fills the form for paper: with codes and checklist where they are wanted.
    ///
    /// # Errors
    /// As [`Request::fill`].
    pub fn print(&self, pack: &Pack, pack_hash: &str) -> Result<FilledForm, RequestError> {
        let mut filled = self.fill(pack, pack_hash)?;
        if self.checklist {
            filled = filled.with_checklist();
        }
        let says_something = !(filled.data.values.is_empty() && filled.data.fields.is_empty());
        if self.codes && says_something {
            let address = Some(self.address.as_str()).filter(|address| !address.is_empty());
            let codes = qr::codes(&filled.data, address);
            filled = filled.with_codes(codes);
        }
        Ok(filled)
    }
}

impl Request {
    /// What the form is filled from, for as long as something is made of it.
    fn filling<T>(
        &self,
        pack: &Pack,
        pack_hash: &str,
        make: impl FnOnce(&Filling<'_>) -> T,
    ) -> Result<T, RequestError> {
        let form = self.form_of(pack)?;
        let fields = self.fields.iter().cloned().collect();
        Ok(make(&Filling {
            pack,
            pack_hash,
            form,
            answers: &self.answers,
            fields: &fields,
            on: self.on,
        }))
    }

    fn form_of<'a>(&self, pack: &'a Pack) -> Result<&'a Form, RequestError> {
        let form = pack.forms.iter().find(|form| form.id == self.form);
        let form = form.ok_or_else(|| RequestError::NoSuchForm {
            pack: self.pack.clone(),
            form: self.form.clone(),
        })?;
        if form.parts.is_empty() {
            return Err(RequestError::NoLayout {
                pack: self.pack.clone(),
                form: self.form.clone(),
            });
        }
        Ok(form)
    }

    /// The form as a workbook.
    ///
    /// # Errors
    /// As [`Request::fill`].
    pub fn workbook(&self, pack: &Pack, pack_hash: &str) -> Result<Vec<u8>, RequestError> {
        self.filling(pack, pack_hash, xlsx::write)
    }

    /// Everything that the person has said, for another browser of theirs.
    ///
    /// # Errors
    /// As [`Request::fill`].
    pub fn data_of_person(&self, pack: &Pack, pack_hash: &str) -> Result<FormData, RequestError> {
        self.filling(pack, pack_hash, FormData::of_person)
    }

    /// The dates that go with the form.
    ///
    /// # Errors
    /// When the pack has no such form.
    pub fn calendar(&self, pack: &Pack) -> Result<Calendar, RequestError> {
        let form = self.form_of(pack)?;
        let facts = (0..).map(FactId).zip(&pack.vocabulary.facts);
        let mut names = facts.filter(|(_, fact)| fact.id == "full_name");
        let name = names.next().map(|(id, _)| self.answers.get(id));
        Ok(Calendar::of(&Asked {
            pack,
            roles: &roles(pack, form),
            events: &self.events,
            answers: &self.answers,
            on: self.on,
            person: match name {
                Some(Answer::Text(name)) => name,
                _ => "",
            },
        }))
    }
}

impl Summary {
    /// What there is to know about a filled form.
    #[must_use]
    pub fn of(form: FilledForm) -> Summary {
        let pages = form.sheets();
        Summary {
            gaps: form.gaps,
            overlong: form.overlong,
            by_hand: form.by_hand,
            attachments: form.attachments,
            chain: form.chain,
            pages,
            checklist: form.checklist,
        }
    }

    /// The summary as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Summary::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Result<Summary, RequestError> {
        postcard::from_bytes(bytes).map_err(|_| RequestError::Unreadable)
    }
}
